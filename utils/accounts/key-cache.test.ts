import { describe, expect, it } from 'vitest';
import type { CredentialsResult } from '../model/account.ts';
import type { Vault } from '../vault/vault.ts';
import { createKeyCache, invalidateOnChange } from './key-cache.ts';

const ACCOUNT = { id: 'a1', name: 'Main', environment: 'UAT' } as const;
const OPENED: CredentialsResult = {
  ok: true,
  keys: { authMethod: 'secret-key', accessKey: 'SANDBOX-A', secretKey: 'SANDBOX-S' },
};

function createFixture(answer: () => CredentialsResult = () => OPENED) {
  const opening = { count: 0, at: 1_000 };
  const clock = { now: () => opening.at, sleep: async () => undefined };
  const keys = createKeyCache(async () => {
    opening.count += 1;
    return answer();
  }, clock);
  return { opening, keys };
}

describe('cached keys', () => {
  it('are opened once for many calls, and again after a second', async () => {
    const { opening, keys } = createFixture();
    await Promise.all(Array.from({ length: 50 }, () => keys.open(ACCOUNT)));
    expect(opening.count).toBe(1);
    opening.at += 1_000;
    expect([await keys.open(ACCOUNT), opening.count]).toEqual([OPENED, 2]);
  });

  it('are opened again if the clock moves backwards', async () => {
    const { opening, keys } = createFixture();
    await keys.open(ACCOUNT);
    opening.at -= 60_000;
    await keys.open(ACCOUNT);
    expect(opening.count).toBe(2);
  });

  it('are opened again after `clear`', async () => {
    const { opening, keys } = createFixture();
    await keys.open(ACCOUNT);
    keys.clear();
    await keys.open(ACCOUNT);
    expect(opening.count).toBe(2);
  });

  it('never include a refusal', async () => {
    const { opening, keys } = createFixture(() => ({ ok: false, reason: 'locked' }));
    await keys.open(ACCOUNT);
    await keys.open(ACCOUNT);
    expect(opening.count).toBe(2);
  });

  it('are invalidated before and after each change of the vault', async () => {
    const order: string[] = [];
    const vault = { lock: async () => void order.push('locked') } as unknown as Vault;
    await invalidateOnChange(vault, () => order.push('cleared')).lock();
    expect(order).toEqual(['cleared', 'locked', 'cleared']);
  });

  it('A46 are not returned after a lock if their opening began before it', async () => {
    const opening = Promise.withResolvers<CredentialsResult>();
    const answers = [opening.promise, Promise.resolve<CredentialsResult>({ ok: false, reason: 'locked' })];
    const clock = { now: () => 1_000, sleep: async () => undefined };
    const keys = createKeyCache(() => answers.shift() as Promise<CredentialsResult>, clock);
    const opened = keys.open(ACCOUNT);
    keys.clear();
    opening.resolve(OPENED);
    expect(await opened).toEqual({ ok: false, reason: 'locked' });
  });
});
