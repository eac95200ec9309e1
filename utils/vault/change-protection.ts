import { base64url } from 'jose';
import type { Credentials } from '../model/credentials.ts';
import type { Secrets } from './record.ts';
import { createRecord, type DiskProtection, swapVerified } from './replace-record.ts';
import {
  decryptCredentials,
  encryptCredentials,
  newDataKey,
  readUnverifiedOwner,
  type SecretOwner,
} from './secret-encryption.ts';
import type { KeyOwner, NewProtection, ProtectResult, VaultDeps } from './types.ts';
import type { UnlockedKey } from './unlocked-key.ts';
import { secretsOf, type VaultContents } from './vault-contents.ts';

type Opened = { owner: SecretOwner; keys: Credentials }[];

/** Seals what is held anew, under a new data key and another protection. `dataKey` opens what is held now. */
export async function changeProtection(
  deps: VaultDeps,
  unlocked: UnlockedKey,
  held: VaultContents,
  dataKey: Uint8Array | undefined,
  owners: readonly KeyOwner[],
  target: NewProtection,
): Promise<ProtectResult> {
  // What is in memory only is as well off there as it would be after a change; there is nothing to fall back on.
  if (held.kind === 'session' && target.kind === 'session') return { ok: true };
  const opened = await decryptAll(secretsOf(held), dataKey, owners);
  if (!opened) return { ok: false, problem: 'damaged' };
  const newKey = newDataKey();
  const secrets: Secrets = {};
  for (const { owner, keys } of opened) secrets[owner.id] = await encryptCredentials(keys, newKey, owner);
  const done =
    target.kind === 'session'
      ? await moveToSession(deps, opened, newKey, secrets)
      : await persistToDisk(deps, unlocked, opened, newKey, secrets, target);
  if (!done) return { ok: false, problem: 'not-verified' };
  if (target.kind !== 'passphrase') await unlocked.remove();
  const wasDevice = held.kind === 'record' && held.record.protection.kind === 'device';
  // Browsers' stores keep what was overwritten for a while: without this key the old record there opens no more.
  if (wasDevice && target.kind !== 'device') await deps.deviceKeys.forget().catch(() => undefined);
  return { ok: true };
}

async function moveToSession(
  { stores }: VaultDeps,
  opened: Opened,
  dataKey: Uint8Array,
  secrets: Secrets,
): Promise<boolean> {
  await stores.sessionVault.write({ dataKey: base64url.encode(dataKey), secrets });
  const readBack = await stores.sessionVault.read();
  if (!readBack || !(await verifyAll(opened, base64url.decode(readBack.dataKey), readBack.secrets))) {
    await stores.sessionVault.remove();
    return false;
  }
  await stores.record.remove();
  return true;
}

async function persistToDisk(
  deps: VaultDeps,
  unlocked: UnlockedKey,
  opened: Opened,
  dataKey: Uint8Array,
  secrets: Secrets,
  target: DiskProtection,
): Promise<boolean> {
  const record = await createRecord(deps, target, dataKey, secrets);
  const done = await swapVerified(deps, record, target, (backKey, back) => verifyAll(opened, backKey, back));
  if (!done) return false;
  await deps.stores.sessionVault.remove();
  if (target.kind === 'passphrase') await unlocked.put(record.protection.wrappedKey, dataKey);
  return true;
}

/** All keys of the vault. One that can't be opened stops it all: sealing the rest would leave that one behind. */
async function decryptAll(
  secrets: Secrets,
  dataKey: Uint8Array | undefined,
  owners: readonly KeyOwner[],
): Promise<Opened | undefined> {
  const opened: Opened = [];
  for (const [id, secret] of Object.entries(secrets)) {
    const environment = (owners.find((owner) => owner.id === id) ?? readUnverifiedOwner(secret))?.environment;
    const keys = dataKey && environment && (await decryptCredentials(secret, dataKey, { id, environment }));
    if (!keys) return undefined;
    opened.push({ owner: { id, environment }, keys });
  }
  return opened;
}

/** Whether sealed keys are all there, and open as what they were. */
async function verifyAll(opened: Opened, dataKey: Uint8Array, secrets: Secrets): Promise<boolean> {
  if (Object.keys(secrets).length !== opened.length) return false;
  for (const { owner, keys } of opened) {
    const secret = secrets[owner.id];
    const back = secret && (await decryptCredentials(secret, dataKey, owner));
    if (JSON.stringify(back) !== JSON.stringify(keys)) return false;
  }
  return true;
}
