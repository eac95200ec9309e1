import { decodeProtectedHeader } from 'jose';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createPassphraseVault, storedRecord } from '../../tests/support/passphrase-vault.ts';
import {
  bothOpen,
  copyStorage,
  createVaultFixture,
  LIVE,
  OTHER_PASSPHRASE,
  OWNERS,
  PASSPHRASE,
  UAT,
  WRONG_PASSPHRASE,
} from '../../tests/support/vault-fixture.ts';
import type { VaultRecord } from './record.ts';

afterEach(() => vi.restoreAllMocks());

describe('a change of protection', () => {
  it('uses a new data key and a new salt', async () => {
    const kit = await createPassphraseVault();
    const before = await storedRecord(kit);
    const { unlocked } = kit.deps.stores;
    const oldKey = (await unlocked.read())?.dataKey;
    const change = { kind: 'passphrase', passphrase: OTHER_PASSPHRASE } as const;
    expect(await kit.vault.changeProtection(OWNERS, change, PASSPHRASE)).toEqual({ ok: true });
    const after = await storedRecord(kit);
    const saltOf = ({ protection }: VaultRecord) => decodeProtectedHeader(protection.wrappedKey).p2s;
    expect(saltOf(after)).not.toBe(saltOf(before));
    expect((await unlocked.read())?.dataKey).not.toBe(oldKey);
    expect(await bothOpen(kit.vault)).toBe(true);
    await kit.vault.lock();
    expect(await kit.vault.unlock(PASSPHRASE)).toMatchObject({ problem: 'wrong-passphrase' });
    expect(await kit.vault.unlock(OTHER_PASSPHRASE)).toEqual({ ok: true });
    expect(await bothOpen(kit.vault)).toBe(true);
  });

  it('requires the current passphrase, even if the vault is unlocked', async () => {
    const kit = await createPassphraseVault();
    const before = await copyStorage();
    expect(await kit.vault.state()).toMatchObject({ status: 'open' });
    for (const target of [
      { kind: 'device' },
      { kind: 'session' },
      { kind: 'passphrase', passphrase: OTHER_PASSPHRASE },
    ] as const)
      expect(await kit.vault.changeProtection(OWNERS, target)).toEqual({ ok: false, problem: 'locked' });
    expect(await copyStorage()).toEqual(before);
    expect(await kit.vault.changeProtection(OWNERS, { kind: 'device' }, WRONG_PASSPHRASE)).toMatchObject({
      problem: 'wrong-passphrase',
    });
    expect(await kit.stored()).toEqual(before.local.vault);
  });

  it('rejects a short passphrase, and a current passphrase if none is set', async () => {
    const kit = createVaultFixture();
    await kit.saveBoth();
    const before = await copyStorage();
    const short = { kind: 'passphrase', passphrase: 'eleven char' } as const;
    expect(await kit.vault.changeProtection(OWNERS, short)).toEqual({ ok: false, problem: 'too-short' });
    expect(await kit.vault.changeProtection(OWNERS, { kind: 'session' }, PASSPHRASE)).toEqual({
      ok: false,
      problem: 'no-passphrase',
    });
    expect(await copyStorage()).toEqual(before);
  });

  it('keeps the keys of accounts that are not named', async () => {
    const { vault, saveBoth } = createVaultFixture();
    await saveBoth();
    expect(await vault.changeProtection([], { kind: 'session' })).toEqual({ ok: true });
    expect(await bothOpen(vault)).toBe(true);
  });

  it('stops if one account’s keys can’t be decrypted', async () => {
    const kit = createVaultFixture();
    await kit.saveBoth();
    const record = await storedRecord(kit);
    const { [UAT.id]: uat } = record.secrets;
    const swapped = { ...record, secrets: { ...record.secrets, ...(uat && { [LIVE.id]: uat }) } };
    await kit.deps.stores.record.write(swapped);
    const before = await copyStorage();
    for (const target of [{ kind: 'session' }, { kind: 'device' }] as const)
      expect(await kit.vault.changeProtection(OWNERS, target)).toEqual({ ok: false, problem: 'damaged' });
    expect(await copyStorage()).toEqual(before);
  });

  it.each(['device', 'session'] as const)('replaces a passphrase by %s protection', async (kind) => {
    const kit = await createPassphraseVault();
    await kit.vault.lock();
    expect(await kit.vault.changeProtection(OWNERS, { kind }, PASSPHRASE)).toEqual({ ok: true });
    expect(await kit.vault.state()).toEqual({ status: 'open', protection: kind });
    expect(await bothOpen(kit.vault)).toBe(true);
    expect(await kit.deps.stores.unlocked.read()).toBeUndefined();
    if (kind === 'session') expect(await kit.stored()).toBeUndefined();
  });

  it('deletes the device key when a passphrase replaces it', async () => {
    const kit = createVaultFixture();
    await kit.saveBoth();
    const old = await kit.stored();
    await kit.vault.changeProtection(OWNERS, { kind: 'passphrase', passphrase: PASSPHRASE });
    await kit.deps.stores.record.write(old);
    expect(await kit.vault.open(UAT)).toEqual({ ok: false, reason: 'keys-unreadable' });
  });

  it.each(['stagedRecord', 'record'] as const)(
    'keeps the old protection if the write of %s fails',
    async (item) => {
      const kit = createVaultFixture();
      await kit.saveBoth();
      const before = await kit.stored();
      vi.spyOn(kit.deps.stores[item], 'write').mockRejectedValue(new Error('QUOTA_BYTES quota exceeded'));
      const target = { kind: 'passphrase', passphrase: PASSPHRASE } as const;
      expect(await kit.vault.changeProtection(OWNERS, target)).toEqual({
        ok: false,
        problem: 'not-verified',
      });
      expect(await kit.stored()).toEqual(before);
      expect(await kit.deps.stores.stagedRecord.read()).toBeUndefined();
      expect(await bothOpen(kit.vault)).toBe(true);
    },
  );

  it.each(['stagedRecord', 'sessionVault'] as const)(
    'keeps the old protection if the read-back of %s does not match',
    async (item) => {
      const kit = createVaultFixture();
      await kit.saveBoth();
      const before = await kit.stored();
      vi.spyOn(kit.deps.stores[item], 'read').mockResolvedValue(undefined);
      const kind = item === 'stagedRecord' ? 'device' : 'session';
      expect(await kit.vault.changeProtection(OWNERS, { kind })).toEqual({
        ok: false,
        problem: 'not-verified',
      });
      vi.restoreAllMocks();
      expect(await kit.stored()).toEqual(before);
      expect(await bothOpen(kit.vault)).toBe(true);
    },
  );
});
