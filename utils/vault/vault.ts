import { base64url } from 'jose';
import { createMutex } from '../lib/mutex.ts';
import type { Credentials } from '../model/credentials.ts';
import { changeProtection } from './change-protection.ts';
import { removeKeys } from './remove-keys.ts';
import { createRecord } from './replace-record.ts';
import { decryptCredentials, encryptCredentials, newDataKey } from './secret-encryption.ts';
import { loadFailedAttempts, upgradeIterations, verifyPassphrase } from './try-passphrase.ts';
import type {
  ForgottenVault,
  KeyOwner,
  OpenedKeys,
  UnlockResult,
  Vault,
  VaultDeps,
  VaultState,
} from './types.ts';
import { retryAt } from './unlock-backoff.ts';
import { createUnlockedKey, type VaultContext } from './unlocked-key.ts';
import {
  findSecret,
  loadContents,
  secretsOf,
  unwrapDataKey,
  type VaultContents,
  writeSecrets,
} from './vault-contents.ts';

export type {
  ForgottenVault,
  KeyOwner,
  NewProtection,
  OpenedKeys,
  Protection,
  ProtectResult,
  RemovedKeys,
  UnlockResult,
  Vault,
  VaultDeps,
  VaultState,
} from './types.ts';

/** Creates the vault: the only code that reads and writes keys. */
export function createVault(deps: VaultDeps): Vault {
  const runExclusive = createMutex();
  const context: VaultContext = { ...deps, unlocked: createUnlockedKey(deps) };
  return {
    recover: () => runExclusive(() => recover(context)),
    state: () => runExclusive(() => readState(context)),
    open: (owner) => runExclusive(() => openKeys(context, owner)),
    has: (accountId) =>
      runExclusive(async () => findSecret(await loadContents(deps), accountId) !== undefined),
    save: (owner, keys) => runExclusive(() => saveKeys(context, owner, keys)),
    remove: (accountId) => runExclusive(() => removeKeys(deps, accountId)),
    unlock: (passphrase) => runExclusive(() => unlock(context, passphrase)),
    lock: () => runExclusive(context.unlocked.remove),
    lockIfIdle: () => runExclusive(() => lockIfIdle(context)),
    changeProtection: (owners, target, currentPassphrase) =>
      runExclusive(() => changeProtection(context, owners, target, currentPassphrase)),
    destroy: () => runExclusive(() => destroy(deps)),
  };
}

async function recover(context: VaultContext): Promise<void> {
  const { stores, unlocked } = context;
  const contents = await loadContents(context);
  if (contents.kind !== 'problem') await stores.stagedRecord.remove();
  if (contents.kind === 'record') await stores.sessionVault.remove();
  const sealedKey = contents.kind === 'record' ? contents.record.protection.wrappedKey : undefined;
  if ((await stores.unlocked.read())?.sealedKey !== sealedKey) await unlocked.remove();
}

async function readState(context: VaultContext): Promise<VaultState> {
  const contents = await loadContents(context);
  if (contents.kind === 'nothing') return { status: 'open', protection: await context.defaultProtection() };
  const key = await unwrapDataKey(contents, context, context.unlocked.peek);
  if (key.ok) {
    const protection = contents.kind === 'record' ? contents.record.protection.kind : 'session';
    return { status: 'open', protection };
  }
  if (key.reason !== 'locked') return { status: 'problem', problem: key.reason };
  const attempts = await loadFailedAttempts(context);
  return { status: 'locked', protection: 'passphrase', nextTryAt: retryAt(attempts, context.clock.now()) };
}

async function openKeys(context: VaultContext, owner: KeyOwner): Promise<OpenedKeys> {
  const contents = await loadContents(context);
  if (contents.kind === 'nothing') return { ok: false, reason: 'no-keys' };
  const key = await unwrapDataKey(contents, context, context.unlocked.use);
  if (!key.ok) return { ok: false, reason: key.reason === 'locked' ? 'locked' : 'keys-unreadable' };
  const secret = findSecret(contents, owner.id);
  if (!secret) return { ok: false, reason: 'no-keys' };
  const keys = await decryptCredentials(secret, key.dataKey, owner);
  return keys ? { ok: true, keys } : { ok: false, reason: 'keys-unreadable' };
}

async function saveKeys(context: VaultContext, owner: KeyOwner, keys: Credentials): Promise<boolean> {
  const stored = await loadContents(context);
  const contents = stored.kind === 'nothing' ? await createEmptyVault(context) : stored;
  if (contents.kind === 'nothing') return false;
  const key = await unwrapDataKey(contents, context, context.unlocked.use);
  if (!key.ok) return false;
  const secret = await encryptCredentials(keys, key.dataKey, owner);
  return writeSecrets(context, contents, { ...secretsOf(contents), [owner.id]: secret });
}

/** Creates a vault without keys, under the default protection. */
async function createEmptyVault(deps: VaultDeps): Promise<VaultContents> {
  const dataKey = newDataKey();
  if ((await deps.defaultProtection()) === 'session')
    await deps.stores.sessionVault.write({ dataKey: base64url.encode(dataKey), secrets: {} });
  else await deps.stores.record.write(await createRecord(deps, { kind: 'device' }, dataKey, {}));
  return loadContents(deps);
}

async function unlock(context: VaultContext, passphrase: string): Promise<UnlockResult> {
  const check = await verifyPassphrase(context, await loadContents(context), passphrase);
  if (!check.ok) return check;
  const { dataKey, outdated, record } = check;
  const activeRecord = outdated ? await upgradeIterations(context, record, passphrase, dataKey) : record;
  await context.unlocked.put(activeRecord.protection.wrappedKey, dataKey);
  return { ok: true };
}

async function lockIfIdle(context: VaultContext): Promise<boolean> {
  const { unlocked } = context;
  const contents = await loadContents(context);
  const isLockable = contents.kind === 'record' && contents.record.protection.kind === 'passphrase';
  if (isLockable && (await unlocked.peek(contents.record.protection.wrappedKey))) return false;
  await unlocked.remove();
  return isLockable;
}

async function destroy({ stores, deviceKeys }: VaultDeps): Promise<ForgottenVault> {
  const { record, stagedRecord, sessionVault, unlocked, failedAttempts } = stores;
  const parts = [record, stagedRecord, sessionVault, unlocked, failedAttempts];
  const removed = await Promise.all(parts.map((part) => succeeds(part.remove())));
  return { keys: removed.every(Boolean), deviceKey: await succeeds(deviceKeys.forget()) };
}

function succeeds(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  );
}
