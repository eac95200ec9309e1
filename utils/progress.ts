import { storedItem } from './stored-item.ts';

/** What pages have to know while something is under way: that the journal moved on, and who is waiting. */
export interface Progress {
  /** Changes with every change of the journal. */
  journalAt: number;
  /** Changes when the vault is locked or opened. */
  vaultAt: number;
  /** Calls held back at the gateway's request: by `accountId/qrCodeId`, the epoch ms at which they go on. */
  waits: Record<string, number>;
}

const stored = storedItem<Progress>('session', 'progress', {
  journalAt: 0,
  vaultAt: 0,
  waits: {},
});

/** Forgets what an earlier life of the worker was doing. */
export async function startProgress(): Promise<void> {
  await stored.write({ journalAt: Date.now(), vaultAt: Date.now(), waits: {} });
}

/** Tells pages that a call waits until a moment (epoch ms). */
export async function noteWait(key: string, until: number): Promise<void> {
  await stored.change((progress) => ({ ...progress, waits: { ...progress.waits, [key]: until } }));
}

/** Tells pages that a call has ended and the journal has moved on. */
export async function noteEnd(key: string): Promise<void> {
  await stored.change(({ vaultAt, waits: { [key]: _, ...waits } }) => ({
    vaultAt,
    journalAt: Date.now(),
    waits,
  }));
}

/** Calls back with every change; answers how to stop that. */
export function watchProgress(onChange: (progress: Progress) => void): () => void {
  return stored.watch(onChange);
}

/** Tells pages that the vault was locked or opened. */
export function noteVault(): Promise<void> {
  return stored.change((progress) => ({ ...progress, vaultAt: Date.now() }));
}
