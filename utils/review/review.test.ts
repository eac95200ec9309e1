import { describe, expect, it } from 'vitest';
import { ACCOUNT, idOf } from '../../tests/fixtures/bulk.ts';
import { readSources } from '../qr-code-id/list-sources.ts';
import { addReads, clearFailedReads, emptyReview, idsToRead, linesToCancel, type Review } from './review.ts';

function reviewOf(count: number): Review {
  const text = Array.from({ length: count }, (_, index) => idOf(index)).join('\n');
  const { list, parts } = readSources([{ text }]);
  if (!list.ok) throw new Error('The list was not read.');
  return emptyReview({ list, parts }, ACCOUNT);
}
const ACTIVE = { kind: 'status', status: 'ACTIVE', qrName: 'Counter', amount: 500 } as const;
const FAILED = { kind: 'ambiguous', reason: 'timeout' } as const;
const answersFor = (review: Review, from: number) =>
  review.ids.slice(from, from + 48).map((id) => [id, ACTIVE] as const);

describe('the answers of a review', () => {
  it('change their own lines, and leave the review before as it was', () => {
    const before = reviewOf(3);
    const after = addReads(before, [
      [idOf(1), ACTIVE],
      [idOf(2), FAILED],
      ['QR26UNKNOWN', ACTIVE],
    ]);
    expect([...before.lines].map(({ verdict }) => verdict.kind)).toEqual(Array(3).fill('not-read-yet'));
    expect([...after.lines].map(({ verdict }) => verdict.kind)).toEqual([
      'not-read-yet',
      'to-cancel',
      'read-failed',
    ]);
    expect(after.counts).toMatchObject({ 'not-read-yet': 1, 'to-cancel': 1, 'read-failed': 1 });
    expect(linesToCancel(after, true).map(({ text }) => text)).toEqual([idOf(1), idOf(2)]);
    expect(idsToRead(clearFailedReads(after))).toEqual([idOf(0), idOf(2)]);
  });

  it('count a code that is answered twice in one step by its last answer', () => {
    const review = addReads(reviewOf(2), [
      [idOf(0), FAILED],
      [idOf(0), ACTIVE],
    ]);
    expect(review.counts).toMatchObject({ 'not-read-yet': 1, 'to-cancel': 1, 'read-failed': 0 });
    expect(review.lines.at(0)?.verdict).toEqual({ kind: 'to-cancel' });
  });

  it.each([1_000, 100_000])('look at their own lines only, in a list of %i lines', (count) => {
    let looks = 0;
    const review = reviewOf(count);
    const watched = [...review.lines].map((line) =>
      Object.defineProperty({ ...line }, 'verdict', {
        enumerable: true,
        configurable: true,
        get: () => {
          looks += 1;
          return { kind: 'not-read-yet' };
        },
      }),
    );
    const lines = review.lines.with(watched.entries());
    looks = 0;
    let current: Review = { ...review, lines };
    for (let from = 0; from < 480; from += 48) current = addReads(current, answersFor(current, from));
    expect(current.counts['to-cancel']).toBe(480);
    // The count of the verdict before, and the copy of the line.
    expect(looks).toBe(2 * 480);
  });
});
