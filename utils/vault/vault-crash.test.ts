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

/** Deps whose process dies right after so many of their calls were carried out: it never hears of the last one. */
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
          if (last) whenDead();
          return last ? new Promise(() => undefined) : result;
        };
      },
    });
  let whenDead: () => void = () => undefined;
  const died = new Promise<'died'>((resolve) => {
    whenDead = () => resolve('died');
  });
  if (life.dead) whenDead();
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

/** Every way in that opens all accounts for a worker that has just started. */
async function waysIn(
  kit: ReturnType<typeof createVaultFixture>,
  known: Map<string, string[]>,
): Promise<string[]> {
  const vault = kit.restarted();
  await vault.recover();
  const { record, stagedRecord, sessionVault } = kit.deps.stores;
  const found = [await record.read(), await stagedRecord.read(), await sessionVault.read()];
  expect(found.filter((each) => each !== undefined)).toHaveLength(1);
  // What the worker that died left unlocked must fit the record that is there, or open nothing.
  if ((await vault.state()).status === 'open') expect(await bothOpen(vault)).toBe(true);
  await vault.lock();
  const state = await vault.state();
  if (state.status === 'open') return (await bothOpen(vault)) ? [state.protection] : [];
  expect(state.status).toBe('locked');
  // Most deaths leave the record as it was: it is tried once, since each try takes a while.
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

/** Lets the process die at every point of an action in turn; answers the way in after each of them. */
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
    const ways = await waysIn(kit, known);
    expect(ways, `after ${calls} calls`).toHaveLength(1);
    found.push(...ways);
    if (end !== 'died') {
      expect(end).toEqual({ ok: true });
      return found;
    }
  }
}

/** Nothing in between: as it was up to some point, and from there on as it was to become. */
function expectOneTurn(found: string[], old: string, wanted: string): void {
  expect(found.length).toBeGreaterThan(6);
  const turn = found.indexOf(wanted);
  expect(turn).toBeGreaterThan(0);
  expect(found).toEqual(found.map((_, index) => (index < turn ? old : wanted)));
}

const under = (passphrase: string): NewProtection => ({ kind: 'passphrase', passphrase });

describe('a process that dies at any point leaves exactly one valid record', () => {
  const TIMEOUT = 60_000;

  it.each(['device', 'session'] as const)(
    'of a first passphrase, from: %s',
    async (kind) => {
      const act = (vault: Vault) => vault.changeProtection(OWNERS, under(PASSPHRASE));
      expectOneTurn(await dieEverywhere({ kind }, act), kind, PASSPHRASE);
    },
    TIMEOUT,
  );

  it(
    'of a change of the passphrase',
    async () => {
      const act = (vault: Vault) => vault.changeProtection(OWNERS, under(OTHER_PASSPHRASE), PASSPHRASE);
      expectOneTurn(await dieEverywhere(under(PASSPHRASE), act, true), PASSPHRASE, OTHER_PASSPHRASE);
    },
    TIMEOUT,
  );

  it.each(['device', 'session'] as const)(
    'of a passphrase that is given up, for: %s',
    async (kind) => {
      const act = (vault: Vault) => vault.changeProtection(OWNERS, { kind }, PASSPHRASE);
      expectOneTurn(await dieEverywhere(under(PASSPHRASE), act, true), PASSPHRASE, kind);
    },
    TIMEOUT,
  );

  it.each([
    ['device', 'session'],
    ['session', 'device'],
  ] as const)('of a change without a passphrase, from %s to %s', async (from, kind) => {
    const act = (vault: Vault) => vault.changeProtection(OWNERS, { kind });
    expectOneTurn(await dieEverywhere({ kind: from }, act), from, kind);
  });

  it(
    'of iterations that are raised',
    async () => {
      const act = (vault: Vault) => vault.unlock(PASSPHRASE);
      const found = await dieEverywhere(under(PASSPHRASE), act, false, MIN_ITERATIONS + 1);
      expect(found.length).toBeGreaterThan(6);
      expect(new Set(found)).toEqual(new Set([PASSPHRASE]));
    },
    TIMEOUT,
  );
});
