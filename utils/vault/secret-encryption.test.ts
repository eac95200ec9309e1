import fc from 'fast-check';
import { base64url, type FlattenedJWE } from 'jose';
import { describe, expect, it } from 'vitest';
import { LIVE, UAT, UAT_KEYS } from '../../tests/support/vault-fixture.ts';
import type { Credentials } from '../model/credentials.ts';
import { ENVIRONMENTS } from '../model/environment.ts';
import {
  decryptCredentials,
  encryptCredentials,
  newDataKey,
  readUnverifiedOwner,
  unwrapKeyWithDeviceKey,
  wrapKeyWithDeviceKey,
} from './secret-encryption.ts';

const dataKey = newDataKey();
const encrypted = await encryptCredentials(UAT_KEYS, dataKey, UAT);
const PARTS = ['protected', 'aad', 'iv', 'ciphertext', 'tag'] as const;
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'];

const text = fc.string({ unit: 'binary', maxLength: 60 });
const anyKeys: fc.Arbitrary<Credentials> = fc.oneof(
  fc.record({ authMethod: fc.constant('secret-key' as const), accessKey: text, secretKey: text }),
  fc.record({
    authMethod: fc.constant('authorization-token' as const),
    accessKey: text,
    authorizationToken: text,
  }),
);
const anyOwner = fc.record({ id: text, environment: fc.constantFrom(...ENVIRONMENTS) });

describe('secrets of an account', () => {
  it('of any content decrypt to the original', async () => {
    await fc.assert(
      fc.asyncProperty(anyKeys, anyOwner, async (keys, owner) => {
        const own = await encryptCredentials(keys, dataKey, owner);
        expect(await decryptCredentials(own, dataKey, owner)).toEqual(keys);
        expect(readUnverifiedOwner(own)).toEqual(owner);
      }),
      { numRuns: 300 },
    );
  });

  it('are encrypted with a new nonce each time', async () => {
    expect((await encryptCredentials(UAT_KEYS, dataKey, UAT)).iv).not.toBe(encrypted.iv);
  });

  it.each<[string, Partial<FlattenedJWE>]>([
    ['no owner', { aad: '' }],
    ['invalid data', { aad: 'AAAA' }],
    ['an unknown environment', { aad: base64url.encode('["a","PROD",1]') }],
  ])('have no readable owner with %s', (_, change) => {
    expect(readUnverifiedOwner({ ...encrypted, ...change })).toBeUndefined();
  });
});

describe('A31 secrets of an account', () => {
  it.each([
    ['another account', { ...UAT, id: LIVE.id }],
    ['another environment', { ...UAT, environment: 'LIVE' as const }],
  ])('do not decrypt for %s', async (_, owner) => {
    expect(await decryptCredentials(encrypted, dataKey, owner)).toBeUndefined();
    expect(await decryptCredentials(encrypted, dataKey, UAT)).toEqual(UAT_KEYS);
  });

  it('do not decrypt if another owner is written over the true one', async () => {
    const { aad = '' } = await encryptCredentials(UAT_KEYS, dataKey, LIVE);
    expect(await decryptCredentials({ ...encrypted, aad }, dataKey, LIVE)).toBeUndefined();
  });

  it('do not decrypt for an unknown version', async () => {
    for (const version of [0, 2, '1', null]) {
      const aad = base64url.encode(JSON.stringify([UAT.id, UAT.environment, version]));
      expect(await decryptCredentials({ ...encrypted, aad }, dataKey, UAT)).toBeUndefined();
    }
  });

  it('do not decrypt under another data key', async () => {
    expect(await decryptCredentials(encrypted, newDataKey(), UAT)).toBeUndefined();
  });

  it.each(PARTS)('do not decrypt after any bit flip in %s', async (part) => {
    const bytes = base64url.decode(encrypted[part] ?? '');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const flipped = bytes.slice();
      flipped[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const changed = { ...encrypted, [part]: base64url.encode(flipped) };
      expect(await decryptCredentials(changed, dataKey, UAT)).toBeUndefined();
    }
  });

  it.each(PARTS)('do not decrypt with any letter changed in %s', async (part) => {
    const original = encrypted[part] ?? '';
    for (let at = 0; at < original.length; at += 1)
      for (const letter of [...LETTERS, ' ', '=', ''].filter((other) => other !== original[at])) {
        // All letters at the end, because some decode to the same bytes; a few elsewhere.
        if (at < original.length - 1 && !'Aa0- '.includes(letter)) continue;
        const changed = { ...encrypted, [part]: original.slice(0, at) + letter + original.slice(at + 1) };
        expect(await decryptCredentials(changed, dataKey, UAT)).toBeUndefined();
      }
  });

  it.each(PARTS)('do not decrypt without %s', async (part) => {
    const { [part]: _, ...rest } = encrypted;
    expect(await decryptCredentials({ ciphertext: '', ...rest }, dataKey, UAT)).toBeUndefined();
  });
});

describe('A31 a data key wrapped with a device key', () => {
  const deviceKey = (extractable = false) =>
    crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, extractable, ['encrypt', 'decrypt']);

  it('is unwrapped by that key only', async () => {
    const key = await deviceKey();
    const own = await wrapKeyWithDeviceKey(dataKey, key);
    expect(await unwrapKeyWithDeviceKey(own, key)).toEqual(dataKey);
    expect(await unwrapKeyWithDeviceKey(own, await deviceKey())).toBeUndefined();
  });

  it('is rejected with any letter changed', async () => {
    const key = await deviceKey();
    const own = await wrapKeyWithDeviceKey(dataKey, key);
    for (let at = 0; at < own.length; at += 1)
      for (const letter of LETTERS.filter((other) => other !== own[at])) {
        const changed = own.slice(0, at) + letter + own.slice(at + 1);
        expect(await unwrapKeyWithDeviceKey(changed, key)).toBeUndefined();
      }
  });
});
