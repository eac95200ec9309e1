import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { AttemptStore } from '../journal/attempt-store.ts';
import { createAttemptStore } from '../journal/attempt-store.ts';
import { createConnectionProvider } from '../journal/database.ts';
import { createHistoryEraser } from '../journal/history-eraser.ts';
import type { HistoryRow } from '../model/history-row.ts';
import type { CreateOutcome } from '../model/outcome.ts';
import { createReplacementFinder, type FindReplacement } from './find-replacements.ts';
import { createHistoryReader, type HistoryReader } from './history-reader.ts';

const MAIN = { id: 'a1', name: 'Main', environment: 'UAT' } as const;
const CREATED: CreateOutcome = { kind: 'created', code: 0, message: 'SUCCESS' };
const UNKNOWN: CreateOutcome = { kind: 'unconfirmed', reason: 'timeout' };
const clock = { now: () => 1_000, sleep: async () => undefined };

let attempts: AttemptStore;
let journal: HistoryReader;
let find: FindReplacement;
beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  const open = createConnectionProvider();
  attempts = createAttemptStore(open, clock);
  journal = createHistoryReader(open, clock);
  find = createReplacementFinder(journal);
});

async function begun(replaces = 'QR26OLD', account: { id: string } = MAIN): Promise<number> {
  const start = { startedBy: 'workbench', replaces } as const;
  return (await attempts.beginCreate({ ...MAIN, ...account }, start, { qrName: 'Counter 4' })).attemptId;
}
async function ended(outcome: CreateOutcome, qrCodeId?: string): Promise<number> {
  const attemptId = await begun();
  await attempts.completeCreate(attemptId, outcome, qrCodeId ? { qrCodeId } : undefined);
  return attemptId;
}

describe('an earlier create for a code', () => {
  it('is known as soon as it is written down, and as it ends', async () => {
    expect(await find(MAIN, 'QR26OLD')).toBeUndefined();
    const attemptId = await begun();
    expect(await find(MAIN, 'QR26OLD')).toEqual({ attemptId });
    await attempts.completeCreate(attemptId, CREATED, { qrCodeId: 'QR26NEW' });
    expect(await find(MAIN, 'QR26OLD')).toEqual({ attemptId, qrCodeId: 'QR26NEW' });
  });

  it('is that of this code and environment alone', async () => {
    await ended(CREATED, 'QR26NEW');
    expect(await find(MAIN, 'QR26OTHER')).toBeUndefined();
    expect(await find({ environment: 'LIVE' }, 'QR26OLD')).toBeUndefined();
  });

  it('is known to an account that was removed and entered again, or stands there twice', async () => {
    const unknown = await begun('QR26OLD', { id: 'a2' });
    expect(await find(MAIN, 'QR26OLD')).toEqual({ attemptId: unknown });
    await attempts.completeCreate(unknown, UNKNOWN);
    expect(await find(MAIN, 'QR26OLD')).toEqual({ attemptId: unknown });
  });

  it('is the newest of which there is, or may be, a code', async () => {
    await ended(CREATED, 'QR26NEW');
    const unknown = await ended(UNKNOWN);
    await ended({ kind: 'rejected', httpStatus: 200, code: 7, message: 'No' });
    await attempts.completeUnsent(await begun(), { kind: 'not-sent', reason: 'offline' });
    expect(await find(MAIN, 'QR26OLD')).toEqual({ attemptId: unknown });
  });

  it('is found by a page that is opened later, however much was done since, and read once', async () => {
    const attemptId = await ended(CREATED, 'QR26NEW');
    const check = { at: 1, outcome: { kind: 'status', status: 'ACTIVE' } } as const;
    for (let number = 0; number < 520; number += 1)
      await attempts.recordCheck(MAIN, { qrCodeId: 'QR26X1', startedBy: 'popup' }, check);
    const rows = vi.spyOn(journal, 'rows');
    const both = await Promise.all([find(MAIN, 'QR26OLD'), find(MAIN, 'QR26OLD')]);
    expect(both).toEqual(Array(2).fill({ attemptId, qrCodeId: 'QR26NEW' }));
    expect(rows).toHaveBeenCalledTimes(2);
    await ended(UNKNOWN);
    await find(MAIN, 'QR26OLD');
    expect(rows).toHaveBeenCalledTimes(3);
  });

  it('is not looked for in rows that nothing of ours has written', async () => {
    const odd = { row: 1, hash: '', action: 'create', accountId: 'a1', replaces: 'QR26OLD' };
    vi.spyOn(journal, 'rows').mockResolvedValue([odd as unknown as HistoryRow]);
    await ended(CREATED, 'QR26NEW');
    expect(await find(MAIN, 'QR26OLD')).toBeUndefined();
  });

  it('stays known to the page through an erasure, and new ones are found after it', async () => {
    const attemptId = await ended(CREATED, 'QR26NEW');
    await find(MAIN, 'QR26OLD');
    await createHistoryEraser(createConnectionProvider(), clock).erase('operator');
    expect(await find(MAIN, 'QR26OLD')).toEqual({ attemptId, qrCodeId: 'QR26NEW' });
    expect(await createReplacementFinder(journal)(MAIN, 'QR26OLD')).toBeUndefined();
    const later = await ended(UNKNOWN);
    expect(await find(MAIN, 'QR26OLD')).toEqual({ attemptId: later });
  });

  it('can be looked for again where the journal could not be read', async () => {
    const attemptId = await ended(CREATED, 'QR26NEW');
    vi.spyOn(journal, 'loadBounds').mockRejectedValueOnce(new Error('The disk is gone.'));
    await expect(find(MAIN, 'QR26OLD')).rejects.toThrow('The disk is gone.');
    expect(await find(MAIN, 'QR26OLD')).toEqual({ attemptId, qrCodeId: 'QR26NEW' });
  });
});
