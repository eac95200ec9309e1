import { VAULT_VERSION } from './migrations.ts';
import { unwrapKeyWithPassphrase, wrapKeyWithPassphrase } from './passphrase-encryption.ts';
import { isValidRecord, parseVaultRecord, type Secrets, type VaultRecord } from './record.ts';
import { unwrapKeyWithDeviceKey, wrapKeyWithDeviceKey } from './secret-encryption.ts';
import type { NewProtection, VaultDeps } from './types.ts';

/** A protection whose record is on disk. */
export type DiskProtection = Exclude<NewProtection, { kind: 'session' }>;

/** Makes a record: the data key sealed under a protection, with a new salt or nonce, beside the sealed keys. */
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
 * Puts a record in the old one's place in a single write, once it has been stored beside it, read back, and opened by
 * what it is to be opened with. Answers whether it is in place; where not, the old one is untouched.
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
    const back = parseVaultRecord(await stores.stagedRecord.read());
    if (!back.ok || !back.record) return false;
    const dataKey = await unwrapWith(deps, back.record, target);
    if (!dataKey || !(await verify(dataKey, back.record.secrets))) return false;
    await stores.record.write(back.record);
    return true;
  } catch {
    // A write that was reported as failed may still have been carried out: what is there now decides.
    return isCommitted(deps, record);
  } finally {
    await stores.stagedRecord.remove().catch(() => undefined);
  }
}

async function isCommitted({ stores }: VaultDeps, { protection }: VaultRecord): Promise<boolean> {
  const now = parseVaultRecord(await stores.record.read());
  return now.ok && now.record?.protection.wrappedKey === protection.wrappedKey;
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
