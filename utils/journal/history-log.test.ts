import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHistoryFixture } from '../../tests/support/history-fixture.ts';
import type { HistoryRow } from '../model/history-row.ts';
import { HEAD_KEY } from './history-log.ts';

let kit: ReturnType<typeof createHistoryFixture>;

beforeEach(() => {
  kit = createHistoryFixture();
});
afterEach(async () => {
  await kit.close();
});

describe('the chain head', () => {
  const put = async (row: object) => (await kit.open()).put('history', row as HistoryRow);
  const lose = async () => (await kit.open()).clear('chain');

  it('does not block cancels if it is lost, and the loss is recorded permanently', async () => {
    const open = await kit.beginCancel('QR26OPEN');
    await kit.recordChecks(2);
    await lose();
    expect(await kit.verified()).toMatchObject({
      isHeadMissing: true,
      violations: [{ kind: 'lost', row: 3 }],
    });
    kit.clock.at = 7_000;
    const { attemptId } = await kit.beginCancel('QR26LATE');
    await kit.attempts.completeCancel(attemptId, { kind: 'cancelled', evidence: 'response' });
    await kit.attempts.completeCancel(open.attemptId, { kind: 'cancelled', evidence: 'check' });
    await kit.recordChecks(1);
    const { isHeadMissing, rows, violations } = await kit.verified();
    expect(rows).toMatchObject([
      { row: 1 },
      { row: 2 },
      { row: 3, action: 'lost', at: 7_000 },
      { row: 4, qrCodeId: 'QR26LATE' },
      { row: 5, qrCodeId: 'QR26OPEN' },
      { row: 6, qrCodeId: 'QR26A1' },
    ]);
    const numbers = rows.flatMap((row) => ('attemptId' in row ? [row.attemptId] : []));
    expect(new Set(numbers).size).toBe(5);
    expect((await kit.attempts.findLatest(1))[0]?.qrCodeId).toBe('QR26A1');
    expect([isHeadMissing, violations]).toEqual([false, [{ kind: 'lost', row: 3 }]]);
  });

  it('lost after an erasure does not report the erased rows as missing', async () => {
    await kit.recordChecks(4);
    await kit.erase('retention', 3_000);
    await lose();
    expect((await kit.verified()).violations).toEqual([{ kind: 'lost', row: 6 }]);
    await kit.recordChecks(1);
    expect((await kit.verified()).violations).toEqual([{ kind: 'lost', row: 6 }]);
    await (await kit.open()).delete('history', 3);
    expect((await kit.verified()).violations).toEqual([
      { kind: 'missing', from: 1, to: 3 },
      { kind: 'lost', row: 6 },
    ]);
  });

  it.each([{}, 7, { row: 'x' }, { row: 2, hash: '' }, { row: Number.NaN, first: 1, attemptId: 2 }])(
    'with the invalid value %j counts as lost',
    async (record) => {
      await kit.recordChecks(2);
      await (await kit.open()).put('chain', record as never, HEAD_KEY);
      expect(await kit.verified()).toMatchObject({
        isHeadMissing: true,
        violations: [{ kind: 'lost', row: 3 }],
      });
      const { attemptId } = await kit.beginCancel('QR26LATE');
      await kit.attempts.completeCancel(attemptId, { kind: 'cancelled', evidence: 'response' });
      const { rows, violations } = await kit.verified();
      expect([rows.length, rows.at(-1)]).toMatchObject([4, { qrCodeId: 'QR26LATE' }]);
      expect(violations).toEqual([{ kind: 'lost', row: 3 }]);
    },
  );

  it('does not block cancels if rows were inserted beyond it, and the loss is recorded permanently', async () => {
    await kit.recordChecks(3);
    const [third] = await kit.history.rows(3, 3);
    await put({ ...third, row: 4 });
    await put({ ...third, row: 5.5 });
    await put({ ...third, row: 1e12 });
    await kit.recordChecks(3);
    const { rows, violations } = await kit.verified();
    expect(rows.map(({ row, action }) => [row, action])).toEqual([
      [1, 'check'],
      [2, 'check'],
      [3, 'check'],
      [4, 'check'],
      [5.5, 'check'],
      [6, 'lost'],
      [7, 'check'],
      [8, 'check'],
      [9, 'check'],
      [1e12, 'check'],
    ]);
    expect(violations).toContainEqual({ kind: 'changed', row: 4 });
    expect(violations).toContainEqual({ kind: 'added', row: 5.5 });
    expect(violations).toContainEqual({ kind: 'lost', row: 6 });
    expect(violations).toContainEqual({ kind: 'added', row: 1e12 });
  });

  it('does not block cancels if more rows were inserted than one scan covers', async () => {
    await kit.recordChecks(1);
    const [first] = await kit.history.rows(1, 1);
    const writing = (await kit.open()).transaction('history', 'readwrite');
    for (let row = 2; row <= 10_100; row += 1) void writing.store.add({ ...first, row } as HistoryRow);
    await writing.done;
    await kit.recordChecks(1);
    const rows = await kit.history.rows(10_100, 10_200);
    expect(rows.map(({ row, action }) => [row, action])).toEqual([
      [10_100, 'check'],
      [10_101, 'lost'],
      [10_102, 'check'],
    ]);
  });

  it('keeps the erased range and the attempt numbers if rows were inserted beyond it', async () => {
    kit.clock.at = 0;
    await kit.recordChecks(4);
    await kit.erase('retention', 2_500);
    const [last] = await kit.history.rows(5, 5);
    await put({ ...last, row: 6 });
    const numbers = (await kit.verified()).rows.flatMap((row) => ('attemptId' in row ? [row.attemptId] : []));
    kit.clock.at = 1;
    const { attemptId } = await kit.beginCancel('QR26LATE');
    expect(attemptId).toBeGreaterThan(Math.max(...numbers));
    expect((await kit.history.loadBounds()).ends.firstSequence).toBe(3);
  });

  it('is valid again after all rows, also those beyond it, were erased', async () => {
    await kit.recordChecks(3);
    await put({ ...(await kit.history.rows(3, 3))[0], row: 1e12 });
    await lose();
    kit.clock.at = 9_000;
    expect(await kit.erase('operator')).toBe(5);
    await kit.recordChecks(1);
    const { rows, violations } = await kit.verified();
    expect([rows.map(({ row }) => row), violations]).toEqual([[5, 6], []]);
  });
});
