import { defineStorageItem } from '../browser/storage-item.ts';
import type { ConnectionCheck } from '../model/connection-check.ts';

/** The results so far of the running check, for the page that started it; `null` after its end. */
export const checkProgress = defineStorageItem<{ checkId: string; check: ConnectionCheck } | null>(
  'session',
  'connection-check',
  null,
);

/** Calls `onStep` after each step of a check. Returns a function that stops watching. */
export function watchCheck(checkId: string, onStep: (check: ConnectionCheck) => void): () => void {
  return checkProgress.watch((progress) => {
    if (progress?.checkId === checkId) onStep(progress.check);
  });
}

export type WatchCheck = typeof watchCheck;
