import type { FlattenedJWE } from 'jose';
import * as v from 'valibot';
import { type Migration, migrateStored, VAULT_VERSION } from './migrations.ts';
import { inspectWrappedKey } from './passphrase-encryption.ts';
import { isDeviceWrapped } from './secret-encryption.ts';

const sealedText = v.pipe(v.string(), v.maxLength(100_000));

const FlattenedSealed = v.strictObject({
  ciphertext: sealedText,
  iv: sealedText,
  tag: sealedText,
  protected: sealedText,
  aad: sealedText,
});

const VaultRecord = v.strictObject({
  version: v.literal(VAULT_VERSION),
  protection: v.strictObject({ kind: v.picklist(['passphrase', 'device']), wrappedKey: sealedText }),
  /** Each account's keys, sealed under the data key. */
  secrets: v.record(v.string(), FlattenedSealed),
});

export type Secrets = Record<string, FlattenedJWE>;

/** What is on disk: the data key under its protection, and each account's keys under the data key. */
export interface VaultRecord {
  version: typeof VAULT_VERSION;
  protection: { kind: 'passphrase' | 'device'; wrappedKey: string };
  secrets: Secrets;
}

/** Why a stored vault is not used. It is left untouched. */
export type VaultProblem = 'damaged' | 'newer' | 'weakened';

export type ParsedVault =
  | { ok: true; record: VaultRecord | undefined }
  | { ok: false; problem: VaultProblem };

/** Reads a stored vault, whatever is found there, without deriving or opening anything. */
export function parseVaultRecord(stored: unknown, migrations?: readonly Migration[]): ParsedVault {
  if (stored === undefined) return { ok: true, record: undefined };
  const step = migrateStored(stored, migrations);
  if (!step.ok) return step;
  const parsed = v.safeParse(VaultRecord, step.migrated);
  // The parser leaves out names such as "constructor"; what was left out would be lost at the next write.
  if (!parsed.success || !sameNames(parsed.output.secrets, step.migrated.secrets))
    return { ok: false, problem: 'damaged' };
  const problem = sealProblem(parsed.output.protection);
  return problem ? { ok: false, problem } : { ok: true, record: parsed.output };
}

function sealProblem({ kind, wrappedKey }: VaultRecord['protection']): VaultProblem | undefined {
  if (kind === 'device') return isDeviceWrapped(wrappedKey) ? undefined : 'damaged';
  const inspection = inspectWrappedKey(wrappedKey);
  return inspection.ok ? undefined : inspection.problem;
}

/** Whether a record could be read again once it is written. What could not must never take another's place. */
export function isValidRecord(record: VaultRecord): boolean {
  return parseVaultRecord(record).ok;
}

function sameNames(parsed: object, stored: unknown): boolean {
  return Object.keys(parsed).length === Object.keys(stored ?? {}).length;
}
