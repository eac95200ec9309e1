import { base64url, CompactEncrypt, compactDecrypt, decodeProtectedHeader, errors } from 'jose';
import { normalizePassphrase } from './passphrase-policy.ts';
import { isCanonicalCompactJwe } from './strict-base64url.ts';

/** What new records are sealed with. OWASP's floor for PBKDF2-HMAC-SHA512 is 210,000 (Password Storage Cheat Sheet). */
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

/** What a sealed key says of itself, before any passphrase is tried on it. */
export type WrappedKeyInfo =
  | { ok: true; iterations: number }
  | { ok: false; problem: 'damaged' | 'weakened' };

/**
 * Seals a data key under a passphrase: a compact JWE (RFC 7516, RFC 7518 § 4.8) with a salt of its own. Throws a
 * RangeError for iterations that {@link unwrapKeyWithPassphrase} would refuse.
 */
export async function wrapKeyWithPassphrase(
  dataKey: Uint8Array,
  passphrase: string,
  iterations = ITERATIONS,
): Promise<string> {
  if (!areAllowed(iterations)) throw new RangeError(`${iterations} iterations are not allowed`);
  return new CompactEncrypt(dataKey)
    .setProtectedHeader({ alg: ALG, enc: ENC })
    .setKeyManagementParameters({
      p2c: iterations,
      p2s: crypto.getRandomValues(new Uint8Array(SALT_BYTES)),
    })
    .encrypt(passwordBytes(passphrase));
}

/**
 * Looks at what {@link wrapKeyWithPassphrase} made without deriving anything: `weakened` where it asks for too few
 * iterations, or for so many that it would keep the browser busy; `damaged` where it is not of that form.
 */
export function inspectWrappedKey(sealed: string): WrappedKeyInfo {
  try {
    const { alg, enc, p2c, p2s } = decodeProtectedHeader(sealed);
    const salted = typeof p2s === 'string' && base64url.decode(p2s).length === SALT_BYTES;
    const counted = typeof p2c === 'number' && Number.isInteger(p2c);
    if (alg !== ALG || enc !== ENC || !salted || !counted || !isCanonicalCompactJwe(sealed))
      return { ok: false, problem: 'damaged' };
    return areAllowed(p2c) ? { ok: true, iterations: p2c } : { ok: false, problem: 'weakened' };
  } catch {
    return { ok: false, problem: 'damaged' };
  }
}

/**
 * Opens what {@link wrapKeyWithPassphrase} sealed, and says with how many iterations that was. Damage to the sealed
 * bytes themselves can't be told from a wrong passphrase.
 */
export async function unwrapKeyWithPassphrase(sealed: string, passphrase: string): Promise<OpenedDataKey> {
  const inspection = inspectWrappedKey(sealed);
  if (!inspection.ok) return inspection;
  try {
    const { plaintext } = await compactDecrypt(sealed, passwordBytes(passphrase), {
      keyManagementAlgorithms: [ALG],
      contentEncryptionAlgorithms: [ENC],
      maxPBES2Count: MAX_ITERATIONS,
    });
    if (plaintext.length !== KEY_BYTES) return { ok: false, problem: 'damaged' };
    return { ok: true, dataKey: plaintext, iterations: inspection.iterations };
  } catch (failure) {
    const wrong = failure instanceof errors.JWEDecryptionFailed;
    return { ok: false, problem: wrong ? 'wrong-passphrase' : 'damaged' };
  }
}

function areAllowed(iterations: number): boolean {
  return iterations >= MIN_ITERATIONS && iterations <= MAX_ITERATIONS;
}

function passwordBytes(passphrase: string): Uint8Array {
  return new TextEncoder().encode(normalizePassphrase(passphrase));
}
