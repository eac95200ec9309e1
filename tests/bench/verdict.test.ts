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

describe('a row that is judged by every round', () => {
  const judged = (values: number[], limit: NonNullable<Comparison['limit']>, peer?: number[]) => {
    const measured = new Map([
      ['subject', { first: values, second: [] }],
      ['peer', { first: peer ?? [], second: [] }],
    ]);
    const comparison: Comparison = { row: 'a row', of: 'subject', limit, everyRound: true };
    return judge({ ...comparison, ...(peer && { against: 'peer' }) }, measured, 'ms', createRandom(1));
  };

  it('passes if all rounds are inside the limit, and fails if one is not', () => {
    expect(judged([0, 0, 0], { atMost: 0 }).outcome).toBe('PASS');
    expect(judged([0, 0, 0, 0, 1], { atMost: 0 }).outcome).toBe('FAIL');
  });

  it('has the lowest and the highest round as its interval, and no control', () => {
    const verdict = judged([3, 1, 2], { atMost: 3 });
    expect(verdict).toMatchObject({ outcome: 'PASS', interval: { value: 2, low: 1, high: 3 } });
    expect(verdict).not.toHaveProperty('control');
  });

  it('compares the rounds with those of the peer', () => {
    expect(judged([2, 4], { atMost: 1.2 }, [2, 4])).toMatchObject({ outcome: 'PASS', interval: { high: 1 } });
    expect(judged([2, 6], { atMost: 1.2 }, [2, 4])).toMatchObject({
      outcome: 'FAIL',
      interval: { high: 1.5 },
    });
  });
});
