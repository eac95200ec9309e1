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

/** The account that secrets belong to. Authenticated with them, so that they decrypt for this account only. */
export interface SecretOwner {
  id: string;
  environment: Environment;
}

/** A new random data key, 256 bits. */
export function newDataKey(): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(KEY_BYTES));
}

/**
 * Encrypts an account's keys under the data key. The account, its environment and the format version are additional
 * authenticated data.
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

/** Decrypts an account's keys; `undefined` if they are damaged or were encrypted for another owner. */
export async function decryptCredentials(
  secret: FlattenedJWE,
  dataKey: Uint8Array,
  owner: SecretOwner,
): Promise<Credentials | undefined> {
  const { iv, ciphertext, tag } = secret;
  if (!iv || !tag || ![iv, ciphertext, tag].every(isCanonicalBase64Url)) return undefined;
  try {
    const { plaintext, additionalAuthenticatedData } = await flattenedDecrypt(
      secret,
      dataKey,
      ALLOWED_ALGORITHMS,
    );
    if (!additionalAuthenticatedData || !matchesOwner(owner, additionalAuthenticatedData)) return undefined;
    return JSON.parse(new TextDecoder().decode(plaintext));
  } catch {
    return undefined;
  }
}

/** The owner that encrypted keys name. Only {@link decryptCredentials} authenticates it. */
export function readUnverifiedOwner({ aad }: FlattenedJWE): SecretOwner | undefined {
  try {
    const [id, name]: unknown[] = JSON.parse(new TextDecoder().decode(base64url.decode(aad ?? '')));
    const environment = ENVIRONMENTS.find((known) => known === name);
    return typeof id === 'string' && environment ? { id, environment } : undefined;
  } catch {
    return undefined;
  }
}

/** Encrypts the data key under the device key, which this browser profile never exports. */
export function wrapKeyWithDeviceKey(dataKey: Uint8Array, deviceKey: CryptoKey): Promise<string> {
  return new CompactEncrypt(dataKey).setProtectedHeader(HEADER).encrypt(deviceKey);
}

/** Whether a text has the form that {@link wrapKeyWithDeviceKey} returns. Decrypts nothing. */
export function isDeviceWrapped(wrappedKey: string): boolean {
  try {
    const { alg, enc } = decodeProtectedHeader(wrappedKey);
    return alg === HEADER.alg && enc === HEADER.enc && isCanonicalCompactJwe(wrappedKey);
  } catch {
    return false;
  }
}

/** Decrypts a key from {@link wrapKeyWithDeviceKey}; `undefined` if it is damaged or from another profile. */
export async function unwrapKeyWithDeviceKey(
  wrappedKey: string,
  deviceKey: CryptoKey,
): Promise<Uint8Array | undefined> {
  if (!isDeviceWrapped(wrappedKey)) return undefined;
  try {
    const { plaintext } = await compactDecrypt(wrappedKey, deviceKey, ALLOWED_ALGORITHMS);
    return plaintext.length === KEY_BYTES ? plaintext : undefined;
  } catch {
    return undefined;
  }
}

/** Whether two keys have the same bytes. */
export function bytesEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

/** A migrated record still holds secrets that an older version encrypted, so every version is accepted. */
function matchesOwner(owner: SecretOwner, aad: Uint8Array): boolean {
  const versions = Array.from({ length: VAULT_VERSION }, (_, index) => index + 1);
  return versions.some((version) => bytesEqual(aad, ownerAad(owner, version)));
}

function ownerAad({ id, environment }: SecretOwner, version: number): Uint8Array {
  return new TextEncoder().encode(JSON.stringify([id, environment, version]));
}
