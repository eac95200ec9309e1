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

/** What the vault holds at a moment. What is on disk comes before what is in memory. */
export type VaultContents =
  | { kind: 'nothing' }
  | { kind: 'record'; record: VaultRecord }
  | { kind: 'session'; session: SessionVault }
  | { kind: 'problem'; problem: VaultProblem };

export type DataKey = { ok: true; dataKey: Uint8Array } | { ok: false; reason: 'locked' | VaultProblem };

/** Reads what is held. A record that can't be read hides everything else, so that nothing takes its place. */
export async function loadContents({ stores, migrations }: VaultDeps): Promise<VaultContents> {
  const read = parseVaultRecord(await stores.record.read(), migrations);
  if (!read.ok) return { kind: 'problem', problem: read.problem };
  if (read.record) return { kind: 'record', record: read.record };
  const session = await stores.sessionVault.read();
  return session ? { kind: 'session', session } : { kind: 'nothing' };
}

/** The sealed keys in what is held, by account. */
export function secretsOf(held: VaultContents): Secrets {
  if (held.kind === 'record') return held.record.secrets;
  return held.kind === 'session' ? held.session.secrets : {};
}

/** One account's sealed keys; ids such as "constructor" name nothing that was not put there. */
export function findSecret(held: VaultContents, accountId: string): FlattenedJWE | undefined {
  const secrets = secretsOf(held);
  return Object.hasOwn(secrets, accountId) ? secrets[accountId] : undefined;
}

/** The data key of what is held. `unlocked` is how a key under a passphrase is come by. */
export async function unwrapDataKey(
  held: Exclude<VaultContents, { kind: 'nothing' }>,
  { deviceKeys }: VaultDeps,
  unlocked: (sealedKey: string) => Promise<Uint8Array | undefined>,
): Promise<DataKey> {
  if (held.kind === 'problem') return { ok: false, reason: held.problem };
  if (held.kind === 'session') return { ok: true, dataKey: base64url.decode(held.session.dataKey) };
  const { kind, wrappedKey } = held.record.protection;
  if (kind === 'passphrase') {
    const dataKey = await unlocked(wrappedKey);
    return dataKey ? { ok: true, dataKey } : { ok: false, reason: 'locked' };
  }
  const deviceKey = await deviceKeys.get().catch(() => undefined);
  const dataKey = deviceKey && (await unwrapKeyWithDeviceKey(wrappedKey, deviceKey));
  return dataKey ? { ok: true, dataKey } : { ok: false, reason: 'damaged' };
}

/** Writes sealed keys to where they are held; `false`, and no change, where they could not be read again. */
export async function writeSecrets(
  { stores }: VaultDeps,
  held: VaultContents,
  secrets: Secrets,
): Promise<boolean> {
  if (held.kind === 'session') {
    await stores.sessionVault.write({ ...held.session, secrets });
    return true;
  }
  if (held.kind !== 'record') return false;
  const record = { ...held.record, secrets };
  if (!isValidRecord(record)) return false;
  await stores.record.write(record);
  return true;
}
