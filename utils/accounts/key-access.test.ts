import { describe, expect, it } from 'vitest';
import type { Credentials } from '../model/account.ts';
import { DEFAULT_POLICY, type Policy } from '../settings/policy.ts';
import type { VaultState } from '../vault/vault.ts';
import { createKeyProvider } from './key-access.ts';

const KEYS: Credentials = { authMethod: 'secret-key', accessKey: 'SANDBOX-A', secretKey: 'SANDBOX-S' };
const UAT = { id: 'a1', name: 'Main', environment: 'UAT' } as const;
const LIVE = { ...UAT, environment: 'LIVE' } as const;

const DEPS = {
  readPolicy: async () => DEFAULT_POLICY,
  hasHostPermission: async () => true,
  onLocked: async () => undefined,
};

const OPEN: VaultState = { status: 'open', protection: 'device' };

function ring(policy: Partial<Policy>, state = OPEN) {
  const vault = { open: async () => ({ ok: true, keys: KEYS }) as const, state: async () => state };
  return createKeyProvider(vault, { ...DEPS, readPolicy: async () => ({ ...DEFAULT_POLICY, ...policy }) });
}

describe('keys under a policy', () => {
  it('are opened where nothing forbids it', async () => {
    expect(await ring({})(UAT)).toEqual({ ok: true, keys: KEYS });
  });

  it('are not opened for an environment it leaves out', async () => {
    const open = ring({ environments: ['UAT'] });
    expect([(await open(UAT)).ok, await open(LIVE)]).toEqual([true, { ok: false, reason: 'forbidden' }]);
  });

  it('are opened only under a passphrase where it requires one', async () => {
    const required = { requirePassphrase: true };
    expect(await ring(required)(UAT)).toEqual({ ok: false, reason: 'passphrase-required' });
    expect(await ring(required, { status: 'open', protection: 'session' })(UAT)).toMatchObject({ ok: false });
    expect(await ring(required, { status: 'open', protection: 'passphrase' })(UAT)).toMatchObject({
      ok: true,
    });
  });

  it('are not opened where the browser keeps us from the gateway', async () => {
    const vault = { open: async () => ({ ok: true, keys: KEYS }) as const, state: async () => OPEN };
    const open = createKeyProvider(vault, {
      ...DEPS,
      hasHostPermission: async (environment) => environment === 'UAT',
    });
    expect([(await open(UAT)).ok, await open(LIVE)]).toEqual([true, { ok: false, reason: 'no-site-access' }]);
  });

  it('that are locked are told of, so that what was fetched with them can be forgotten', async () => {
    let told = 0;
    const locked = { ok: false, reason: 'locked' } as const;
    const vault = { open: async () => locked, state: async () => ({ status: 'open' }) as VaultState };
    const open = createKeyProvider(vault, {
      ...DEPS,
      onLocked: async () => {
        told += 1;
      },
    });
    expect([await open(UAT), told]).toEqual([locked, 1]);
  });
});
