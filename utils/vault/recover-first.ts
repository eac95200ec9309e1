import { runOnce } from '../lib/run-once.ts';
import type { Vault } from './types.ts';

/**
 * The same vault, which recovers before the first call that uses or changes keys. `state` and `has` do not wait: they give
 * the same answers before a recovery.
 */
export function recoverFirst(vault: Vault): Vault {
  const recover = runOnce(() => vault.recover());
  const afterRecovery =
    <Args extends unknown[], Result>(call: (...args: Args) => Promise<Result>) =>
    (...args: Args): Promise<Result> => {
      // The vault runs its calls in order. A failed recovery leaves only leftovers that no call reads.
      recover().catch(() => undefined);
      return call(...args);
    };
  return {
    recover,
    state: vault.state,
    has: vault.has,
    open: afterRecovery(vault.open),
    save: afterRecovery(vault.save),
    remove: afterRecovery(vault.remove),
    unlock: afterRecovery(vault.unlock),
    lock: afterRecovery(vault.lock),
    lockIfIdle: afterRecovery(vault.lockIfIdle),
    changeProtection: afterRecovery(vault.changeProtection),
    destroy: afterRecovery(vault.destroy),
  };
}
