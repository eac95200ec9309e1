import { base64url, CompactEncrypt, compactDecrypt, decodeProtectedHeader, errors } from 'jose';
import { normalizePassphrase } from './passphrase-policy.ts';
import { isCanonicalCompactJwe } from './strict-base64url.ts';

/** PBKDF2 iterations of new records. OWASP's minimum for HMAC-SHA512 is 210,000 (Password Storage Cheat Sheet). */
export const ITERATIONS = 500_000;
const MIN_ITERATIONS = 210_000;
const MAX_ITERATIONS = 2_000_000;
const SALT_BYTES = 32;
const KEY_BYTES = 32;
const ALG = 'PBES2-HS512+A256KW';
const ENC = 'A256GCM';

export type OpenedDataKey =
  | { ok: true; dataKey: Uint8Array; iterations: number }
  | { ok: false; problem: 'wrong-passphrase' | 'damaged' | 'weakened' };

/** The header of a wrapped key, read before any passphrase is tried. */
export type WrappedKeyInfo =
  | { ok: true; iterations: number }
  | { ok: false; problem: 'damaged' | 'weakened' };

/**
 * Encrypts a data key under a passphrase, as a compact JWE (RFC 7516, RFC 7518 § 4.8) with a new salt. Throws a
 * RangeError if {@link unwrapKeyWithPassphrase} would reject the iterations.
 */
export async function wrapKeyWithPassphrase(
  dataKey: Uint8Array,
  passphrase: string,
  iterations = ITERATIONS,
): Promise<string> {
  if (!isAllowedCount(iterations)) throw new RangeError(`${iterations} iterations are not allowed`);
  return new CompactEncrypt(dataKey)
    .setProtectedHeader({ alg: ALG, enc: ENC })
    .setKeyManagementParameters({
      p2c: iterations,
      p2s: crypto.getRandomValues(new Uint8Array(SALT_BYTES)),
    })
    .encrypt(passwordBytes(passphrase));
}

/**
 * Checks the header of a key from {@link wrapKeyWithPassphrase} without deriving anything. `weakened`: too few
 * iterations, or so many that the browser would hang. `damaged`: any other form.
 */
export function inspectWrappedKey(wrappedKey: string): WrappedKeyInfo {
  try {
    const { alg, enc, p2c, p2s } = decodeProtectedHeader(wrappedKey);
    const hasSalt = typeof p2s === 'string' && base64url.decode(p2s).length === SALT_BYTES;
    const hasCount = typeof p2c === 'number' && Number.isInteger(p2c);
    if (alg !== ALG || enc !== ENC || !hasSalt || !hasCount || !isCanonicalCompactJwe(wrappedKey))
      return { ok: false, problem: 'damaged' };
    return isAllowedCount(p2c) ? { ok: true, iterations: p2c } : { ok: false, problem: 'weakened' };
  } catch {
    return { ok: false, problem: 'damaged' };
  }
}

/**
 * Decrypts a key from {@link wrapKeyWithPassphrase}, and returns its number of iterations. Damaged ciphertext also
 * returns `wrong-passphrase`: the two cannot be distinguished.
 */
export async function unwrapKeyWithPassphrase(
  wrappedKey: string,
  passphrase: string,
): Promise<OpenedDataKey> {
  const inspection = inspectWrappedKey(wrappedKey);
  if (!inspection.ok) return inspection;
  try {
    const { plaintext } = await compactDecrypt(wrappedKey, passwordBytes(passphrase), {
      keyManagementAlgorithms: [ALG],
      contentEncryptionAlgorithms: [ENC],
      maxPBES2Count: MAX_ITERATIONS,
    });
    if (plaintext.length !== KEY_BYTES) return { ok: false, problem: 'damaged' };
    return { ok: true, dataKey: plaintext, iterations: inspection.iterations };
  } catch (failure) {
    const isWrong = failure instanceof errors.JWEDecryptionFailed;
    return { ok: false, problem: isWrong ? 'wrong-passphrase' : 'damaged' };
  }
}

function isAllowedCount(iterations: number): boolean {
  return iterations >= MIN_ITERATIONS && iterations <= MAX_ITERATIONS;
}

function passwordBytes(passphrase: string): Uint8Array {
  return new TextEncoder().encode(normalizePassphrase(passphrase));
}
