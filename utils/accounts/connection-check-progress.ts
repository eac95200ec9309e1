import { defineStorageItem } from '../browser/storage-item.ts';
import type { ConnectionCheck } from '../model/connection-check.ts';

/** How far a check has come, for the page that asked for it; empty when it is over, as its page has the whole of it. */
export const checkProgress = defineStorageItem<{ checkId: string; check: ConnectionCheck } | null>(
  'session',
  'connection-check',
  null,
);

/** Calls back with every step of a check that ends; answers how to stop that. */
export function watchCheck(checkId: string, onStep: (check: ConnectionCheck) => void): () => void {
  return checkProgress.watch((now) => {
    if (now?.checkId === checkId) onStep(now.check);
  });
}

export type WatchCheck = typeof watchCheck;
