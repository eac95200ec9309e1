import { defineStorageItem } from '../browser/storage-item.ts';

/** What pages have to know while something is under way: that the journal moved on, and who is waiting. */
export interface PageEvents {
  /** Changes with every change of the journal. */
  historyVersion: number;
  /** Changes with what `getAppState` answers: the vault locked or opened, an account, a setting. */
  appStateVersion: number;
  /** Calls held back at the gateway's request: by `accountId/qrCodeId`, the epoch ms at which they go on. */
  retryAtByCode: Record<string, number>;
}

const stored = defineStorageItem<PageEvents>('session', 'page-events', {
  historyVersion: 0,
  appStateVersion: 0,
  retryAtByCode: {},
});

/** Forgets what an earlier life of the worker was doing. */
export async function resetPageEvents(): Promise<void> {
  await stored.write({ historyVersion: Date.now(), appStateVersion: Date.now(), retryAtByCode: {} });
}

/** Tells pages that a call waits until a moment (epoch ms). */
export async function notifyWaiting(key: string, until: number): Promise<void> {
  await stored.change((progress) => ({
    ...progress,
    retryAtByCode: { ...progress.retryAtByCode, [key]: until },
  }));
}

/** Tells pages that a call has ended and the journal has moved on. */
export async function notifyCallFinished(key: string): Promise<void> {
  await stored.change(({ appStateVersion, retryAtByCode: { [key]: _, ...retryAtByCode } }) => ({
    appStateVersion,
    historyVersion: Date.now(),
    retryAtByCode,
  }));
}

/** Tells pages that the journal was changed by something else than a call. */
export function notifyHistoryChanged(): Promise<void> {
  return stored.change((progress) => ({ ...progress, historyVersion: Date.now() }));
}

/** Calls back with every change; answers how to stop that. */
export function onPageEvents(onChange: (progress: PageEvents) => void): () => void {
  return stored.watch(onChange);
}

/** Tells pages that what `getAppState` answers has changed. */
export function notifyAppStateChanged(): Promise<void> {
  return stored.change((progress) => ({ ...progress, appStateVersion: Date.now() }));
}
