import { openDB } from 'idb';

const STORE = 'keys';
const NAME = 'device';

/** A key that stays in this browser profile: it can be used by the extension, but not read out. */
export interface DeviceKeyStore {
  /** The profile's key; makes one where there is none. */
  get(): Promise<CryptoKey>;
  forget(): Promise<void>;
}

/** The profile's key in IndexedDB, which keeps keys without giving them out. */
export function createDeviceKeyStore(): DeviceKeyStore {
  const open = () => openDB('vault', 1, { upgrade: (database) => void database.createObjectStore(STORE) });
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
      const database = await open();
      try {
        await database.delete(STORE, NAME);
      } finally {
        database.close();
      }
    },
  };
}
