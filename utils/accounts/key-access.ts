import type { GetCredentials } from '../model/account.ts';
import type { Environment } from '../model/environment.ts';
import type { Policy } from '../settings/policy.ts';
import type { Vault } from '../vault/vault.ts';

export interface KeyProviderDeps {
  readPolicy: () => Promise<Policy>;
  /** Whether the browser lets us call the gateway: people can take a site from an extension. */
  hasHostPermission: (environment: Environment) => Promise<boolean>;
  /** Told where keys were asked for and the vault is locked, as when its time has just run out. */
  onLocked: () => Promise<void>;
}

/**
 * Opens keys for calls of the gateway, as far as the administrator's policy lets them be used: in the
 * environments it names, and only under a passphrase where it requires one; and as far as the browser lets us use them.
 */
export function createKeyProvider(
  vault: Pick<Vault, 'open' | 'state'>,
  deps: KeyProviderDeps,
): GetCredentials {
  return async (account) => {
    const [policy, mayReach] = await Promise.all([
      deps.readPolicy(),
      deps.hasHostPermission(account.environment),
    ]);
    if (!policy.environments.includes(account.environment)) return { ok: false, reason: 'forbidden' };
    if (!mayReach) return { ok: false, reason: 'no-site-access' };
    if (policy.requirePassphrase) {
      const state = await vault.state();
      if (state.status === 'open' && state.protection !== 'passphrase')
        return { ok: false, reason: 'passphrase-required' };
    }
    const opened = await vault.open(account);
    if (!opened.ok && opened.reason === 'locked') await deps.onLocked();
    return opened;
  };
}
