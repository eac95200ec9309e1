import type { Vault } from './types.ts';

/**
 * The same vault, which recovers before the first call that uses or changes keys. `state` and `has` do not wait: they give
 * the same answers before a recovery.
 */
export function recoverFirst(vault: Vault): Vault {
  let recovery: Promise<void> | undefined;
  const recover = () => {
    recovery ??= vault.recover().catch((error) => {
      recovery = undefined;
      throw error;
    });
    return recovery;
  };
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
