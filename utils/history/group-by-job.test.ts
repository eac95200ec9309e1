import { expect, it } from 'vitest';
import { rowOf } from '../../tests/fixtures/history.ts';
import { groupByJob } from './group-by-job.ts';
import { toEntry } from './history-entry.ts';

/** Newest first; rows 2, 3 and 5 are of job 7. */
const LINES = [5, 4, 3, 2, 1].map((row) =>
  toEntry(
    rowOf(row, {
      ...([2, 3, 5].includes(row) ? { jobId: 7, startedBy: 'workbench' as const } : {}),
      ...(row === 3 ? { outcome: { kind: 'not-found' } } : {}),
    }),
  ),
);
const keysOf = (open: boolean) =>
  groupByJob(LINES, { isOpen: () => open, totalOf: () => 9 }).map(({ key }) => key);

it('puts the rows of a job under one heading, at the time of the newest of them', () => {
  expect(keysOf(true)).toEqual(['job 7', 'row 5', 'row 3', 'row 2', 'row 4', 'row 1']);
  expect(keysOf(false)).toEqual(['job 7', 'row 4', 'row 1']);
});

it('counts what came of them, and says how many there are besides', () => {
  const [heading] = groupByJob(LINES, { isOpen: () => false, totalOf: () => 9 });
  expect(heading).toMatchObject({
    kind: 'job',
    jobId: 7,
    open: false,
    counts: { cancelled: 2, 'not-found': 1 },
    shown: 3,
    total: 9,
    from: Date.UTC(2026, 10, 22, 10, 2),
    to: Date.UTC(2026, 10, 22, 10, 5),
  });
});

it('leaves a single cancel that waited as a line of its own', () => {
  const line = toEntry(rowOf(1, { jobId: 8, startedBy: 'menu' }));
  expect(groupByJob([line], { isOpen: () => false, totalOf: () => 1 })).toEqual([line]);
});
