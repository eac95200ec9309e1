import type { Journal } from '../journal/schema.ts';
import { isDroppedJob, isFinalJob, isWaitingJob, type Job, type WaitingJob } from '../model/job.ts';
import type { Item } from '../model/job-item.ts';

/** Read-only access to the journal's jobs, for pages. */
export interface JobReader {
  /** The job that was started and is not over, or else the one that ended last. Not a job that was never started. */
  latest(): Promise<Job | undefined>;
  get(jobId: number): Promise<Job | undefined>;
  /** The items in the order of the list; with `since`, only those that changed after that revision. */
  items(jobId: number, since?: number): Promise<Item[]>;
}

/** Read-only access to the planned jobs. */
export interface PlannedJobReader {
  /** The planned jobs that were not started, in no order. */
  waiting(): Promise<WaitingJob[]>;
  /** Every job that was planned, also those that started, were dropped or are over; the one confirmed last is first. */
  planned(): Promise<Job[]>;
}

/** Creates a reader of the journal's jobs. Its methods reject if the journal can't be opened. */
export function createJobReader(open: () => Promise<Journal>): JobReader & PlannedJobReader {
  return {
    async latest() {
      const journal = await open();
      const started = await journal.getFromIndex('jobs', 'open', 1);
      if (started) return started;
      const over = (await journal.getAll('jobs')).filter(
        (job) => isFinalJob(job.state) && !isDroppedJob(job),
      );
      return over.reduce<Job | undefined>(
        (last, job) => (last && endedBefore(job, last) ? last : job),
        undefined,
      );
    },
    waiting: async () => loadWaitingJobs(await open()),
    planned: async () =>
      (await (await open()).getAll('jobs')).filter(({ planned }) => planned !== undefined).reverse(),
    get: async (jobId) => readJob(await open(), jobId),
    async items(jobId, since) {
      const journal = await open();
      if (since === undefined) return readAllItems(journal, jobId);
      const after = IDBKeyRange.bound([jobId, since], [jobId, []], true);
      return journal.getAllFromIndex('items', 'revision', after);
    },
  };
}

/** Items read at once. The transfer takes some milliseconds, which block the page. */
const PART_SIZE = 1_000;

/** Reads all items in parts of one transaction, so that no change is between them. */
async function readAllItems(journal: Journal, jobId: number): Promise<Item[]> {
  const { store } = journal.transaction('items');
  const partAfter = (position: number) =>
    store.getAll(IDBKeyRange.bound([jobId, position], [jobId, position + PART_SIZE], true));
  const items: Item[] = [];
  let position = 0;
  for (let next = partAfter(position); ; ) {
    const part = next;
    position += PART_SIZE;
    // The journal reads the next part while the page takes this one.
    next = partAfter(position);
    // If the journal can't be read, the part before fails too, and that is reported.
    next.catch(() => undefined);
    const read = await part;
    items.push(...read);
    if (read.length < PART_SIZE) return items;
  }
}

/**
 * Whether a job ended before one with a lower ID. Only a planned job or one that was prepared can be the later one, so the
 * clock decides for no other.
 */
function endedBefore(job: Job, lower: Job): boolean {
  return Boolean(lower.planned ?? lower.prepared) && (job.finishedAt ?? 0) < (lower.finishedAt ?? 0);
}

/** Reads a job; `undefined` if it does not exist. */
export async function readJob(journal: Journal, jobId: number): Promise<Job | undefined> {
  return await journal.get('jobs', jobId);
}

/** The range of the keys of a job's items. */
export function jobKeyRange(jobId: number): IDBKeyRange {
  return IDBKeyRange.bound([jobId], [jobId, []]);
}

/** Loads the planned jobs that were not started. */
export async function loadWaitingJobs(journal: Journal): Promise<WaitingJob[]> {
  return (await journal.getAllFromIndex('jobs', 'open', 2)).filter(isWaitingJob);
}
