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
import { reportedKind } from '../model/outcome.ts';
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

/** The title of an action. */
export function actionText(action: Action): string {
  return t(ACTION_KEYS[action]);
}

/** An outcome as an option of the filter. */
export function outcomeChoice(kind: HistoryOutcome): string {
  return t(OUTCOME_LABELS[kind].key);
}

/** The badge of a line's outcome: one or two words, and their tone. */
export function lineBadge(line: HistoryEntry): { text: string; tone: BadgeTone } {
  if (line.kind === 'attempt') return attemptBadge(line.record);
  if (line.kind === 'erasure') return { text: t('shortErased'), tone: 'warning' };
  if (line.kind === 'loss') return { text: t('breakLost'), tone: 'danger' };
  return { text: t('shortUnreadable'), tone: 'danger' };
}

/** The evidence of an outcome; empty if there is none. */
export function evidenceText({ action, outcome }: Attempt): string {
  if (action === 'cancel' && outcome && reportedKind(outcome) === 'unconfirmed') return '';
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

/** EnKash's message and code for an attempt, unchanged; empty if it gave none. */
export function gatewayMessageText(attempt: Attempt): string {
  const [words, code] = [escapeInvisibles(messageOf(attempt)), codeOf(attempt)];
  if (code === undefined) return words;
  return words ? t('messageAndCode', words, String(code)) : t('codeAlone', String(code));
}

/** The sentences that explain an outcome: EnKash's message, whether the code was changed, and what to do. */
export function explanationOf(attempt: Attempt): string {
  const account = accountOf(attempt);
  if (!attempt.outcome) return '';
  if (attempt.action === 'cancel')
    return outcomeReport(attempt.outcome, account, attempt.sendCount).sentences.join(' ');
  if (attempt.action === 'create')
    return createReport({ outcome: attempt.outcome }, account).sentences.join(' ');
  if (attempt.outcome.kind === 'status') return '';
  return failureText(attempt.outcome, account);
}

/** The unknown facts of a code that the operator cancelled despite them; empty if there were none. */
export function despiteText({ despite }: Attempt): string {
  if (!despite) return '';
  return despite === 'unread' ? t('despiteUnread') : t('despiteStatus');
}

/** The place from which an attempt was started, or its job. */
export function startedText(attempt: Attempt): string {
  const { jobId, startedBy } = attempt;
  return jobId === undefined || startedBy !== 'workbench' ? sourceText(attempt) : t('byBulk', String(jobId));
}

function erasureText({ record: { by, count, lastErasedSequence } }: ErasureLine): string {
  const [rows, last] = [formatCount(count), formatCount(lastErasedSequence)];
  return by === 'operator' ? t('erasedByOperator', rows, last) : t('erasedByRetention', rows, last);
}

/** The text of an erasure or a loss; empty for other lines. */
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

/** The number of matching rows, and of all rows if not all match. */
export function matchText(matching: number, total: number): string {
  return matching === total ? plural('rows', total) : plural('rowsMatching', matching, formatCount(total));
}

/** The badge text of a violation of the chain: one or two words. */
export function breakBadge(violation: RowViolation): string {
  switch (violation.kind) {
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

/** The meaning and the place of a violation. `at` returns the start of a row (epoch ms) by its number. */
export function breakText(violation: IntegrityViolation, at: (row: number) => number | undefined): string {
  if (violation.kind === 'missing') {
    const { from, to } = violation;
    const [before, after] = [timeText(at(from - 1)), timeText(at(to + 1))];
    return from === to
      ? t('breakMissingOne', formatCount(from), before, after)
      : t('breakMissingMany', formatCount(from), formatCount(to), before, after);
  }
  const [row, time] = [String(violation.row), timeText(at(violation.row))];
  if (violation.kind === 'changed') return t('breakChangedText', row, time);
  if (violation.kind === 'added') return t('breakAddedText', row, time);
  if (violation.kind === 'lost') return lossText(violation.row);
  return t('breakBeginningText', row, time);
}

function timeText(at: number | undefined): string {
  return at === undefined ? t('timeUnknown') : formatDateTime(at);
}

/** Day and time of a line; `undefined` if they can't be read. */
export function lineTimeTexts(line: HistoryEntry): ReturnType<typeof dayAndTimeTexts> | undefined {
  const at = timestampOf(line);
  return at === undefined ? undefined : dayAndTimeTexts(at);
}

/** The heading of a line's details. */
export function lineTitle(line: HistoryEntry): string {
  if (line.kind === 'attempt') return line.record.qrCodeId || actionText(line.record.action);
  return lineBadge(line).text;
}
