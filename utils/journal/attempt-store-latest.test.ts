import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CheckOutcome } from '../model/attempt.ts';
import type { Outcome } from '../model/outcome.ts';
import { type AttemptStore, createAttemptStore } from './attempt-store.ts';
import { openJournal } from './database.ts';
import { createHistoryEraser } from './history-eraser.ts';
import type { Journal } from './schema.ts';

const ACCOUNT = { id: 'a1', name: 'Chandni Chowk', environment: 'UAT' } as const;
const START = { qrCodeId: 'QR26DU7U9NREWU', startedBy: 'popup' } as const;
const CANCELLED: Outcome = { kind: 'cancelled', evidence: 'response' };
const ACTIVE: CheckOutcome = { kind: 'status', status: 'ACTIVE' };
const clock = { now: () => 1_000, sleep: async () => undefined };

let journal: Promise<Journal>;
let attempts: AttemptStore;

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  journal = openJournal();
  attempts = createAttemptStore(() => journal, clock);
});
afterEach(async () => (await journal).close());

describe('the latest attempts', () => {
  it('are sorted newest first, up to the limit', async () => {
    for (const qrCodeId of ['QR1A', 'QR2A', 'QR3A'])
      await attempts.beginCancel(ACCOUNT, { ...START, qrCodeId });
    const ids = async (limit: number) => (await attempts.findLatest(limit)).map(({ qrCodeId }) => qrCodeId);
    expect(await ids(2)).toEqual(['QR3A', 'QR2A']);
    expect(await ids(99)).toEqual(['QR3A', 'QR2A', 'QR1A']);
  });

  it('include open and completed attempts, sorted by their start', async () => {
    const open = await attempts.beginCancel(ACCOUNT, { ...START, qrCodeId: 'QR1A' });
    const completed = await attempts.beginCancel(ACCOUNT, { ...START, qrCodeId: 'QR2A' });
    await attempts.completeCancel(completed.attemptId, CANCELLED);
    await attempts.completeCancel(open.attemptId, CANCELLED);
    const late = await attempts.beginCancel(ACCOUNT, { ...START, qrCodeId: 'QR3A' });
    const ids = (await attempts.findLatest(9)).map(({ attemptId }) => attemptId);
    expect(ids).toEqual([late.attemptId, completed.attemptId, open.attemptId]);
  });
});

describe('the latest attempts of one account', () => {
  const OTHER = { ...ACCOUNT, id: 'a2' };
  const idsOf = async (accountId: string, limit = 9) =>
    (await attempts.findLatest(limit, accountId)).map(({ qrCodeId }) => qrCodeId);

  it('are found behind any number of newer rows of other accounts', async () => {
    const check = { at: 500, outcome: ACTIVE };
    for (const qrCodeId of ['QR1A', 'QR2A', 'QR3A'])
      await attempts.recordCheck(ACCOUNT, { ...START, qrCodeId }, check);
    for (let count = 0; count < 60; count += 1)
      await attempts.recordCheck(OTHER, { ...START, qrCodeId: `QR1B${count}` }, check);
    await attempts.beginCancel(ACCOUNT, { ...START, qrCodeId: 'QR4A' });
    await attempts.beginCancel(OTHER, START);
    expect(await idsOf('a1')).toEqual(['QR4A', 'QR3A', 'QR2A', 'QR1A']);
    expect(await idsOf('a1', 2)).toEqual(['QR4A', 'QR3A']);
    expect(await idsOf('a2', 2)).toEqual([START.qrCodeId, 'QR1B59']);
    expect(await idsOf('a3')).toEqual([]);
  });

  it('do not include an erasure', async () => {
    const history = createHistoryEraser(() => journal, clock);
    await attempts.recordCheck(ACCOUNT, START, { at: 500, outcome: ACTIVE });
    await history.erase('operator');
    expect(await idsOf('a1')).toEqual([]);
    expect(await attempts.findLatest(9)).toEqual([]);
  });
});
