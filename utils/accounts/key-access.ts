import type { GetCredentials } from '../model/account.ts';
import type { Environment } from '../model/environment.ts';
import type { Policy } from '../settings/policy.ts';
import type { Vault } from '../vault/vault.ts';

export interface KeyProviderDeps {
  readPolicy: () => Promise<Policy>;
  /** Whether the browser lets the extension call the gateway: users can revoke an extension's access to a site. */
  hasHostPermission: (environment: Environment) => Promise<boolean>;
  /** Called if keys are requested and the vault is locked, for example because it has just locked itself. */
  onLocked: () => Promise<void>;
}

/**
 * Creates the function that opens keys for calls of the gateway. It refuses if the administrator's policy excludes the
 * environment, if the policy requires a passphrase and the vault has none, or if the browser denies access to the gateway.
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
