import { base64url, type FlattenedJWE } from 'jose';
import { isReadable, readVaultRecord, type Secrets, type VaultProblem, type VaultRecord } from './record.ts';
import { openUnderDeviceKey } from './secret-encryption.ts';
import type { VaultDeps } from './types.ts';
import type { SessionVault } from './vault-storage.ts';

/** What the vault holds at a moment. What is on disk comes before what is in memory. */
export type Held =
  | { kind: 'nothing' }
  | { kind: 'record'; record: VaultRecord }
  | { kind: 'session'; session: SessionVault }
  | { kind: 'problem'; problem: VaultProblem };

export type DataKey = { ok: true; dataKey: Uint8Array } | { ok: false; reason: 'locked' | VaultProblem };

/** Reads what is held. A record that can't be read hides everything else, so that nothing takes its place. */
export async function readHeld({ stores, migrations }: VaultDeps): Promise<Held> {
  const read = readVaultRecord(await stores.record.read(), migrations);
  if (!read.ok) return { kind: 'problem', problem: read.problem };
  if (read.record) return { kind: 'record', record: read.record };
  const session = await stores.sessionVault.read();
  return session ? { kind: 'session', session } : { kind: 'nothing' };
}

/** The sealed keys in what is held, by account. */
export function secretsOf(held: Held): Secrets {
  if (held.kind === 'record') return held.record.secrets;
  return held.kind === 'session' ? held.session.secrets : {};
}

/** One account's sealed keys; ids such as "constructor" name nothing that was not put there. */
export function secretOf(held: Held, accountId: string): FlattenedJWE | undefined {
  const secrets = secretsOf(held);
  return Object.hasOwn(secrets, accountId) ? secrets[accountId] : undefined;
}

/** The data key of what is held. `unlocked` is how a key under a passphrase is come by. */
export async function dataKeyOf(
  held: Exclude<Held, { kind: 'nothing' }>,
  { deviceKeys }: VaultDeps,
  unlocked: (sealedKey: string) => Promise<Uint8Array | undefined>,
): Promise<DataKey> {
  if (held.kind === 'problem') return { ok: false, reason: held.problem };
  if (held.kind === 'session') return { ok: true, dataKey: base64url.decode(held.session.dataKey) };
  const { kind, sealedKey } = held.record.protection;
  if (kind === 'passphrase') {
    const dataKey = await unlocked(sealedKey);
    return dataKey ? { ok: true, dataKey } : { ok: false, reason: 'locked' };
  }
  const deviceKey = await deviceKeys.get().catch(() => undefined);
  const dataKey = deviceKey && (await openUnderDeviceKey(sealedKey, deviceKey));
  return dataKey ? { ok: true, dataKey } : { ok: false, reason: 'damaged' };
}

/** Writes sealed keys to where they are held; `false`, and no change, where they could not be read again. */
export async function writeSecrets({ stores }: VaultDeps, held: Held, secrets: Secrets): Promise<boolean> {
  if (held.kind === 'session') {
    await stores.sessionVault.write({ ...held.session, secrets });
    return true;
  }
  if (held.kind !== 'record') return false;
  const record = { ...held.record, secrets };
  if (!isReadable(record)) return false;
  await stores.record.write(record);
  return true;
}
