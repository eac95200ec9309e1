import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHistoryFixture } from '../../tests/support/history-fixture.ts';
import { createHistoryEraser } from './history-eraser.ts';

let kit: ReturnType<typeof createHistoryFixture>;

beforeEach(() => {
  kit = createHistoryFixture();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await kit.close();
});

describe('erasing', () => {
  it('erases all rows, records it in a row, and keeps the chain intact', async () => {
    await kit.recordChecks(3);
    kit.clock.at = 9_000;
    expect(await kit.erase('operator')).toBe(3);
    const { rows, violations } = await kit.verified();
    expect(rows).toMatchObject([
      { row: 4, action: 'erase', by: 'operator', count: 3, lastErasedSequence: 3, at: 9_000 },
    ]);
    expect(violations).toEqual([]);
  });

  it('erases only older rows, and later continues from there', async () => {
    await kit.recordChecks(5);
    expect(await kit.erase('retention', 3_000)).toBe(2);
    await kit.recordChecks(1);
    expect(await kit.erase('retention', 4_500)).toBe(2);
    const { rows, violations } = await kit.verified();
    expect(rows.map(({ row, action }) => [row, action])).toEqual([
      [5, 'check'],
      [6, 'erase'],
      [7, 'check'],
      [8, 'erase'],
    ]);
    expect(violations).toEqual([]);
  });

  it('does not stop at a row dated in the future, and keeps the chain intact', async () => {
    await kit.recordChecks(2);
    kit.clock.at = 1e12;
    await kit.recordCheck(kit.clock.at);
    await kit.recordChecks(4);
    expect(await kit.erase('retention', 3_000)).toBe(5);
    const { rows, violations } = await kit.verified();
    expect(rows.map(({ row, action }) => [row, action])).toEqual([
      [6, 'check'],
      [7, 'check'],
      [8, 'erase'],
    ]);
    expect(violations).toEqual([]);
  });

  it('keeps a row dated in the future if no later row is old', async () => {
    await kit.recordChecks(2);
    kit.clock.at = 1e12;
    await kit.recordCheck(kit.clock.at);
    kit.clock.at = 10_000;
    await kit.recordCheck(kit.clock.at);
    expect(await kit.erase('retention', 5_000)).toBe(2);
    const { rows, violations } = await kit.verified();
    expect(rows.map(({ row }) => row)).toEqual([3, 4, 5]);
    expect(violations).toEqual([]);
  });

  it('keeps recent rows before a row dated in the past', async () => {
    await kit.recordChecks(4);
    kit.clock.at = 100;
    await kit.recordCheck(kit.clock.at);
    kit.clock.at = 5_000;
    expect(await kit.erase('retention', 1_500)).toBe(1);
    expect((await kit.verified()).rows.map(({ row }) => row)).toEqual([2, 3, 4, 5, 6]);
  });

  it('adds no row if it erases nothing', async () => {
    await kit.recordChecks(2);
    expect(await kit.erase('retention', 500)).toBe(0);
    expect((await kit.verified()).rows).toHaveLength(2);
    expect(await createHistoryEraser(kit.open, kit.clock).erase('operator')).toBe(2);
  });

  it('records the operator, but only if the operator asked for it', async () => {
    const { erase: eraseNamed } = createHistoryEraser(kit.open, kit.clock, async () => ({
      operator: 'Asha',
    }));
    await kit.recordChecks(1);
    await eraseNamed('retention', kit.clock.now() + 1);
    expect((await kit.verified()).rows).not.toContainEqual(expect.objectContaining({ operator: 'Asha' }));
    await kit.recordChecks(1);
    await eraseNamed('operator');
    expect((await kit.verified()).rows).toMatchObject([{ action: 'erase', operator: 'Asha' }]);
  });

  it('keeps an open attempt, which becomes a row when it is completed', async () => {
    await kit.recordChecks(2);
    const open = await kit.beginCancel('QR26OPEN');
    await kit.erase('operator');
    expect(await kit.attempts.findLatest(9)).toMatchObject([{ qrCodeId: 'QR26OPEN' }]);
    await kit.attempts.completeCancel(open.attemptId, { kind: 'cancelled', evidence: 'check' });
    const { rows, violations } = await kit.verified();
    expect(rows).toMatchObject([{ action: 'erase' }, { qrCodeId: 'QR26OPEN' }]);
    expect(violations).toEqual([]);
  });

  it('uses strict durability', async () => {
    await kit.recordChecks(1);
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
    await kit.erase('operator');
    expect(transaction.mock.calls.map(([, , options]) => options)).toEqual([{ durability: 'strict' }]);
  });
});
