import { base64url, decodeProtectedHeader } from 'jose';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createPassphraseVault, storedRecord } from '../../tests/support/passphrase-vault.ts';
import {
  bothOpen,
  copyStorage,
  createVaultFixture,
  LIVE,
  MIN_ITERATIONS,
  OWNERS,
  PASSPHRASE,
  UAT,
  UAT_KEYS,
  WRONG_PASSPHRASE,
} from '../../tests/support/vault-fixture.ts';
import { VAULT_VERSION } from './migrations.ts';
import type { VaultRecord } from './record.ts';
import { createVault } from './vault.ts';

afterEach(() => vi.restoreAllMocks());

/** A passphrase record whose wrapped key has changed header fields. */
function withHeader(record: VaultRecord, change: Record<string, unknown>): VaultRecord {
  const [, ...rest] = record.protection.wrappedKey.split('.');
  const header = { ...decodeProtectedHeader(record.protection.wrappedKey), ...change };
  const wrappedKey = [base64url.encode(JSON.stringify(header)), ...rest].join('.');
  return { ...record, protection: { ...record.protection, wrappedKey } };
}

describe('A31 a record', () => {
  it.each<[string, string, (record: VaultRecord) => unknown]>([
    ['without its parts', 'damaged', ({ version }) => ({ version })],
    ['that is a text', 'damaged', (record) => JSON.stringify(record)],
    ['that is a list', 'damaged', (record) => [record]],
    ['without a version', 'damaged', ({ version: _, ...rest }) => rest],
    ['of an unknown old version', 'damaged', (record) => ({ ...record, version: 0 })],
    ['of a fractional version', 'damaged', (record) => ({ ...record, version: 1.5 })],
    ['with an unknown field', 'damaged', (record) => ({ ...record, extra: 1 })],
    ['with an unencrypted key', 'damaged', (record) => ({ ...record, secrets: { [UAT.id]: 'SANDBOX-key' } })],
    ['without a wrapped key', 'damaged', (record) => ({ ...record, protection: { kind: 'passphrase' } })],
    [
      'of an unknown protection',
      'damaged',
      (record) => ({ ...record, protection: { ...record.protection, kind: 'none' } }),
    ],
    ['with a truncated salt', 'damaged', (record) => withHeader(record, { p2s: 'AAAA' })],
    [
      'with a name that the parser drops',
      'damaged',
      (record) => ({ ...record, secrets: { ...record.secrets, constructor: record.secrets[UAT.id] } }),
    ],
    [
      'with a passphrase key marked as device key',
      'damaged',
      (record) => ({ ...record, protection: { ...record.protection, kind: 'device' } }),
    ],
    ['of a newer version', 'newer', (record) => ({ ...record, version: VAULT_VERSION + 1 })],
    ['of a newer version and form', 'newer', () => ({ version: 99, vault: 'as it will be' })],
    ['with one iteration', 'weakened', (record) => withHeader(record, { p2c: 1 })],
    [
      'with four thousand million iterations',
      'weakened',
      (record) => withHeader(record, { p2c: 4_000_000_000 }),
    ],
  ])('%s is %s for every call, and stays unchanged', async (_, problem, change) => {
    const kit = await createPassphraseVault();
    await kit.deps.stores.record.write(change(await storedRecord(kit)));
    const leftOver = { dataKey: base64url.encode('left over'), secrets: {} };
    await kit.deps.stores.sessionVault.write(leftOver);
    await kit.deps.stores.stagedRecord.write({ left: 'over' });
    const before = (await copyStorage()).local;
    vi.spyOn(crypto.subtle, 'deriveBits');
    const vault = kit.restarted();
    await vault.recover();
    const refused = { ok: false, problem };
    expect(await vault.state()).toEqual({ status: 'problem', problem });
    expect(await vault.open(UAT)).toEqual({ ok: false, reason: 'keys-unreadable' });
    expect(await vault.save(UAT, UAT_KEYS)).toBe(false);
    await vault.lock();
    expect(await vault.lockIfIdle()).toBe(false);
    expect(await vault.changeProtection(OWNERS, { kind: 'session' })).toEqual(refused);
    expect(await vault.changeProtection(OWNERS, { kind: 'device' })).toEqual(refused);
    expect(await vault.unlock(PASSPHRASE)).toEqual(refused);
    expect(await vault.changeProtection(OWNERS, { kind: 'device' }, PASSPHRASE)).toEqual(refused);
    expect(await vault.has(UAT.id)).toBe(false);
    expect(crypto.subtle.deriveBits).not.toHaveBeenCalled();
    expect((await copyStorage()).local).toEqual(before);
  });

  it('with two accounts’ keys swapped returns neither, and stays unchanged', async () => {
    const kit = createVaultFixture();
    await kit.saveBoth();
    const record = await storedRecord(kit);
    const { [UAT.id]: uat, [LIVE.id]: live } = record.secrets;
    await kit.deps.stores.record.write({ ...record, secrets: { [UAT.id]: live, [LIVE.id]: uat } });
    const before = await kit.stored();
    for (const owner of OWNERS)
      expect(await kit.vault.open(owner)).toEqual({ ok: false, reason: 'keys-unreadable' });
    expect(await kit.stored()).toEqual(before);
  });

  it('does not open for another environment', async () => {
    const { vault, saveBoth } = createVaultFixture();
    await saveBoth();
    expect(await vault.open({ ...UAT, environment: 'LIVE' })).toEqual({
      ok: false,
      reason: 'keys-unreadable',
    });
    expect(await vault.open(UAT)).toEqual({ ok: true, keys: UAT_KEYS });
  });

  it('with too few iterations is upgraded by the next unlock, with the same keys', async () => {
    const kit = createVaultFixture({ iterations: 300_000 });
    await kit.saveBoth();
    await kit.vault.changeProtection(OWNERS, { kind: 'passphrase', passphrase: PASSPHRASE });
    await kit.vault.lock();
    const iterations = async () => decodeProtectedHeader((await storedRecord(kit)).protection.wrappedKey).p2c;
    const { secrets } = await storedRecord(kit);
    expect(await iterations()).toBe(300_000);
    const { iterations: _, ...today } = kit.deps;
    const later = createVault(today);
    expect(await later.unlock(WRONG_PASSPHRASE)).toMatchObject({ problem: 'wrong-passphrase' });
    expect(await iterations()).toBe(300_000);
    expect(await later.unlock(PASSPHRASE)).toEqual({ ok: true });
    expect(await iterations()).toBe(500_000);
    expect((await storedRecord(kit)).secrets).toEqual(secrets);
    expect(await bothOpen(later)).toBe(true);
    await later.lock();
    expect(await later.unlock(PASSPHRASE)).toEqual({ ok: true });
    expect(await bothOpen(later)).toBe(true);
  });

  it('that can’t be upgraded still unlocks', async () => {
    const kit = await createPassphraseVault();
    const vault = kit.restarted({ iterations: MIN_ITERATIONS + 1 });
    await vault.lock();
    vi.spyOn(kit.deps.stores.stagedRecord, 'write').mockRejectedValue(
      new Error('QUOTA_BYTES quota exceeded'),
    );
    expect(await vault.unlock(PASSPHRASE)).toEqual({ ok: true });
    expect(await bothOpen(vault)).toBe(true);
  });
});
