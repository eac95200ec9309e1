import { storedItem } from '../stored-item.ts';
import type { ConnectionCheck } from './connection-check.ts';

const stored = storedItem<{ checkId: string; check: ConnectionCheck } | null>(
  'session',
  'connection-check',
  null,
);

/** Tells the page that asked for a check how far it has come. */
export function noteCheck(checkId: string, check: ConnectionCheck): Promise<void> {
  return stored.write({ checkId, check });
}

/** The check is over: its page has the whole of it. */
export function forgetCheck(): Promise<void> {
  return stored.remove();
}

/** Calls back with every step of a check that ends; answers how to stop that. */
export function watchCheck(checkId: string, onStep: (check: ConnectionCheck) => void): () => void {
  return stored.watch((now) => {
    if (now?.checkId === checkId) onStep(now.check);
  });
}

export type WatchCheck = typeof watchCheck;
