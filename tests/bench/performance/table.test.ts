import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Results, RunFacts, StoredRow } from './results.ts';
import { performancePage } from './table.ts';
import { filesOf, PAGE_FILE, PICTURE_FILE, readResults } from './write.ts';

const RUN: RunFacts = {
  at: '2026-11-27 18:02',
  commit: 'abc1234',
  seed: 7,
  processor: 'A processor',
  cores: 2,
  memoryGb: 8,
  system: 'A system 12',
  browser: 'Chrome 156.0',
  node: 'v24.1.0',
};
const ROW: StoredRow = {
  group: 'bulk',
  run: RUN.at,
  row: 'rate',
  outcome: 'PASS',
  unit: 'codes/s',
  of: 512.3,
  against: 526,
  interval: { value: 0.974, low: 0.9702, high: 0.981 },
  limit: { atLeast: 0.97 },
};

function lineOf(results: Results, text: string): string | undefined {
  return performancePage(results, false)
    .split('\n')
    .find((line) => line.includes(text));
}

const rowLine = (row: Partial<StoredRow>) =>
  lineOf({ runs: [RUN], rows: [{ ...ROW, ...row }] }, `| ${row.row ?? ROW.row}`);

describe('the page of measurements', () => {
  it('has medians, interval, limit, verdict and run of each row', () => {
    expect(rowLine({})).toBe(
      '| `bulk` | rate | 512 codes/s | 526 codes/s | 0.974 [0.970, 0.981] | ≥ 0.97 | PASS | 2026-11-27 18:02 |',
    );
  });

  it('says why a row is void or failed, and only informs without a limit', () => {
    expect(rowLine({ outcome: 'VOID', reason: 'too noisy to tell' })).toContain(
      '| VOID: too noisy to tell |',
    );
    const { limit: _, ...informative } = ROW;
    expect(lineOf({ runs: [RUN], rows: [{ ...informative, outcome: 'told' }] }, '| rate')).toContain(
      '| 0.974 [0.970, 0.981] |  | told |',
    );
  });

  it('marks rows that must be within the limit in every round', () => {
    const interval = { value: 0, low: 0, high: 0 };
    expect(rowLine({ everyRound: true, of: 0, interval, limit: { atMost: 0 } })).toContain(
      '| rate * | 0 codes/s | 526 codes/s | 0 [0, 0] | ≤ 0 |',
    );
  });

  it('names a group once', () => {
    const results = { runs: [RUN], rows: [ROW, { ...ROW, row: 'second' }, { ...ROW, group: 'other' }] };
    expect(lineOf(results, '| second')).toMatch(/^\| {2}\| second/);
    expect(lineOf(results, '`other`')).toMatch(/^\| `other` \| rate/);
  });

  it('keeps a text with line breaks and bars inside its cell', () => {
    expect(rowLine({ outcome: 'FAIL', reason: 'a | b\nc' })).toContain(String.raw`| FAIL: a \| b c |`);
  });

  it('has machine, system, browser, Node, commit and seed of each run', () => {
    expect(lineOf({ runs: [RUN], rows: [ROW] }, '| 2026-11-27 18:02 | abc1234')).toBe(
      '| 2026-11-27 18:02 | abc1234 | 7 | A processor, 2 cores, 8 GB | A system 12 | Chrome 156.0 | v24.1.0 |',
    );
  });

  it('shows the picture only if there is one', () => {
    const results = { runs: [RUN], rows: [ROW] };
    expect(performancePage(results, true)).toContain('(pictures/latency.svg)');
    expect(performancePage(results, false)).not.toContain('latency.svg)');
  });

  it('says that nothing has been measured', () => {
    expect(performancePage({ runs: [], rows: [] }, false)).toContain('No row has been measured yet.');
  });
});

describe('docs/performance.md and its picture', () => {
  it('are what the stored measurements give', () => {
    const { page, picture } = filesOf(readResults());
    expect(readFileSync(PAGE_FILE, 'utf8')).toBe(page);
    expect(existsSync(PICTURE_FILE) ? readFileSync(PICTURE_FILE, 'utf8') : undefined).toBe(picture);
  });
});
