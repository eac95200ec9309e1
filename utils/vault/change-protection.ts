import { base64url } from 'jose';
import type { Credentials } from '../model/credentials.ts';
import { isLongEnough } from './passphrase-policy.ts';
import type { Secrets } from './record.ts';
import { createRecord, type DiskProtection, swapVerified } from './replace-record.ts';
import {
  decryptCredentials,
  encryptCredentials,
  newDataKey,
  readUnverifiedOwner,
  type SecretOwner,
} from './secret-encryption.ts';
import { verifyPassphrase } from './try-passphrase.ts';
import type { KeyOwner, NewProtection, ProtectResult, VaultDeps } from './types.ts';
import type { VaultContext } from './unlocked-key.ts';
import { loadContents, secretsOf, unwrapDataKey, type VaultContents } from './vault-contents.ts';

type Decrypted = { owner: SecretOwner; keys: Credentials }[];

/** Changes the protection of all keys, as `Vault.changeProtection` documents. */
export async function changeProtection(
  context: VaultContext,
  owners: readonly KeyOwner[],
  target: NewProtection,
  currentPassphrase: string | undefined,
): Promise<ProtectResult> {
  if (target.kind === 'passphrase' && !isLongEnough(target.passphrase))
    return { ok: false, problem: 'too-short' };
  const contents = await loadContents(context);
  if (currentPassphrase !== undefined) {
    const check = await verifyPassphrase(context, contents, currentPassphrase);
    return check.ok ? reencrypt(context, contents, check.dataKey, owners, target) : check;
  }
  if (contents.kind === 'nothing') return reencrypt(context, contents, undefined, owners, target);
  // An unlocked vault proves only that its owner was here recently: require the passphrase again.
  const key = await unwrapDataKey(contents, context, async () => undefined);
  if (!key.ok) return { ok: false, problem: key.reason };
  return reencrypt(context, contents, key.dataKey, owners, target);
}

/** Encrypts all keys under a new data key and the target protection. `dataKey` decrypts the current contents. */
async function reencrypt(
  context: VaultContext,
  contents: VaultContents,
  dataKey: Uint8Array | undefined,
  owners: readonly KeyOwner[],
  target: NewProtection,
): Promise<ProtectResult> {
  // Changing one session vault to another gains nothing, and a failure would leave no copy to return to.
  if (contents.kind === 'session' && target.kind === 'session') return { ok: true };
  const decrypted = await decryptAll(secretsOf(contents), dataKey, owners);
  if (!decrypted) return { ok: false, problem: 'damaged' };
  const newKey = newDataKey();
  const secrets: Secrets = {};
  for (const { owner, keys } of decrypted) secrets[owner.id] = await encryptCredentials(keys, newKey, owner);
  const isDone =
    target.kind === 'session'
      ? await moveToSession(context, decrypted, newKey, secrets)
      : await persistToDisk(context, decrypted, newKey, secrets, target);
  if (!isDone) return { ok: false, problem: 'not-verified' };
  if (target.kind !== 'passphrase') await context.unlocked.remove();
  const wasDevice = contents.kind === 'record' && contents.record.protection.kind === 'device';
  // Browsers keep overwritten data on disk for a while. Without the device key it can no longer be decrypted.
  if (wasDevice && target.kind !== 'device') await context.deviceKeys.forget().catch(() => undefined);
  return { ok: true };
}

async function moveToSession(
  { stores }: VaultDeps,
  decrypted: Decrypted,
  dataKey: Uint8Array,
  secrets: Secrets,
): Promise<boolean> {
  await stores.sessionVault.write({ dataKey: base64url.encode(dataKey), secrets });
  const readBack = await stores.sessionVault.read();
  if (!readBack || !(await verifyAll(decrypted, base64url.decode(readBack.dataKey), readBack.secrets))) {
    await stores.sessionVault.remove();
    return false;
  }
  await stores.record.remove();
  return true;
}

async function persistToDisk(
  context: VaultContext,
  decrypted: Decrypted,
  dataKey: Uint8Array,
  secrets: Secrets,
  target: DiskProtection,
): Promise<boolean> {
  const record = await createRecord(context, target, dataKey, secrets);
  const isDone = await swapVerified(context, record, target, (backKey, back) =>
    verifyAll(decrypted, backKey, back),
  );
  if (!isDone) return false;
  await context.stores.sessionVault.remove();
  if (target.kind === 'passphrase') await context.unlocked.put(record.protection.wrappedKey, dataKey);
  return true;
}

/** Decrypts all keys of the vault. `undefined` if any can't be decrypted: a change would lose it. */
async function decryptAll(
  secrets: Secrets,
  dataKey: Uint8Array | undefined,
  owners: readonly KeyOwner[],
): Promise<Decrypted | undefined> {
  const decrypted: Decrypted = [];
  for (const [id, secret] of Object.entries(secrets)) {
    const environment = (owners.find((owner) => owner.id === id) ?? readUnverifiedOwner(secret))?.environment;
    const keys = dataKey && environment && (await decryptCredentials(secret, dataKey, { id, environment }));
    if (!keys) return undefined;
    decrypted.push({ owner: { id, environment }, keys });
  }
  return decrypted;
}

/** Whether all encrypted keys are present and decrypt to the original keys. */
async function verifyAll(decrypted: Decrypted, dataKey: Uint8Array, secrets: Secrets): Promise<boolean> {
  if (Object.keys(secrets).length !== decrypted.length) return false;
  for (const { owner, keys } of decrypted) {
    const secret = secrets[owner.id];
    const back = secret && (await decryptCredentials(secret, dataKey, owner));
    if (JSON.stringify(back) !== JSON.stringify(keys)) return false;
  }
  return true;
}
