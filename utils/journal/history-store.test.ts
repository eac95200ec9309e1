import { afterEach, beforeEach, expect, it } from 'vitest';
import { createHistoryFixture } from '../../tests/support/history-fixture.ts';
import type { HistoryRow } from '../model/history-row.ts';

let kit: ReturnType<typeof createHistoryFixture>;

beforeEach(() => {
  kit = createHistoryFixture();
});
afterEach(async () => {
  await kit.close();
});

it('rows are numbered without a gap and chained, also if they are written at the same time', async () => {
  await Promise.all([kit.recordChecks(5), kit.recordChecks(5)]);
  const { rows, violations } = await kit.verified();
  expect(rows.map(({ row }) => row)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(new Set(rows.map((row) => 'attemptId' in row && row.attemptId)).size).toBe(10);
  expect(violations).toEqual([]);
});

it('rows returns the rows between two numbers', async () => {
  await kit.recordChecks(5);
  expect((await kit.history.rows(2, 3)).map(({ row }) => row)).toEqual([2, 3]);
});

it('a new history is empty and intact', async () => {
  expect(await kit.verified()).toMatchObject({ rows: [], violations: [] });
});

it('a row changed in the database is reported', async () => {
  await kit.recordChecks(4);
  const [, second] = await kit.history.rows(1, 4);
  await (await kit.open()).put('history', { ...second, qrCodeId: 'QR26OTHER' } as HistoryRow);
  expect((await kit.verified()).violations).toEqual([{ kind: 'changed', row: 2 }]);
});

it('rows deleted in the database are reported, also the last one', async () => {
  await kit.recordChecks(4);
  await (await kit.open()).delete('history', 2);
  await (await kit.open()).delete('history', 4);
  expect((await kit.verified()).violations).toEqual([
    { kind: 'missing', from: 2, to: 2 },
    { kind: 'missing', from: 4, to: 4 },
  ]);
});
