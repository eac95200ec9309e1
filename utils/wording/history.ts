import type { ACTIONS } from '../history/filters.ts';
import type { JobGroup } from '../history/group-by-job.ts';
import {
  codeOf,
  type ErasureLine,
  type HistoryEntry,
  type HistoryOutcome,
  messageOf,
  timestampOf,
} from '../history/history-entry.ts';
import { formatCount, type MessageKey, type PluralKey, plural, t } from '../i18n/i18n.ts';
import type { IntegrityViolation, RowViolation } from '../journal/hash-chain.ts';
import type { Attempt } from '../model/attempt.ts';
import { accountOf } from '../model/attempt.ts';
import { attemptBadge, type BadgeTone, sourceText } from './attempt.ts';
import { SEPARATOR } from './bulk.ts';
import { failureText } from './gateway.ts';
import { outcomeReport } from './outcome.ts';
import { OUTCOME_BADGES, OUTCOME_PARTS } from './outcome-kind.ts';
import { dayAndTimeTexts, escapeInvisibles, formatDateTime } from './qr-code.ts';
import { createReport } from './replacement.ts';

type Action = (typeof ACTIONS)[number];

const ACTION_KEYS: Record<Action, MessageKey> = {
  check: 'actionCheck',
  cancel: 'actionCancel',
  create: 'actionCreate',
  erase: 'actionErase',
  lost: 'breakLost',
};

const OUTCOME_LABELS: Readonly<Record<HistoryOutcome, { key: MessageKey }>> = {
  ...OUTCOME_BADGES,
  open: { key: 'outcomeOpen' },
  created: { key: 'shortCreated' },
  checked: { key: 'shortChecked' },
  'not-checked': { key: 'shortFailedCheck' },
};

const PARTS: Partial<Record<HistoryOutcome, PluralKey>> = { ...OUTCOME_PARTS, open: 'partOpen' };

/** What an attempt did, or tried to; or that rows were erased. */
export function actionText(action: Action): string {
  return t(ACTION_KEYS[action]);
}

/** An outcome as a choice among others. */
export function outcomeChoice(kind: HistoryOutcome): string {
  return t(OUTCOME_LABELS[kind].key);
}

/** A line's outcome in a word or two, with its tone, for a badge. */
export function lineBadge(line: HistoryEntry): { text: string; tone: BadgeTone } {
  if (line.kind === 'attempt') return attemptBadge(line.record);
  if (line.kind === 'erasure') return { text: t('shortErased'), tone: 'warning' };
  if (line.kind === 'loss') return { text: t('breakLost'), tone: 'danger' };
  return { text: t('shortUnreadable'), tone: 'danger' };
}

/** By what an outcome is known; empty where nothing tells it. */
export function evidenceText({ outcome }: Attempt): string {
  switch (outcome?.kind) {
    case undefined:
    case 'not-sent':
    case 'sign-in-failed':
    case 'ambiguous':
    case 'unconfirmed':
      return '';
    case 'cancelled':
      return outcome.evidence === 'check' ? t('evidenceCheck') : t('evidenceAnswer');
    case 'already-cancelled':
      return t('evidenceCheck');
    default:
      return t('evidenceAnswer');
  }
}

/** What EnKash said of an attempt: its message and code, as they came; empty where it said nothing. */
export function gatewayMessageText(attempt: Attempt): string {
  const [words, code] = [escapeInvisibles(messageOf(attempt)), codeOf(attempt)];
  if (code === undefined) return words;
  return words ? t('messageAndCode', words, String(code)) : t('codeAlone', String(code));
}

/** The sentences that explain an outcome: what EnKash said, whether the code was changed, what to do. */
export function explanationOf(attempt: Attempt): string {
  const account = accountOf(attempt);
  if (!attempt.outcome) return '';
  if (attempt.action === 'cancel') return outcomeReport(attempt.outcome, account).sentences.join(' ');
  if (attempt.action === 'create')
    return createReport({ outcome: attempt.outcome }, account).sentences.join(' ');
  if (attempt.outcome.kind === 'status') return '';
  return failureText(attempt.outcome, account);
}

/** What was not known of a code when it was cancelled all the same; empty if nothing was. */
export function despiteText({ despite }: Attempt): string {
  if (!despite) return '';
  return despite === 'unread' ? t('despiteUnread') : t('despiteStatus');
}

/** Where an attempt was started from, and of which job it was one. */
export function startedText(attempt: Attempt): string {
  return attempt.jobId === undefined ? sourceText(attempt) : t('byBulk', String(attempt.jobId));
}

function erasureText({ record: { by, count, lastErasedSequence } }: ErasureLine): string {
  const [rows, last] = [formatCount(count), formatCount(lastErasedSequence)];
  return by === 'operator' ? t('erasedByOperator', rows, last) : t('erasedByRetention', rows, last);
}

/** What a row that is about the record itself says; empty for attempts. */
export function recordText(line: HistoryEntry): string {
  if (line.kind === 'loss') return lossText(line.record.row);
  return line.kind === 'erasure' ? erasureText(line) : '';
}

function lossText(row: number): string {
  return t('breakLostText', formatCount(row - 1));
}

/** A job as a heading: `Bulk cancel of 22 Nov 2026, 6:27 pm: 2,981 cancelled · 4 rejected`. */
export function jobHeadingText({ from, counts }: JobGroup): string {
  const parts = Object.entries(PARTS).flatMap(([kind, part]) => {
    const count = counts[kind as HistoryOutcome] ?? 0;
    return count > 0 ? [plural(part, count)] : [];
  });
  return t('jobHeading', formatDateTime(from), parts.join(SEPARATOR));
}

/** How many rows are shown, and of how many. */
export function matchText(matching: number, read: number): string {
  return matching === read ? plural('rows', read) : plural('rowsMatching', matching, formatCount(read));
}

/** What a break of the chain at a row means, in a word or two, for a badge. */
export function breakBadge(found: RowViolation): string {
  switch (found.kind) {
    case 'changed':
      return t('breakChanged');
    case 'added':
      return t('breakAdded');
    case 'missing':
      return t('breakMissing');
    case 'beginning':
      return t('breakBeginning');
  }
}

/** What a break means, and where it is. `at` tells when a row was begun, by its number. */
export function breakText(found: IntegrityViolation, at: (row: number) => number | undefined): string {
  if (found.kind === 'missing') {
    const { from, to } = found;
    const [before, after] = [timeText(at(from - 1)), timeText(at(to + 1))];
    return from === to
      ? t('breakMissingOne', formatCount(from), before, after)
      : t('breakMissingMany', formatCount(from), formatCount(to), before, after);
  }
  const [row, time] = [String(found.row), timeText(at(found.row))];
  if (found.kind === 'changed') return t('breakChangedText', row, time);
  if (found.kind === 'added') return t('breakAddedText', row, time);
  if (found.kind === 'lost') return lossText(found.row);
  return t('breakBeginningText', row, time);
}

function timeText(at: number | undefined): string {
  return at === undefined ? t('timeUnknown') : formatDateTime(at);
}

/** When a line was begun; `undefined` where that can't be read. */
export function lineTimeTexts(line: HistoryEntry): ReturnType<typeof dayAndTimeTexts> | undefined {
  const at = timestampOf(line);
  return at === undefined ? undefined : dayAndTimeTexts(at);
}

/** What a line is about, for the heading of its details. */
export function lineTitle(line: HistoryEntry): string {
  if (line.kind === 'attempt') return line.record.qrCodeId || actionText(line.record.action);
  return lineBadge(line).text;
}
