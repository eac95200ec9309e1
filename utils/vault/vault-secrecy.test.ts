import { describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import {
  createVaultFixture,
  deriveQuickly,
  LIVE_KEYS,
  MIN_ITERATIONS,
  OTHER_PASSPHRASE,
  OWNERS,
  PASSPHRASE,
  UAT,
  UAT_KEYS,
} from '../../tests/support/vault-fixture.ts';
import type { SessionVault, UnlockedSession } from './vault-storage.ts';

deriveQuickly();

type Writes = Record<string, unknown>[];

/** Records every later write to a storage area, also of values that are deleted again. */
function recordWrites(area: 'local' | 'session'): Writes {
  const writes: Writes = [];
  const storage = fakeBrowser.storage[area];
  const set = storage.set.bind(storage);
  storage.set = async (items: Record<string, unknown>) => {
    writes.push(structuredClone(items));
    return set(items);
  };
  return writes;
}

/** The forms in which a secret, or half of it, could be recognised. */
function formsOf(secret: string): string[] {
  const middle = Math.ceil(secret.length / 2);
  return [secret, secret.slice(0, middle), secret.slice(middle)].flatMap((text) => {
    const bytes = Buffer.from(text);
    // Without the ends, which depend on the neighbouring bytes.
    const base64 = [0, 1, 2].map((lead) =>
      Buffer.concat([Buffer.alloc(lead), bytes])
        .toString('base64')
        .slice(4, -4),
    );
    const url = base64.map((encoded) => encoded.replaceAll('+', '-').replaceAll('/', '_'));
    return [text, encodeURIComponent(text), bytes.toString('hex'), ...base64, ...url];
  });
}

function findSecrets(writes: Writes, secrets: string[]): string[] {
  // Encrypted texts are base64url: search the decoded bytes as well.
  const texts = writes.map((write) => JSON.stringify(write));
  const decoded = texts.flatMap((text) => text.match(/[\w-]{8,}/g) ?? []);
  const haystack = [
    ...texts,
    ...decoded.map((part) => Buffer.from(part, 'base64url').toString('latin1')),
  ].join('\n');
  return secrets.flatMap(formsOf).filter((form) => haystack.includes(form));
}

const ACCOUNT_SECRETS = [...Object.values(UAT_KEYS), ...Object.values(LIVE_KEYS)].filter((text) =>
  text.startsWith('SANDBOX'),
);
const SECRETS = [...ACCOUNT_SECRETS, PASSPHRASE, OTHER_PASSPHRASE];

describe('secrets', () => {
  it('are never written to disk unencrypted, from the first save to the deletion', async () => {
    const kit = createVaultFixture();
    const local = recordWrites('local');
    const session = recordWrites('session');
    const { vault } = kit;
    await kit.saveBoth();
    await vault.changeProtection(OWNERS, { kind: 'passphrase', passphrase: PASSPHRASE });
    await vault.save(UAT, UAT_KEYS);
    await vault.lock();
    await vault.unlock(OTHER_PASSPHRASE);
    await kit.restarted({ iterations: MIN_ITERATIONS + 1 }).unlock(PASSPHRASE);
    await vault.open(UAT);
    await vault.changeProtection(OWNERS, { kind: 'passphrase', passphrase: OTHER_PASSPHRASE }, PASSPHRASE);
    await vault.changeProtection(OWNERS, { kind: 'session' }, OTHER_PASSPHRASE);
    await vault.save(UAT, UAT_KEYS);
    await vault.changeProtection(OWNERS, { kind: 'device' });
    await vault.remove(UAT.id);
    await vault.destroy();

    expect(local.length).toBeGreaterThan(12);
    const unlocked = session.flatMap((write) => write.unlocked ?? []) as UnlockedSession[];
    const vaults = session.flatMap((write) => write['session-vault'] ?? []) as SessionVault[];
    const dataKeys = [...unlocked, ...vaults].map(({ dataKey }) => dataKey);
    expect(new Set(dataKeys).size).toBeGreaterThanOrEqual(3);
    const rawKeys = dataKeys.map((key) => Buffer.from(key, 'base64url').toString('latin1'));
    expect(findSecrets(local, [...SECRETS, ...dataKeys])).toEqual([]);
    expect(findSecrets(local, rawKeys)).toEqual([]);
    // Session memory holds the data key, but no secret.
    expect(findSecrets(session, SECRETS)).toEqual([]);
  });

  it('are not written to disk at all under session protection', async () => {
    const kit = createVaultFixture();
    kit.settings.keep = 'session';
    const local = recordWrites('local');
    await kit.saveBoth();
    await kit.vault.remove(UAT.id);
    await kit.vault.lock();
    expect(local).toEqual([]);
    expect(await indexedDB.databases()).toEqual([]);
  });

  it('would be found by this test in each encoding', () => {
    const [secret = ''] = ACCOUNT_SECRETS;
    const half = secret.slice(secret.length / 2);
    for (const hidden of [
      secret,
      half,
      encodeURIComponent(secret),
      Buffer.from(`xx${secret}yy`).toString('base64'),
      Buffer.from(`x${secret}`).toString('base64url'),
      Buffer.from(JSON.stringify({ half })).toString('base64url'),
    ])
      expect(findSecrets([{ value: { hidden } }], [secret])).not.toEqual([]);
  });
});
