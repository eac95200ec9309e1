import { describe, expect, it } from 'vitest';
import type { Measured } from './experiment.ts';
import { createRandom } from './random.ts';
import { type Comparison, judge } from './verdict.ts';

const quiet = [10, 10.1, 9.9, 10, 10.05, 9.95];
const measuredAs = (first: number[], second: number[] = first): Measured => ({ first, second });
const times = (values: number[], factor: number) => values.map((value) => value * factor);

function outcome(subject: Measured, peer: number[], limit: NonNullable<Comparison['limit']>): string {
  const measured = new Map([
    ['subject', subject],
    ['peer', measuredAs(peer)],
  ]);
  const comparison = { row: 'a row', of: 'subject', against: 'peer', limit };
  return judge(comparison, measured, 'ms', createRandom(1)).outcome;
}

describe('a row', () => {
  it('passes if the whole interval is inside the limit', () => {
    expect(outcome(measuredAs(quiet), times(quiet, 0.8), { atMost: 1.45 })).toBe('PASS');
    expect(outcome(measuredAs(quiet), times(quiet, 1.1), { atLeast: 0.8 })).toBe('PASS');
  });

  it('fails if the interval is outside the limit or contains it', () => {
    expect(outcome(measuredAs(quiet), times(quiet, 0.5), { atMost: 1.45 })).toBe('FAIL');
    expect(outcome(measuredAs(quiet), times(quiet, 2), { atLeast: 0.8 })).toBe('FAIL');
    expect(outcome(measuredAs(quiet), quiet.toReversed(), { atMost: 1 })).toBe('FAIL');
  });

  it('is void if the subject differs from itself', () => {
    expect(outcome(measuredAs(quiet, times(quiet, 1.1)), quiet, { atMost: 2 })).toBe('VOID');
  });

  it('is void if the subject varies too much', () => {
    const wild = [5, 20, 8, 14, 30, 6];
    expect(outcome(measuredAs(wild, wild.toReversed()), quiet, { atMost: 9 })).toBe('VOID');
  });

  it('is judged by the median if there is no arm to compare with', () => {
    const measured = new Map([['subject', measuredAs(quiet)]]);
    const comparison = { row: 'a row', of: 'subject', limit: { atMost: 500 } };
    const verdict = judge(comparison, measured, 'ms', createRandom(1));
    expect(verdict).toMatchObject({ outcome: 'PASS', of: 10 });
    expect(verdict).not.toHaveProperty('against');
  });

  it('only informs without a limit', () => {
    const measured = new Map([['subject', measuredAs(quiet)]]);
    const verdict = judge({ row: 'a row', of: 'subject' }, measured, 'ms', createRandom(1));
    expect(verdict.outcome).toBe('told');
  });
});
