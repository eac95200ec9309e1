import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor, REDACTED } from './redact.ts';

const ACCESS_KEY = 'FAKE-access/key+0001';
const SECRET_KEY = 'fake "secret" <key> & more \\ 42'.replaceAll(' ', '');
const TOKEN = `FAKE.${'abcDEF012_-'.repeat(20)}.signature`;
const { text, json } = createRedactor([ACCESS_KEY, SECRET_KEY, TOKEN]);

const base64 = (value: string) => btoa(value);
const html = (value: string) =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

describe('A47 a secret in external text', () => {
  const forms: [string, (secret: string) => string][] = [
    ['raw', (secret) => secret],
    ['in upper case', (secret) => secret.toUpperCase()],
    ['URL-encoded', encodeURIComponent],
    ['URL-encoded in lower case', (secret) => encodeURIComponent(secret).toLowerCase()],
    ['JSON-escaped', (secret) => JSON.stringify(secret).slice(1, -1)],
    ['JSON-escaped twice', (secret) => JSON.stringify(JSON.stringify(secret)).slice(1, -1)],
    ['HTML-escaped', html],
    ['in base64', base64],
    ['in base64 after one byte', (secret) => base64(`x${secret}`)],
    ['in base64 after two bytes', (secret) => base64(`xy${secret}:z`)],
    ['in base64 for URLs', (secret) => base64(secret).replaceAll('+', '-').replaceAll('/', '_')],
    ['the first half', (secret) => secret.slice(0, Math.floor(secret.length / 2))],
    ['the second half', (secret) => secret.slice(Math.floor(secret.length / 2))],
  ];
  it.each(forms)('is redacted %s', (_name, write) => {
    for (const secret of [ACCESS_KEY, SECRET_KEY, TOKEN]) {
      const written = write(secret);
      const redacted = text(`Denied: ${written}.`);
      expect(redacted).toContain(REDACTED);
      for (let at = 0; at + 12 <= written.length; at += 1)
        expect(redacted).not.toContain(written.slice(at, at + 12));
    }
  });

  it('is redacted at any position, without a run of twelve characters left', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.nat(), fc.nat(), (before, after, from, length) => {
        const start = from % (TOKEN.length - 12);
        const piece = TOKEN.slice(start, start + 12 + (length % 100));
        const redacted = text(before + piece + after).toLowerCase();
        for (let at = 0; at + 12 <= piece.length; at += 1)
          expect(redacted).not.toContain(piece.slice(at, at + 12).toLowerCase());
      }),
    );
  });

  it('does not change other text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('é', 'İ', ' ', '१', '"', 'q') }), (other) => {
        expect(text(other)).toBe(other);
      }),
    );
    expect(text('QR code FAKE-acc is not found')).toBe('QR code FAKE-acc is not found');
  });

  it('is redacted in names and values of JSON at any depth, but not in the requested id', () => {
    const redacted = json(
      {
        [TOKEN]: [{ a: `x${SECRET_KEY}` }],
        qrCodeId: ACCESS_KEY,
        message: ACCESS_KEY.slice(0, 15),
        n: 5,
        z: null,
      },
      ACCESS_KEY,
    );
    expect(redacted).toEqual({
      [REDACTED]: [{ a: `x${REDACTED}` }],
      qrCodeId: ACCESS_KEY,
      message: REDACTED,
      n: 5,
      z: null,
    });
  });

  it('does not change text if no secret is in use', () => {
    expect(createRedactor([]).text(TOKEN)).toBe(TOKEN);
    expect(createRedactor(['', 'abc']).text('abc')).toBe('abc');
  });

  it('is redacted if it is half of a short secret, or a secret of digits as a number', () => {
    const short = createRedactor(['Ab3dE6g8', '9876543210123']);
    expect(short.text('x Ab3d y E6g8 z')).toBe(`x ${REDACTED} y ${REDACTED} z`);
    expect(short.json({ n: 9876543210123 })).toEqual({ n: REDACTED });
  });
});
