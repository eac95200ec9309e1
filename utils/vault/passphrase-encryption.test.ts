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
const wrappedKey = await wrapKeyWithPassphrase(dataKey, PASSPHRASE, MIN_ITERATIONS);

/** The wrapped key with changed header fields. */
function withHeader(change: Record<string, unknown>): string {
  const [, ...rest] = wrappedKey.split('.');
  const header = base64url.encode(JSON.stringify({ ...decodeProtectedHeader(wrappedKey), ...change }));
  return [header, ...rest].join('.');
}

describe('a passphrase', () => {
  it.each([
    ['eleven characters', 'abcdefghijk', false],
    ['twelve characters', 'abcdefghijkl', true],
    ['six ligatures that NFKC makes twelve letters', 'ﬁﬁﬁﬁﬁﬁ', true],
    ['twelve code points that NFKC makes six', 'e\u0301'.repeat(6), false],
    ['eleven characters beyond U+FFFF', '😀'.repeat(11), false],
  ])('is measured in code points after NFKC: %s', (_, passphrase, long) => {
    expect(isLongEnough(passphrase)).toBe(long);
  });

  it('wraps a key that the same passphrase unwraps in any Unicode form', async () => {
    const anyLetters = fc.string({ unit: 'grapheme', minLength: 12, maxLength: 40 });
    const form = fc.constantFrom('NFC', 'NFD', 'NFKC', 'NFKD');
    await fc.assert(
      fc.asyncProperty(anyLetters, form, form, async (passphrase, first, second) => {
        const own = await wrapKeyWithPassphrase(dataKey, passphrase.normalize(first), MIN_ITERATIONS);
        const opened = await unwrapKeyWithPassphrase(own, passphrase.normalize(second));
        expect(opened).toEqual({ ok: true, dataKey, iterations: MIN_ITERATIONS });
      }),
      { numRuns: 6 },
    );
  });

  it('wraps with a random salt of 32 bytes, and 500,000 iterations', async () => {
    const headers = [await wrapKeyWithPassphrase(dataKey, PASSPHRASE), wrappedKey].map(decodeProtectedHeader);
    expect(headers[0]).toMatchObject({ alg: 'PBES2-HS512+A256KW', enc: 'A256GCM', p2c: 500_000 });
    expect(ITERATIONS).toBe(500_000);
    const salts = headers.map(({ p2s }) => String(p2s));
    expect(base64url.decode(salts[0] ?? '')).toHaveLength(32);
    expect(salts[0]).not.toBe(salts[1]);
  });

  it.each([1, 209_999, 2_000_001, Number.NaN])(
    'is rejected for wrapping with %d iterations',
    async (iterations) => {
      await expect(wrapKeyWithPassphrase(dataKey, PASSPHRASE, iterations)).rejects.toThrow(RangeError);
    },
  );
});

describe('A31 a key wrapped with a passphrase', () => {
  beforeEach(() => {
    vi.spyOn(crypto.subtle, 'deriveBits');
    vi.spyOn(crypto.subtle, 'importKey');
  });
  afterEach(() => vi.restoreAllMocks());

  const expectNoDerivation = () => {
    expect(crypto.subtle.deriveBits).not.toHaveBeenCalled();
    expect(crypto.subtle.importKey).not.toHaveBeenCalled();
  };

  it.each([1, 0, -1, 209_999, 2_000_001, 4_000_000_000, Number.MAX_SAFE_INTEGER])(
    'is weakened with %d iterations, and no key is derived',
    async (p2c) => {
      expect(await unwrapKeyWithPassphrase(withHeader({ p2c }), PASSPHRASE)).toEqual({
        ok: false,
        problem: 'weakened',
      });
      expectNoDerivation();
    },
  );

  it.each<[string, Record<string, unknown>]>([
    ['no iterations', { p2c: undefined }],
    ['iterations as a text', { p2c: '500000' }],
    ['fractional iterations', { p2c: 500_000.5 }],
    ['a short salt', { p2s: 'AAAAAAAAAAA' }],
    ['no salt', { p2s: undefined }],
    ['another algorithm', { alg: 'PBES2-HS256+A128KW' }],
    ['direct encryption', { alg: 'dir' }],
    ['another cipher', { enc: 'A128CBC-HS256' }],
  ])('is damaged with %s, and no key is derived', async (_, change) => {
    expect(await unwrapKeyWithPassphrase(withHeader(change), PASSPHRASE)).toEqual({
      ok: false,
      problem: 'damaged',
    });
    expectNoDerivation();
  });

  it.each(['', '.', '....', 'a.b.c.d.e', `${wrappedKey}.`, wrappedKey.slice(1), `${wrappedKey} `, '🙂'])(
    'is damaged as %j',
    (text) => expect(inspectWrappedKey(text)).toEqual({ ok: false, problem: 'damaged' }),
  );

  it('is damaged if a part ends in a non-canonical letter for the same bytes', () => {
    // Parts of 40 and 16 bytes: their last letters have unused bits, which decoders ignore.
    for (const part of [1, 4]) {
      const parts = wrappedKey.split('.');
      const text = parts[part] ?? '';
      const equivalents = LETTERS.filter((letter) => {
        const other = text.slice(0, -1) + letter;
        return other !== text && isSameText(base64url.decode(other), base64url.decode(text));
      });
      expect(equivalents.length).toBeGreaterThan(0);
      for (const letter of equivalents) {
        parts[part] = text.slice(0, -1) + letter;
        expect(inspectWrappedKey(parts.join('.'))).toEqual({ ok: false, problem: 'damaged' });
      }
    }
  });

  it('is rejected after a bit flip in any part', async () => {
    const flip = fc.record({ part: fc.nat(4), at: fc.nat(10_000), bit: fc.nat(7) });
    await fc.assert(
      fc.asyncProperty(flip, async ({ part, at, bit }) => {
        const parts = wrappedKey.split('.');
        const bytes = base64url.decode(parts[part] ?? '');
        const index = at % bytes.length;
        bytes[index] = (bytes[index] ?? 0) ^ (1 << bit);
        parts[part] = base64url.encode(bytes);
        expect((await unwrapKeyWithPassphrase(parts.join('.'), PASSPHRASE)).ok).toBe(false);
      }),
      { numRuns: 16 },
    );
  });

  it('is not unwrapped by another passphrase', async () => {
    expect(await unwrapKeyWithPassphrase(wrappedKey, WRONG_PASSPHRASE)).toEqual({
      ok: false,
      problem: 'wrong-passphrase',
    });
  });
});

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'];

function isSameText(one: Uint8Array, other: Uint8Array): boolean {
  return base64url.encode(one) === base64url.encode(other);
}
