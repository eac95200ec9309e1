import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GATEWAY_ORIGINS, qrCodeUrl } from '../enkash/hosts.ts';
import { ENVIRONMENTS } from '../model/environment.ts';
import { brokenParts } from './broken-lines.ts';
import { isQrCodeId, parseQrCodeId } from './id.ts';
import { parseInput } from './parse-entry.ts';
import { linesOf } from './plain-text.ts';
import { readList } from './read-list.ts';
import { isStrongId } from './word.ts';

const anyId = fc.stringMatching(/^[A-Za-z0-9_-]{4,64}$/);
/** Ids like the gateway's: a letter or digit at both ends, and no form of a date or another thing's ID. */
const id = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{4,62}[A-Za-z0-9]$/).filter(isStrongId);

const wrapper = fc.constantFrom<[string, string]>(
  [' ', ' '],
  ['\ufeff', ''],
  ['', '\r\n'],
  ['"', '"'],
  ["'", "'"],
  ['“', '”'],
  ['‘', '’'],
  ['«', '»'],
  ['« ', ' »'],
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
  ['<', '>'],
  ['', ','],
  ['', '.'],
  ['ID: ', ''],
  ['QR code ID: ', ''],
  ['qrCodeId=', ''],
  ['"qrCodeId": "', '"'],
  ['https://pay.example/qr/', ''],
  ['https://pay.example/find?qrCodeId=', ''],
  ['https://pay.example/#/qr-code/', ''],
);
/** Wrappers in the order from inside to outside. A link comes first, because it may not contain other wrappers. */
const wrappers = fc
  .array(wrapper, { maxLength: 5 })
  .map((list) => [...list].sort(([a], [b]) => Number(b.startsWith('http')) - Number(a.startsWith('http'))))
  .filter((list) => list.filter(([before]) => before.startsWith('http')).length < 2);

const junk = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          'http://',
          'https://',
          'www.',
          '..',
          '/',
          '\\',
          '?id=',
          '#',
          ':',
          '%2e',
          '\t',
          '\u200b',
          '"',
          ' ',
        ),
        anyId,
        fc.string({ maxLength: 4 }),
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join('')),
);

describe('A3 any mix of wrappers', () => {
  it('gives exactly the id', () => {
    fc.assert(
      fc.property(id, wrappers, (qrCodeId, list) => {
        const text = list.reduce((inner, [before, after]) => before + inner + after, qrCodeId);
        expect(parseQrCodeId(text)).toEqual({ ok: true, qrCodeId });
        expect(parseInput(text)).toMatchObject({ kind: 'one', qrCodeId, occurrences: 1 });
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('A2 any typed text', () => {
  it('is refused, or gives an id that is a contiguous part of it', () => {
    fc.assert(
      fc.property(junk, (text) => {
        const parsed = parseQrCodeId(text);
        if (!parsed.ok) return;
        expect(isQrCodeId(parsed.qrCodeId)).toBe(true);
        const decoded = text.replace(/%[\da-f]{2}/gi, (code) =>
          String.fromCharCode(Number.parseInt(code.slice(1), 16)),
        );
        expect(text.includes(parsed.qrCodeId) || decoded.includes(parsed.qrCodeId)).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });

  it('never throws in the reader of lists, which gives valid and distinct ids', () => {
    fc.assert(
      fc.property(fc.array(junk, { maxLength: 4 }), (parts) => {
        const text = parts.join('\n');
        const list = readList({ text });
        if (!list.ok) return;
        for (const qrCodeId of list.ids) expect(isQrCodeId(qrCodeId)).toBe(true);
        expect(new Set(list.ids).size).toBe(list.ids.length);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('A2 the address of a call', () => {
  const environment = fc.constantFrom(...ENVIRONMENTS);

  it('has exactly the expected path for every id', () => {
    fc.assert(
      fc.property(anyId, environment, (qrCodeId, environment) => {
        expect(qrCodeUrl(environment, qrCodeId)).toBe(
          `${GATEWAY_ORIGINS[environment]}/api/v0/qr-code/${qrCodeId}`,
        );
        expect(qrCodeUrl(environment, qrCodeId, 'cancel')).toBe(
          `${GATEWAY_ORIGINS[environment]}/api/v0/qr-code/${qrCodeId}/cancel`,
        );
      }),
    );
  });

  it.each(['.', '..', '\ud800'])('is refused for %j', (text) => {
    expect(() => qrCodeUrl('LIVE', text, 'cancel')).toThrow();
    expect(() => qrCodeUrl('LIVE', text)).toThrow();
  });

  it.each([
    ['%2e%2e', '%252e%252e'],
    ['a/b', 'a%2Fb'],
    ['a\\b', 'a%5Cb'],
    ['a?b#c', 'a%3Fb%23c'],
    ['../..', '..%2F..'],
    ['//evil.example', '%2F%2Fevil.example'],
    ['\t', '%09'],
  ])('encodes %j within one segment', (text, segment) => {
    expect(qrCodeUrl('UAT', text, 'cancel')).toBe(`${GATEWAY_ORIGINS.UAT}/api/v0/qr-code/${segment}/cancel`);
  });

  it('is refused, or has exactly the expected path, for any text', () => {
    fc.assert(
      fc.property(junk, environment, (text, environment) => {
        let url: URL;
        try {
          url = new URL(qrCodeUrl(environment, text, 'cancel'));
        } catch {
          return;
        }
        expect(url.origin).toBe(GATEWAY_ORIGINS[environment]);
        expect(url.href).toBe(`${url.origin}/api/v0/qr-code/${encodeURIComponent(text)}/cancel`);
        expect(url.search + url.hash + url.username).toBe('');
      }),
      { numRuns: 2_000 },
    );
  });
});

/**
 * Expects the ids of a sentence in the list. If some of them begin with QR and a digit, the others may be the IDs of
 * other things: the reader leaves them out and says so.
 */
function expectIdsOfSentence(ids: readonly string[]): void {
  const named = ids.filter((text) => /^QR\d/i.test(text));
  const expected = named.length === 0 ? ids : named;
  const list = readList({ text: ids.join(' and ') });
  expect(list.ok ? list.ids : list.problem).toEqual(expected);
  expect(list.leftOut.map(({ text, reason }) => [text, reason.code])).toEqual(
    ids.filter((text) => !expected.includes(text)).map((text) => [text, 'not-understood']),
  );
}

describe('a list of ids', () => {
  const listOfIds = fc
    .uniqueArray(id, { minLength: 2, maxLength: 12 })
    // A hyphen at the edge of an id looks like a bullet.
    .filter((ids) => ids.every((text) => /^\w.*\w$/.test(text)));

  it('is found whole and in order for any signs between its ids', () => {
    const separator = fc.constantFrom('\n', '\r\n', ' ', ', ', ',', ';', '; ', ' | ', ' / ', '\n- ', '.\n');
    fc.assert(
      fc.property(listOfIds, separator, (ids, between) => {
        const text = ids.join(between);
        // Two short ids may look like the halves of a longer one, which the reader refuses.
        fc.pre(brokenParts(linesOf(text)).length === 0);
        const list = readList({ text });
        expect(list.ok ? list.ids : list.problem).toEqual(ids);
      }),
      { numRuns: 500 },
    );
  });

  it('is found whole if words join its ids, unless only some of them begin with QR and a digit', () => {
    fc.assert(
      fc.property(listOfIds, expectIdsOfSentence),
      // Only the first of these ids begins with QR and a digit.
      { numRuns: 500, examples: [[['Qr0___0A', 'A0_A_-a', 'AA0_Aa']]] },
    );
  });

  it('accounts for every ID of every line', () => {
    const line = fc.oneof(
      id,
      fc.stringMatching(/^[ -!#-+.-~]{0,12}$/),
      fc.constantFrom('', '  ', 'QR26DU7U9NREWU', '1.23E+15', 'a/b', 'QR26\u200bAB'),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), fc.constantFrom('\n', '\r\n'), (lines, lineBreak) => {
        const list = readList({ text: `QR code ID${lineBreak}${lines.join(lineBreak)}` });
        const reported = new Set([...(list.ok ? list.ids : []), ...list.leftOut.map(({ text }) => text)]);
        for (const text of lines) if (isStrongId(text)) expect(reported).toContain(text);
        expect(list.counts.inText).toBe(list.counts.inList + list.counts.leftOut);
      }),
      { numRuns: 500 },
    );
  });
});
