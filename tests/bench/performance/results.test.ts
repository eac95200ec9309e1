import { describe, expect, it } from 'vitest';
import type { Verdict } from '../verdict.ts';
import { merge, type Results, type RunFacts } from './results.ts';

const run = (at: string): RunFacts => ({
  at,
  commit: 'abc1234',
  seed: 7,
  processor: 'A processor',
  cores: 2,
  memoryGb: 8,
  system: 'A system',
  browser: 'Chrome 1',
  node: 'v24',
});
const passed = (row: string, of = 10): Verdict => ({ row, outcome: 'PASS', unit: 'ms', of });
const GROUPS = [
  { name: 'bulk', rows: ['first', 'second'] },
  { name: 'start', rows: ['first'] },
];
const NOTHING: Results = { runs: [], rows: [] };

describe('the stored measurements', () => {
  it('are sorted as the groups are listed, with rows of the same name in two groups', () => {
    const start = merge(NOTHING, run('1'), 'start', [passed('first', 3)], GROUPS);
    const both = merge(start, run('1'), 'bulk', [passed('second', 2), passed('first', 1)], GROUPS);
    expect(both.rows.map(({ group, row, of }) => [group, row, of])).toEqual([
      ['bulk', 'first', 1],
      ['bulk', 'second', 2],
      ['start', 'first', 3],
    ]);
    expect(both.runs).toEqual([run('1')]);
  });

  it('keep the rows of other groups with their own run', () => {
    const old = merge(NOTHING, run('1'), 'start', [passed('first')], GROUPS);
    const results = merge(old, run('2'), 'bulk', [passed('first')], GROUPS);
    expect(results.rows.map((row) => [row.group, row.run])).toEqual([
      ['bulk', '2'],
      ['start', '1'],
    ]);
    expect(results.runs.map(({ at }) => at)).toEqual(['1', '2']);
  });

  it('drop a run whose rows have all been measured again', () => {
    const old = merge(NOTHING, run('1'), 'start', [passed('first', 1)], GROUPS);
    const results = merge(old, run('2'), 'start', [passed('first', 2)], GROUPS);
    expect(results.rows).toEqual([{ group: 'start', run: '2', ...passed('first', 2) }]);
    expect(results.runs.map(({ at }) => at)).toEqual(['2']);
  });

  it('drop a row that no longer exists', () => {
    const old = merge(NOTHING, run('1'), 'bulk', [passed('first'), passed('second')], GROUPS);
    const [, start] = GROUPS;
    const fewer = [{ name: 'bulk', rows: ['second'] }, ...(start ? [start] : [])];
    expect(merge(old, run('2'), 'start', [passed('first')], fewer).rows.map(({ row }) => row)).toEqual([
      'second',
      'first',
    ]);
  });

  it('replace a measured row by a failure without a measurement', () => {
    const old = merge(NOTHING, run('1'), 'start', [passed('first')], GROUPS);
    const failed: Verdict = { row: 'first', outcome: 'FAIL', reason: 'The browser has ended.' };
    expect(merge(old, run('2'), 'start', [failed], GROUPS).rows).toEqual([
      { group: 'start', run: '2', ...failed },
    ]);
  });

  it('have numbers of five digits, and no control', () => {
    const interval = { value: 1.123456, low: 1.0000049, high: 12345.678 };
    const verdict: Verdict = { ...passed('first', 1 / 3), against: 2 / 3, interval, control: interval };
    const { rows } = merge(NOTHING, run('1'), 'start', [verdict], GROUPS);
    expect(rows).toEqual([
      {
        group: 'start',
        run: '1',
        ...passed('first', 0.33333),
        against: 0.66667,
        interval: { value: 1.1235, low: 1, high: 12346 },
      },
    ]);
  });
});
