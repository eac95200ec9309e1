import fc from 'fast-check';
import { base64url, decodeProtectedHeader } from 'jose';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MIN_ITERATIONS, PASSPHRASE, WRONG_PASSPHRASE } from '../../tests/support/vault-fixture.ts';
import {
  ITERATIONS,
  inspectWrappedKey,
  unwrapKeyWithPassphrase,
  wrapKeyWithPassphrase,
} from './passphrase-encryption.ts';
import { isLongEnough } from './passphrase-policy.ts';
import { newDataKey } from './secret-encryption.ts';

const dataKey = newDataKey();
const sealed = await wrapKeyWithPassphrase(dataKey, PASSPHRASE, MIN_ITERATIONS);

/** A sealed key whose header says something else. */
function withHeader(change: Record<string, unknown>): string {
  const [, ...rest] = sealed.split('.');
  const header = base64url.encode(JSON.stringify({ ...decodeProtectedHeader(sealed), ...change }));
  return [header, ...rest].join('.');
}

describe('a passphrase', () => {
  it.each([
    ['eleven chars', 'abcdefghijk', false],
    ['twelve', 'abcdefghijkl', true],
    ['six that NFKC makes twelve', 'ﬁﬁﬁﬁﬁﬁ', true],
    ['twelve that NFKC makes six', 'e\u0301'.repeat(6), false],
    ['eleven beyond the first plane', '😀'.repeat(11), false],
  ])('is long enough or not: %s', (_, passphrase, long) => {
    expect(isLongEnough(passphrase)).toBe(long);
  });

  it('of any letters seals a key that the same passphrase opens, however it was composed', async () => {
    const anyLetters = fc.string({ unit: 'grapheme', minLength: 12, maxLength: 40 });
    const form = fc.constantFrom('NFC', 'NFD', 'NFKC', 'NFKD');
    await fc.assert(
      fc.asyncProperty(anyLetters, form, form, async (passphrase, typed, typedLater) => {
        const own = await wrapKeyWithPassphrase(dataKey, passphrase.normalize(typed), MIN_ITERATIONS);
        const opened = await unwrapKeyWithPassphrase(own, passphrase.normalize(typedLater));
        expect(opened).toEqual({ ok: true, dataKey, iterations: MIN_ITERATIONS });
      }),
      { numRuns: 6 },
    );
  });

  it('seals with a salt of 32 bytes that is never the same, and 500,000 iterations', async () => {
    const headers = [await wrapKeyWithPassphrase(dataKey, PASSPHRASE), sealed].map(decodeProtectedHeader);
    expect(headers[0]).toMatchObject({ alg: 'PBES2-HS512+A256KW', enc: 'A256GCM', p2c: 500_000 });
    expect(ITERATIONS).toBe(500_000);
    const salts = headers.map(({ p2s }) => String(p2s));
    expect(base64url.decode(salts[0] ?? '')).toHaveLength(32);
    expect(salts[0]).not.toBe(salts[1]);
  });

  it.each([1, 209_999, 2_000_001, Number.NaN])('is never sealed with %d iterations', async (iterations) => {
    await expect(wrapKeyWithPassphrase(dataKey, PASSPHRASE, iterations)).rejects.toThrow(RangeError);
  });
});

describe('A31 a key sealed under a passphrase', () => {
  beforeEach(() => {
    vi.spyOn(crypto.subtle, 'deriveBits');
    vi.spyOn(crypto.subtle, 'importKey');
  });
  afterEach(() => vi.restoreAllMocks());

  const nothingDerived = () => {
    expect(crypto.subtle.deriveBits).not.toHaveBeenCalled();
    expect(crypto.subtle.importKey).not.toHaveBeenCalled();
  };

  it.each([1, 0, -1, 209_999, 2_000_001, 4_000_000_000, Number.MAX_SAFE_INTEGER])(
    'is weakened with %d iterations, and nothing is derived',
    async (p2c) => {
      expect(await unwrapKeyWithPassphrase(withHeader({ p2c }), PASSPHRASE)).toEqual({
        ok: false,
        problem: 'weakened',
      });
      nothingDerived();
    },
  );

  it.each<[string, Record<string, unknown>]>([
    ['no iterations', { p2c: undefined }],
    ['iterations as a text', { p2c: '500000' }],
    ['half an iteration', { p2c: 500_000.5 }],
    ['a short salt', { p2s: 'AAAAAAAAAAA' }],
    ['no salt', { p2s: undefined }],
    ['another algorithm', { alg: 'PBES2-HS256+A128KW' }],
    ['the key given away', { alg: 'dir' }],
    ['another cipher', { enc: 'A128CBC-HS256' }],
  ])('is damaged with %s, and nothing is derived', async (_, change) => {
    expect(await unwrapKeyWithPassphrase(withHeader(change), PASSPHRASE)).toEqual({
      ok: false,
      problem: 'damaged',
    });
    nothingDerived();
  });

  it.each(['', '.', '....', 'a.b.c.d.e', `${sealed}.`, sealed.slice(1), `${sealed} `, '🙂'])(
    'is damaged as %j',
    (text) => expect(inspectWrappedKey(text)).toEqual({ ok: false, problem: 'damaged' }),
  );

  it('is damaged where the last letter of a part is written in another way for the same bytes', () => {
    // 40, 16 bytes: their last letters have bits that say nothing, and decoders pass over them.
    for (const part of [1, 4]) {
      const parts = sealed.split('.');
      const text = parts[part] ?? '';
      const alike = LETTERS.filter((letter) => {
        const other = text.slice(0, -1) + letter;
        return other !== text && sameText(base64url.decode(other), base64url.decode(text));
      });
      expect(alike.length).toBeGreaterThan(0);
      for (const letter of alike) {
        parts[part] = text.slice(0, -1) + letter;
        expect(inspectWrappedKey(parts.join('.'))).toEqual({ ok: false, problem: 'damaged' });
      }
    }
  });

  it('is refused with any byte of any part flipped', async () => {
    const flip = fc.record({ part: fc.nat(4), at: fc.nat(10_000), bit: fc.nat(7) });
    await fc.assert(
      fc.asyncProperty(flip, async ({ part, at, bit }) => {
        const parts = sealed.split('.');
        const bytes = base64url.decode(parts[part] ?? '');
        const index = at % bytes.length;
        bytes[index] = (bytes[index] ?? 0) ^ (1 << bit);
        parts[part] = base64url.encode(bytes);
        expect((await unwrapKeyWithPassphrase(parts.join('.'), PASSPHRASE)).ok).toBe(false);
      }),
      { numRuns: 16 },
    );
  });

  it('is not opened by another passphrase', async () => {
    expect(await unwrapKeyWithPassphrase(sealed, WRONG_PASSPHRASE)).toEqual({
      ok: false,
      problem: 'wrong-passphrase',
    });
  });
});

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'];

function sameText(one: Uint8Array, other: Uint8Array): boolean {
  return base64url.encode(one) === base64url.encode(other);
}
