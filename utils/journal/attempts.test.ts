import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CheckOutcome } from '../qr-code/attempt.ts';
import type { Outcome } from '../qr-code/outcome.ts';
import { type AttemptStore, createAttemptStore } from './attempts.ts';
import { type Journal, openJournal } from './database.ts';

const ACCOUNT = { id: 'a1', name: 'Chandni Chowk', environment: 'UAT' } as const;
const START = { qrCodeId: 'QR26DU7U9NREWU', startedBy: 'popup' } as const;
const CANCELLED: Outcome = { kind: 'cancelled', evidence: 'response' };

let journal: Promise<Journal>;
let attempts: AttemptStore<Outcome, CheckOutcome>;
let now = 1_000;

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  journal = openJournal();
  now = 1_000;
  attempts = createAttemptStore(() => journal, { now: () => now, sleep: async () => undefined });
});
afterEach(async () => {
  vi.restoreAllMocks();
  (await journal).close();
});

/** What a worker that has just started finds on disk. */
async function onDisk() {
  return (await openJournal()).getAll('attempts');
}

describe('a cancel', () => {
  it('is on disk before it is sent, without an outcome', async () => {
    const { attemptId } = await attempts.begin(ACCOUNT, START);
    expect(await onDisk()).toEqual([
      {
        attemptId,
        at: 1_000,
        accountId: 'a1',
        accountName: 'Chandni Chowk',
        environment: 'UAT',
        qrCodeId: 'QR26DU7U9NREWU',
        startedBy: 'popup',
        action: 'cancel',
        sendings: 1,
        open: 1,
      },
    ]);
    expect(await attempts.unfinished()).toHaveLength(1);
  });

  it('counts every further sending', async () => {
    const { attemptId } = await attempts.begin(ACCOUNT, START);
    await attempts.noteSentAgain(attemptId);
    expect(await attempts.get(attemptId)).toMatchObject({ sendings: 2, open: 1 });
  });

  it('has an outcome once it is settled, and is not unfinished any more', async () => {
    const { attemptId } = await attempts.begin(ACCOUNT, START);
    now = 2_000;
    await attempts.settle(attemptId, CANCELLED, { qrName: 'Counter 4', amount: 500 });
    const attempt = await attempts.get(attemptId);
    expect(attempt).toMatchObject({
      outcome: CANCELLED,
      finishedAt: 2_000,
      qrName: 'Counter 4',
      amount: 500,
    });
    expect(attempt).not.toHaveProperty('open');
    expect(await attempts.unfinished()).toEqual([]);
  });

  it('keeps its outcome for good', async () => {
    const { attemptId } = await attempts.begin(ACCOUNT, START);
    await attempts.settle(attemptId, CANCELLED);
    const settled = await attempts.get(attemptId);
    now = 9_000;
    await attempts.settle(attemptId, { kind: 'unconfirmed', reason: 'timeout' });
    await attempts.noteSentAgain(attemptId);
    expect(await attempts.get(attemptId)).toEqual(settled);
  });

  it('keeps the first of two outcomes written at once', async () => {
    const { attemptId } = await attempts.begin(ACCOUNT, START);
    await Promise.all([
      attempts.settle(attemptId, CANCELLED),
      attempts.settle(attemptId, { kind: 'unconfirmed', reason: 'timeout' }),
    ]);
    expect(await attempts.get(attemptId)).toMatchObject({ outcome: CANCELLED });
  });

  it('that was never written is not made up by settling it', async () => {
    await attempts.settle(77, CANCELLED);
    expect(await onDisk()).toEqual([]);
  });

  it('is not begun where it cannot be written', async () => {
    const broken = createAttemptStore(() => Promise.reject(new Error('no disk')), {
      now: () => 0,
      sleep: async () => undefined,
    });
    await expect(broken.begin(ACCOUNT, START)).rejects.toThrow('no disk');
  });
});

describe('no customer data', () => {
  const qrCode = {
    qrName: 'Counter 4',
    amount: '500.00',
    customerName: 'Asha Rao',
    customerEmail: 'asha@shop.example',
    customerMobile: '9876543210',
    customerId: 'C-17',
    referenceNumber: 'REF-17',
    description: 'for Asha',
    qrCodeBase64: 'data:image/png;base64,iVBORw0KGgo',
  };

  it('gets into the journal, of a cancel or of a check', async () => {
    const { attemptId } = await attempts.begin(ACCOUNT, START);
    await attempts.settle(attemptId, CANCELLED, qrCode);
    await attempts.recordCheck(ACCOUNT, START, { kind: 'status', status: 'ACTIVE' }, qrCode);
    const written = JSON.stringify(await onDisk());
    expect(written).toContain('Counter 4');
    for (const secret of ['Asha', 'asha@', '9876543210', 'C-17', 'REF-17', 'iVBOR'])
      expect(written).not.toContain(secret);
  });
});

describe('a check', () => {
  it('is finished from the beginning', async () => {
    const attemptId = await attempts.recordCheck(ACCOUNT, START, { kind: 'status', status: 'ACTIVE' });
    expect(await attempts.get(attemptId)).toMatchObject({
      action: 'check',
      outcome: { kind: 'status' },
      finishedAt: 1_000,
    });
    expect(await attempts.unfinished()).toEqual([]);
  });

  it('does not change by settling', async () => {
    const attemptId = await attempts.recordCheck(ACCOUNT, START, { kind: 'status', status: 'ACTIVE' });
    await attempts.settle(attemptId, CANCELLED);
    expect(await attempts.get(attemptId)).toMatchObject({ outcome: { kind: 'status', status: 'ACTIVE' } });
  });
});

describe('the list', () => {
  it('has the newest first, and no more than asked for', async () => {
    for (const qrCodeId of ['QR1A', 'QR2A', 'QR3A']) await attempts.begin(ACCOUNT, { ...START, qrCodeId });
    const ids = async (limit: number) => (await attempts.latest(limit)).map(({ qrCodeId }) => qrCodeId);
    expect(await ids(2)).toEqual(['QR3A', 'QR2A']);
    expect(await ids(99)).toEqual(['QR3A', 'QR2A', 'QR1A']);
  });

  it('once erased keeps just what still has to be settled', async () => {
    const done = await attempts.begin(ACCOUNT, START);
    await attempts.settle(done.attemptId, CANCELLED);
    await attempts.recordCheck(ACCOUNT, START, { kind: 'status', status: 'ACTIVE' });
    const open = await attempts.begin(ACCOUNT, START);
    await attempts.erase();
    expect(await attempts.latest(99)).toEqual([open]);
    await attempts.settle(open.attemptId, CANCELLED);
    expect(await attempts.get(open.attemptId)).toMatchObject({ outcome: CANCELLED });
  });
});

describe('every write', () => {
  it('asks for strict durability', async () => {
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
    const { attemptId } = await attempts.begin(ACCOUNT, START);
    await attempts.noteSentAgain(attemptId);
    await attempts.settle(attemptId, CANCELLED);
    await attempts.recordCheck(ACCOUNT, START, { kind: 'status', status: 'ACTIVE' });
    await attempts.erase();
    const writes = transaction.mock.calls.filter(([, mode]) => mode === 'readwrite');
    expect(writes).toHaveLength(5);
    for (const [, , options] of writes) expect(options).toEqual({ durability: 'strict' });
  });
});
