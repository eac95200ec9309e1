import * as v from 'valibot';
import type { Attempt, CheckOutcome } from '../model/attempt.ts';
import { DESPITE, STARTED_BY } from '../model/attempt.ts';
import { ENVIRONMENTS } from '../model/environment.ts';
import type { ChainedRow, ChainReset, ErasureRecord, HistoryRow } from '../model/history-row.ts';
import type { CreateOutcome, Outcome } from '../model/outcome.ts';

/** The outcomes of an attempt, in the order of the filter's options. */
export const OUTCOMES = [
  'cancelled',
  'already-cancelled',
  'rejected',
  'not-found',
  'not-sent',
  'unconfirmed',
  'open',
  'created',
  'checked',
  'not-checked',
] as const;
export type OutcomeKind = (typeof OUTCOMES)[number];

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
  outcome: OutcomeKind;
}

/** A record that older rows were erased. */
export interface ErasureLine extends LineBase {
  kind: 'erasure';
  record: ErasureRecord & ChainedRow;
}

/** A record that the head of the chain was missing. */
export interface ChainResetEntry extends LineBase {
  kind: 'loss';
  record: ChainReset & ChainedRow;
}

/** A row with an invalid shape, not written by this extension. */
export interface UnreadableLine extends LineBase {
  kind: 'unreadable';
  record: ChainedRow;
}

/** A line of the history on the page. `record` is the unchanged row of the journal. */
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
const CANCELLED = allKinds<Outcome>({
  cancelled: true,
  'already-cancelled': true,
  rejected: true,
  'not-found': true,
  'not-sent': true,
  unconfirmed: true,
});
const CREATED = allKinds<CreateOutcome>({ ...FAILURES, created: true, unconfirmed: true });
const CHECKED = allKinds<CheckOutcome>({ ...FAILURES, status: true, ambiguous: true });

/** The valid rows. Another program may have written to the database, so the page checks each row. */
const Readable = v.variant('action', [
  v.looseObject({ ...attempt, action: v.literal('cancel'), outcome: v.optional(outcomeOf(CANCELLED)) }),
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

/** The operator's name; empty if not recorded. */
export function operatorOf({ record }: HistoryEntry): string {
  return ('operator' in record && record.operator) || '';
}

/** The gateway's message, unchanged; empty if there is none. */
export function messageOf({ outcome }: Attempt): string {
  return (outcome && 'message' in outcome && outcome.message) || '';
}

/** The gateway's response code, if any. */
export function codeOf({ outcome }: Attempt): number | undefined {
  return (outcome && 'code' in outcome ? outcome.code : undefined) ?? undefined;
}

/** The status that a check returned, unchanged. */
function statusOf({ outcome }: Attempt): string {
  return outcome?.kind === 'status' ? outcome.status : '';
}

function outcomeKindOf(record: Attempt): OutcomeKind {
  const { action, outcome } = record;
  if (!outcome) return 'open';
  if (action === 'cancel') return outcome.kind as OutcomeKind;
  if (action === 'check') {
    if (outcome.kind === 'status') return 'checked';
    return outcome.kind === 'not-found' ? 'not-found' : 'not-checked';
  }
  const isOwnKind =
    outcome.kind === 'created' || outcome.kind === 'not-sent' || outcome.kind === 'unconfirmed';
  return isOwnKind ? (outcome.kind as OutcomeKind) : 'rejected';
}

/** When a line's attempt started (epoch ms); `undefined` if the row is unreadable. */
export function timestampOf(line: HistoryEntry): number | undefined {
  return line.kind === 'unreadable' ? undefined : line.record.at;
}
