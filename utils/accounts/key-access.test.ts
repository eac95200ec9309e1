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

function openerFor(policy: Partial<Policy>, state = OPEN) {
  const vault = { open: async () => ({ ok: true, keys: KEYS }) as const, state: async () => state };
  return createKeyProvider(vault, { ...DEPS, readPolicy: async () => ({ ...DEFAULT_POLICY, ...policy }) });
}

describe('opening keys', () => {
  it('opens keys if nothing forbids it', async () => {
    expect(await openerFor({})(UAT)).toEqual({ ok: true, keys: KEYS });
  });

  it('refuses an environment that the policy excludes', async () => {
    const open = openerFor({ environments: ['UAT'] });
    expect([(await open(UAT)).ok, await open(LIVE)]).toEqual([true, { ok: false, reason: 'forbidden' }]);
  });

  it('refuses keys without a passphrase if the policy requires one', async () => {
    const required = { requirePassphrase: true };
    expect(await openerFor(required)(UAT)).toEqual({ ok: false, reason: 'passphrase-required' });
    expect(await openerFor(required, { status: 'open', protection: 'session' })(UAT)).toMatchObject({
      ok: false,
    });
    expect(await openerFor(required, { status: 'open', protection: 'passphrase' })(UAT)).toMatchObject({
      ok: true,
    });
  });

  it('refuses keys if the browser denies access to the gateway', async () => {
    const vault = { open: async () => ({ ok: true, keys: KEYS }) as const, state: async () => OPEN };
    const open = createKeyProvider(vault, {
      ...DEPS,
      hasHostPermission: async (environment) => environment === 'UAT',
    });
    expect([(await open(UAT)).ok, await open(LIVE)]).toEqual([true, { ok: false, reason: 'no-site-access' }]);
  });

  it('calls `onLocked` if the vault is locked', async () => {
    let calls = 0;
    const locked = { ok: false, reason: 'locked' } as const;
    const vault = { open: async () => locked, state: async () => ({ status: 'open' }) as VaultState };
    const open = createKeyProvider(vault, {
      ...DEPS,
      onLocked: async () => {
        calls += 1;
      },
    });
    expect([await open(UAT), calls]).toEqual([locked, 1]);
  });
});
