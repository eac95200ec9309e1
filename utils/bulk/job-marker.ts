import { defineStorageItem } from '../browser/storage-item.ts';

/** A job that was begun and not yet seen to be over. */
export interface JobMarker {
  /** Epoch milliseconds. */
  at: number;
  total: number;
}

/**
 * Kept apart from the journal: a browser that is killed while it writes may find its database damaged at the next
 * start and throw it away, and then nothing else would tell that there was a job.
 */
export const jobMarker = defineStorageItem<JobMarker | null>('local', 'job-marker', null);
