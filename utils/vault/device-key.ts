import { deleteDB, openDB } from 'idb';
import { withTimeLimit } from '../lib/time-limit.ts';

const DATABASE = 'vault';
const STORE = 'keys';
const NAME = 'device';
/** An opening that takes longer waits for another page that holds the database. */
const OPENED_WITHIN_MS = 5_000;

/** A key that stays in this browser profile: it can be used by the extension, but not read out. */
export interface DeviceKeyStore {
  /** The profile's key; makes one where there is none. */
  get(): Promise<CryptoKey>;
  /** Deletes the key. Rejects if the browser did not carry that out. */
  forget(): Promise<void>;
}

/** The profile's key in IndexedDB, which keeps keys without giving them out. */
export function createDeviceKeyStore(): DeviceKeyStore {
  const inTime = <Result>(work: Promise<Result>) =>
    withTimeLimit(work, OPENED_WITHIN_MS, () => new Error('The store of the device key is blocked.'));
  const open = async () => {
    const opening = openDB(DATABASE, 1, { upgrade: (made) => void made.createObjectStore(STORE) });
    // One that opens after all must not block whoever deletes the database next.
    return inTime(opening).catch((error) => {
      opening.then((late) => late.close()).catch(() => undefined);
      throw error;
    });
  };
  return {
    async get() {
      const database = await open();
      try {
        const known: CryptoKey | undefined = await database.get(STORE, NAME);
        if (known) return known;
        const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
          'encrypt',
          'decrypt',
        ]);
        // Strict: what is sealed under the key must not reach the disk before the key does.
        const transaction = database.transaction(STORE, 'readwrite', { durability: 'strict' });
        // Of two that make one at the same time, the first one's stays.
        const meanwhile: CryptoKey | undefined = await transaction.store.get(NAME);
        if (!meanwhile) await transaction.store.put(made, NAME);
        await transaction.done;
        return meanwhile ?? made;
      } finally {
        database.close();
      }
    },
    async forget() {
      const database = await open().catch(() => undefined);
      // What can't be opened can still be deleted as a whole.
      if (!database) return inTime(deleteDB(DATABASE));
      try {
        await database.delete(STORE, NAME);
      } finally {
        database.close();
      }
    },
  };
}
