import { describe, expect, it } from 'vitest';
import { createPassphraseVault } from '../../tests/support/passphrase-vault.ts';
import {
  bothOpen,
  copyStorage,
  createVaultFixture,
  LIVE,
  UAT,
  UAT_KEYS,
  WRONG_PASSPHRASE,
} from '../../tests/support/vault-fixture.ts';

describe('the vault', () => {
  it('is empty at first, and reads write nothing', async () => {
    const { vault } = createVaultFixture();
    await vault.recover();
    expect(await vault.state()).toEqual({ status: 'open', protection: 'device' });
    expect(await vault.open(UAT)).toEqual({ ok: false, reason: 'no-keys' });
    expect(await vault.has(UAT.id)).toBe(false);
    await vault.remove(UAT.id);
    expect(await copyStorage()).toEqual({ local: {}, session: {} });
  });

  it.each(['device', 'session'] as const)('keeps keys under the default protection: %s', async (keep) => {
    const kit = createVaultFixture();
    kit.settings.keep = keep;
    await kit.saveBoth();
    const later = kit.restarted();
    await later.recover();
    expect(await later.state()).toEqual({ status: 'open', protection: keep });
    expect(await bothOpen(later)).toBe(true);
    await later.remove(UAT.id);
    expect([await later.has(UAT.id), await later.has(LIVE.id)]).toEqual([false, true]);
    expect(await later.open(UAT)).toEqual({ ok: false, reason: 'no-keys' });
  });

  it('has no keys for names of inherited properties', async () => {
    const { vault, saveBoth, stored } = createVaultFixture();
    await saveBoth();
    const before = await stored();
    for (const id of ['constructor', '__proto__', 'toString']) {
      expect(await vault.has(id)).toBe(false);
      expect(await vault.open({ ...UAT, id })).toEqual({ ok: false, reason: 'no-keys' });
      await vault.remove(id);
    }
    expect(await stored()).toEqual(before);
  });

  it('rejects keys that it could not read again', async () => {
    const { vault, saveBoth, stored } = createVaultFixture();
    await saveBoth();
    const before = await stored();
    expect(await vault.save({ ...UAT, id: 'constructor' }, UAT_KEYS)).toBe(false);
    const huge = { ...UAT_KEYS, accessKey: 'SANDBOX'.repeat(20_000) };
    expect(await vault.save(UAT, huge)).toBe(false);
    expect(await stored()).toEqual(before);
    expect(await bothOpen(vault)).toBe(true);
  });

  it('keeps all keys that are saved at the same time', async () => {
    const { vault } = createVaultFixture();
    const owners = Array.from({ length: 20 }, (_, index) => ({ ...UAT, id: `account-${index}` }));
    await Promise.all(owners.map((owner) => vault.save(owner, { ...UAT_KEYS, accessKey: owner.id })));
    for (const owner of owners)
      expect(await vault.open(owner)).toEqual({ ok: true, keys: { ...UAT_KEYS, accessKey: owner.id } });
  });

  it('deletes everything when it is destroyed', async () => {
    const kit = await createPassphraseVault();
    await kit.vault.unlock(WRONG_PASSPHRASE);
    await kit.vault.destroy();
    expect(await copyStorage()).toEqual({ local: {}, session: {} });
    await kit.deps.stores.record.write('rubbish');
    await kit.vault.destroy();
    expect(await copyStorage()).toEqual({ local: {}, session: {} });
  });
});
