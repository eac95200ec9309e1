import { defineStorageItem } from './storage-item.ts';

const stored = defineStorageItem<string | null>('session', 'session-id', null);

/** A name for this run of the browser, or of the extension since it was loaded: another one after a restart. */
export async function getSessionId(): Promise<string> {
  await stored.change((name) => name ?? crypto.randomUUID());
  return String(await stored.read());
}
