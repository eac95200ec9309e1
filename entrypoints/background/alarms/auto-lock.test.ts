import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import {
  createVaultFixture,
  deriveQuickly,
  OWNERS,
  PASSPHRASE,
  UAT,
  UAT_KEYS,
} from '../../../tests/support/vault-fixture.ts';
import { createKeyCache, invalidateOnChange } from '../../../utils/accounts/key-cache.ts';
import type { CredentialsResult } from '../../../utils/model/account.ts';
import type { Services } from '../services.ts';
import { lockNow } from './auto-lock.ts';

deriveQuickly();
beforeEach(() => fakeBrowser.reset());

const account = { ...UAT, name: 'Main counter' };

/** An unlocked vault, whose keys are cached. */
async function createUnlocked() {
  const { restarted, clock } = createVaultFixture();
  const rawVault = restarted();
  await rawVault.save(UAT, UAT_KEYS);
  await rawVault.changeProtection(OWNERS, { kind: 'passphrase', passphrase: PASSPHRASE });
  await rawVault.unlock(PASSPHRASE);
  const keys = createKeyCache((owner) => rawVault.open(owner) as Promise<CredentialsResult>, clock);
  const bulk = { lock: vi.fn() };
  const services = { bulk, vault: invalidateOnChange(rawVault, keys.clear), forgetTokens: async () => {} };
  expect(await keys.open(account)).toMatchObject({ ok: true });
  return { services: services as unknown as Services, keys, bulk };
}

it('no key can be used from the moment of the lock, and the job pauses', async () => {
  const { services, keys, bulk } = await createUnlocked();
  const locking = lockNow(services);
  expect(await keys.open(account)).toEqual({ ok: false, reason: 'locked' });
  await locking;
  expect(bulk.lock).toHaveBeenCalledTimes(1);
});

it('keys whose opening began before the lock are not used after it', async () => {
  const { services, keys } = await createUnlocked();
  keys.clear();
  const opening = keys.open(account);
  await Promise.all([lockNow(services), expect(opening).resolves.toEqual({ ok: false, reason: 'locked' })]);
});
