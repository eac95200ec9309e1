import { describe, expect, it } from 'vitest';
import { characterName } from '../wording/character-name.ts';
import { parseQrCodeId } from './id.ts';
import { type EntryProblem, type ParsedInput, parseInput } from './parse-entry.ts';

const ID = 'QR26DU7U9NREWU';

function problemOf(text: string): ParsedInput['kind'] | EntryProblem {
  const entry = parseInput(text);
  return entry.kind === 'none' ? entry.problem : entry.kind;
}

describe('A1 an empty text or spaces', () => {
  it.each(['', ' ', '\t', '\n \r\n', '\u00a0', '\ufeff', '\u3000'])('is empty: %j', (text) => {
    expect(parseQrCodeId(text)).toEqual({ ok: false, problem: { code: 'empty' } });
    expect(problemOf(text)).toEqual({ code: 'empty' });
  });
});

describe('A2 a text that would change the path of a request', () => {
  it.each([
    ['.', '“.”'],
    ['..', '“.”'],
    ['../x', '“.”'],
    ['../../merchant', '“.”'],
    ['%2e%2e', '“%”'],
    ['a/b', '“/”'],
    ['a\\b', '“\\”'],
    ['a?b', '“?”'],
    ['a#b', '“#”'],
    ['a;b', '“;”'],
    ['a\u0000b', 'U+0000 NULL'],
    ['a\tb', 'U+0009 TAB'],
    ['"', '“"”'],
    [`${ID}/cancel`, '“/”'],
    [`${ID}?x=1`, '“?”'],
    [`${ID}#b`, '“#”'],
    [`${ID};b`, '“;”'],
    [`${ID}%2f..`, '“%”'],
    ['QR26DU\u0000U9NREWU', 'U+0000 NULL'],
    ['QR26DU7U9\tNREWU', 'U+0009 TAB'],
    ['QR26\tDU7U9', 'U+0009 TAB'],
    ['QR26AB7ID#9NREWU', '“#”'],
    ['QR26AB7ID=9NREWU', '“=”'],
    [`https://pay.example/qr/QR26\tDU7U9`, 'U+0009 TAB'],
    [`https://pay.example/qr/QR26\u0000DU7U9`, 'U+0000 NULL'],
  ])('is refused with the character: %j, %s', (text, character) => {
    const problem = problemOf(text);
    expect(parseQrCodeId(text)).toEqual({ ok: false, problem });
    expect(named(problem)).toBe(character);
  });
});

/** The refused character as a page names it. */
function named(problem: ReturnType<typeof problemOf>): string | undefined {
  return typeof problem === 'object' && problem.code === 'bad-character'
    ? characterName(problem.character)
    : undefined;
}

describe('A3 text copied along with an id', () => {
  const wrapped = [
    ` ${ID} `,
    `\u00a0${ID}\r\n`,
    `\ufeff${ID}`,
    `"${ID}"`,
    `'${ID}'`,
    `“${ID}”`,
    `‘${ID}’`,
    `„${ID}“`,
    `«${ID}»`,
    `« ${ID} »`,
    `‹${ID}›`,
    `\`${ID}\``,
    `(${ID})`,
    `[${ID}]`,
    `{${ID}}`,
    `<${ID}>`,
    `*${ID}*`,
    `#${ID}`,
    `• ${ID}`,
    `${ID},`,
    `${ID}.`,
    `${ID};`,
    `${ID}:`,
    `${ID}…`,
    `${ID}।`,
    `("${ID}").`,
    `ID: ${ID}`,
    `ID:${ID}`,
    `ID : ${ID}`,
    `QR code ID: ${ID}`,
    `QR Code: ${ID}`,
    `Ref No.: ${ID}`,
    `QR कोड आईडी: ${ID}`,
    `qrCodeId=${ID}`,
    `qr_code_id = '${ID}'`,
    `"qrCodeId": "${ID}"`,
    `"qrCodeId": "${ID}",`,
    `{"qrCodeId":"${ID}"}`,
    `https://pay.example/qr/${ID}`,
    `https://pay.example/v2/qr-code/${ID}/details?tab=1`,
    `https://pay.example/?qrCodeId=${ID}&ref=REF12345`,
    `https://pay.example/find?code=${ID}`,
    `https://pay.example/#${ID}`,
    `https://pay.example/app#/qr/${ID}`,
    `https://pay.example/app#/list?qrId=${ID}&ref=REF12345`,
    `https://pay.example/2026/11/${ID}`,
    `<https://pay.example/qr/${ID}>`,
    `www.pay.example/qr/${ID}`,
  ];
  it.each(wrapped)('is removed: %j', (text) => {
    expect(parseQrCodeId(text)).toEqual({ ok: true, qrCodeId: ID });
    expect(parseInput(text)).toMatchObject({ kind: 'one', qrCodeId: ID, occurrences: 1 });
  });

  it.each([
    'https://pay.example/qr/',
    'https://pay.example/2026/11/22',
    'https://help.example/how-to-cancel-in-2026',
    `https://pay.example/${ID}/QR26AB3C4D5E6F`,
    `https://pay.example/qr/${ID}?next=QR26AB3C4D5E6F`,
    `https://pay.example/app#/list?id=${ID}&ref=REF12345`,
    'https://pay.example/page20001?id=QR26\u200bDU7U9',
    'https://',
  ])('is refused if the id is ambiguous: %j', (text) => {
    expect(parseQrCodeId(text)).toEqual({ ok: false, problem: { code: 'link-without-id' } });
  });
});

describe('A4 lookalike and invisible characters', () => {
  it.each([
    ['９QR26DU7U9', '“９” U+FF19 FULL-WIDTH CHARACTER'],
    ['ＱR26DU7U9', '“Ｑ” U+FF31 FULL-WIDTH CHARACTER'],
    ['QR26\u200bDU7U9', 'U+200B ZERO WIDTH SPACE'],
    ['QR26\u200dDU7U9', 'U+200D ZERO WIDTH JOINER'],
    ['QR26\ufeffDU7U9', 'U+FEFF BYTE ORDER MARK'],
    ['QR26\u00adDU7U9', 'U+00AD SOFT HYPHEN'],
    ['\u202eQR26DU7U9', 'U+202E RIGHT-TO-LEFT OVERRIDE'],
    ['QRаDU7U9N12', '“а” U+0430 CYRILLIC LETTER'],
    ['QRΑDU7U9N12', '“Α” U+0391 GREEK LETTER'],
    ['QR26DU7U9५', '“५” U+096B DEVANAGARI CHARACTER'],
    ['QR26–DU7U9', '“–” U+2013 DASH'],
    ['QR26DU7U9é', '“é” U+00E9 LETTER OUTSIDE A–Z'],
    ['QR26DU7U9😀', '“😀” U+1F600'],
  ])('is refused with the character: %j, %s', (text, character) => {
    const problem = problemOf(text);
    expect(parseQrCodeId(text)).toEqual({ ok: false, problem });
    expect(named(problem)).toBe(character);
  });

  it.each(['\u200e', '\u200b', '\u2066', '\u202a'])(
    'are removed and reported at the end: %j',
    (character) => {
      const note = { code: 'mark', character };
      for (const text of [`${character}${ID}`, `${ID}${character}`])
        expect(parseInput(text)).toMatchObject({ kind: 'one', qrCodeId: ID, isExact: false, note });
    },
  );

  it('are refused among other words too, even beside a valid id', () => {
    expect(problemOf(`${ID} and QR26\u200bAB3C4 please`)).toMatchObject({ code: 'bad-character' });
  });
});

describe('A5 an id that is too long, repeated, or differs in case', () => {
  it('is refused with the limit if it is too long', () => {
    expect(problemOf('a1'.repeat(32))).toBe('one');
    expect(problemOf('a1'.repeat(33))).toEqual({ code: 'too-long', length: 66, limit: 64 });
    expect(problemOf('a1')).toEqual({ code: 'too-short', length: 2, limit: 4 });
  });

  it('is one id with its count if it occurs twice', () => {
    expect(parseInput(`${ID}\n${ID}, ${ID}`)).toMatchObject({ kind: 'one', qrCodeId: ID, occurrences: 3 });
  });

  it('is two ids with a warning if they differ only in case', () => {
    const ids = [ID, ID.toLowerCase()];
    expect(parseInput(ids.join(' '))).toEqual({
      kind: 'several',
      ids,
      caseVariants: true,
    });
  });
});

describe('A6 a number that a spreadsheet damaged', () => {
  it.each([
    '1.23E+15',
    '1.23e+15',
    '1E+15',
    '1,23E+15',
    '"1.23E+15"',
    'ID: 1.23E+15',
    '1.23E+15\tCounter 4\t500',
  ])('is refused as a spreadsheet number: %j', (text) =>
    expect(problemOf(text)).toEqual({ code: 'spreadsheet-number' }),
  );
});

describe('A7 a text with too many ids', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => `QR${1_000_000 + index}AB`);

  it('is refused as a whole if it has 100,001', () => {
    expect(problemOf(many(100_001).join('\n'))).toEqual({ code: 'too-many' });
  });

  it('is accepted if it has 100,000', () => {
    expect(parseInput(many(100_000).join('\n'))).toMatchObject({ kind: 'several', ids: many(100_000) });
  });
});

describe('an enormous text', () => {
  it.each([
    ['full stops', `a${'.'.repeat(1_000_000)}b`],
    ['full stops and spaces', `${'. '.repeat(500_000)}x`],
    ['quotes and brackets', `${'"( '.repeat(300_000)}x`],
    ['labels', 'id: '.repeat(250_000)],
    ['letters', 'A'.repeat(1_000_000)],
  ])('is read quickly: %s', { timeout: 5_000 }, (_, text) => {
    expect(parseInput(text).kind).toBe('none');
  });
});
