import type { StorageItem } from '../browser/storage-item.ts';
import { readUnverifiedOwner } from './secret-encryption.ts';
import type { RemovedKeys, VaultDeps } from './types.ts';
import { findSecret, loadContents, secretsOf, writeSecrets } from './vault-contents.ts';

/**
 * Deletes an account's sealed keys wherever the vault may hold them. Rejects if the browser did not carry it out.
 *
 * In a record that can't be read, the account's entry goes and the rest stays as it is. If no entry can be told to be
 * the account's, and some can't be told to be another account's, its keys may be anywhere in the record: then the
 * whole record goes.
 */
export async function removeKeys(deps: VaultDeps, accountId: string): Promise<RemovedKeys> {
  const { stores } = deps;
  const held = await loadContents(deps);
  let removed: RemovedKeys = 'none';
  if (held.kind === 'problem') {
    removed = await strip(stores.record, accountId);
    await strip(stores.sessionVault as StorageItem<unknown>, accountId);
  } else if (findSecret(held, accountId)) {
    const { [accountId]: _, ...others } = secretsOf(held);
    removed = (await writeSecrets(deps, held, others)) ? 'gone' : await strip(stores.record, accountId);
  }
  // No change of the protection is under way here: the copy that one made can only be left over.
  await stores.stagedRecord.remove();
  return removed;
}

async function strip(item: StorageItem<unknown>, accountId: string): Promise<RemovedKeys> {
  const stored = (await item.read()) as { secrets?: object } | null | undefined;
  if (stored === undefined) return 'none';
  const { secrets } = Object(stored);
  // An entry is an account's by its name, or by the owner that its sealed text names.
  const entries = Object.entries(Object(secrets)).map(([name, secret]) => {
    const claim = readUnverifiedOwner(Object(secret))?.id;
    return { name, secret, claim, isIts: name === accountId || claim === accountId };
  });
  const its = entries.filter(({ isIts }) => isIts);
  if (its.length > 0) {
    const left = entries.filter(({ isIts }) => !isIts).map(({ name, secret }) => [name, secret]);
    await item.write({ ...stored, secrets: Object.fromEntries(left) });
    const isOnlyIts = its.every(({ name, claim = name }) => name === claim);
    return isOnlyIts ? 'gone' : 'with-others';
  }
  if (secrets instanceof Object && entries.every(({ claim }) => claim)) return 'none';
  await item.remove();
  return 'with-others';
}
