import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { createDeviceKeyStore } from './device-key.ts';
import { newDataKey, unwrapKeyWithDeviceKey, wrapKeyWithDeviceKey } from './secret-encryption.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

describe('the device key', () => {
  it('cannot be exported', async () => {
    const key = await createDeviceKeyStore().get();
    expect(key.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
  });

  it('is the same after a worker restart', async () => {
    const dataKey = newDataKey();
    const wrapped = await wrapKeyWithDeviceKey(dataKey, await createDeviceKeyStore().get());
    expect(await unwrapKeyWithDeviceKey(wrapped, await createDeviceKeyStore().get())).toEqual(dataKey);
  });

  it('is created once if many callers ask at the same time', async () => {
    const stores = [createDeviceKeyStore(), createDeviceKeyStore()];
    const keys = await Promise.all(Array.from({ length: 20 }, (_, index) => stores[index % 2]?.get()));
    const dataKey = newDataKey();
    const [first] = keys;
    const wrapped = first && (await wrapKeyWithDeviceKey(dataKey, first));
    for (const key of keys)
      expect(wrapped && key && (await unwrapKeyWithDeviceKey(wrapped, key))).toEqual(dataKey);
  });

  it('is replaced by a new key after it was deleted', async () => {
    const store = createDeviceKeyStore();
    const wrapped = await wrapKeyWithDeviceKey(newDataKey(), await store.get());
    await store.forget();
    expect(await unwrapKeyWithDeviceKey(wrapped, await store.get())).toBeUndefined();
  });
});
