import { describe, expect, it } from 'vitest';
import type { CredentialsResult } from '../model/account.ts';
import type { Vault } from '../vault/vault.ts';
import { createKeyCache, invalidateOnChange } from './key-cache.ts';

const ACCOUNT = { id: 'a1', name: 'Main', environment: 'UAT' } as const;
const OPENED: CredentialsResult = {
  ok: true,
  keys: { authMethod: 'secret-key', accessKey: 'SANDBOX-A', secretKey: 'SANDBOX-S' },
};

function kit(answer: () => CredentialsResult = () => OPENED) {
  const asked = { times: 0, at: 1_000 };
  const clock = { now: () => asked.at, sleep: async () => undefined };
  const keys = createKeyCache(async () => {
    asked.times += 1;
    return answer();
  }, clock);
  return { asked, keys };
}

describe('held keys', () => {
  it('are asked for once by many calls, and again after a second', async () => {
    const { asked, keys } = kit();
    await Promise.all(Array.from({ length: 50 }, () => keys.open(ACCOUNT)));
    expect(asked.times).toBe(1);
    asked.at += 1_000;
    expect([await keys.open(ACCOUNT), asked.times]).toEqual([OPENED, 2]);
  });

  it('are asked for again when the clock was set back', async () => {
    const { asked, keys } = kit();
    await keys.open(ACCOUNT);
    asked.at -= 60_000;
    await keys.open(ACCOUNT);
    expect(asked.times).toBe(2);
  });

  it('are let go of at once', async () => {
    const { asked, keys } = kit();
    await keys.open(ACCOUNT);
    keys.clear();
    await keys.open(ACCOUNT);
    expect(asked.times).toBe(2);
  });

  it('are not held where they were refused', async () => {
    const { asked, keys } = kit(() => ({ ok: false, reason: 'locked' }));
    await keys.open(ACCOUNT);
    await keys.open(ACCOUNT);
    expect(asked.times).toBe(2);
  });

  it('are let go of before the vault changes, and once it has changed', async () => {
    const order: string[] = [];
    const vault = { lock: async () => void order.push('locked') } as unknown as Vault;
    await invalidateOnChange(vault, () => order.push('dropped')).lock();
    expect(order).toEqual(['dropped', 'locked', 'dropped']);
  });

  it('A46 are not handed out after a lock if their opening began before it', async () => {
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
