import { afterEach, describe, expect, it, vi } from 'vitest';
import { createPassphraseVault } from '../../tests/support/passphrase-vault.ts';
import { bothOpen, OWNERS, PASSPHRASE, WRONG_PASSPHRASE } from '../../tests/support/vault-fixture.ts';

afterEach(() => vi.restoreAllMocks());

const MINUTE = 60_000;

describe('A30 a wrong passphrase', () => {
  it('gives one error, delays the fourth and later attempts, and changes no keys', async () => {
    const kit = await createPassphraseVault();
    const { vault, clock } = kit;
    await vault.lock();
    const before = await kit.stored();
    for (let count = 1; count <= 3; count += 1) {
      const nextTryAt = clock.at + (count < 3 ? 0 : 5_000);
      expect(await vault.unlock(WRONG_PASSPHRASE)).toEqual({
        ok: false,
        problem: 'wrong-passphrase',
        nextTryAt,
      });
    }
    const nextTryAt = clock.at + 5_000;
    expect(await vault.state()).toEqual({ status: 'locked', protection: 'passphrase', nextTryAt });
    vi.spyOn(crypto.subtle, 'deriveBits');
    // The delay also holds for the right passphrase, after a worker restart, and for a change of protection.
    const later = kit.restarted();
    await later.recover();
    clock.at += 4_999;
    const tooSoon = { ok: false, problem: 'too-soon', nextTryAt };
    expect(await later.unlock(PASSPHRASE)).toEqual(tooSoon);
    expect(await later.changeProtection(OWNERS, { kind: 'device' }, PASSPHRASE)).toEqual(tooSoon);
    expect(crypto.subtle.deriveBits).not.toHaveBeenCalled();
    clock.at += 1;
    expect(await later.unlock(WRONG_PASSPHRASE)).toMatchObject({ nextTryAt: clock.at + 10_000 });
    clock.at += 10_000;
    expect(await later.unlock(PASSPHRASE)).toEqual({ ok: true });
    expect(await bothOpen(later)).toBe(true);
    expect(await kit.stored()).toEqual(before);
    await later.lock();
    expect(await later.unlock(WRONG_PASSPHRASE)).toMatchObject({ nextTryAt: clock.at });
  });

  it('is counted for each concurrent attempt, and the delay stops the fourth', async () => {
    const { vault, deps, clock } = await createPassphraseVault();
    await vault.lock();
    const results = await Promise.all(Array.from({ length: 10 }, () => vault.unlock(WRONG_PASSPHRASE)));
    const problems = results.map((result) => (result.ok ? 'opened' : result.problem));
    expect(problems).toEqual([...Array(3).fill('wrong-passphrase'), ...Array(7).fill('too-soon')]);
    expect(await deps.stores.failedAttempts.read()).toEqual({ count: 3, lastAt: clock.at });
  });

  it('is counted before the key is derived, so that a kill gives no free attempt', async () => {
    const { vault, deps, restarted } = await createPassphraseVault();
    await vault.lock();
    vi.spyOn(crypto.subtle, 'deriveBits').mockReturnValue(new Promise(() => undefined));
    for (let kill = 0; kill < 3; kill += 1) {
      void restarted().unlock(WRONG_PASSPHRASE);
      await vi.waitFor(() => expect(crypto.subtle.deriveBits).toHaveBeenCalledTimes(kill + 1));
    }
    expect((await deps.stores.failedAttempts.read()).count).toBe(3);
    expect(await restarted().unlock(PASSPHRASE)).toMatchObject({ problem: 'too-soon' });
  });

  it('delays for the stated time after the clock is set back', async () => {
    const { vault, clock } = await createPassphraseVault();
    await vault.lock();
    for (let count = 0; count < 3; count += 1) await vault.unlock(WRONG_PASSPHRASE);
    clock.at -= 365 * 24 * 60 * MINUTE;
    const state = { status: 'locked', protection: 'passphrase', nextTryAt: clock.at + 5_000 };
    expect(await vault.state()).toEqual(state);
    expect(await vault.unlock(PASSPHRASE)).toMatchObject({ problem: 'too-soon' });
    clock.at += 5_000;
    expect(await vault.state()).toEqual(state);
    expect(await vault.unlock(PASSPHRASE)).toEqual({ ok: true });
  });
});
