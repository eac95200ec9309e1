import { VAULT_VERSION } from './migrations.ts';
import { unwrapKeyWithPassphrase, wrapKeyWithPassphrase } from './passphrase-encryption.ts';
import { isValidRecord, parseVaultRecord, type Secrets, type VaultRecord } from './record.ts';
import { unwrapKeyWithDeviceKey, wrapKeyWithDeviceKey } from './secret-encryption.ts';
import type { NewProtection, VaultDeps } from './types.ts';

/** A protection that stores the record on disk. */
export type DiskProtection = Exclude<NewProtection, { kind: 'session' }>;

/** Creates a record of the encrypted keys, and encrypts the data key under a protection with a new salt or nonce. */
export async function createRecord(
  { deviceKeys, iterations }: VaultDeps,
  target: DiskProtection,
  dataKey: Uint8Array,
  secrets: Secrets,
): Promise<VaultRecord> {
  const wrappedKey =
    target.kind === 'passphrase'
      ? await wrapKeyWithPassphrase(dataKey, target.passphrase, iterations)
      : await wrapKeyWithDeviceKey(dataKey, await deviceKeys.get());
  return { version: VAULT_VERSION, protection: { kind: target.kind, wrappedKey }, secrets };
}

/**
 * Replaces the old record in a single write, after the new one was staged, read back, decrypted and verified. Returns
 * whether the new record is in place; if not, the old one is unchanged.
 */
export async function swapVerified(
  deps: VaultDeps,
  record: VaultRecord,
  target: DiskProtection,
  verify: (dataKey: Uint8Array, secrets: Secrets) => Promise<boolean>,
): Promise<boolean> {
  const { stores } = deps;
  try {
    if (!isValidRecord(record)) return false;
    await stores.stagedRecord.write(record);
    const staged = parseVaultRecord(await stores.stagedRecord.read());
    if (!staged.ok || !staged.record) return false;
    const dataKey = await unwrapWith(deps, staged.record, target);
    if (!dataKey || !(await verify(dataKey, staged.record.secrets))) return false;
    await stores.record.write(staged.record);
    return true;
  } catch {
    // A write that reported a failure may still have succeeded: check the stored record.
    return isCommitted(deps, record);
  } finally {
    await stores.stagedRecord.remove().catch(() => undefined);
  }
}

async function isCommitted({ stores }: VaultDeps, { protection }: VaultRecord): Promise<boolean> {
  const stored = parseVaultRecord(await stores.record.read());
  return stored.ok && stored.record?.protection.wrappedKey === protection.wrappedKey;
}

async function unwrapWith(
  { deviceKeys }: VaultDeps,
  { protection: { wrappedKey } }: VaultRecord,
  target: DiskProtection,
): Promise<Uint8Array | undefined> {
  if (target.kind === 'device') return unwrapKeyWithDeviceKey(wrappedKey, await deviceKeys.get());
  const opened = await unwrapKeyWithPassphrase(wrappedKey, target.passphrase);
  return opened.ok ? opened.dataKey : undefined;
}
