import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQrCodeId } from './id.ts';
import { dateText, isDateFormat, numberCell } from './number-text.ts';

describe('a number', () => {
  it.each([
    [123456789012345, undefined, '123456789012345'],
    [0.1 + 0.2, undefined, '0.3'],
    [-1500.5, undefined, '-1500.5'],
    [1e-7, undefined, '1e-7'],
    [123456, '0000000000', '0000123456'],
    [0, '000', '000'],
    [26110234, '"QR"00000000', 'QR26110234'],
    [26110234, '\\Q\\R00000000', 'QR26110234'],
    [9876543210, '00000-00000', '98765-43210'],
    [5, '000-000', '000-005'],
    [12345678, '000-000', '12345-678'],
    [1500.5, '#,##0.00', '1500.5'],
    [1500, '#,##0', '1500'],
    [1500, 'General', '1500'],
    [26, '00;-00;"none"', '26'],
    [1.5, '00', '1.5'],
  ])('has the text of its format: %d, %s, %s', (value, format, text) => {
    expect(numberCell(value, format)).toEqual({ text, kind: 'number' });
  });

  it.each([1e15, 1234567890123456, -1234567890123456, 1.2345678901234568e17, 9e300])(
    'is damaged if it has more than 15 digits, and its text is an invalid id: %d',
    (value) => {
      const cell = numberCell(value, '0');
      expect(cell).toMatchObject({ kind: 'number', damaged: true });
      expect(parseQrCodeId(cell.text).ok).toBe(false);
    },
  );

  it('keeps all digits if it has at most 15', () => {
    fc.assert(
      fc.property(fc.nat(999_999_999_999_999), (value) => {
        expect(numberCell(value).text).toBe(String(value));
      }),
    );
  });

  it('is padded with zeros if the format has fixed text and placeholders', () => {
    fc.assert(
      fc.property(fc.nat(99_999_999), fc.integer({ min: 1, max: 12 }), (value, zeros) => {
        const { text } = numberCell(value, `"QR"${'0'.repeat(zeros)}`);
        expect(text).toBe(`QR${String(value).padStart(zeros, '0')}`);
      }),
    );
  });
});

describe('a date', () => {
  it.each([
    [46348, 1900, '2026-11-22'],
    [46348.4375, 1900, '2026-11-22T10:30:00'],
    [44886, 1904, '2026-11-22'],
    [1, 1900, '1900-01-01'],
    [61, 1900, '1900-03-01'],
    [0.5, 1900, '12:00:00'],
    [1e12, 1900, '1000000000000'],
  ] as const)('has the ISO text: %d in the system of %d, %s', (serial, system, text) => {
    expect(dateText(serial, system)).toBe(text);
  });

  it.each([
    [14, undefined, true],
    [22, undefined, true],
    [0, undefined, false],
    [49, undefined, false],
    [164, 'DD\\-MMM\\-YYYY', true],
    [164, '[h]:mm', true],
    [164, '[$-409]d/m/yy;@', true],
    [164, 'General', false],
    [164, '"days"0', false],
    [164, '[Red]0.00', false],
    [164, '_-* #,##0', false],
  ])('is recognized by the format %d %s: %s', (id, code, expected) => {
    expect(isDateFormat(id, code)).toBe(expected);
  });
});
