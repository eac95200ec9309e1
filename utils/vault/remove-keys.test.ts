import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import {
  copyStorage,
  createVaultFixture,
  deriveQuickly,
  LIVE,
  LIVE_KEYS,
  UAT,
} from '../../tests/support/vault-fixture.ts';
import type { VaultRecord } from './record.ts';

deriveQuickly();

afterEach(() => vi.restoreAllMocks());

type Stored = VaultRecord & Record<string, unknown>;

/** A vault with the keys of both accounts and a record that `change` has altered. */
async function kitOf(change: (record: Stored) => unknown) {
  const kit = createVaultFixture();
  await kit.saveBoth();
  const record = (await kit.stored()) as Stored;
  await kit.deps.stores.record.write(change(record));
  await kit.deps.stores.stagedRecord.write(record);
  const bytes = (id: string) => record.secrets[id]?.ciphertext ?? '';
  return { ...kit, record, bytes, everything: async () => JSON.stringify(await copyStorage()) };
}

describe('removing an account’s keys from an unreadable record', () => {
  it.each<[string, (record: Stored) => unknown]>([
    ['that is damaged', (record) => ({ ...record, protection: 'torn' })],
    ['of a newer version', (record) => ({ ...record, version: 7, more: [1] })],
    ['with one invalid entry', (record) => ({ ...record, secrets: { ...record.secrets, torn: {} } })],
  ])('%s deletes only its ciphertext', async (_, change) => {
    const { vault, record, bytes, stored, everything } = await kitOf(change);
    expect((await vault.state()).status).toBe('problem');
    expect(await vault.remove(UAT.id)).toBe('gone');
    const { [UAT.id]: _removed, ...others } = (change(record) as Stored).secrets;
    expect(await stored()).toEqual({ ...(change(record) as Stored), secrets: others });
    expect(await everything()).not.toContain(bytes(UAT.id));
    expect(await everything()).toContain(bytes(LIVE.id));
  });

  it('keeps the other account’s keys usable once the record is readable', async () => {
    const { vault, deps, record } = await kitOf((good) => ({ ...good, version: 7 }));
    await vault.remove(UAT.id);
    const remaining = (await deps.stores.record.read()) as Stored;
    await deps.stores.record.write({ ...remaining, version: record.version });
    expect(await vault.open(LIVE)).toEqual({ ok: true, keys: LIVE_KEYS });
    expect(await vault.has(UAT.id)).toBe(false);
  });

  it('deletes its ciphertext under another name, and reports that other keys may be deleted', async () => {
    const { vault, bytes, everything } = await kitOf((record) => ({
      ...record,
      version: 7,
      secrets: { [UAT.id]: record.secrets[LIVE.id], [LIVE.id]: record.secrets[UAT.id] },
    }));
    expect(await vault.remove(UAT.id)).toBe('with-others');
    expect(await everything()).not.toContain(bytes(UAT.id));
  });

  it.each<[string, (record: Stored) => unknown]>([
    ['of an unknown form', (record) => ({ version: 99, sealed: JSON.stringify(record.secrets) })],
    ['that is a text', (record) => JSON.stringify(record)],
    [
      'with entries without an owner',
      (record) => ({
        ...record,
        version: 7,
        secrets: { x: { ciphertext: record.secrets[UAT.id]?.ciphertext } },
      }),
    ],
  ])('%s deletes the whole record and reports it', async (_, change) => {
    const { vault, stored, bytes, everything } = await kitOf(change);
    expect(await vault.remove(UAT.id)).toBe('with-others');
    expect(await stored()).toBeUndefined();
    expect(await everything()).not.toContain(bytes(UAT.id));
  });

  it('changes nothing if all entries name other accounts', async () => {
    const { vault, stored } = await kitOf((record) => ({ ...record, version: 7 }));
    const before = await stored();
    expect(await vault.remove('account-unknown')).toBe('none');
    expect(await stored()).toEqual(before);
  });

  it('rejects if the browser fails to write', async () => {
    const { vault } = await kitOf((record) => ({ ...record, version: 7 }));
    vi.spyOn(fakeBrowser.storage.local, 'set').mockRejectedValue(new Error('disk full'));
    await expect(vault.remove(UAT.id)).rejects.toThrow('disk full');
  });
});

describe('destroying a vault', () => {
  it('deletes the keys if deleting the device key fails, and reports the device key as left', async () => {
    const forget = vi.fn(() => Promise.reject(new Error('no IndexedDB')));
    const kit = createVaultFixture();
    await kit.saveBoth();
    const later = kit.restarted({ deviceKeys: { ...kit.deps.deviceKeys, forget } });
    expect(await later.destroy()).toEqual({ keys: true, deviceKey: false });
    expect(await copyStorage()).toEqual({ local: {}, session: {} });
  });

  it('tries every part after one failed', async () => {
    const kit = createVaultFixture();
    await kit.saveBoth();
    vi.spyOn(kit.deps.stores.stagedRecord, 'remove').mockRejectedValue(new Error('no disk'));
    expect(await kit.vault.destroy()).toEqual({ keys: false, deviceKey: true });
    expect(await kit.stored()).toBeUndefined();
  });
});
