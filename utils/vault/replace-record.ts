import { VAULT_VERSION } from './migrations.ts';
import { openUnderPassphrase, sealUnderPassphrase } from './passphrase-encryption.ts';
import { isReadable, readVaultRecord, type Secrets, type VaultRecord } from './record.ts';
import { openUnderDeviceKey, sealUnderDeviceKey } from './secret-encryption.ts';
import type { NewProtection, VaultDeps } from './types.ts';

/** A protection whose record is on disk. */
export type DiskProtection = Exclude<NewProtection, { kind: 'session' }>;

/** Makes a record: the data key sealed under a protection, with a new salt or nonce, beside the sealed keys. */
export async function sealRecord(
  { deviceKeys, iterations }: VaultDeps,
  target: DiskProtection,
  dataKey: Uint8Array,
  secrets: Secrets,
): Promise<VaultRecord> {
  const sealedKey =
    target.kind === 'passphrase'
      ? await sealUnderPassphrase(dataKey, target.passphrase, iterations)
      : await sealUnderDeviceKey(dataKey, await deviceKeys.get());
  return { version: VAULT_VERSION, protection: { kind: target.kind, sealedKey }, secrets };
}

/**
 * Puts a record in the old one's place in a single write, once it has been stored beside it, read back, and opened by
 * what it is to be opened with. Answers whether it is in place; where not, the old one is untouched.
 */
export async function replaceRecord(
  deps: VaultDeps,
  record: VaultRecord,
  target: DiskProtection,
  opens: (dataKey: Uint8Array, secrets: Secrets) => Promise<boolean>,
): Promise<boolean> {
  const { stores } = deps;
  try {
    if (!isReadable(record)) return false;
    await stores.candidate.write(record);
    const back = readVaultRecord(await stores.candidate.read());
    if (!back.ok || !back.record) return false;
    const dataKey = await openWith(deps, back.record, target);
    if (!dataKey || !(await opens(dataKey, back.record.secrets))) return false;
    await stores.record.write(back.record);
    return true;
  } catch {
    // A write that was reported as failed may still have been carried out: what is there now decides.
    return isInPlace(deps, record);
  } finally {
    await stores.candidate.remove().catch(() => undefined);
  }
}

async function isInPlace({ stores }: VaultDeps, { protection }: VaultRecord): Promise<boolean> {
  const now = readVaultRecord(await stores.record.read());
  return now.ok && now.record?.protection.sealedKey === protection.sealedKey;
}

async function openWith(
  { deviceKeys }: VaultDeps,
  { protection: { sealedKey } }: VaultRecord,
  target: DiskProtection,
): Promise<Uint8Array | undefined> {
  if (target.kind === 'device') return openUnderDeviceKey(sealedKey, await deviceKeys.get());
  const opened = await openUnderPassphrase(sealedKey, target.passphrase);
  return opened.ok ? opened.dataKey : undefined;
}
