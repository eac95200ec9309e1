import type { Journal } from '../journal/schema.ts';
import type { Job } from '../model/job.ts';
import type { Item } from '../model/job-item.ts';

/** Read-only access to the journal's jobs, for pages. */
export interface JobReader {
  /** The job that was created last. */
  latest(): Promise<Job | undefined>;
  get(jobId: number): Promise<Job | undefined>;
  /** The items in the order of the list; with `since`, only those that changed after that revision. */
  items(jobId: number, since?: number): Promise<Item[]>;
}

/** Creates a reader of the journal's jobs. Its methods reject if the journal can't be opened. */
export function createJobReader(open: () => Promise<Journal>): JobReader {
  return {
    async latest() {
      const cursor = await (await open()).transaction('jobs').store.openCursor(null, 'prev');
      return cursor?.value;
    },
    get: async (jobId) => readJob(await open(), jobId),
    async items(jobId, since) {
      const journal = await open();
      if (since === undefined) return journal.getAll('items', jobKeyRange(jobId));
      const after = IDBKeyRange.bound([jobId, since], [jobId, []], true);
      return journal.getAllFromIndex('items', 'revision', after);
    },
  };
}

/** Reads a job; `undefined` if it does not exist. */
export async function readJob(journal: Journal, jobId: number): Promise<Job | undefined> {
  return await journal.get('jobs', jobId);
}

/** The range of the keys of a job's items. */
export function jobKeyRange(jobId: number): IDBKeyRange {
  return IDBKeyRange.bound([jobId], [jobId, []]);
}
