import type { FlattenedJWE } from 'jose';
import * as v from 'valibot';
import { type Migration, migrateStored, VAULT_VERSION } from './migrations.ts';
import { inspectWrappedKey } from './passphrase-encryption.ts';
import { isDeviceWrapped } from './secret-encryption.ts';

const encryptedText = v.pipe(v.string(), v.maxLength(100_000));

const EncryptedSecret = v.strictObject({
  ciphertext: encryptedText,
  iv: encryptedText,
  tag: encryptedText,
  protected: encryptedText,
  aad: encryptedText,
});

const VaultRecord = v.strictObject({
  version: v.literal(VAULT_VERSION),
  protection: v.strictObject({ kind: v.picklist(['passphrase', 'device']), wrappedKey: encryptedText }),
  /** Each account's keys, encrypted under the data key. */
  secrets: v.record(v.string(), EncryptedSecret),
});

export type Secrets = Record<string, FlattenedJWE>;

/** A vault on disk: the data key under its protection, and each account's keys under the data key. */
export interface VaultRecord {
  version: typeof VAULT_VERSION;
  protection: { kind: 'passphrase' | 'device'; wrappedKey: string };
  secrets: Secrets;
}

/** Why a stored vault cannot be used. It stays unchanged. */
export type VaultProblem = 'damaged' | 'newer' | 'weakened';

export type ParsedVault =
  | { ok: true; record: VaultRecord | undefined }
  | { ok: false; problem: VaultProblem };

/** Validates a stored value of any content. Derives and decrypts nothing. */
export function parseVaultRecord(stored: unknown, migrations?: readonly Migration[]): ParsedVault {
  if (stored === undefined) return { ok: true, record: undefined };
  const current = migrateStored(stored, migrations);
  if (!current.ok) return current;
  const parsed = v.safeParse(VaultRecord, current.migrated);
  // The parser drops names such as "constructor"; the next write would lose their entries.
  if (!parsed.success || !hasSameSize(parsed.output.secrets, current.migrated.secrets))
    return { ok: false, problem: 'damaged' };
  const problem = wrappedKeyProblem(parsed.output.protection);
  return problem ? { ok: false, problem } : { ok: true, record: parsed.output };
}

function wrappedKeyProblem({ kind, wrappedKey }: VaultRecord['protection']): VaultProblem | undefined {
  if (kind === 'device') return isDeviceWrapped(wrappedKey) ? undefined : 'damaged';
  const inspection = inspectWrappedKey(wrappedKey);
  return inspection.ok ? undefined : inspection.problem;
}

/** Whether a record could be read again once it is written. An invalid one must never replace another. */
export function isValidRecord(record: VaultRecord): boolean {
  return parseVaultRecord(record).ok;
}

function hasSameSize(parsed: object, stored: unknown): boolean {
  return Object.keys(parsed).length === Object.keys(stored ?? {}).length;
}
