import { deleteDB, openDB } from 'idb';
import { withTimeLimit } from '../lib/time-limit.ts';

const DATABASE = 'vault';
const STORE = 'keys';
const NAME = 'device';
/** If opening the database takes longer, another page is blocking it. */
const OPENED_WITHIN_MS = 5_000;

/** A key that this browser profile stores: the extension can use it, but not export it. */
export interface DeviceKeyStore {
  /** Returns the profile's key; creates it if there is none. */
  get(): Promise<CryptoKey>;
  /** Deletes the key. Rejects if the browser failed to delete it. */
  forget(): Promise<void>;
}

/** Stores the profile's key in IndexedDB, which keeps a `CryptoKey` without exposing its bytes. */
export function createDeviceKeyStore(): DeviceKeyStore {
  const inTime = <Result>(work: Promise<Result>) =>
    withTimeLimit(work, OPENED_WITHIN_MS, () => new Error('The store of the device key is blocked.'));
  const open = async () => {
    const opening = openDB(DATABASE, 1, { upgrade: (created) => void created.createObjectStore(STORE) });
    // Close a connection that opens late, so that it does not block a later deletion.
    return inTime(opening).catch((error) => {
      opening.then((late) => late.close()).catch(() => undefined);
      throw error;
    });
  };
  return {
    async get() {
      const database = await open();
      try {
        const stored: CryptoKey | undefined = await database.get(STORE, NAME);
        if (stored) return stored;
        const created = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
          'encrypt',
          'decrypt',
        ]);
        // Strict durability: data encrypted under the key must not reach the disk before the key does.
        const transaction = database.transaction(STORE, 'readwrite', { durability: 'strict' });
        // If two callers create a key at the same time, keep the first one.
        const first: CryptoKey | undefined = await transaction.store.get(NAME);
        if (!first) await transaction.store.put(created, NAME);
        await transaction.done;
        return first ?? created;
      } finally {
        database.close();
      }
    },
    async forget() {
      const database = await open().catch(() => undefined);
      // A database that can't be opened can still be deleted.
      if (!database) return inTime(deleteDB(DATABASE));
      try {
        await database.delete(STORE, NAME);
      } finally {
        database.close();
      }
    },
  };
}
