import { defineStorageItem } from '../browser/storage-item.ts';

/** A sentinel: a job was started, and no page or worker has seen its end. */
export interface JobMarker {
  /** Epoch milliseconds. */
  at: number;
  total: number;
}

/**
 * Stored outside the journal. A browser that is killed during a write may find its database damaged at the next start
 * and delete it. The marker then shows that a job was lost.
 */
export const jobMarker = defineStorageItem<JobMarker | null>('local', 'job-marker', null);
