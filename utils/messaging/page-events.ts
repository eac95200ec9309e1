import { storedItem } from '../browser/storage-item.ts';

/** What pages have to know while something is under way: that the journal moved on, and who is waiting. */
export interface Progress {
  /** Changes with every change of the journal. */
  journalAt: number;
  /** Changes with what `readPage` answers: the vault locked or opened, an account, a setting. */
  pageAt: number;
  /** Calls held back at the gateway's request: by `accountId/qrCodeId`, the epoch ms at which they go on. */
  waits: Record<string, number>;
}

const stored = storedItem<Progress>('session', 'progress', {
  journalAt: 0,
  pageAt: 0,
  waits: {},
});

/** Forgets what an earlier life of the worker was doing. */
export async function startProgress(): Promise<void> {
  await stored.write({ journalAt: Date.now(), pageAt: Date.now(), waits: {} });
}

/** Tells pages that a call waits until a moment (epoch ms). */
export async function noteWait(key: string, until: number): Promise<void> {
  await stored.change((progress) => ({ ...progress, waits: { ...progress.waits, [key]: until } }));
}

/** Tells pages that a call has ended and the journal has moved on. */
export async function noteEnd(key: string): Promise<void> {
  await stored.change(({ pageAt, waits: { [key]: _, ...waits } }) => ({
    pageAt,
    journalAt: Date.now(),
    waits,
  }));
}

/** Tells pages that the journal was changed by something else than a call. */
export function noteJournal(): Promise<void> {
  return stored.change((progress) => ({ ...progress, journalAt: Date.now() }));
}

/** Calls back with every change; answers how to stop that. */
export function watchProgress(onChange: (progress: Progress) => void): () => void {
  return stored.watch(onChange);
}

/** Tells pages that what `readPage` answers has changed. */
export function notePage(): Promise<void> {
  return stored.change((progress) => ({ ...progress, pageAt: Date.now() }));
}
