import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createConnectionProvider } from '../journal/database.ts';
import { createJobReader } from './job-reader.ts';
import { createJobStore } from './job-store.ts';

const ACCOUNT = { id: 'a1', name: 'Chandni Chowk', environment: 'UAT' } as const;
const codes = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ qrCodeId: `QR${10_000 + index}` }));

let open: ReturnType<typeof createConnectionProvider>;

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  open = createConnectionProvider();
});

describe('the items of a job', () => {
  it.each([1, 999, 1_000, 2_001])('are all of %i, in the order of the list', async (count) => {
    const jobs = createJobStore(open, { now: () => 1_000, sleep: async () => undefined });
    const { jobId } = await jobs.create(ACCOUNT, codes(count), 'session');
    const items = await createJobReader(() => open()).items(jobId);
    expect(items.map(({ position }) => position)).toEqual(Array.from({ length: count }, (_, at) => at + 1));
    expect(items.map(({ qrCodeId }) => qrCodeId)).toEqual(codes(count).map(({ qrCodeId }) => qrCodeId));
  });

  it('are read a thousand at a time, so that no transfer blocks the page', async () => {
    const jobs = createJobStore(open, { now: () => 1_000, sleep: async () => undefined });
    const { jobId } = await jobs.create(ACCOUNT, codes(2_500), 'session');
    const reads = vi.spyOn(IDBObjectStore.prototype, 'getAll');
    await createJobReader(() => open()).items(jobId);
    const ends = reads.mock.calls.map(([range]) => {
      const { lower, upper } = range as IDBKeyRange;
      return [lower[1], upper[1]];
    });
    reads.mockRestore();
    expect(ends).toEqual([
      [0, 1_000],
      [1_000, 2_000],
      [2_000, 3_000],
      [3_000, 4_000],
    ]);
  });
});
