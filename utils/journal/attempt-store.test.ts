import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CheckOutcome, OperatorInfo } from '../model/attempt.ts';
import type { Outcome } from '../model/outcome.ts';
import { type AttemptStore, createAttemptStore } from './attempt-store.ts';
import { openJournal } from './database.ts';
import { chainHash } from './hash-chain.ts';
import { createHistoryEraser } from './history-eraser.ts';
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

/** What a worker that has just started finds on disk. */
async function onDisk() {
  const opened = await openJournal();
  return { open: await opened.getAll('attempts'), rows: await opened.getAll('history') };
}

/** The attempt as it is now: still open, or a row of the history. */
async function found(wanted: number) {
  return (await attempts.findLatest(99)).find(({ attemptId }) => attemptId === wanted);
}

describe('a cancel', () => {
  it('is on disk before it is sent, without an outcome', async () => {
    const { attemptId } = await attempts.beginCancel(ACCOUNT, START);
    expect((await onDisk()).open).toEqual([
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

  it('counts every further sending', async () => {
    const { attemptId } = await attempts.beginCancel(ACCOUNT, START);
    await attempts.recordResend(attemptId);
    expect(await found(attemptId)).toMatchObject({ sendCount: 2 });
  });

  it('has an outcome once it is settled, and is not unfinished any more', async () => {
    const { attemptId } = await attempts.beginCancel(ACCOUNT, START);
    now = 2_000;
    await attempts.completeCancel(attemptId, CANCELLED, { qrName: 'Counter 4', amount: 500 });
    const attempt = await found(attemptId);
    expect(attempt).toMatchObject({
      outcome: CANCELLED,
      finishedAt: 2_000,
      qrName: 'Counter 4',
      amount: 500,
    });
    expect(await attempts.findOpen()).toEqual([]);
    expect(await attempts.findOpenCancel(attemptId)).toBeUndefined();
  });

  it('keeps its outcome for good', async () => {
    const { attemptId } = await attempts.beginCancel(ACCOUNT, START);
    await attempts.completeCancel(attemptId, CANCELLED);
    const settled = await found(attemptId);
    now = 9_000;
    await attempts.completeCancel(attemptId, { kind: 'unconfirmed', reason: 'timeout' });
    await attempts.recordResend(attemptId);
    expect(await found(attemptId)).toEqual(settled);
  });

  it('keeps the first of two outcomes written at once', async () => {
    const { attemptId } = await attempts.beginCancel(ACCOUNT, START);
    await Promise.all([
      attempts.completeCancel(attemptId, CANCELLED),
      attempts.completeCancel(attemptId, { kind: 'unconfirmed', reason: 'timeout' }),
    ]);
    expect(await found(attemptId)).toMatchObject({ outcome: CANCELLED });
  });

  it('that was never written is not made up by settling it', async () => {
    await attempts.completeCancel(77, CANCELLED);
    expect(await onDisk()).toEqual({ open: [], rows: [] });
  });

  it('is not begun where it cannot be written', async () => {
    const broken = createAttemptStore(() => Promise.reject(new Error('no disk')), {
      now: () => 0,
      sleep: async () => undefined,
    });
    await expect(broken.beginCancel(ACCOUNT, START)).rejects.toThrow('no disk');
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
    const { attemptId } = await attempts.beginCancel(ACCOUNT, START);
    await attempts.completeCancel(attemptId, CANCELLED, qrCode);
    await attempts.recordCheck(ACCOUNT, START, { at: 0, outcome: ACTIVE, subject: qrCode });
    const written = JSON.stringify(await onDisk());
    expect(written).toContain('Counter 4');
    for (const secret of ['Asha', 'asha@', '9876543210', 'C-17', 'REF-17', 'iVBOR'])
      expect(written).not.toContain(secret);
  });
});

describe('a check', () => {
  it('is finished from the beginning', async () => {
    const attemptId = await attempts.recordCheck(ACCOUNT, START, { at: 500, outcome: ACTIVE });
    expect(await found(attemptId)).toMatchObject({
      action: 'check',
      outcome: { kind: 'status' },
      at: 500,
      finishedAt: 1_000,
    });
    expect(await attempts.findOpen()).toEqual([]);
  });

  it('does not change by settling', async () => {
    const attemptId = await attempts.recordCheck(ACCOUNT, START, { at: 500, outcome: ACTIVE });
    await attempts.completeCancel(attemptId, CANCELLED);
    expect(await found(attemptId)).toMatchObject({ outcome: { kind: 'status', status: 'ACTIVE' } });
  });
});

describe('a record put at the next number by hand', () => {
  it('blocks no further attempt, and no two have one number', async () => {
    const first = await attempts.beginCancel(ACCOUNT, START);
    const next = first.attemptId + 1;
    for (const attemptId of [next, next + 1, next + 2.5])
      await (await journal).put('attempts', { ...first, attemptId });
    const second = await attempts.beginCancel(ACCOUNT, { ...START, qrCodeId: 'QR2A' });
    expect(second.attemptId).toBe(next + 3);
    await attempts.completeCancel(second.attemptId, CANCELLED);
    expect(await found(second.attemptId)).toMatchObject({ qrCodeId: 'QR2A', outcome: CANCELLED });
    const create = await attempts.beginCreate(ACCOUNT, START_OF_CREATE, {});
    expect(create.attemptId).toBe(next + 4);
  });
});

describe('the list', () => {
  it('has the newest first, and no more than asked for', async () => {
    for (const qrCodeId of ['QR1A', 'QR2A', 'QR3A'])
      await attempts.beginCancel(ACCOUNT, { ...START, qrCodeId });
    const ids = async (limit: number) => (await attempts.findLatest(limit)).map(({ qrCodeId }) => qrCodeId);
    expect(await ids(2)).toEqual(['QR3A', 'QR2A']);
    expect(await ids(99)).toEqual(['QR3A', 'QR2A', 'QR1A']);
  });

  it('has open ones among the settled ones, by when they were begun', async () => {
    const open = await attempts.beginCancel(ACCOUNT, { ...START, qrCodeId: 'QR1A' });
    const settled = await attempts.beginCancel(ACCOUNT, { ...START, qrCodeId: 'QR2A' });
    await attempts.completeCancel(settled.attemptId, CANCELLED);
    await attempts.completeCancel(open.attemptId, CANCELLED);
    const late = await attempts.beginCancel(ACCOUNT, { ...START, qrCodeId: 'QR3A' });
    const ids = (await attempts.findLatest(9)).map(({ attemptId }) => attemptId);
    expect(ids).toEqual([late.attemptId, settled.attemptId, open.attemptId]);
  });
});

describe('the list of one account', () => {
  const OTHER = { ...ACCOUNT, id: 'a2' };
  const idsOf = async (accountId: string, limit = 9) =>
    (await attempts.findLatest(limit, accountId)).map(({ qrCodeId }) => qrCodeId);

  it('has its newest, however much others have done since', async () => {
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

  it('has nothing of an erasure, which is no account’s', async () => {
    const history = createHistoryEraser(() => journal, { now: () => now, sleep: async () => undefined });
    await attempts.recordCheck(ACCOUNT, START, { at: 500, outcome: ACTIVE });
    await history.erase('operator');
    expect(await idsOf('a1')).toEqual([]);
    expect(await attempts.findLatest(9)).toEqual([]);
  });
});

describe('the making of a code', () => {
  const DRAFT = { qrName: 'Counter 4', amount: 500 };

  it('is on disk before it is sent, and has its id once the gateway has named it', async () => {
    const { attemptId } = await attempts.beginCreate(ACCOUNT, START_OF_CREATE, DRAFT);
    expect((await onDisk()).open).toMatchObject([
      { action: 'create', qrCodeId: '', replaces: 'QR26OLD', ...DRAFT },
    ]);
    const outcome = { kind: 'created', code: 0, message: 'Success' } as const;
    await attempts.completeCreate(attemptId, outcome, {
      qrCodeId: 'QR26NEW',
      qrName: 'Counter 5',
      amount: 500,
    });
    expect(await found(attemptId)).toMatchObject({
      outcome,
      qrCodeId: 'QR26NEW',
      replaces: 'QR26OLD',
      qrName: 'Counter 5',
    });
    expect(await attempts.findOpen()).toEqual([]);
  });

  it('is not taken for a cancel that can be settled by a read', async () => {
    const { attemptId } = await attempts.beginCreate(ACCOUNT, START_OF_CREATE, DRAFT);
    expect(await attempts.findOpenCancel(attemptId)).toBeUndefined();
    expect(await attempts.findOpen()).toHaveLength(1);
  });
});

describe('a reason', () => {
  it('stays with the attempt', async () => {
    const { attemptId } = await attempts.beginCancel(ACCOUNT, { ...START, reason: 'The stand was stolen' });
    await attempts.completeCancel(attemptId, CANCELLED);
    expect(await found(attemptId)).toMatchObject({ reason: 'The stand was stolen' });
  });
});

describe('A51 what was not known of a code', () => {
  it('stays with the attempt, under the hash of its row', async () => {
    const { attemptId } = await attempts.beginCancel(ACCOUNT, { ...START, despite: 'unknown-status' });
    await attempts.completeCancel(attemptId, CANCELLED);
    const row = (await found(attemptId)) as unknown as Record<string, unknown> & { hash: string };
    expect(row.despite).toBe('unknown-status');
    expect(chainHash('', row)).toBe(row.hash);
    expect(chainHash('', { ...row, despite: undefined })).not.toBe(row.hash);
  });
});

describe('what the operator is called', () => {
  it('stays with the attempt as it was when that was begun', async () => {
    let named: OperatorInfo = { operator: 'Asha' };
    const clock = { now: () => now, sleep: async () => undefined };
    attempts = createAttemptStore(
      () => journal,
      clock,
      async () => named,
    );
    const cancel = await attempts.beginCancel(ACCOUNT, START);
    const create = await attempts.beginCreate(ACCOUNT, START_OF_CREATE, {});
    const check = await attempts.recordCheck(ACCOUNT, START, { at: 500, outcome: ACTIVE });
    named = {};
    await attempts.completeCancel(cancel.attemptId, CANCELLED);
    await attempts.completeUnsent(create.attemptId, { kind: 'not-sent', reason: 'offline' });
    for (const attemptId of [cancel.attemptId, create.attemptId, check])
      expect(await found(attemptId)).toMatchObject({ operator: 'Asha' });
    const unnamed = await attempts.beginCancel(ACCOUNT, START);
    expect(unnamed).not.toHaveProperty('operator');
  });

  it('has to be known before an attempt is written down', async () => {
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
  it('asks for strict durability', async () => {
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
