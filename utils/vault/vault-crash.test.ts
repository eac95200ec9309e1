import { describe, expect, it } from 'vitest';
import {
  bothOpen,
  copyStorage,
  createVaultFixture,
  deriveQuickly,
  MIN_ITERATIONS,
  OTHER_PASSPHRASE,
  OWNERS,
  PASSPHRASE,
  restoreStorage,
} from '../../tests/support/vault-fixture.ts';
import type { NewProtection, Vault, VaultDeps } from './vault.ts';

deriveQuickly();

type Method = (...args: unknown[]) => Promise<unknown>;

/** Deps of a process that dies after `calls` calls: the last one takes effect but never returns. */
function dyingAfter(calls: number, deps: VaultDeps) {
  const life = { left: calls, dead: calls === 0 };
  const mortal = <Part extends object>(part: Part): Part =>
    new Proxy(part, {
      get(target, name, receiver) {
        const method = Reflect.get(target, name, receiver) as unknown as Method;
        return async (...args: unknown[]) => {
          if (life.dead) return new Promise(() => undefined);
          life.left -= 1;
          life.dead = life.left === 0;
          const last = life.dead;
          const result = await method(...args);
          if (last) resolveDied();
          return last ? new Promise(() => undefined) : result;
        };
      },
    });
  let resolveDied: () => void = () => undefined;
  const died = new Promise<'died'>((resolve) => {
    resolveDied = () => resolve('died');
  });
  if (life.dead) resolveDied();
  const { stores } = deps;
  const mortalDeps: VaultDeps = {
    ...deps,
    deviceKeys: mortal(deps.deviceKeys),
    stores: {
      record: mortal(stores.record),
      stagedRecord: mortal(stores.stagedRecord),
      failedAttempts: mortal(stores.failedAttempts),
      unlocked: mortal(stores.unlocked),
      sessionVault: mortal(stores.sessionVault),
    },
  };
  return { deps: mortalDeps, died };
}

/** Every protection or passphrase that opens all accounts after a worker restart. */
async function usableProtections(
  kit: ReturnType<typeof createVaultFixture>,
  known: Map<string, string[]>,
): Promise<string[]> {
  const vault = kit.restarted();
  const before = await vault.state();
  await vault.recover();
  // A page may ask for the state before the recovery.
  expect(await vault.state()).toEqual(before);
  const { record, stagedRecord, sessionVault } = kit.deps.stores;
  const found = [await record.read(), await stagedRecord.read(), await sessionVault.read()];
  expect(found.filter((each) => each !== undefined)).toHaveLength(1);
  // A data key that the dead worker left unlocked must match the stored record, or open nothing.
  if ((await vault.state()).status === 'open') expect(await bothOpen(vault)).toBe(true);
  await vault.lock();
  const state = await vault.state();
  if (state.status === 'open') return (await bothOpen(vault)) ? [state.protection] : [];
  expect(state.status).toBe('locked');
  // Most deaths leave the same record: try each record once, because a derivation is slow.
  const content = JSON.stringify(await record.read());
  const ways: string[] = known.get(content) ?? [];
  if (known.has(content)) return ways;
  known.set(content, ways);
  for (const passphrase of [PASSPHRASE, OTHER_PASSPHRASE]) {
    await vault.lock();
    const unlocked = await vault.unlock(passphrase);
    if (unlocked.ok && (await bothOpen(vault))) ways.push(passphrase);
  }
  return ways;
}

/** Lets the process die at every point of an action in turn. Returns the usable protection after each death. */
async function dieEverywhere(
  before: NewProtection,
  act: (vault: Vault) => Promise<unknown>,
  open = false,
  iterations = MIN_ITERATIONS,
): Promise<string[]> {
  const first = createVaultFixture();
  await first.saveBoth();
  if (before.kind !== 'device') await first.vault.changeProtection(OWNERS, before);
  if (!open) await first.vault.lock();
  const storage = await copyStorage();
  const found: string[] = [];
  const known = new Map<string, string[]>();
  for (let calls = 0; ; calls += 1) {
    const kit = createVaultFixture();
    if (before.kind === 'device') await kit.saveBoth();
    else await restoreStorage(storage);
    const { deps, died } = dyingAfter(calls, { ...kit.deps, iterations });
    const end = await Promise.race([died, act(kit.restarted(deps))]);
    const ways = await usableProtections(kit, known);
    expect(ways, `after ${calls} calls`).toHaveLength(1);
    found.push(...ways);
    if (end !== 'died') {
      expect(end).toEqual({ ok: true });
      return found;
    }
  }
}

/** Expects the old protection up to some death, and the new one after every later death. */
function expectOneSwitch(found: string[], old: string, next: string): void {
  expect(found.length).toBeGreaterThan(6);
  const switchedAt = found.indexOf(next);
  expect(switchedAt).toBeGreaterThan(0);
  expect(found).toEqual(found.map((_, index) => (index < switchedAt ? old : next)));
}

const passphraseOf = (passphrase: string): NewProtection => ({ kind: 'passphrase', passphrase });

describe('a process that dies at any point leaves exactly one valid record', () => {
  const TIMEOUT = 60_000;

  it.each(['device', 'session'] as const)(
    'while a first passphrase replaces %s protection',
    async (kind) => {
      const act = (vault: Vault) => vault.changeProtection(OWNERS, passphraseOf(PASSPHRASE));
      expectOneSwitch(await dieEverywhere({ kind }, act), kind, PASSPHRASE);
    },
    TIMEOUT,
  );

  it(
    'while the passphrase changes',
    async () => {
      const act = (vault: Vault) =>
        vault.changeProtection(OWNERS, passphraseOf(OTHER_PASSPHRASE), PASSPHRASE);
      expectOneSwitch(await dieEverywhere(passphraseOf(PASSPHRASE), act, true), PASSPHRASE, OTHER_PASSPHRASE);
    },
    TIMEOUT,
  );

  it.each(['device', 'session'] as const)(
    'while %s protection replaces the passphrase',
    async (kind) => {
      const act = (vault: Vault) => vault.changeProtection(OWNERS, { kind }, PASSPHRASE);
      expectOneSwitch(await dieEverywhere(passphraseOf(PASSPHRASE), act, true), PASSPHRASE, kind);
    },
    TIMEOUT,
  );

  it.each([
    ['device', 'session'],
    ['session', 'device'],
  ] as const)('while the protection changes from %s to %s', async (from, kind) => {
    const act = (vault: Vault) => vault.changeProtection(OWNERS, { kind });
    expectOneSwitch(await dieEverywhere({ kind: from }, act), from, kind);
  });

  it(
    'while the iterations are upgraded',
    async () => {
      const act = (vault: Vault) => vault.unlock(PASSPHRASE);
      const found = await dieEverywhere(passphraseOf(PASSPHRASE), act, false, MIN_ITERATIONS + 1);
      expect(found.length).toBeGreaterThan(6);
      expect(new Set(found)).toEqual(new Set([PASSPHRASE]));
    },
    TIMEOUT,
  );
});
