import { defineStorageItem } from './storage-item.ts';

const stored = defineStorageItem<string | null>('session', 'session-id', null);

/** The id of this run of the browser, or of the extension since it was loaded. A restart creates another id. */
export async function getSessionId(): Promise<string> {
  await stored.change((id) => id ?? crypto.randomUUID());
  return String(await stored.read());
}
