import type { Journal } from '../journal/schema.ts';
import { ITEM_KINDS, type Item, type ItemKind, itemKind } from '../model/job-item.ts';

/** The number of items of each kind, as badges show them. */
export type Counts = Record<ItemKind, number>;

export const ZERO_COUNTS = Object.fromEntries(ITEM_KINDS.map((kind) => [kind, 0])) as Readonly<Counts>;

/** Items read at once, to bound the memory in use. */
const BATCH_SIZE = 1_000;

export async function countItems(journal: Journal, jobId: number): Promise<Counts> {
  const counts: Counts = { ...ZERO_COUNTS };
  for await (const items of batches(journal, jobId))
    for (const { state } of items) counts[itemKind(state)] += 1;
  return counts;
}

/** Whether a code is among those of a job. */
export async function includesCode(journal: Journal, jobId: number, qrCodeId: string): Promise<boolean> {
  for await (const items of batches(journal, jobId))
    if (items.some((item) => item.qrCodeId === qrCodeId)) return true;
  return false;
}

async function* batches(journal: Journal, jobId: number): AsyncGenerator<Item[]> {
  for (let after = 0; ; after += BATCH_SIZE) {
    const range = IDBKeyRange.bound([jobId, after], [jobId, after + BATCH_SIZE], true);
    const items = await journal.getAll('items', range);
    yield items;
    if (items.length < BATCH_SIZE) return;
  }
}
