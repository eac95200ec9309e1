import type { BriefRead } from '../bulk/brief-read.ts';
import { ACTIVE, CANCELLED } from '../enkash/qr-code.ts';
import { nameAndAmount } from '../journal/attempt.ts';
import { lineName } from '../qr-code-id/list-sources.ts';
import type { ListedId } from '../qr-code-id/reading.ts';
import type { LineVerdict, Review, ReviewLine, VerdictKind } from './bulk-state.ts';

/** Lines by their verdict, where there is none yet. */
export const NO_LINES: Readonly<Record<VerdictKind, number>> = {
  'to-cancel': 0,
  'already-cancelled': 0,
  'not-found': 0,
  'other-status': 0,
  unread: 0,
  'not-read': 0,
  duplicate: 0,
  refused: 0,
};

/** A review in which nothing was read yet. */
export function emptyReview(
  { list, parts }: Pick<Review, 'list' | 'parts'>,
  account: Review['account'],
): Review {
  return withReads({ account, list, parts, ids: list.ids, reads: new Map(), state: 'reading' });
}

/** A review with some more codes read. */
export function addReads(review: Review, reads: ReadonlyMap<string, BriefRead>): Review {
  return withReads({ ...review, reads: new Map([...review.reads, ...reads]) });
}

/** A review as it is read on: what could not be read is to be read once more. */
export function withoutFailures({ failure: _, ...review }: Review): Review {
  const known = [...review.reads].filter(([, { kind }]) => kind === 'status' || kind === 'not-found');
  return withReads({ ...review, reads: new Map(known) });
}

/** The codes that are still to be read. */
export function idsToRead({ ids, reads }: Review): string[] {
  return ids.filter((id) => !reads.has(id));
}

/** The codes that the job would be made of: those that read as ACTIVE, and where it is wanted those not read. */
export function codesToCancel({ lines }: Review, alsoUnread: boolean) {
  return lines
    .filter(({ verdict }) => verdict.kind === 'to-cancel' || (alsoUnread && verdict.kind === 'unread'))
    .map(({ text: qrCodeId, ...subject }) => ({
      qrCodeId,
      ...nameAndAmount(subject),
    }));
}

function withReads(review: Omit<Review, 'lines' | 'counts'>): Review {
  const counts = { ...NO_LINES };
  const lines = review.list.lines.map((listed): ReviewLine => {
    const read = listed.kind === 'valid' ? review.reads.get(listed.qrCodeId) : undefined;
    const verdict = verdictOf(listed, read, review.parts);
    counts[verdict.kind] += 1;
    const text = listed.kind === 'refused' ? listed.text : listed.qrCodeId;
    const { qrName, amount } = read?.kind === 'status' ? read : {};
    const note = listed.kind === 'valid' ? listed.note : undefined;
    return { line: lineName(review.parts, listed.line), text, verdict, qrName, amount, note };
  });
  return { ...review, lines, counts };
}

function verdictOf(listed: ListedId, read: BriefRead | undefined, parts: Review['parts']): LineVerdict {
  if (listed.kind === 'refused') return { kind: 'refused', line: listed };
  if (listed.kind === 'duplicate') return { kind: 'duplicate', firstLine: lineName(parts, listed.firstLine) };
  if (!read) return { kind: 'not-read' };
  if (read.kind === 'not-found') return { kind: 'not-found' };
  if (read.kind !== 'status') return { kind: 'unread', failure: read };
  if (read.status === ACTIVE) return { kind: 'to-cancel' };
  if (read.status === CANCELLED) return { kind: 'already-cancelled' };
  return { kind: 'other-status', status: read.status };
}
