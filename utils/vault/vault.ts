import { base64url } from 'jose';
import { createMutex } from '../lib/mutex.ts';
import { changeProtection } from './change-protection.ts';
import { isLongEnough } from './passphrase-policy.ts';
import { removeKeys } from './remove-keys.ts';
import { createRecord } from './replace-record.ts';
import { decryptCredentials, encryptCredentials, newDataKey } from './secret-encryption.ts';
import { loadFailedAttempts, upgradeIterations, verifyPassphrase } from './try-passphrase.ts';
import type { KeyOwner, NewProtection, ProtectResult, Vault, VaultDeps, VaultState } from './types.ts';
import { retryAt } from './unlock-backoff.ts';
import { createUnlockedKey } from './unlocked-key.ts';
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

/** The place where keys are. Nothing else reads or writes them. */
export function createVault(deps: VaultDeps): Vault {
  const { stores, deviceKeys, clock } = deps;
  const inTurn = createMutex();
  const unlocked = createUnlockedKey(deps);

  /** Begins an empty vault, protected as is usual here. */
  async function createEmptyVault(): Promise<VaultContents> {
    const dataKey = newDataKey();
    if ((await deps.defaultProtection()) === 'session')
      await stores.sessionVault.write({ dataKey: base64url.encode(dataKey), secrets: {} });
    else await stores.record.write(await createRecord(deps, { kind: 'device' }, dataKey, {}));
    return loadContents(deps);
  }

  async function state(): Promise<VaultState> {
    const held = await loadContents(deps);
    if (held.kind === 'nothing') return { status: 'open', protection: await deps.defaultProtection() };
    const opened = await unwrapDataKey(held, deps, unlocked.peek);
    if (opened.ok) {
      const protection = held.kind === 'record' ? held.record.protection.kind : 'session';
      return { status: 'open', protection };
    }
    if (opened.reason !== 'locked') return { status: 'problem', problem: opened.reason };
    const tries = await loadFailedAttempts(deps);
    return { status: 'locked', protection: 'passphrase', nextTryAt: retryAt(tries, clock.now()) };
  }

  async function protect(
    owners: readonly KeyOwner[],
    target: NewProtection,
    presentPassphrase: string | undefined,
  ): Promise<ProtectResult> {
    if (target.kind === 'passphrase' && !isLongEnough(target.passphrase))
      return { ok: false, problem: 'too-short' };
    const held = await loadContents(deps);
    if (presentPassphrase !== undefined) {
      const tried = await verifyPassphrase(deps, held, presentPassphrase);
      return tried.ok ? changeProtection(deps, unlocked, held, tried.dataKey, owners, target) : tried;
    }
    if (held.kind === 'nothing') return changeProtection(deps, unlocked, held, undefined, owners, target);
    // That it is open shows only that its owner was here not long ago.
    const opened = await unwrapDataKey(held, deps, async () => undefined);
    if (!opened.ok) return { ok: false, problem: opened.reason };
    return changeProtection(deps, unlocked, held, opened.dataKey, owners, target);
  }

  async function recover(): Promise<void> {
    const held = await loadContents(deps);
    if (held.kind !== 'problem') await stores.stagedRecord.remove();
    if (held.kind === 'record') await stores.sessionVault.remove();
    const sealedKey = held.kind === 'record' ? held.record.protection.wrappedKey : undefined;
    if ((await stores.unlocked.read())?.sealedKey !== sealedKey) await unlocked.remove();
  }

  return {
    recover: () => inTurn(recover),
    state: () => inTurn(state),
    open: (owner) =>
      inTurn(async () => {
        const held = await loadContents(deps);
        if (held.kind === 'nothing') return { ok: false, reason: 'no-keys' };
        const opened = await unwrapDataKey(held, deps, unlocked.use);
        if (!opened.ok)
          return { ok: false, reason: opened.reason === 'locked' ? 'locked' : 'keys-unreadable' };
        const secret = findSecret(held, owner.id);
        if (!secret) return { ok: false, reason: 'no-keys' };
        const keys = await decryptCredentials(secret, opened.dataKey, owner);
        return keys ? { ok: true, keys } : { ok: false, reason: 'keys-unreadable' };
      }),
    has: (accountId) => inTurn(async () => findSecret(await loadContents(deps), accountId) !== undefined),
    save: (owner, keys) =>
      inTurn(async () => {
        const found = await loadContents(deps);
        const held = found.kind === 'nothing' ? await createEmptyVault() : found;
        if (held.kind === 'nothing') return false;
        const opened = await unwrapDataKey(held, deps, unlocked.use);
        if (!opened.ok) return false;
        const secret = await encryptCredentials(keys, opened.dataKey, owner);
        return writeSecrets(deps, held, { ...secretsOf(held), [owner.id]: secret });
      }),
    remove: (accountId) => inTurn(() => removeKeys(deps, accountId)),
    unlock: (passphrase) =>
      inTurn(async () => {
        const tried = await verifyPassphrase(deps, await loadContents(deps), passphrase);
        if (!tried.ok) return tried;
        const { dataKey, outdated, record } = tried;
        const activeRecord = outdated ? await upgradeIterations(deps, record, passphrase, dataKey) : record;
        await unlocked.put(activeRecord.protection.wrappedKey, dataKey);
        return { ok: true };
      }),
    lock: () => inTurn(unlocked.remove),
    lockIfIdle: () =>
      inTurn(async () => {
        const held = await loadContents(deps);
        const locks = held.kind === 'record' && held.record.protection.kind === 'passphrase';
        if (locks && (await unlocked.peek(held.record.protection.wrappedKey))) return false;
        await unlocked.remove();
        return locks;
      }),
    changeProtection: (owners, target, presentPassphrase) =>
      inTurn(() => protect(owners, target, presentPassphrase)),
    destroy: () =>
      inTurn(async () => {
        const { record, stagedRecord, sessionVault, failedAttempts } = stores;
        const keys = await Promise.allSettled(
          [record, stagedRecord, sessionVault, unlocked, failedAttempts].map((part) => part.remove()),
        );
        const deviceKey = deviceKeys.forget().then(
          () => true,
          () => false,
        );
        return {
          keys: keys.every(({ status }) => status === 'fulfilled'),
          deviceKey: await deviceKey,
        };
      }),
  };
}
