import { describe, expect, it, vi } from 'vitest';
import { createVaultFixture, deriveQuickly, UAT } from '../../tests/support/vault-fixture.ts';
import { recoverFirst } from './recover-first.ts';
import type { Vault } from './types.ts';

deriveQuickly();

/** A vault that records the order of its calls. */
function createTestVault() {
  const { restarted } = createVaultFixture();
  const vault = restarted();
  const calls: string[] = [];
  const recorded = Object.fromEntries(
    Object.entries(vault).map(([name, call]: [string, (...args: never[]) => Promise<unknown>]) => [
      name,
      (...args: never[]) => {
        calls.push(name);
        return call(...args);
      },
    ]),
  ) as unknown as Vault;
  return { recorded, calls };
}

describe('a vault that recovers first', () => {
  it.each([
    ['open', (vault: Vault) => vault.open(UAT)],
    ['remove', (vault: Vault) => vault.remove('a')],
    ['unlock', (vault: Vault) => vault.unlock('a passphrase')],
    ['lock', (vault: Vault) => vault.lock()],
    ['lockIfIdle', (vault: Vault) => vault.lockIfIdle()],
    ['changeProtection', (vault: Vault) => vault.changeProtection([], { kind: 'session' })],
    ['destroy', (vault: Vault) => vault.destroy()],
  ])('recovers once before %s', async (name, call) => {
    const { recorded, calls } = createTestVault();
    const vault = recoverFirst(recorded);
    await call(vault);
    await call(vault);
    expect(calls).toEqual(['recover', name, name]);
  });

  it('reads its state without a recovery', async () => {
    const { recorded, calls } = createTestVault();
    const vault = recoverFirst(recorded);
    await vault.state();
    await vault.has('a');
    expect(calls).toEqual(['state', 'has']);
  });

  it('recovers again if a recovery has failed', async () => {
    const { recorded, calls } = createTestVault();
    const recover = vi.fn(recorded.recover).mockRejectedValueOnce(new Error('no storage'));
    const vault = recoverFirst({ ...recorded, recover });
    await expect(vault.recover()).rejects.toThrow('no storage');
    await vault.lock();
    expect(calls).toEqual(['recover', 'lock']);
  });
});
