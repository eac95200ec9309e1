import {
  base64url,
  CompactEncrypt,
  compactDecrypt,
  decodeProtectedHeader,
  FlattenedEncrypt,
  type FlattenedJWE,
  flattenedDecrypt,
} from 'jose';
import type { Credentials } from '../model/credentials.ts';
import { ENVIRONMENTS, type Environment } from '../model/environment.ts';
import { VAULT_VERSION } from './migrations.ts';
import { isCanonicalBase64Url, isCanonicalCompactJwe } from './strict-base64url.ts';

const HEADER = { alg: 'dir', enc: 'A256GCM' } as const;
const ALLOWED_ALGORITHMS = { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] };
const KEY_BYTES = 32;

/** Whose secrets they are. Bound to the sealed record, so that it opens for this account alone. */
export interface SecretOwner {
  id: string;
  environment: Environment;
}

/** A new random data key, 256 bits. */
export function newDataKey(): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(KEY_BYTES));
}

/**
 * Seals an account's keys under the data key, with the account, its environment and the version of the record's form
 * as additional authenticated data.
 */
export function encryptCredentials(
  keys: Credentials,
  dataKey: Uint8Array,
  owner: SecretOwner,
): Promise<FlattenedJWE> {
  return new FlattenedEncrypt(new TextEncoder().encode(JSON.stringify(keys)))
    .setProtectedHeader(HEADER)
    .setAdditionalAuthenticatedData(ownerAad(owner, VAULT_VERSION))
    .encrypt(dataKey);
}

/** Opens an account's keys; `undefined` where the record is damaged, or was sealed for another owner. */
export async function decryptCredentials(
  sealed: FlattenedJWE,
  dataKey: Uint8Array,
  owner: SecretOwner,
): Promise<Credentials | undefined> {
  const { iv, ciphertext, tag } = sealed;
  if (!iv || !tag || ![iv, ciphertext, tag].every(isCanonicalBase64Url)) return undefined;
  try {
    const { plaintext, additionalAuthenticatedData } = await flattenedDecrypt(
      sealed,
      dataKey,
      ALLOWED_ALGORITHMS,
    );
    if (!additionalAuthenticatedData || !matchesOwner(owner, additionalAuthenticatedData)) return undefined;
    return JSON.parse(new TextDecoder().decode(plaintext));
  } catch {
    return undefined;
  }
}

/** Whom a sealed record names as its owner. Only {@link decryptCredentials} shows whether that is true. */
export function readUnverifiedOwner({ aad }: FlattenedJWE): SecretOwner | undefined {
  try {
    const [id, named]: unknown[] = JSON.parse(new TextDecoder().decode(base64url.decode(aad ?? '')));
    const environment = ENVIRONMENTS.find((known) => known === named);
    return typeof id === 'string' && environment ? { id, environment } : undefined;
  } catch {
    return undefined;
  }
}

/** Seals the data key under a key that this browser profile keeps and does not give out. */
export function wrapKeyWithDeviceKey(dataKey: Uint8Array, deviceKey: CryptoKey): Promise<string> {
  return new CompactEncrypt(dataKey).setProtectedHeader(HEADER).encrypt(deviceKey);
}

/** Whether a text has the form that {@link wrapKeyWithDeviceKey} gives. Opens nothing. */
export function isDeviceWrapped(sealed: string): boolean {
  try {
    const { alg, enc } = decodeProtectedHeader(sealed);
    return alg === HEADER.alg && enc === HEADER.enc && isCanonicalCompactJwe(sealed);
  } catch {
    return false;
  }
}

/** Opens what {@link wrapKeyWithDeviceKey} sealed; `undefined` where it is damaged or of another profile. */
export async function unwrapKeyWithDeviceKey(
  sealed: string,
  deviceKey: CryptoKey,
): Promise<Uint8Array | undefined> {
  if (!isDeviceWrapped(sealed)) return undefined;
  try {
    const { plaintext } = await compactDecrypt(sealed, deviceKey, ALLOWED_ALGORITHMS);
    return plaintext.length === KEY_BYTES ? plaintext : undefined;
  } catch {
    return undefined;
  }
}

/** Whether two keys are the same one. */
export function bytesEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

/** A record that was brought to a newer form still holds secrets that were sealed in an older one. */
function matchesOwner(owner: SecretOwner, bound: Uint8Array): boolean {
  const versions = Array.from({ length: VAULT_VERSION }, (_, index) => index + 1);
  return versions.some((version) => bytesEqual(bound, ownerAad(owner, version)));
}

function ownerAad({ id, environment }: SecretOwner, version: number): Uint8Array {
  return new TextEncoder().encode(JSON.stringify([id, environment, version]));
}
