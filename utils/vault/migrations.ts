import * as v from 'valibot';

/** The current format version of a stored vault. Each version has examples in `examples/`. */
export const VAULT_VERSION = 1;

/** Converts a stored vault from one format version to the next. */
export interface Migration {
  /** The version that it converts; the result has the next version. */
  from: number;
  /** Returns the new form without its `version`. Throws if the old form is invalid. Decrypts nothing. */
  migrate(stored: Readonly<Record<string, unknown>>): Record<string, unknown>;
}

/** One migration for each version before the current one. A released migration is never removed. */
export const MIGRATIONS: readonly Migration[] = [];

export type MigrationResult =
  | { ok: true; migrated: Record<string, unknown> }
  | { ok: false; problem: 'damaged' | 'newer' };

const Versioned = v.object({ version: v.pipe(v.number(), v.integer()) });

/**
 * Converts a stored vault to the current format in memory, one version at a time. Storage stays unchanged until the
 * vault is next written. Returns `damaged` if a migration fails or is missing.
 */
export function migrateStored(
  stored: unknown,
  migrations: readonly Migration[] = MIGRATIONS,
): MigrationResult {
  const parsed = v.safeParse(Versioned, stored);
  if (!parsed.success) return { ok: false, problem: 'damaged' };
  if (parsed.output.version > VAULT_VERSION) return { ok: false, problem: 'newer' };
  try {
    let migrated = structuredClone(stored) as Record<string, unknown>;
    for (let version = parsed.output.version; version < VAULT_VERSION; version += 1) {
      const migration = migrations.find(({ from }) => from === version);
      if (!migration) return { ok: false, problem: 'damaged' };
      migrated = { ...migration.migrate(migrated), version: version + 1 };
    }
    return { ok: true, migrated };
  } catch {
    return { ok: false, problem: 'damaged' };
  }
}
