import * as v from 'valibot';

/** The version of the form in which a vault is stored. Each has an example in `examples/`. */
export const VAULT_VERSION = 1;

/** Brings a stored vault from one version's form to the next one's. */
export interface Migration {
  /** The version it starts from; it ends at the one after. */
  from: number;
  /** Answers the new form without its `version`; throws where the old one can't be understood. Opens nothing. */
  migrate(stored: Readonly<Record<string, unknown>>): Record<string, unknown>;
}

/** One for every version that is not the newest. What has once been given out stays here. */
export const MIGRATIONS: readonly Migration[] = [];

export type MigrationResult =
  | { ok: true; migrated: Record<string, unknown> }
  | { ok: false; problem: 'damaged' | 'newer' };

const Versioned = v.object({ version: v.pipe(v.number(), v.integer()) });

/**
 * Brings a stored vault to today's form, step by step, in memory: what is stored stays as it is until the vault is
 * next written. A step that fails, or is missing, stops it all; nothing is made up in its place.
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
      const step = migrations.find(({ from }) => from === version);
      if (!step) return { ok: false, problem: 'damaged' };
      migrated = { ...step.migrate(migrated), version: version + 1 };
    }
    return { ok: true, migrated };
  } catch {
    return { ok: false, problem: 'damaged' };
  }
}
