import type { Journal } from '../journal/schema.ts';
import type { Job } from '../model/job.ts';
import type { Item } from '../model/job-item.ts';

/** The journal's jobs, to be read by pages. */
export interface JobReader {
  /** The job that was made last. */
  latest(): Promise<Job | undefined>;
  get(jobId: number): Promise<Job | undefined>;
  /** Items in the order of the list; with `since`, those that changed after that revision. */
  items(jobId: number, since?: number): Promise<Item[]>;
}

/** Reads jobs from the journal; rejects where that can't be opened. It never writes there. */
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

/** A job as it stands in the journal; `undefined` where there is none of this number. */
export function readJob(journal: Journal, jobId: number): Promise<Job | undefined> {
  return journal.get('jobs', jobId);
}

/** The keys of a job's items. */
export function jobKeyRange(jobId: number): IDBKeyRange {
  return IDBKeyRange.bound([jobId], [jobId, []]);
}
