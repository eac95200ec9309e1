import { describe, expect, it } from 'vitest';
import { createPassphraseVault } from '../../tests/support/passphrase-vault.ts';
import {
  bothOpen,
  copyStorage,
  LIVE,
  LIVE_KEYS,
  OTHER_PASSPHRASE,
  OWNERS,
  PASSPHRASE,
  UAT,
  UAT_KEYS,
} from '../../tests/support/vault-fixture.ts';

const MINUTE = 60_000;

describe('A32 the lock', () => {
  it('refuses to open and save keys, but shows whether an account has keys', async () => {
    const kit = await createPassphraseVault();
    await kit.vault.lock();
    const before = await copyStorage();
    for (const vault of [kit.vault, kit.restarted()]) {
      expect(await vault.state()).toMatchObject({ status: 'locked' });
      expect(await vault.open(UAT)).toEqual({ ok: false, reason: 'locked' });
      expect(await vault.save(UAT, UAT_KEYS)).toBe(false);
      expect(await vault.has(UAT.id)).toBe(true);
      expect(await vault.lockIfIdle()).toBe(true);
    }
    expect(await copyStorage()).toEqual(before);
  });

  it('is closed after a browser restart', async () => {
    const kit = await createPassphraseVault();
    await kit.deps.stores.unlocked.remove();
    expect(await kit.restarted().open(UAT)).toEqual({ ok: false, reason: 'locked' });
  });

  it('stays open after a worker restart within the idle time', async () => {
    const kit = await createPassphraseVault();
    kit.clock.at += 14 * MINUTE;
    expect(await bothOpen(kit.restarted())).toBe(true);
  });

  it.each([1, 5, 15, 60])('closes after %d min without use, checked when a key is used', async (minutes) => {
    const { vault, clock, settings, deps } = await createPassphraseVault();
    settings.lockAfter = minutes;
    clock.at += minutes * MINUTE - 1;
    expect(await vault.open(UAT)).toMatchObject({ ok: true });
    clock.at += minutes * MINUTE;
    expect(await vault.state()).toMatchObject({ status: 'locked' });
    expect(await vault.open(UAT)).toEqual({ ok: false, reason: 'locked' });
    expect(await deps.stores.unlocked.read()).toBeUndefined();
  });

  it('closes although the state and the idle time are read all the time', async () => {
    const { vault, clock, deps } = await createPassphraseVault();
    for (let minute = 1; minute < 15; minute += 1) {
      clock.at += MINUTE;
      expect(await vault.state()).toMatchObject({ status: 'open' });
      expect(await vault.lockIfIdle()).toBe(false);
      expect(await vault.has(UAT.id)).toBe(true);
    }
    clock.at += MINUTE;
    expect(await vault.lockIfIdle()).toBe(true);
    expect(await deps.stores.unlocked.read()).toBeUndefined();
  });

  it('closes if the clock is set back or a shorter time is chosen', async () => {
    const back = await createPassphraseVault();
    back.clock.at -= 1;
    expect(await back.vault.open(UAT)).toEqual({ ok: false, reason: 'locked' });
    const shorter = await createPassphraseVault();
    shorter.clock.at += 2 * MINUTE;
    shorter.settings.lockAfter = 1;
    expect(await shorter.vault.save(UAT, UAT_KEYS)).toBe(false);
  });

  it('is not opened again by a concurrent use', async () => {
    const { vault, clock, deps } = await createPassphraseVault();
    clock.at += MINUTE;
    const [opened] = await Promise.all([vault.open(UAT), vault.lock(), vault.open(LIVE), vault.state()]);
    expect(opened).toMatchObject({ ok: true });
    expect(await deps.stores.unlocked.read()).toBeUndefined();
    expect(await vault.open(LIVE)).toEqual({ ok: false, reason: 'locked' });
  });

  it('stays open while the passphrase is changed', async () => {
    const { vault } = await createPassphraseVault();
    const target = { kind: 'passphrase', passphrase: OTHER_PASSPHRASE } as const;
    const [done, ...opened] = await Promise.all([
      vault.changeProtection(OWNERS, target, PASSPHRASE),
      ...Array.from({ length: 5 }, () => vault.open(LIVE)),
    ]);
    expect(done).toEqual({ ok: true });
    for (const each of opened) expect(each).toEqual({ ok: true, keys: LIVE_KEYS });
  });

  it('is not opened by the key of a replaced record', async () => {
    const kit = await createPassphraseVault();
    const stale = await kit.deps.stores.unlocked.read();
    const target = { kind: 'passphrase', passphrase: OTHER_PASSPHRASE } as const;
    await kit.vault.changeProtection(OWNERS, target, PASSPHRASE);
    await kit.deps.stores.unlocked.write(stale);
    expect(await kit.vault.open(UAT)).toEqual({ ok: false, reason: 'locked' });
    expect(await kit.deps.stores.unlocked.read()).toBeUndefined();
  });
});
