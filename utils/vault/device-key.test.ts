import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { createDeviceKeyStore } from './device-key.ts';
import { newDataKey, unwrapKeyWithDeviceKey, wrapKeyWithDeviceKey } from './secret-encryption.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

describe('the device key', () => {
  it('can be used and not be read out', async () => {
    const key = await createDeviceKeyStore().get();
    expect(key.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
  });

  it('stays the same, for a worker that has just started too', async () => {
    const dataKey = newDataKey();
    const sealed = await wrapKeyWithDeviceKey(dataKey, await createDeviceKeyStore().get());
    expect(await unwrapKeyWithDeviceKey(sealed, await createDeviceKeyStore().get())).toEqual(dataKey);
  });

  it('is one, however many ask for the first at the same time', async () => {
    const stores = [createDeviceKeyStore(), createDeviceKeyStore()];
    const keys = await Promise.all(Array.from({ length: 20 }, (_, index) => stores[index % 2]?.get()));
    const dataKey = newDataKey();
    const [first] = keys;
    const sealed = first && (await wrapKeyWithDeviceKey(dataKey, first));
    for (const key of keys)
      expect(sealed && key && (await unwrapKeyWithDeviceKey(sealed, key))).toEqual(dataKey);
  });

  it('is another one after it was forgotten', async () => {
    const store = createDeviceKeyStore();
    const sealed = await wrapKeyWithDeviceKey(newDataKey(), await store.get());
    await store.forget();
    expect(await unwrapKeyWithDeviceKey(sealed, await store.get())).toBeUndefined();
  });
});
