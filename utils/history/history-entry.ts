import * as v from 'valibot';
import { type Attempt, type CheckOutcome, DESPITE, STARTED_BY } from '../model/attempt.ts';
import { ENVIRONMENTS } from '../model/environment.ts';
import type { ChainedRow, ChainReset, ErasureRecord, HistoryRow } from '../model/history-row.ts';
import { type CreateOutcome, OUTCOME_KINDS, reportedKind } from '../model/outcome.ts';

/** The outcomes of attempts, in the order in which the filter offers them. */
export const HISTORY_OUTCOMES = [...OUTCOME_KINDS, 'open', 'created', 'checked', 'not-checked'] as const;
export type HistoryOutcome = (typeof HISTORY_OUTCOMES)[number];

interface LineBase {
  /** Names the line on the page. */
  key: string;
  /** What the text filter looks through, in lower case. */
  text: string;
}

/** An attempt: a row of the history, or still open and then without a number. */
export interface AttemptLine extends LineBase {
  kind: 'attempt';
  record: Attempt & Partial<ChainedRow>;
  outcome: HistoryOutcome;
}

/** That older rows were erased. */
export interface ErasureLine extends LineBase {
  kind: 'erasure';
  record: ErasureRecord & ChainedRow;
}

/** The chain head was missing or wrong, and the chain continued here. */
export interface ChainResetEntry extends LineBase {
  kind: 'loss';
  record: ChainReset & ChainedRow;
}

/** A row that nothing of ours has written in this shape. */
export interface UnreadableLine extends LineBase {
  kind: 'unreadable';
  record: ChainedRow;
}

/** A line of the history as the page holds it. `record` is what stands in the journal, untouched. */
export type HistoryEntry = AttemptLine | ErasureLine | ChainResetEntry | UnreadableLine;

/** The last millisecond that a date can name. */
const MAX_TIMESTAMP = 8.64e15;
const moment = v.pipe(v.number(), v.minValue(-MAX_TIMESTAMP), v.maxValue(MAX_TIMESTAMP));
const text = v.optional(v.string());
const number = v.optional(v.number());

const outcomeOf = (kinds: readonly string[]) =>
  v.looseObject({
    kind: v.picklist(kinds),
    message: text,
    code: v.optional(v.nullable(v.number())),
    httpStatus: number,
    until: v.optional(moment),
    status: text,
    currentStatus: text,
    answeredId: text,
  });
const attempt = {
  attemptId: v.number(),
  at: moment,
  finishedAt: v.optional(moment),
  accountName: v.string(),
  environment: v.picklist(ENVIRONMENTS),
  qrCodeId: v.string(),
  qrName: text,
  amount: v.optional(v.union([v.number(), v.string()])),
  startedBy: v.picklist(STARTED_BY),
  reason: text,
  despite: v.optional(v.picklist(DESPITE)),
  column: text,
  operator: text,
  jobId: number,
};
/** Every kind of outcome that is written has to be among these, or its row would count as unreadable. */
const allKinds = <Written extends { kind: string }>(kinds: Record<Written['kind'], true>) =>
  Object.keys(kinds);
const FAILURES = {
  'not-sent': true,
  rejected: true,
  unauthorized: true,
  'sign-in-failed': true,
  'not-found': true,
  'rate-limited': true,
} as const;
const CREATED = allKinds<CreateOutcome>({ ...FAILURES, created: true, unconfirmed: true });
const CHECKED = allKinds<CheckOutcome>({ ...FAILURES, status: true, ambiguous: true });

/** Somebody may have written to the database; the page has to bear that. */
const Readable = v.variant('action', [
  v.looseObject({ ...attempt, action: v.literal('cancel'), outcome: v.optional(outcomeOf(OUTCOME_KINDS)) }),
  v.looseObject({
    ...attempt,
    action: v.literal('create'),
    replaces: text,
    outcome: v.optional(outcomeOf(CREATED)),
  }),
  v.looseObject({
    ...attempt,
    action: v.literal('check'),
    outcome: outcomeOf(CHECKED),
  }),
  v.looseObject({
    action: v.literal('erase'),
    at: moment,
    by: v.picklist(['operator', 'retention']),
    operator: text,
    count: v.number(),
    lastErasedSequence: v.number(),
  }),
  v.looseObject({ action: v.literal('lost'), at: moment }),
]);

/** A row of the journal as a line of the page. */
export function toEntry(row: HistoryRow): HistoryEntry {
  const key = `row ${row.row}`;
  if (!v.is(Readable, row)) return { kind: 'unreadable', key, text: '', record: row };
  if (row.action === 'erase')
    return { kind: 'erasure', key, text: (row.operator ?? '').toLowerCase(), record: row };
  return row.action === 'lost' ? { kind: 'loss', key, text: '', record: row } : attemptLine(row, key);
}

/** An attempt that has no outcome yet. */
export function toOpenEntry(open: Attempt): HistoryEntry {
  return attemptLine(open, `open ${open.attemptId}`);
}

function attemptLine(record: AttemptLine['record'], key: string): AttemptLine {
  const { qrCodeId, qrName = '', accountName, reason = '', operator = '' } = record;
  const replaces = record.action === 'create' ? record.replaces : '';
  const said = [messageOf(record), codeOf(record) ?? '', statusOf(record)];
  return {
    kind: 'attempt',
    key,
    text: [qrCodeId, replaces, qrName, accountName, operator, reason, ...said].join('\n').toLowerCase(),
    record,
    outcome: outcomeKindOf(record),
  };
}

/** The operator's name; empty if none was entered. */
export function operatorOf({ record }: HistoryEntry): string {
  return ('operator' in record && record.operator) || '';
}

/** The gateway's message; empty if it gave none. */
export function messageOf({ outcome }: Attempt): string {
  return (outcome && 'message' in outcome && outcome.message) || '';
}

/** The gateway's code; `undefined` if it gave none. */
export function codeOf({ outcome }: Attempt): number | undefined {
  return (outcome && 'code' in outcome ? outcome.code : undefined) ?? undefined;
}

/** The status that a check was told, as it came. */
function statusOf({ outcome }: Attempt): string {
  return outcome?.kind === 'status' ? outcome.status : '';
}

function outcomeKindOf(record: Attempt): HistoryOutcome {
  const { action, outcome } = record;
  if (!outcome) return 'open';
  if (action === 'cancel') return reportedKind(outcome);
  if (action === 'check') {
    if (outcome.kind === 'status') return 'checked';
    return outcome.kind === 'not-found' ? 'not-found' : 'not-checked';
  }
  const isOwnKind =
    outcome.kind === 'created' || outcome.kind === 'not-sent' || outcome.kind === 'unconfirmed';
  return isOwnKind ? (outcome.kind as HistoryOutcome) : 'rejected';
}

/** The start of a line's attempt (epoch ms); `undefined` if it can't be read. */
export function timestampOf(line: HistoryEntry): number | undefined {
  return line.kind === 'unreadable' ? undefined : line.record.at;
}
