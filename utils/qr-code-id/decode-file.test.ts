import { describe, expect, it } from 'vitest';
import { decodeIdFile, MAX_FILE_BYTES } from './decode-file.ts';

const TEXT = 'qrCodeId,name\r\nQR26DU7U9NREWU,दुकान ₹5\r\n';
const NOT_TEXT = { ok: false, problem: { code: 'not-text' } };

function utf16(text: string, order: 'LE' | 'BE', mark: boolean): Uint8Array {
  const units = [...(mark ? '\ufeff' : ''), ...text].map((character) => character.charCodeAt(0));
  return Uint8Array.from(
    units.flatMap((unit) => (order === 'LE' ? [unit & 255, unit >> 8] : [unit >> 8, unit & 255])),
  );
}
const bytes = (...values: (number | string)[]) =>
  Uint8Array.from(
    values.flatMap((value) => (typeof value === 'number' ? [value] : [...value].map((c) => c.charCodeAt(0)))),
  );

describe('A6 a text file', () => {
  it.each([
    ['UTF-8', new TextEncoder().encode(TEXT)],
    ['UTF-8 with a mark', new TextEncoder().encode(`\ufeff${TEXT}`)],
    ['UTF-16LE with a mark', utf16(TEXT, 'LE', true)],
    ['UTF-16BE with a mark', utf16(TEXT, 'BE', true)],
    ['UTF-16LE without a mark', utf16(TEXT, 'LE', false)],
    ['UTF-16BE without a mark', utf16(TEXT, 'BE', false)],
  ])('is decoded from %s', (_, file) => {
    expect(decodeIdFile(file)).toEqual({ ok: true, text: TEXT });
  });

  it('is decoded from UTF-16 if most of it is Hindi', () => {
    const hindi = 'दुकान दुकान दुकान दुकान दुकान दुकान,QR26DU7U9NREWU\r\n'.repeat(500);
    expect(decodeIdFile(utf16(hindi, 'LE', false))).toEqual({ ok: true, text: hindi });
    expect(decodeIdFile(utf16(hindi, 'BE', false))).toEqual({ ok: true, text: hindi });
  });

  it('is decoded from Windows-1252', () => {
    expect(decodeIdFile(bytes('Caf', 0xe9, ',QR26DU7U9NREWU'))).toEqual({
      ok: true,
      text: 'Café,QR26DU7U9NREWU',
    });
  });

  it('is an empty text if the file is empty', () => {
    expect(decodeIdFile(bytes())).toEqual({ ok: true, text: '' });
  });
});

describe('A6 a file that is not text', () => {
  const noise = Array.from({ length: 5_000 }, (_, index) => (index * 7_919) % 256);
  it.each([
    ['a spreadsheet', bytes('PK', 3, 4, 20, 0, 6, 0, 8, 0, 0, 0, 33, 0, ...noise)],
    ['a PNG', bytes(0x89, 'PNG\r\n', 0x1a, '\n', 0, 0, 0, 13, 'IHDR', 0, 0, 0, 132, ...noise)],
    ['a JPEG', bytes(0xff, 0xd8, 0xff, 0xe0, 0, 16, 'JFIF', 0, 1, 1, ...noise)],
    ['a PDF', bytes('%PDF-1.7\n%', 0xe2, 0xe3, 0xcf, 0xd3, '\n1 0 obj\n<< /Type /Catalog >>\nendobj\n')],
    ['text with a NUL far inside', bytes('QR26DU7U9NREWU\n'.repeat(1_000), 0)],
    ['text with a control character far inside', bytes('QR26DU7U9NREWU\n'.repeat(1_000), 2, 'x')],
    ['a UTF-16 mark and zeros', bytes(0xff, 0xfe, 0, 0, 0, 0)],
    ['half a character of UTF-16', bytes(0xff, 0xfe, 0x41)],
  ])('is refused: %s', (_, file) => {
    expect(decodeIdFile(file)).toEqual(NOT_TEXT);
  });

  it('is refused without reading all of it', { timeout: 2_000 }, () => {
    expect(decodeIdFile(new Uint8Array(MAX_FILE_BYTES).fill(1))).toEqual(NOT_TEXT);
  });

  it('is refused with the limit if it is too large', () => {
    expect(decodeIdFile(new Uint8Array(MAX_FILE_BYTES + 1))).toEqual({
      ok: false,
      problem: { code: 'file-too-large', limit: MAX_FILE_BYTES },
    });
  });
});
