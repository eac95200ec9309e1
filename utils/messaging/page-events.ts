import { defineStorageItem } from '../browser/storage-item.ts';

/** The state that open pages watch: versions that change with the data, and the calls that wait. */
export interface PageEvents {
  /** Changes with every change of the journal. */
  historyVersion: number;
  /** Changes with the answer to `getAppState`: the state of the vault, an account, a setting. */
  appStateVersion: number;
  /** When a call that the gateway asked to wait is retried (epoch ms), by `accountId/qrCodeId`. */
  retryAtByCode: Record<string, number>;
}

const stored = defineStorageItem<PageEvents>('session', 'page-events', {
  historyVersion: 0,
  appStateVersion: 0,
  retryAtByCode: {},
});

/** Discards the waiting calls of an earlier run of the worker, and makes pages reload. */
export async function resetPageEvents(): Promise<void> {
  await stored.write({ historyVersion: Date.now(), appStateVersion: Date.now(), retryAtByCode: {} });
}

/** Notifies pages that a call waits until a time (epoch ms). */
export async function notifyWaiting(key: string, until: number): Promise<void> {
  await stored.change((events) => ({
    ...events,
    retryAtByCode: { ...events.retryAtByCode, [key]: until },
  }));
}

/** Notifies pages that a call has ended, and that the journal has changed with it. */
export async function notifyCallFinished(key: string): Promise<void> {
  await stored.change(({ appStateVersion, retryAtByCode: { [key]: _, ...retryAtByCode } }) => ({
    appStateVersion,
    historyVersion: Date.now(),
    retryAtByCode,
  }));
}

/** Notifies pages that the journal has changed without a call to EnKash. */
export function notifyHistoryChanged(): Promise<void> {
  return stored.change((events) => ({ ...events, historyVersion: Date.now() }));
}

/** Calls `onChange` with each change. Returns a function that stops watching. */
export function onPageEvents(onChange: (events: PageEvents) => void): () => void {
  return stored.watch(onChange);
}

/** Notifies pages that the answer to `getAppState` has changed. */
export function notifyAppStateChanged(): Promise<void> {
  return stored.change((events) => ({ ...events, appStateVersion: Date.now() }));
}
