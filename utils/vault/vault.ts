import { base64url } from 'jose';
import { createTurns } from '../lib/mutex.ts';
import { changeProtection } from './change-protection.ts';
import { isLongEnough } from './passphrase-policy.ts';
import { removeKeys } from './remove-keys.ts';
import { sealRecord } from './replace-record.ts';
import { newDataKey, openSecrets, sealSecrets } from './secret-encryption.ts';
import { raiseIterations, readTries, tryPassphrase } from './try-passphrase.ts';
import type { KeyOwner, NewProtection, ProtectResult, Vault, VaultDeps, VaultState } from './types.ts';
import { nextTryAt } from './unlock-backoff.ts';
import { createUnlockedKey } from './unlocked-key.ts';
import { dataKeyOf, type Held, readHeld, secretOf, secretsOf, writeSecrets } from './vault-contents.ts';

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
  const inTurn = createTurns();
  const unlocked = createUnlockedKey(deps);

  /** Begins an empty vault, protected as is usual here. */
  async function begin(): Promise<Held> {
    const dataKey = newDataKey();
    if ((await deps.defaultProtection()) === 'session')
      await stores.sessionVault.write({ dataKey: base64url.encode(dataKey), secrets: {} });
    else await stores.record.write(await sealRecord(deps, { kind: 'device' }, dataKey, {}));
    return readHeld(deps);
  }

  async function state(): Promise<VaultState> {
    const held = await readHeld(deps);
    if (held.kind === 'nothing') return { status: 'open', protection: await deps.defaultProtection() };
    const opened = await dataKeyOf(held, deps, unlocked.peek);
    if (opened.ok) {
      const protection = held.kind === 'record' ? held.record.protection.kind : 'session';
      return { status: 'open', protection };
    }
    if (opened.reason !== 'locked') return { status: 'problem', problem: opened.reason };
    const tries = await readTries(deps);
    return { status: 'locked', protection: 'passphrase', nextTryAt: nextTryAt(tries, clock.now()) };
  }

  async function protect(
    owners: readonly KeyOwner[],
    target: NewProtection,
    presentPassphrase: string | undefined,
  ): Promise<ProtectResult> {
    if (target.kind === 'passphrase' && !isLongEnough(target.passphrase))
      return { ok: false, problem: 'too-short' };
    const held = await readHeld(deps);
    if (presentPassphrase !== undefined) {
      const tried = await tryPassphrase(deps, held, presentPassphrase);
      return tried.ok ? changeProtection(deps, unlocked, held, tried.dataKey, owners, target) : tried;
    }
    if (held.kind === 'nothing') return changeProtection(deps, unlocked, held, undefined, owners, target);
    // That it is open shows only that its owner was here not long ago.
    const opened = await dataKeyOf(held, deps, async () => undefined);
    if (!opened.ok) return { ok: false, problem: opened.reason };
    return changeProtection(deps, unlocked, held, opened.dataKey, owners, target);
  }

  async function recover(): Promise<void> {
    const held = await readHeld(deps);
    if (held.kind !== 'problem') await stores.candidate.remove();
    if (held.kind === 'record') await stores.sessionVault.remove();
    const sealedKey = held.kind === 'record' ? held.record.protection.sealedKey : undefined;
    if ((await stores.unlocked.read())?.sealedKey !== sealedKey) await unlocked.remove();
  }

  return {
    recover: () => inTurn(recover),
    state: () => inTurn(state),
    open: (owner) =>
      inTurn(async () => {
        const held = await readHeld(deps);
        if (held.kind === 'nothing') return { ok: false, reason: 'no-keys' };
        const opened = await dataKeyOf(held, deps, unlocked.use);
        if (!opened.ok)
          return { ok: false, reason: opened.reason === 'locked' ? 'locked' : 'keys-unreadable' };
        const secret = secretOf(held, owner.id);
        if (!secret) return { ok: false, reason: 'no-keys' };
        const keys = await openSecrets(secret, opened.dataKey, owner);
        return keys ? { ok: true, keys } : { ok: false, reason: 'keys-unreadable' };
      }),
    has: (accountId) => inTurn(async () => secretOf(await readHeld(deps), accountId) !== undefined),
    save: (owner, keys) =>
      inTurn(async () => {
        const found = await readHeld(deps);
        const held = found.kind === 'nothing' ? await begin() : found;
        if (held.kind === 'nothing') return false;
        const opened = await dataKeyOf(held, deps, unlocked.use);
        if (!opened.ok) return false;
        const secret = await sealSecrets(keys, opened.dataKey, owner);
        return writeSecrets(deps, held, { ...secretsOf(held), [owner.id]: secret });
      }),
    remove: (accountId) => inTurn(() => removeKeys(deps, accountId)),
    unlock: (passphrase) =>
      inTurn(async () => {
        const tried = await tryPassphrase(deps, await readHeld(deps), passphrase);
        if (!tried.ok) return tried;
        const { dataKey, outdated, record } = tried;
        const inForce = outdated ? await raiseIterations(deps, record, passphrase, dataKey) : record;
        await unlocked.put(inForce.protection.sealedKey, dataKey);
        return { ok: true };
      }),
    lock: () => inTurn(unlocked.remove),
    lockIfIdle: () =>
      inTurn(async () => {
        const held = await readHeld(deps);
        const locks = held.kind === 'record' && held.record.protection.kind === 'passphrase';
        if (locks && (await unlocked.peek(held.record.protection.sealedKey))) return false;
        await unlocked.remove();
        return locks;
      }),
    protect: (owners, target, presentPassphrase) => inTurn(() => protect(owners, target, presentPassphrase)),
    forget: () =>
      inTurn(async () => {
        const { record, candidate, sessionVault, failedTries } = stores;
        const keys = await Promise.allSettled(
          [record, candidate, sessionVault, unlocked, failedTries].map((part) => part.remove()),
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
