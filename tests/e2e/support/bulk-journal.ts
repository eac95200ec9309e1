import type { Page } from 'puppeteer-core';
import type { Attempt } from '../../../utils/model/attempt.ts';
import type { Job } from '../../../utils/model/job.ts';
import type { Item, ItemKind } from '../../../utils/model/job-item.ts';

/** The journal's data about the last job. */
export interface BulkJournal {
  job: Job;
  items: Item[];
  /** The job's rows in the history. */
  attempts: Attempt[];
}

/** Reads the last job from the journal in a page of the extension, in one transaction. */
export async function readJournal(page: Page): Promise<BulkJournal | undefined> {
  return (await readInPage(page, true)) as BulkJournal | undefined;
}

/** Reads only the record of the last job, which is fast even if the history is long. */
export async function readLastJob(page: Page): Promise<Job | undefined> {
  return (await readInPage(page, false))?.job as Job | undefined;
}

function readInPage(page: Page, whole: boolean) {
  return page.evaluate(async (withItems) => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await done(indexedDB.open('journal'));
    try {
      if (!database.objectStoreNames.contains('jobs')) return undefined;
      const stores = database.transaction(['jobs', 'items', 'history']);
      const last = await done(stores.objectStore('jobs').openCursor(null, 'prev'));
      if (!last) return undefined;
      const job: { jobId: number } = last.value;
      if (!withItems) return { job };
      const ofJob = IDBKeyRange.bound([job.jobId], [job.jobId, []]);
      const [items, attempts] = await Promise.all([
        done(stores.objectStore('items').getAll(ofJob)),
        done<{ jobId?: number }[]>(stores.objectStore('history').getAll()),
      ]);
      return { job, items, attempts: attempts.filter(({ jobId }) => jobId === job.jobId) };
    } finally {
      database.close();
    }
  }, whole);
}

/** The last job; throws if there is none. */
export async function journalOf(page: Page): Promise<BulkJournal> {
  const journal = await readJournal(page);
  if (!journal) throw new Error('The journal holds no job');
  return journal;
}

/** The number of items in each state. */
export function kindsOf({ items }: Pick<BulkJournal, 'items'>): Partial<Record<ItemKind, number>> {
  const counts: Partial<Record<ItemKind, number>> = {};
  for (const { state } of items) counts[state.kind] = (counts[state.kind] ?? 0) + 1;
  return counts;
}
