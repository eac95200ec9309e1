import * as v from 'valibot';
import type { StoredItem } from '../stored-item.ts';
import { readHeld, secretOf, secretsOf, writeSecrets } from './held.ts';
import { claimedOwner } from './secret-seal.ts';
import type { RemovedKeys, VaultDeps } from './vault-contract.ts';

const WithSecrets = v.looseObject({
  secrets: v.record(v.string(), v.looseObject({ aad: v.fallback(v.optional(v.string()), undefined) })),
});

/**
 * Deletes an account's sealed keys wherever the vault may hold them. Rejects if the browser did not carry it out.
 *
 * In a record that can't be read, the account's entry goes and the rest stays as it is. If no entry can be told to be
 * the account's, and some can't be told to be another account's, its keys may be anywhere in the record: then the
 * whole record goes.
 */
export async function removeKeys(deps: VaultDeps, accountId: string): Promise<RemovedKeys> {
  const { stores } = deps;
  const held = await readHeld(deps);
  let removed: RemovedKeys = 'none';
  if (held.kind === 'problem') {
    removed = await strip(stores.record, accountId);
    await strip(stores.sessionVault as StoredItem<unknown>, accountId);
  } else if (secretOf(held, accountId)) {
    const { [accountId]: _, ...others } = secretsOf(held);
    if (!(await writeSecrets(deps, held, others))) removed = await strip(stores.record, accountId);
    else removed = 'gone';
  }
  // No change of the protection is under way here: the copy that one made can only be left over.
  await stores.candidate.remove();
  return removed;
}

async function strip(item: StoredItem<unknown>, accountId: string): Promise<RemovedKeys> {
  const stored = await item.read();
  if (stored === undefined) return 'none';
  const parsed = v.safeParse(WithSecrets, stored);
  if (parsed.success) {
    const entries = Object.entries(parsed.output.secrets);
    const isIts = ([name, secret]: (typeof entries)[number]) =>
      name === accountId || claimOf(secret) === accountId;
    if (entries.some(isIts)) {
      const others = entries.filter((entry) => !isIts(entry));
      await item.write({ ...(stored as object), secrets: Object.fromEntries(others) });
      const isOnlyIts = entries.filter(isIts).every(([name, secret]) => {
        const claim = claimOf(secret) ?? accountId;
        return name === accountId && claim === accountId;
      });
      return isOnlyIts ? 'gone' : 'with-others';
    }
    if (entries.every(([, secret]) => claimOf(secret) !== undefined)) return 'none';
  }
  await item.remove();
  return 'with-others';
}

const claimOf = ({ aad }: { aad?: string | undefined }) =>
  aad === undefined ? undefined : claimedOwner({ aad } as Parameters<typeof claimedOwner>[0])?.id;
