import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  bothOpen,
  copyStorage,
  createVaultFixture,
  LIVE,
  LIVE_KEYS,
  OWNERS,
  PASSPHRASE,
} from '../../tests/support/vault-fixture.ts';
import { MIGRATIONS, type Migration, migrateStored, VAULT_VERSION } from './migrations.ts';
import { parseVaultRecord } from './record.ts';

const EXAMPLES = new URL('./examples/', import.meta.url);
/** The examples' device key, made for these tests: bytes 0 to 31. */
const exampleDeviceKey = () =>
  crypto.subtle.importKey(
    'raw',
    Uint8Array.from({ length: 32 }, (_, index) => index),
    'AES-GCM',
    false,
    ['encrypt', 'decrypt'],
  );
const VERSIONS = Array.from({ length: VAULT_VERSION }, (_, index) => index + 1);

function example(version: number, kind: 'passphrase' | 'device'): Record<string, unknown> {
  return JSON.parse(readFileSync(new URL(`v${version}-${kind}.json`, EXAMPLES), 'utf8'));
}

describe('stored vaults of every version', () => {
  it('have two examples each, and there are no others', () => {
    const expected = VERSIONS.flatMap((version) => [
      `v${version}-device.json`,
      `v${version}-passphrase.json`,
    ]);
    expect(readdirSync(EXAMPLES).sort()).toEqual(expected.sort());
    expect(MIGRATIONS.map(({ from }) => from)).toEqual(VERSIONS.slice(0, -1));
  });

  it.each(VERSIONS)('version %d unlocks with its passphrase', async (version) => {
    const { vault, deps } = createVaultFixture();
    await deps.stores.record.write(example(version, 'passphrase'));
    expect(await vault.state()).toMatchObject({ status: 'locked' });
    expect(await vault.unlock(PASSPHRASE)).toEqual({ ok: true });
    expect(await bothOpen(vault)).toBe(true);
  });

  it.each(VERSIONS)('version %d opens with its device key', async (version) => {
    const { vault, deps } = createVaultFixture({
      deviceKeys: { get: exampleDeviceKey, forget: async () => undefined },
    });
    await deps.stores.record.write(example(version, 'device'));
    expect(await vault.state()).toEqual({ status: 'open', protection: 'device' });
    expect(await bothOpen(vault)).toBe(true);
  });
});

describe('migrations', () => {
  const old = () => {
    const { version: _, protection, ...rest } = example(1, 'passphrase');
    return { version: -1, guard: protection, ...rest };
  };
  const steps: Migration[] = [
    { from: -1, migrate: ({ guard, ...rest }) => ({ ...rest, protectedBy: guard }) },
    { from: 0, migrate: ({ protectedBy, ...rest }) => ({ ...rest, protection: protectedBy }) },
  ];

  it('run in order from the stored version, and do not change the stored value', () => {
    const stored = old();
    expect(migrateStored(stored, [...steps].reverse())).toEqual({
      ok: true,
      migrated: example(1, 'passphrase'),
    });
    expect(stored).toEqual(old());
  });

  it('make an older vault usable at once, and the next change writes the current format', async () => {
    const { vault, deps, stored } = createVaultFixture({ migrations: steps });
    await deps.stores.record.write(old());
    expect(await vault.unlock(PASSPHRASE)).toEqual({ ok: true });
    expect(await bothOpen(vault)).toBe(true);
    await vault.save(LIVE, LIVE_KEYS);
    expect(parseVaultRecord(await stored())).toMatchObject({ ok: true, record: { version: VAULT_VERSION } });
    expect(await bothOpen(vault)).toBe(true);
  });

  it.each<[string, Migration[]]>([
    [
      'fails',
      [
        ...steps.slice(0, 1),
        {
          from: 0,
          migrate: () => {
            throw new Error('cannot');
          },
        },
      ],
    ],
    ['returns an invalid vault', [...steps.slice(0, 1), { from: 0, migrate: () => ({}) }]],
    [
      'changes its input and then fails',
      [
        {
          from: -1,
          migrate: (given) => {
            Object.assign(given, { secrets: {} });
            throw new Error('half-way');
          },
        },
      ],
    ],
    ['is missing', steps.slice(0, 1)],
  ])('return damaged and change nothing if one %s', async (_, migrations) => {
    const { vault, deps } = createVaultFixture({ migrations });
    await deps.stores.record.write(old());
    const before = await copyStorage();
    await vault.recover();
    expect(await vault.state()).toEqual({ status: 'problem', problem: 'damaged' });
    expect(await vault.unlock(PASSPHRASE)).toEqual({ ok: false, problem: 'damaged' });
    expect(await vault.save(LIVE, LIVE_KEYS)).toBe(false);
    expect(await vault.changeProtection(OWNERS, { kind: 'device' })).toEqual({
      ok: false,
      problem: 'damaged',
    });
    expect(await copyStorage()).toEqual(before);
  });

  it('do not run on a vault of a newer version', () => {
    const newer = { version: VAULT_VERSION + 1 };
    expect(migrateStored(newer, steps)).toEqual({ ok: false, problem: 'newer' });
  });
});
