import { base64url, type FlattenedJWE } from 'jose';
import {
  isValidRecord,
  parseVaultRecord,
  type Secrets,
  type VaultProblem,
  type VaultRecord,
} from './record.ts';
import { unwrapKeyWithDeviceKey } from './secret-encryption.ts';
import type { VaultDeps } from './types.ts';
import type { SessionVault } from './vault-storage.ts';

/** The vault's contents at one moment. The record on disk takes precedence over the session vault in memory. */
export type VaultContents =
  | { kind: 'nothing' }
  | { kind: 'record'; record: VaultRecord }
  | { kind: 'session'; session: SessionVault }
  | { kind: 'problem'; problem: VaultProblem };

export type DataKey = { ok: true; dataKey: Uint8Array } | { ok: false; reason: 'locked' | VaultProblem };

/** Reads the contents. An unreadable record hides everything else, so that nothing overwrites it. */
export async function loadContents({ stores, migrations }: VaultDeps): Promise<VaultContents> {
  const parsed = parseVaultRecord(await stores.record.read(), migrations);
  if (!parsed.ok) return { kind: 'problem', problem: parsed.problem };
  if (parsed.record) return { kind: 'record', record: parsed.record };
  const session = await stores.sessionVault.read();
  return session ? { kind: 'session', session } : { kind: 'nothing' };
}

/** All encrypted keys, by account id. */
export function secretsOf(contents: VaultContents): Secrets {
  if (contents.kind === 'record') return contents.record.secrets;
  return contents.kind === 'session' ? contents.session.secrets : {};
}

/** One account's encrypted keys. Ids such as "constructor" find stored entries only. */
export function findSecret(contents: VaultContents, accountId: string): FlattenedJWE | undefined {
  const secrets = secretsOf(contents);
  return Object.hasOwn(secrets, accountId) ? secrets[accountId] : undefined;
}

/** The vault's data key. `unlocked` returns the data key of a vault that is unlocked with a passphrase. */
export async function unwrapDataKey(
  contents: Exclude<VaultContents, { kind: 'nothing' }>,
  { deviceKeys }: VaultDeps,
  unlocked: (sealedKey: string) => Promise<Uint8Array | undefined>,
): Promise<DataKey> {
  if (contents.kind === 'problem') return { ok: false, reason: contents.problem };
  if (contents.kind === 'session') return { ok: true, dataKey: base64url.decode(contents.session.dataKey) };
  const { kind, wrappedKey } = contents.record.protection;
  if (kind === 'passphrase') {
    const dataKey = await unlocked(wrappedKey);
    return dataKey ? { ok: true, dataKey } : { ok: false, reason: 'locked' };
  }
  const deviceKey = await deviceKeys.get().catch(() => undefined);
  const dataKey = deviceKey && (await unwrapKeyWithDeviceKey(wrappedKey, deviceKey));
  return dataKey ? { ok: true, dataKey } : { ok: false, reason: 'damaged' };
}

/** Stores encrypted keys in their vault; `false`, without a change, if the result could not be read again. */
export async function writeSecrets(
  { stores }: VaultDeps,
  contents: VaultContents,
  secrets: Secrets,
): Promise<boolean> {
  if (contents.kind === 'session') {
    await stores.sessionVault.write({ ...contents.session, secrets });
    return true;
  }
  if (contents.kind !== 'record') return false;
  const record = { ...contents.record, secrets };
  if (!isValidRecord(record)) return false;
  await stores.record.write(record);
  return true;
}
