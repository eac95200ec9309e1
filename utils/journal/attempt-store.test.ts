import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CheckOutcome, OperatorInfo } from '../model/attempt.ts';
import type { Outcome } from '../model/outcome.ts';
import { type AttemptStore, createAttemptStore } from './attempt-store.ts';
import { openJournal } from './database.ts';
import { chainHash } from './hash-chain.ts';
import type { Journal } from './schema.ts';

const ACCOUNT = { id: 'a1', name: 'Chandni Chowk', environment: 'UAT' } as const;
const START = { qrCodeId: 'QR26DU7U9NREWU', startedBy: 'popup' } as const;
const START_OF_CREATE = { startedBy: 'workbench', replaces: 'QR26OLD' } as const;
const CANCELLED: Outcome = { kind: 'cancelled', evidence: 'response' };
const ACTIVE: CheckOutcome = { kind: 'status', status: 'ACTIVE' };

let journal: Promise<Journal>;
let attempts: AttemptStore;
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

/** The stored records, read through another connection. */
async function storedRecords() {
  const opened = await openJournal();
  return { open: await opened.getAll('attempts'), rows: await opened.getAll('history') };
}

/** The attempt, either still open or as a row of the history. */
async function findAttempt(id: number) {
  return (await attempts.findLatest(99)).find(({ attemptId }) => attemptId === id);
}

describe('a cancel', () => {
  it('is stored without an outcome before it is sent', async () => {
    const { attemptId } = await attempts.beginCancel(ACCOUNT, START);
    expect((await storedRecords()).open).toEqual([
      {
        attemptId,
        at: 1_000,
        accountId: 'a1',
        accountName: 'Chandni Chowk',
        environment: 'UAT',
        qrCodeId: 'QR26DU7U9NREWU',
        startedBy: 'popup',
        action: 'cancel',
        sendCount: 1,
      },
    ]);
    expect(await attempts.findOpen()).toHaveLength(1);
  });

  it('counts every resend', async () => {
    const { attemptId } = await attempts.beginCancel(ACCOUNT, START);
    await attempts.recordResend(attemptId);
    expect(await findAttempt(attemptId)).toMatchObject({ sendCount: 2 });
  });

  it('has an outcome once it is completed, and is no longer open', async () => {
    const { attemptId } = await attempts.beginCancel(ACCOUNT, START);
    now = 2_000;
    await attempts.completeCancel(attemptId, CANCELLED, { qrName: 'Counter 4', amount: 500 });
    const attempt = await findAttempt(attemptId);
    expect(attempt).toMatchObject({
      outcome: CANCELLED,
      finishedAt: 2_000,
      qrName: 'Counter 4',
      amount: 500,
    });
    expect(await attempts.findOpen()).toEqual([]);
    expect(await attempts.findOpenCancel(attemptId)).toBeUndefined();
  });

  it('keeps its first outcome', async () => {
    const { attemptId } = await attempts.beginCancel(ACCOUNT, START);
    await attempts.completeCancel(attemptId, CANCELLED);
    const completed = await findAttempt(attemptId);
    now = 9_000;
    await attempts.completeCancel(attemptId, { kind: 'unconfirmed', reason: 'timeout' });
    await attempts.recordResend(attemptId);
    expect(await findAttempt(attemptId)).toEqual(completed);
  });

  it('keeps the first of two outcomes that are written at the same time', async () => {
    const { attemptId } = await attempts.beginCancel(ACCOUNT, START);
    await Promise.all([
      attempts.completeCancel(attemptId, CANCELLED),
      attempts.completeCancel(attemptId, { kind: 'unconfirmed', reason: 'timeout' }),
    ]);
    expect(await findAttempt(attemptId)).toMatchObject({ outcome: CANCELLED });
  });

  it('is not created by completing an unknown attempt', async () => {
    await attempts.completeCancel(77, CANCELLED);
    expect(await storedRecords()).toEqual({ open: [], rows: [] });
  });

  it('is not started if it cannot be stored', async () => {
    const broken = createAttemptStore(() => Promise.reject(new Error('no disk')), {
      now: () => 0,
      sleep: async () => undefined,
    });
    await expect(broken.beginCancel(ACCOUNT, START)).rejects.toThrow('no disk');
  });
});

describe('customer data', () => {
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

  it('is not stored, for cancels and checks', async () => {
    const { attemptId } = await attempts.beginCancel(ACCOUNT, START);
    await attempts.completeCancel(attemptId, CANCELLED, qrCode);
    await attempts.recordCheck(ACCOUNT, START, { at: 0, outcome: ACTIVE, subject: qrCode });
    const written = JSON.stringify(await storedRecords());
    expect(written).toContain('Counter 4');
    for (const secret of ['Asha', 'asha@', '9876543210', 'C-17', 'REF-17', 'iVBOR'])
      expect(written).not.toContain(secret);
  });
});

describe('a check', () => {
  it('is complete from the start', async () => {
    const attemptId = await attempts.recordCheck(ACCOUNT, START, { at: 500, outcome: ACTIVE });
    expect(await findAttempt(attemptId)).toMatchObject({
      action: 'check',
      outcome: { kind: 'status' },
      at: 500,
      finishedAt: 1_000,
    });
    expect(await attempts.findOpen()).toEqual([]);
  });

  it('is not changed by completing it as a cancel', async () => {
    const attemptId = await attempts.recordCheck(ACCOUNT, START, { at: 500, outcome: ACTIVE });
    await attempts.completeCancel(attemptId, CANCELLED);
    expect(await findAttempt(attemptId)).toMatchObject({ outcome: { kind: 'status', status: 'ACTIVE' } });
  });
});

describe('a record inserted by hand at the next number', () => {
  it('does not block later attempts, and numbers stay unique', async () => {
    const first = await attempts.beginCancel(ACCOUNT, START);
    const next = first.attemptId + 1;
    for (const attemptId of [next, next + 1, next + 2.5])
      await (await journal).put('attempts', { ...first, attemptId });
    const second = await attempts.beginCancel(ACCOUNT, { ...START, qrCodeId: 'QR2A' });
    expect(second.attemptId).toBe(next + 3);
    await attempts.completeCancel(second.attemptId, CANCELLED);
    expect(await findAttempt(second.attemptId)).toMatchObject({ qrCodeId: 'QR2A', outcome: CANCELLED });
    const create = await attempts.beginCreate(ACCOUNT, START_OF_CREATE, {});
    expect(create.attemptId).toBe(next + 4);
  });
});

describe('a create', () => {
  const DRAFT = { qrName: 'Counter 4', amount: 500 };

  it('is stored before it is sent, and gets its id once the gateway returns it', async () => {
    const { attemptId } = await attempts.beginCreate(ACCOUNT, START_OF_CREATE, DRAFT);
    expect((await storedRecords()).open).toMatchObject([
      { action: 'create', qrCodeId: '', replaces: 'QR26OLD', ...DRAFT },
    ]);
    const outcome = { kind: 'created', code: 0, message: 'Success' } as const;
    await attempts.completeCreate(attemptId, outcome, {
      qrCodeId: 'QR26NEW',
      qrName: 'Counter 5',
      amount: 500,
    });
    expect(await findAttempt(attemptId)).toMatchObject({
      outcome,
      qrCodeId: 'QR26NEW',
      replaces: 'QR26OLD',
      qrName: 'Counter 5',
    });
    expect(await attempts.findOpen()).toEqual([]);
  });

  it('is not found as an open cancel', async () => {
    const { attemptId } = await attempts.beginCreate(ACCOUNT, START_OF_CREATE, DRAFT);
    expect(await attempts.findOpenCancel(attemptId)).toBeUndefined();
    expect(await attempts.findOpen()).toHaveLength(1);
  });
});

describe('a reason', () => {
  it('is stored with the attempt', async () => {
    const { attemptId } = await attempts.beginCancel(ACCOUNT, { ...START, reason: 'The stand was stolen' });
    await attempts.completeCancel(attemptId, CANCELLED);
    expect(await findAttempt(attemptId)).toMatchObject({ reason: 'The stand was stolen' });
  });
});

describe('A51 the unknown state that a cancel ignored', () => {
  it('is stored with the attempt and covered by the hash of its row', async () => {
    const { attemptId } = await attempts.beginCancel(ACCOUNT, { ...START, despite: 'unknown-status' });
    await attempts.completeCancel(attemptId, CANCELLED);
    const row = (await findAttempt(attemptId)) as unknown as Record<string, unknown> & { hash: string };
    expect(row.despite).toBe('unknown-status');
    expect(chainHash('', row)).toBe(row.hash);
    expect(chainHash('', { ...row, despite: undefined })).not.toBe(row.hash);
  });
});

describe('the operator’s name', () => {
  it('is stored as it was when the attempt started', async () => {
    let operator: OperatorInfo = { operator: 'Asha' };
    const clock = { now: () => now, sleep: async () => undefined };
    attempts = createAttemptStore(
      () => journal,
      clock,
      async () => operator,
    );
    const cancel = await attempts.beginCancel(ACCOUNT, START);
    const create = await attempts.beginCreate(ACCOUNT, START_OF_CREATE, {});
    const check = await attempts.recordCheck(ACCOUNT, START, { at: 500, outcome: ACTIVE });
    operator = {};
    await attempts.completeCancel(cancel.attemptId, CANCELLED);
    await attempts.completeUnsent(create.attemptId, { kind: 'not-sent', reason: 'offline' });
    for (const attemptId of [cancel.attemptId, create.attemptId, check])
      expect(await findAttempt(attemptId)).toMatchObject({ operator: 'Asha' });
    const unnamed = await attempts.beginCancel(ACCOUNT, START);
    expect(unnamed).not.toHaveProperty('operator');
  });

  it('must be readable before an attempt is stored', async () => {
    const broken = createAttemptStore(
      () => journal,
      { now: () => now, sleep: async () => undefined },
      () => Promise.reject(new Error('no storage')),
    );
    await expect(broken.beginCancel(ACCOUNT, START)).rejects.toThrow('no storage');
    expect(await attempts.findOpen()).toEqual([]);
  });
});

describe('every write', () => {
  it('uses strict durability', async () => {
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
    const { attemptId } = await attempts.beginCancel(ACCOUNT, START);
    await attempts.recordResend(attemptId);
    await attempts.completeCancel(attemptId, CANCELLED);
    await attempts.recordCheck(ACCOUNT, START, { at: 500, outcome: ACTIVE });
    await attempts.completeUnsent((await attempts.beginCancel(ACCOUNT, START)).attemptId, {
      kind: 'not-sent',
      reason: 'offline',
    });
    const writes = transaction.mock.calls.filter(([, mode]) => mode === 'readwrite');
    expect(writes).toHaveLength(6);
    for (const [, , options] of writes) expect(options).toEqual({ durability: 'strict' });
  });
});
