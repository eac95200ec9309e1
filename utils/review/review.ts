import { ACTIVE, CANCELLED } from '../enkash/qr-code.ts';
import { PersistentVector } from '../lib/persistent-vector.ts';
import type { AccountRef } from '../model/account.ts';
import { pickSummary } from '../model/attempt.ts';
import type { CodeStatus } from '../model/code-status.ts';
import type { GatewayFailure } from '../model/gateway-result.ts';
import { readZonelessTime } from '../model/gateway-time.ts';
import { type ListPart, lineName } from '../qr-code-id/list-sources.ts';
import type { IdNote, ParsedLine, ReadableList } from '../qr-code-id/reading.ts';

/** The number of lines by verdict, all zero. */
export const ZERO_COUNTS: Readonly<Record<ReviewStatusKind, number>> = {
  'to-cancel': 0,
  'already-cancelled': 0,
  'not-found': 0,
  'other-status': 0,
  'read-failed': 0,
  'not-read-yet': 0,
  duplicate: 0,
  refused: 0,
};

/** Creates a review of which no code was read yet. */
export function emptyReview(
  { list, parts }: Pick<Review, 'list' | 'parts'>,
  account: Review['account'],
): Review {
  const counts = { ...ZERO_COUNTS };
  const positions = new Map<string, number>();
  const lines = list.lines.map((listed, index): ReviewLine => {
    if (listed.kind === 'valid') positions.set(listed.qrCodeId, index);
    const verdict = verdictUnread(listed, parts);
    counts[verdict.kind] += 1;
    const text = listed.kind === 'refused' ? listed.text : listed.qrCodeId;
    const note = listed.kind === 'valid' ? listed.note : undefined;
    return { line: lineName(parts, listed.line), text, verdict, note };
  });
  return {
    account,
    list,
    parts,
    ids: list.ids,
    positions,
    lines: PersistentVector.from(lines),
    counts,
    state: 'reading',
  };
}

/**
 * Returns the review with the given reads applied. Looks at the lines of these reads only, because a list of 100,000 codes
 * takes more than 2,000 such steps.
 */
export function addReads(review: Review, reads: Iterable<readonly [string, CodeStatus]>): Review {
  const changed = new Map<number, ReviewLine>();
  const counts = { ...review.counts };
  for (const [id, read] of reads) {
    const position = review.positions.get(id);
    const line = position === undefined ? undefined : (changed.get(position) ?? review.lines.at(position));
    if (position === undefined || !line) continue;
    const verdict = classifyLine(read);
    counts[line.verdict.kind] -= 1;
    counts[verdict.kind] += 1;
    const { qrName, amount, expiry } = read.kind === 'status' ? read : {};
    const expiresAt = readZonelessTime(expiry)?.wall;
    changed.set(position, { ...line, verdict, qrName, amount, expiry, expiresAt });
  }
  return { ...review, lines: review.lines.with(changed), counts };
}

/** Returns the review with its failed reads marked as not read yet, so that they are tried again. */
export function clearFailedReads({ failure: _, ...review }: Review): Review {
  const { counts } = review;
  const failed = [...review.lines].flatMap((line, position): [number, ReviewLine][] =>
    line.verdict.kind === 'read-failed' ? [[position, { ...line, verdict: NOT_READ }]] : [],
  );
  return {
    ...review,
    lines: review.lines.with(failed),
    counts: { ...counts, 'read-failed': 0, 'not-read-yet': counts['not-read-yet'] + counts['read-failed'] },
  };
}

/** The codes that were not read yet, in the order of the list. */
export function idsToRead({ lines }: Review): string[] {
  return [...lines].filter(({ verdict }) => verdict.kind === 'not-read-yet').map(({ text }) => text);
}

/** Whether any code of a review was read. */
export function isAnyRead({ ids, counts }: Review): boolean {
  return counts['not-read-yet'] < ids.length;
}

/** The lines of the job: those that read as ACTIVE and, if `alsoUnread` is set, those whose read failed. */
export function linesToCancel({ lines }: Review, alsoUnread: boolean): ReviewLine[] {
  return [...lines].filter(
    ({ verdict }) => verdict.kind === 'to-cancel' || (alsoUnread && verdict.kind === 'read-failed'),
  );
}

/** The codes of these lines, as a job takes them. */
export function codesToCancel(review: Review, alsoUnread: boolean) {
  return linesToCancel(review, alsoUnread).map(({ text: qrCodeId, ...subject }) => ({
    qrCodeId,
    ...pickSummary(subject),
  }));
}

const NOT_READ: ReviewStatus = { kind: 'not-read-yet' };

function verdictUnread(listed: ParsedLine, parts: Review['parts']): ReviewStatus {
  if (listed.kind === 'refused') return { kind: 'refused', line: listed };
  if (listed.kind === 'duplicate') return { kind: 'duplicate', firstLine: lineName(parts, listed.firstLine) };
  return NOT_READ;
}

function classifyLine(read: CodeStatus): ReviewStatus {
  if (read.kind === 'not-found') return { kind: 'not-found' };
  if (read.kind !== 'status') return { kind: 'read-failed', failure: read };
  if (read.status === ACTIVE) return { kind: 'to-cancel' };
  if (read.status === CANCELLED) return { kind: 'already-cancelled' };
  return { kind: 'other-status', status: read.status };
}

/** The verdict on a line of a list. */
export type ReviewStatus =
  | { kind: 'to-cancel' }
  | { kind: 'already-cancelled' }
  | { kind: 'not-found' }
  /** Read, but neither ACTIVE nor CANCELLED. */
  | { kind: 'other-status'; status: string }
  | { kind: 'read-failed'; failure: GatewayFailure }
  /** Not read yet. It stays so if the reading is stopped. */
  | { kind: 'not-read-yet' }
  | { kind: 'duplicate'; firstLine: number | string }
  | { kind: 'refused'; line: ParsedLine & { kind: 'refused' } };

export type ReviewStatusKind = ReviewStatus['kind'];

/** One line of the review. */
export interface ReviewLine {
  /** The number of the line. If the list has several files, the file's name and the number in it: `codes-may.csv:12`. */
  line: number | string;
  /** The id, or for a refused line its text. */
  text: string;
  verdict: ReviewStatus;
  note?: IdNote | undefined;
  qrName?: string | undefined;
  amount?: number | string | undefined;
  expiry?: number | string | undefined;
  /** The expiry as a wall time, if it has that form. It is read with the code, and not for all codes at the confirmation. */
  expiresAt?: string | undefined;
}

/** A list whose codes are being read or were read. It keeps the account that it was started with. */
export interface Review {
  account: AccountRef;
  list: ReadableList;
  parts: readonly ListPart[];
  ids: readonly string[];
  /** The index in `lines` of the line of each id. */
  positions: ReadonlyMap<string, number>;
  lines: PersistentVector<ReviewLine>;
  counts: Readonly<Record<ReviewStatusKind, number>>;
  /** `stopped`: the operator stopped it or, if `failure` is set, a failure that every read would have. */
  state: 'reading' | 'read' | 'stopped';
  failure?: GatewayFailure | undefined;
  /** Epoch ms until which reading pauses at the gateway's request. */
  waitingUntil?: number | undefined;
}
