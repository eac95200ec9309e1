import type { StorageItem } from '../browser/storage-item.ts';
import { readUnverifiedOwner } from './secret-encryption.ts';
import type { RemovedKeys, VaultDeps } from './types.ts';
import { findSecret, loadContents, secretsOf, writeSecrets } from './vault-contents.ts';

/**
 * Deletes an account's encrypted keys from every part of the vault. Rejects if the browser failed to write.
 *
 * From an unreadable record, deletes only the account's entry. If no entry is known to be the account's, and some
 * entries are not known to be another account's, its keys may be anywhere: deletes the whole record.
 */
export async function removeKeys(deps: VaultDeps, accountId: string): Promise<RemovedKeys> {
  const { stores } = deps;
  const contents = await loadContents(deps);
  let removed: RemovedKeys = 'none';
  if (contents.kind === 'problem') {
    removed = await removeEntry(stores.record, accountId);
    await removeEntry(stores.sessionVault as StorageItem<unknown>, accountId);
  } else if (findSecret(contents, accountId)) {
    const { [accountId]: _, ...others } = secretsOf(contents);
    removed = (await writeSecrets(deps, contents, others))
      ? 'gone'
      : await removeEntry(stores.record, accountId);
  }
  // No change of protection runs at the same time, so a staged record is a leftover.
  await stores.stagedRecord.remove();
  return removed;
}

async function removeEntry(item: StorageItem<unknown>, accountId: string): Promise<RemovedKeys> {
  const stored = (await item.read()) as { secrets?: object } | null | undefined;
  if (stored === undefined) return 'none';
  const { secrets } = Object(stored);
  // An entry belongs to an account by its name, or by the owner in its authenticated data.
  const entries = Object.entries(Object(secrets)).map(([name, secret]) => {
    const claim = readUnverifiedOwner(Object(secret))?.id;
    return { name, secret, claim, isOwn: name === accountId || claim === accountId };
  });
  const own = entries.filter(({ isOwn }) => isOwn);
  if (own.length > 0) {
    const others = entries.filter(({ isOwn }) => !isOwn).map(({ name, secret }) => [name, secret]);
    await item.write({ ...stored, secrets: Object.fromEntries(others) });
    const isOnlyOwn = own.every(({ name, claim = name }) => name === claim);
    return isOnlyOwn ? 'gone' : 'with-others';
  }
  if (secrets instanceof Object && entries.every(({ claim }) => claim)) return 'none';
  await item.remove();
  return 'with-others';
}
