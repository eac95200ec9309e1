import { base64url, decodeProtectedHeader } from 'jose';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  bothOpen,
  copyStorage,
  createVaultFixture,
  LIVE,
  LIVE_KEYS,
  MIN_ITERATIONS,
  OTHER_PASSPHRASE,
  OWNERS,
  PASSPHRASE,
  restoreStorage,
  UAT,
  UAT_KEYS,
  WRONG_PASSPHRASE,
} from '../../tests/support/vault-fixture.ts';
import { VAULT_VERSION } from './migrations.ts';
import { parseVaultRecord, type VaultRecord } from './record.ts';
import { createVault } from './vault.ts';

afterEach(() => vi.restoreAllMocks());

const MINUTE = 60_000;

async function recordOf({ stored }: ReturnType<typeof createVaultFixture>): Promise<VaultRecord> {
  const read = parseVaultRecord(await stored());
  if (!read.ok || !read.record) throw new Error('there is no record');
  return read.record;
}

/** What a vault looks like that was given a passphrase, made once: it takes a while. */
const protectedStorage = await (async () => {
  const kit = createVaultFixture();
  await kit.saveBoth();
  await kit.vault.changeProtection(OWNERS, { kind: 'passphrase', passphrase: PASSPHRASE });
  return copyStorage();
})();

/** A vault that was given a passphrase just now, and is open. */
async function passphraseKit() {
  const kit = createVaultFixture();
  await restoreStorage(protectedStorage);
  return kit;
}

describe('the vault', () => {
  it('holds nothing at first, and writes nothing when asked', async () => {
    const { vault } = createVaultFixture();
    await vault.recover();
    expect(await vault.state()).toEqual({ status: 'open', protection: 'device' });
    expect(await vault.open(UAT)).toEqual({ ok: false, reason: 'no-keys' });
    expect(await vault.has(UAT.id)).toBe(false);
    await vault.remove(UAT.id);
    expect(await copyStorage()).toEqual({ local: {}, session: {} });
  });

  it.each(['device', 'session'] as const)('keeps keys by itself: %s', async (keep) => {
    const kit = createVaultFixture();
    kit.settings.keep = keep;
    await kit.saveBoth();
    const later = kit.restarted();
    await later.recover();
    expect(await later.state()).toEqual({ status: 'open', protection: keep });
    expect(await bothOpen(later)).toBe(true);
    await later.remove(UAT.id);
    expect([await later.has(UAT.id), await later.has(LIVE.id)]).toEqual([false, true]);
    expect(await later.open(UAT)).toEqual({ ok: false, reason: 'no-keys' });
  });

  it('has no keys for names that every object knows', async () => {
    const { vault, saveBoth, stored } = createVaultFixture();
    await saveBoth();
    const before = await stored();
    for (const id of ['constructor', '__proto__', 'toString']) {
      expect(await vault.has(id)).toBe(false);
      expect(await vault.open({ ...UAT, id })).toEqual({ ok: false, reason: 'no-keys' });
      await vault.remove(id);
    }
    expect(await stored()).toEqual(before);
  });

  it('refuses to save what it could not read again', async () => {
    const { vault, saveBoth, stored } = createVaultFixture();
    await saveBoth();
    const before = await stored();
    expect(await vault.save({ ...UAT, id: 'constructor' }, UAT_KEYS)).toBe(false);
    const huge = { ...UAT_KEYS, accessKey: 'SANDBOX'.repeat(20_000) };
    expect(await vault.save(UAT, huge)).toBe(false);
    expect(await stored()).toEqual(before);
    expect(await bothOpen(vault)).toBe(true);
  });

  it('loses none of many that are saved at the same time', async () => {
    const { vault } = createVaultFixture();
    const owners = Array.from({ length: 20 }, (_, index) => ({ ...UAT, id: `account-${index}` }));
    await Promise.all(owners.map((owner) => vault.save(owner, { ...UAT_KEYS, accessKey: owner.id })));
    for (const owner of owners)
      expect(await vault.open(owner)).toEqual({ ok: true, keys: { ...UAT_KEYS, accessKey: owner.id } });
  });

  it('takes everything out when it is to forget', async () => {
    const kit = await passphraseKit();
    await kit.vault.unlock(WRONG_PASSPHRASE);
    await kit.vault.destroy();
    expect(await copyStorage()).toEqual({ local: {}, session: {} });
    await kit.deps.stores.record.write('rubbish');
    await kit.vault.destroy();
    expect(await copyStorage()).toEqual({ local: {}, session: {} });
  });
});

describe('a change of protection', () => {
  it('takes a new data key and a new salt', async () => {
    const kit = await passphraseKit();
    const before = await recordOf(kit);
    const { unlocked } = kit.deps.stores;
    const oldKey = (await unlocked.read())?.dataKey;
    const change = { kind: 'passphrase', passphrase: OTHER_PASSPHRASE } as const;
    expect(await kit.vault.changeProtection(OWNERS, change, PASSPHRASE)).toEqual({ ok: true });
    const after = await recordOf(kit);
    const saltOf = ({ protection }: VaultRecord) => decodeProtectedHeader(protection.wrappedKey).p2s;
    expect(saltOf(after)).not.toBe(saltOf(before));
    expect((await unlocked.read())?.dataKey).not.toBe(oldKey);
    expect(await bothOpen(kit.vault)).toBe(true);
    await kit.vault.lock();
    expect(await kit.vault.unlock(PASSPHRASE)).toMatchObject({ problem: 'wrong-passphrase' });
    expect(await kit.vault.unlock(OTHER_PASSPHRASE)).toEqual({ ok: true });
    expect(await bothOpen(kit.vault)).toBe(true);
  });

  it('does not go without the present passphrase, even where the vault is open', async () => {
    const kit = await passphraseKit();
    const before = await copyStorage();
    expect(await kit.vault.state()).toMatchObject({ status: 'open' });
    for (const target of [
      { kind: 'device' },
      { kind: 'session' },
      { kind: 'passphrase', passphrase: OTHER_PASSPHRASE },
    ] as const)
      expect(await kit.vault.changeProtection(OWNERS, target)).toEqual({ ok: false, problem: 'locked' });
    expect(await copyStorage()).toEqual(before);
    expect(await kit.vault.changeProtection(OWNERS, { kind: 'device' }, WRONG_PASSPHRASE)).toMatchObject({
      problem: 'wrong-passphrase',
    });
    expect(await kit.stored()).toEqual(before.local.vault);
  });

  it('does not go to a passphrase that is too short, nor from one that is not there', async () => {
    const kit = createVaultFixture();
    await kit.saveBoth();
    const before = await copyStorage();
    const short = { kind: 'passphrase', passphrase: 'eleven char' } as const;
    expect(await kit.vault.changeProtection(OWNERS, short)).toEqual({ ok: false, problem: 'too-short' });
    expect(await kit.vault.changeProtection(OWNERS, { kind: 'session' }, PASSPHRASE)).toEqual({
      ok: false,
      problem: 'no-passphrase',
    });
    expect(await copyStorage()).toEqual(before);
  });

  it('brings keys along that no account is named for', async () => {
    const { vault, saveBoth } = createVaultFixture();
    await saveBoth();
    expect(await vault.changeProtection([], { kind: 'session' })).toEqual({ ok: true });
    expect(await bothOpen(vault)).toBe(true);
  });

  it('stops where one account’s keys can’t be opened', async () => {
    const kit = createVaultFixture();
    await kit.saveBoth();
    const record = await recordOf(kit);
    const { [UAT.id]: uat } = record.secrets;
    const swapped = { ...record, secrets: { ...record.secrets, ...(uat && { [LIVE.id]: uat }) } };
    await kit.deps.stores.record.write(swapped);
    const before = await copyStorage();
    for (const target of [{ kind: 'session' }, { kind: 'device' }] as const)
      expect(await kit.vault.changeProtection(OWNERS, target)).toEqual({ ok: false, problem: 'damaged' });
    expect(await copyStorage()).toEqual(before);
  });

  it.each(['device', 'session'] as const)('comes back from a passphrase to: %s', async (kind) => {
    const kit = await passphraseKit();
    await kit.vault.lock();
    expect(await kit.vault.changeProtection(OWNERS, { kind }, PASSPHRASE)).toEqual({ ok: true });
    expect(await kit.vault.state()).toEqual({ status: 'open', protection: kind });
    expect(await bothOpen(kit.vault)).toBe(true);
    expect(await kit.deps.stores.unlocked.read()).toBeUndefined();
    if (kind === 'session') expect(await kit.stored()).toBeUndefined();
  });

  it('forgets the device key with the protection by it', async () => {
    const kit = createVaultFixture();
    await kit.saveBoth();
    const old = await kit.stored();
    await kit.vault.changeProtection(OWNERS, { kind: 'passphrase', passphrase: PASSPHRASE });
    await kit.deps.stores.record.write(old);
    expect(await kit.vault.open(UAT)).toEqual({ ok: false, reason: 'keys-unreadable' });
  });

  it.each(['stagedRecord', 'record'] as const)(
    'leaves the old protection where the disk takes no more: %s',
    async (item) => {
      const kit = createVaultFixture();
      await kit.saveBoth();
      const before = await kit.stored();
      vi.spyOn(kit.deps.stores[item], 'write').mockRejectedValue(new Error('QUOTA_BYTES quota exceeded'));
      const target = { kind: 'passphrase', passphrase: PASSPHRASE } as const;
      expect(await kit.vault.changeProtection(OWNERS, target)).toEqual({
        ok: false,
        problem: 'not-verified',
      });
      expect(await kit.stored()).toEqual(before);
      expect(await kit.deps.stores.stagedRecord.read()).toBeUndefined();
      expect(await bothOpen(kit.vault)).toBe(true);
    },
  );

  it.each(['stagedRecord', 'sessionVault'] as const)(
    'leaves the old protection where what is read back is not what was written: %s',
    async (item) => {
      const kit = createVaultFixture();
      await kit.saveBoth();
      const before = await kit.stored();
      vi.spyOn(kit.deps.stores[item], 'read').mockResolvedValue(undefined);
      const kind = item === 'stagedRecord' ? 'device' : 'session';
      expect(await kit.vault.changeProtection(OWNERS, { kind })).toEqual({
        ok: false,
        problem: 'not-verified',
      });
      vi.restoreAllMocks();
      expect(await kit.stored()).toEqual(before);
      expect(await bothOpen(kit.vault)).toBe(true);
    },
  );
});

describe('A30 a wrong passphrase', () => {
  it('is told in one way, delays from the fourth try on, and loses nothing', async () => {
    const kit = await passphraseKit();
    const { vault, clock } = kit;
    await vault.lock();
    const before = await kit.stored();
    for (let count = 1; count <= 3; count += 1) {
      const nextTryAt = clock.at + (count < 3 ? 0 : 5_000);
      expect(await vault.unlock(WRONG_PASSPHRASE)).toEqual({
        ok: false,
        problem: 'wrong-passphrase',
        nextTryAt,
      });
    }
    const nextTryAt = clock.at + 5_000;
    expect(await vault.state()).toEqual({ status: 'locked', protection: 'passphrase', nextTryAt });
    vi.spyOn(crypto.subtle, 'deriveBits');
    // Even the right one, for a worker that has just started, and by way of a change.
    const later = kit.restarted();
    await later.recover();
    clock.at += 4_999;
    const tooSoon = { ok: false, problem: 'too-soon', nextTryAt };
    expect(await later.unlock(PASSPHRASE)).toEqual(tooSoon);
    expect(await later.changeProtection(OWNERS, { kind: 'device' }, PASSPHRASE)).toEqual(tooSoon);
    expect(crypto.subtle.deriveBits).not.toHaveBeenCalled();
    clock.at += 1;
    expect(await later.unlock(WRONG_PASSPHRASE)).toMatchObject({ nextTryAt: clock.at + 10_000 });
    clock.at += 10_000;
    expect(await later.unlock(PASSPHRASE)).toEqual({ ok: true });
    expect(await bothOpen(later)).toBe(true);
    expect(await kit.stored()).toEqual(before);
    await later.lock();
    expect(await later.unlock(WRONG_PASSPHRASE)).toMatchObject({ nextTryAt: clock.at });
  });

  it('is counted once for each of many at the same time, and only as many are tried', async () => {
    const { vault, deps, clock } = await passphraseKit();
    await vault.lock();
    const tried = await Promise.all(Array.from({ length: 10 }, () => vault.unlock(WRONG_PASSPHRASE)));
    const problems = tried.map((result) => (result.ok ? 'opened' : result.problem));
    expect(problems).toEqual([...Array(3).fill('wrong-passphrase'), ...Array(7).fill('too-soon')]);
    expect(await deps.stores.failedAttempts.read()).toEqual({ count: 3, lastAt: clock.at });
  });

  it('is counted before it is tried, so that a kill at the right moment buys no free try', async () => {
    const { vault, deps, restarted } = await passphraseKit();
    await vault.lock();
    vi.spyOn(crypto.subtle, 'deriveBits').mockReturnValue(new Promise(() => undefined));
    for (let kill = 0; kill < 3; kill += 1) {
      void restarted().unlock(WRONG_PASSPHRASE);
      await vi.waitFor(() => expect(crypto.subtle.deriveBits).toHaveBeenCalledTimes(kill + 1));
    }
    expect((await deps.stores.failedAttempts.read()).count).toBe(3);
    expect(await restarted().unlock(PASSPHRASE)).toMatchObject({ problem: 'too-soon' });
  });

  it('delays no longer than it says when the clock is set back', async () => {
    const { vault, clock } = await passphraseKit();
    await vault.lock();
    for (let count = 0; count < 3; count += 1) await vault.unlock(WRONG_PASSPHRASE);
    clock.at -= 365 * 24 * 60 * MINUTE;
    const state = { status: 'locked', protection: 'passphrase', nextTryAt: clock.at + 5_000 };
    expect(await vault.state()).toEqual(state);
    expect(await vault.unlock(PASSPHRASE)).toMatchObject({ problem: 'too-soon' });
    clock.at += 5_000;
    expect(await vault.state()).toEqual(state);
    expect(await vault.unlock(PASSPHRASE)).toEqual({ ok: true });
  });
});

/** A passphrase record whose sealed key has another header. */
function reheaded(record: VaultRecord, change: Record<string, unknown>): VaultRecord {
  const [, ...rest] = record.protection.wrappedKey.split('.');
  const header = { ...decodeProtectedHeader(record.protection.wrappedKey), ...change };
  const wrappedKey = [base64url.encode(JSON.stringify(header)), ...rest].join('.');
  return { ...record, protection: { ...record.protection, wrappedKey } };
}

describe('A31 a record', () => {
  it.each<[string, string, (record: VaultRecord) => unknown]>([
    ['cut off', 'damaged', ({ version }) => ({ version })],
    ['a text', 'damaged', (record) => JSON.stringify(record)],
    ['a list', 'damaged', (record) => [record]],
    ['of no version', 'damaged', ({ version: _, ...rest }) => rest],
    ['of a version that never was', 'damaged', (record) => ({ ...record, version: 0 })],
    ['of half a version', 'damaged', (record) => ({ ...record, version: 1.5 })],
    ['with more in it', 'damaged', (record) => ({ ...record, extra: 1 })],
    ['with a key in the clear', 'damaged', (record) => ({ ...record, secrets: { [UAT.id]: 'SANDBOX-key' } })],
    ['without a sealed key', 'damaged', (record) => ({ ...record, protection: { kind: 'passphrase' } })],
    [
      'of another protection',
      'damaged',
      (record) => ({ ...record, protection: { ...record.protection, kind: 'none' } }),
    ],
    ['with a sealed key cut off', 'damaged', (record) => reheaded(record, { p2s: 'AAAA' })],
    [
      'with a name that readers leave out',
      'damaged',
      (record) => ({ ...record, secrets: { ...record.secrets, constructor: record.secrets[UAT.id] } }),
    ],
    [
      'sealed for a device',
      'damaged',
      (record) => ({ ...record, protection: { ...record.protection, kind: 'device' } }),
    ],
    ['of a newer version', 'newer', (record) => ({ ...record, version: VAULT_VERSION + 1 })],
    ['of a newer form', 'newer', () => ({ version: 99, vault: 'as it will be' })],
    ['with one iteration', 'weakened', (record) => reheaded(record, { p2c: 1 })],
    ['with four thousand million', 'weakened', (record) => reheaded(record, { p2c: 4_000_000_000 })],
  ])('%s is %s, for everything that is asked for, and stays untouched', async (_, problem, change) => {
    const kit = await passphraseKit();
    await kit.deps.stores.record.write(change(await recordOf(kit)));
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

  it('whose accounts were swapped gives neither’s keys, and stays untouched', async () => {
    const kit = createVaultFixture();
    await kit.saveBoth();
    const record = await recordOf(kit);
    const { [UAT.id]: uat, [LIVE.id]: live } = record.secrets;
    await kit.deps.stores.record.write({ ...record, secrets: { [UAT.id]: live, [LIVE.id]: uat } });
    const before = await kit.stored();
    for (const owner of OWNERS)
      expect(await kit.vault.open(owner)).toEqual({ ok: false, reason: 'keys-unreadable' });
    expect(await kit.stored()).toEqual(before);
  });

  it('opens for no other environment', async () => {
    const { vault, saveBoth } = createVaultFixture();
    await saveBoth();
    expect(await vault.open({ ...UAT, environment: 'LIVE' })).toEqual({
      ok: false,
      reason: 'keys-unreadable',
    });
    expect(await vault.open(UAT)).toEqual({ ok: true, keys: UAT_KEYS });
  });

  it('with fewer iterations than today’s is raised by the next unlock, with the same keys in it', async () => {
    const kit = createVaultFixture({ iterations: 300_000 });
    await kit.saveBoth();
    await kit.vault.changeProtection(OWNERS, { kind: 'passphrase', passphrase: PASSPHRASE });
    await kit.vault.lock();
    const iterations = async () => decodeProtectedHeader((await recordOf(kit)).protection.wrappedKey).p2c;
    const { secrets } = await recordOf(kit);
    expect(await iterations()).toBe(300_000);
    const { iterations: _, ...today } = kit.deps;
    const later = createVault(today);
    expect(await later.unlock(WRONG_PASSPHRASE)).toMatchObject({ problem: 'wrong-passphrase' });
    expect(await iterations()).toBe(300_000);
    expect(await later.unlock(PASSPHRASE)).toEqual({ ok: true });
    expect(await iterations()).toBe(500_000);
    expect((await recordOf(kit)).secrets).toEqual(secrets);
    expect(await bothOpen(later)).toBe(true);
    await later.lock();
    expect(await later.unlock(PASSPHRASE)).toEqual({ ok: true });
    expect(await bothOpen(later)).toBe(true);
  });

  it('that can’t be raised is unlocked all the same', async () => {
    const kit = await passphraseKit();
    const vault = kit.restarted({ iterations: MIN_ITERATIONS + 1 });
    await vault.lock();
    vi.spyOn(kit.deps.stores.stagedRecord, 'write').mockRejectedValue(
      new Error('QUOTA_BYTES quota exceeded'),
    );
    expect(await vault.unlock(PASSPHRASE)).toEqual({ ok: true });
    expect(await bothOpen(vault)).toBe(true);
  });
});

describe('A32 a locked vault', () => {
  it('gives no keys, takes none, and tells of none that it can be asked for without', async () => {
    const kit = await passphraseKit();
    await kit.vault.lock();
    const before = await copyStorage();
    for (const vault of [kit.vault, kit.restarted()]) {
      expect(await vault.state()).toMatchObject({ status: 'locked' });
      expect(await vault.open(UAT)).toEqual({ ok: false, reason: 'locked' });
      expect(await vault.save(UAT, UAT_KEYS)).toBe(false);
      expect(await vault.has(UAT.id)).toBe(true);
      expect(await vault.lockIfIdle()).toBe(true);
    }
    expect(await copyStorage()).toEqual(before);
  });

  it('is what a browser that was closed starts with', async () => {
    const kit = await passphraseKit();
    await kit.deps.stores.unlocked.remove();
    expect(await kit.restarted().open(UAT)).toEqual({ ok: false, reason: 'locked' });
  });

  it('stays open for a worker that has just started, within its time', async () => {
    const kit = await passphraseKit();
    kit.clock.at += 14 * MINUTE;
    expect(await bothOpen(kit.restarted())).toBe(true);
  });

  it.each([1, 5, 15, 60])('comes of %d min without use, at the very use of a key', async (minutes) => {
    const { vault, clock, settings, deps } = await passphraseKit();
    settings.lockAfter = minutes;
    clock.at += minutes * MINUTE - 1;
    expect(await vault.open(UAT)).toMatchObject({ ok: true });
    clock.at += minutes * MINUTE;
    expect(await vault.state()).toMatchObject({ status: 'locked' });
    expect(await vault.open(UAT)).toEqual({ ok: false, reason: 'locked' });
    expect(await deps.stores.unlocked.read()).toBeUndefined();
  });

  it('comes though somebody looks at its state, and at whether it is idle, all the time', async () => {
    const { vault, clock, deps } = await passphraseKit();
    for (let minute = 1; minute < 15; minute += 1) {
      clock.at += MINUTE;
      expect(await vault.state()).toMatchObject({ status: 'open' });
      expect(await vault.lockIfIdle()).toBe(false);
      expect(await vault.has(UAT.id)).toBe(true);
    }
    clock.at += MINUTE;
    expect(await vault.lockIfIdle()).toBe(true);
    expect(await deps.stores.unlocked.read()).toBeUndefined();
  });

  it('comes of a clock set back, and of a shorter time that was chosen meanwhile', async () => {
    const back = await passphraseKit();
    back.clock.at -= 1;
    expect(await back.vault.open(UAT)).toEqual({ ok: false, reason: 'locked' });
    const shorter = await passphraseKit();
    shorter.clock.at += 2 * MINUTE;
    shorter.settings.lockAfter = 1;
    expect(await shorter.vault.save(UAT, UAT_KEYS)).toBe(false);
  });

  it('is not opened again by a use that was under way', async () => {
    const { vault, clock, deps } = await passphraseKit();
    clock.at += MINUTE;
    const [opened] = await Promise.all([vault.open(UAT), vault.lock(), vault.open(LIVE), vault.state()]);
    expect(opened).toMatchObject({ ok: true });
    expect(await deps.stores.unlocked.read()).toBeUndefined();
    expect(await vault.open(LIVE)).toEqual({ ok: false, reason: 'locked' });
  });

  it('is not taken for locked while its passphrase is being changed', async () => {
    const { vault } = await passphraseKit();
    const target = { kind: 'passphrase', passphrase: OTHER_PASSPHRASE } as const;
    const [done, ...opened] = await Promise.all([
      vault.changeProtection(OWNERS, target, PASSPHRASE),
      ...Array.from({ length: 5 }, () => vault.open(LIVE)),
    ]);
    expect(done).toEqual({ ok: true });
    for (const each of opened) expect(each).toEqual({ ok: true, keys: LIVE_KEYS });
  });

  it('is not opened by the key of a record that is no longer there', async () => {
    const kit = await passphraseKit();
    const stale = await kit.deps.stores.unlocked.read();
    const target = { kind: 'passphrase', passphrase: OTHER_PASSPHRASE } as const;
    await kit.vault.changeProtection(OWNERS, target, PASSPHRASE);
    await kit.deps.stores.unlocked.write(stale);
    expect(await kit.vault.open(UAT)).toEqual({ ok: false, reason: 'locked' });
    expect(await kit.deps.stores.unlocked.read()).toBeUndefined();
  });
});
