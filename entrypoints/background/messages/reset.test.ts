import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { PASSPHRASE, UAT, UAT_KEYS } from '../../../tests/support/vault-fixture.ts';
import { saveAccount } from '../../../utils/accounts/account-store.ts';
import { createConnectionProvider } from '../../../utils/journal/database.ts';
import { JournalUnavailable } from '../../../utils/journal/journal-trouble.ts';
import { createDeviceKeyStore } from '../../../utils/vault/device-key.ts';
import { createVault } from '../../../utils/vault/vault.ts';
import { createVaultStores } from '../../../utils/vault/vault-storage.ts';
import type { Services } from '../services.ts';
import { createMessageHandlers } from './handlers.ts';

const ALL_GONE = { keys: true, deviceKey: true, settings: true, session: true, journal: 'gone' };

beforeEach(() => {
  fakeBrowser.reset();
  globalThis.indexedDB = new IDBFactory();
  // The fake browser has no context menus.
  vi.spyOn(fakeBrowser, 'contextMenus', 'get').mockReturnValue({
    removeAll: async () => undefined,
    create: () => undefined,
  } as never);
});
afterEach(() => vi.restoreAllMocks());

/** The handlers with one account, and a job that never ends. */
async function createTestHandlers(openJournal = createConnectionProvider()) {
  const vault = createVault({
    stores: createVaultStores(),
    deviceKeys: createDeviceKeyStore(),
    clock: { now: () => 1, sleep: async () => undefined },
    lockAfterMinutes: async () => 15,
    defaultProtection: async () => 'device',
  });
  await vault.save(UAT, UAT_KEYS);
  await saveAccount({ ...UAT, name: 'Main counter', authMethod: 'secret-key' });
  await fakeBrowser.storage.session.set({ draft: 'QR26A', 'account-draft': { name: 'Second' } });
  const never = () => new Promise<never>(() => undefined);
  const bulk = { lock: vi.fn(), pause: vi.fn(never), clearBadge: vi.fn() };
  const qrCodes = { endRemoved: vi.fn(never), settleUnfinished: async () => undefined };
  const forgotten: string[] = [];
  const services = {
    bulk,
    qrCodes,
    log: { clear: () => void forgotten.push('log') },
    openJournal,
    vault,
    forgetMemory: async (id: string) => void forgotten.push(id),
    accounts: {
      async remove(id: string) {
        return { keys: await vault.remove(id), account: true };
      },
    },
  } as unknown as Services;
  const storedKeys = async () => JSON.stringify(await fakeBrowser.storage.local.get('vault'));
  return { ...createMessageHandlers(services), bulk, qrCodes, forgotten, storedKeys, vault };
}

describe('“Delete everything”', () => {
  it('clears all storage, and does not wait for a job', async () => {
    const { resetExtension, bulk, forgotten } = await createTestHandlers();
    expect(await resetExtension({})).toEqual(ALL_GONE);
    expect(await fakeBrowser.storage.local.get(null)).toEqual({});
    const { 'page-events': _, ...session } = await fakeBrowser.storage.session.get(null);
    expect(session).toEqual({});
    expect(bulk.lock).toHaveBeenCalled();
    expect(forgotten).toEqual([UAT.id, 'log']);
  });

  it.each(['newer', 'full', 'damaged', 'blocked'] as const)(
    'deletes keys and settings although the journal is %s, and reports why the journal is left',
    async (trouble) => {
      const { resetExtension, storedKeys } = await createTestHandlers(() =>
        Promise.reject(new JournalUnavailable(trouble)),
      );
      vi.spyOn(indexedDB, 'deleteDatabase').mockImplementation(() => {
        throw new DOMException('No', 'UnknownError');
      });
      vi.spyOn(indexedDB, 'open').mockImplementation((name) => {
        if (name === 'journal') throw new DOMException('No', 'VersionError');
        return IDBFactory.prototype.open.call(indexedDB, name);
      });
      const expected = { newer: 'newer', full: 'damaged', damaged: 'damaged', blocked: 'blocked' }[trouble];
      expect(await resetExtension({})).toMatchObject({
        keys: true,
        settings: true,
        session: true,
        journal: expected,
      });
      expect(await storedKeys()).toBe('{}');
    },
  );

  it('deletes the keys before anything else', async () => {
    const { resetExtension, storedKeys } = await createTestHandlers(async () => {
      keysAtJournalReset = await storedKeys();
      throw new JournalUnavailable('blocked');
    });
    let keysAtJournalReset: string | undefined;
    await resetExtension({});
    expect(keysAtJournalReset).toBe('{}');
  });

  it('continues if a part of the storage fails, and reports which', async () => {
    const { resetExtension, storedKeys } = await createTestHandlers();
    vi.spyOn(fakeBrowser.storage.local, 'clear').mockRejectedValue(new Error('disk'));
    vi.spyOn(fakeBrowser.storage.session, 'clear').mockRejectedValue(new Error('disk'));
    expect(await resetExtension({})).toEqual({ ...ALL_GONE, settings: false, session: false });
    expect(await storedKeys()).toBe('{}');
  });

  it('deletes keys that are locked with a passphrase', async () => {
    const { resetExtension, storedKeys, vault } = await createTestHandlers();
    await vault.changeProtection([UAT], { kind: 'passphrase', passphrase: PASSPHRASE });
    await vault.lock();
    expect(await resetExtension({})).toEqual(ALL_GONE);
    expect(await storedKeys()).toBe('{}');
  });
});

describe('“Remove account”', () => {
  it('deletes the keys without waiting for a job or for the journal', async () => {
    const { removeAccount, bulk, qrCodes, storedKeys } = await createTestHandlers();
    expect(await removeAccount({ accountId: UAT.id })).toEqual({ keys: 'gone', account: true });
    expect(await storedKeys()).not.toContain(UAT.id);
    expect([bulk.pause.mock.calls.length, qrCodes.endRemoved.mock.calls.length]).toEqual([1, 1]);
  });

  it('answers even if pausing the job and updating the journal fail', async () => {
    const { removeAccount, bulk, qrCodes } = await createTestHandlers();
    for (const step of [bulk.pause, qrCodes.endRemoved]) step.mockRejectedValue(new Error('no journal'));
    expect(await removeAccount({ accountId: UAT.id })).toEqual({ keys: 'gone', account: true });
  });
});

it('clearHistory returns the reason if the history cannot be erased', async () => {
  (await openDB('journal', 9)).close();
  const { clearHistory } = await createTestHandlers();
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  expect(await clearHistory({})).toMatchObject({ ok: false });
});
