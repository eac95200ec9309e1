import type { Page } from 'puppeteer-core';
import type { Attempt } from '../../../utils/model/attempt.ts';
import type { Job } from '../../../utils/model/job.ts';
import type { Item, ItemKind } from '../../../utils/model/job-item.ts';

/** What the journal holds of the job that was made last. */
export interface BulkJournal {
  job: Job;
  items: Item[];
  /** The job's lines in the history. */
  attempts: Attempt[];
}

/** Reads the journal's last job, with the page's own hands, in one transaction. */
export async function readJournal(page: Page): Promise<BulkJournal | undefined> {
  const stored = await page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await done(indexedDB.open('journal'));
    try {
      if (!database.objectStoreNames.contains('jobs')) return undefined;
      const stores = database.transaction(['jobs', 'items', 'history']);
      const [jobs, items, attempts] = (await Promise.all(
        ['jobs', 'items', 'history'].map((name) => done(stores.objectStore(name).getAll())),
      )) as [{ jobId: number }[], { jobId: number }[], { jobId?: number }[]];
      const job = jobs.at(-1);
      if (!job) return undefined;
      const isOfJob = ({ jobId }: { jobId?: number }) => jobId === job.jobId;
      return { job, items: items.filter(isOfJob), attempts: attempts.filter(isOfJob) };
    } finally {
      database.close();
    }
  });
  return stored as BulkJournal | undefined;
}

/** The journal's last job; throws where there is none. */
export async function journalOf(page: Page): Promise<BulkJournal> {
  const journal = await readJournal(page);
  if (!journal) throw new Error('The journal holds no job');
  return journal;
}

/** How many items there are in each state. */
export function kindsOf({ items }: Pick<BulkJournal, 'items'>): Partial<Record<ItemKind, number>> {
  const counts: Partial<Record<ItemKind, number>> = {};
  for (const { state } of items) counts[state.kind] = (counts[state.kind] ?? 0) + 1;
  return counts;
}
