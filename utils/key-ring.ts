import type { OpenKeys } from './enkash/account.ts';
import type { Policy } from './policy.ts';
import type { Vault } from './vault/vault.ts';

/**
 * Opens keys for calls of the gateway, as far as the administrator's policy lets them be used: in the
 * environments it names, and only under a passphrase where it requires one.
 */
export function createKeyRing(
  vault: Pick<Vault, 'open' | 'state'>,
  readPolicy: () => Promise<Policy>,
  /** Told where keys were asked for and the vault is locked, as when its time has just run out. */
  onLocked: () => Promise<void>,
): OpenKeys {
  return async (account) => {
    const policy = await readPolicy();
    if (!policy.environments.includes(account.environment)) return { ok: false, reason: 'forbidden' };
    if (policy.requirePassphrase) {
      const state = await vault.state();
      if (state.status === 'open' && state.protection !== 'passphrase')
        return { ok: false, reason: 'passphrase-required' };
    }
    const opened = await vault.open(account);
    if (!opened.ok && opened.reason === 'locked') await onLocked();
    return opened;
  };
}
