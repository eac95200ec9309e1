import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateTimeText, expiresText, formatAmount, statusLine } from './code-fields.ts';
import { escapeInvisibles, statusLabel } from './qr-code.ts';

describe('the status line', () => {
  it.each([
    [{ status: 'ACTIVE', qrName: 'Counter 4', amount: 500 }, 'Active. Counter 4, ₹500.'],
    [{ status: 'ACTIVE' }, 'Active.'],
    [{ status: 'ACTIVE', amount: 0 }, 'Active. ₹0.'],
    [{ status: 'CANCELLED', qrName: 'Counter 4', amount: 500 }, 'Cancelled. No longer accepts payments.'],
    [{ status: 'ON_HOLD', qrName: 'Counter 4' }, 'Status: ON_HOLD. Counter 4.'],
    [{}, 'EnKash gave no status.'],
    [{ status: '' }, 'EnKash gave no status.'],
  ])('%j is “%s”', (qrCode, line) => {
    expect(statusLine(qrCode)).toBe(line);
  });
});

describe('an amount', () => {
  it.each([
    [500, '₹500'],
    [100_000, '₹1,00,000'],
    [12_345_678.5, '₹1,23,45,678.50'],
    [0.1, '₹0.10'],
    [99.996, '₹99.996'],
    [0.005, '₹0.005'],
    [1e-7, '1e-7'],
    [1e21, '1e+21'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    ['500.00', '500.00'],
    ['1234567890123456789', '1234567890123456789'],
    ['12345678901234567.89', '12345678901234567.89'],
    [Number.NaN, 'NaN'],
    ['\u202e5', '‹U+202E›5'],
  ])('%j is “%s”', (amount, text) => {
    expect(formatAmount(amount)).toBe(text);
  });

  it('shows exactly the digits of the value', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (amount) => {
        const shown = formatAmount(amount);
        expect(Number(shown.replaceAll(/[₹,]/g, '')) + 0).toBe(amount + 0);
      }),
    );
  });
});

describe('a date', () => {
  it('is never converted without a time zone', () => {
    expect(dateTimeText('2026-12-18T11:00:36.123')).toBe('18 Dec 2026, 11:00:36');
    expect(dateTimeText('2026-12-04 00:05')).toBe('4 Dec 2026, 00:05');
    expect(dateTimeText('2026-12-04')).toBe('4 Dec 2026');
  });

  it('says when an active code expires by itself, if its expiry can be read', () => {
    const expiry = '2026-12-04 11:00:36';
    expect(expiresText({ status: 'ACTIVE', expiry })).toBe('expires by itself on 4 Dec 2026, 11:00');
    expect(expiresText({ status: 'CANCELLED', expiry })).toBeUndefined();
    expect(expiresText({ status: 'ACTIVE', expiry: 'soon' })).toBeUndefined();
  });

  it('is unchanged if it can’t be read', () => {
    expect(dateTimeText('2026-02-31T10:30:00')).toBe('2026-02-31T10:30:00');
    expect(dateTimeText('22/11/2026')).toBe('22/11/2026');
    expect(dateTimeText(1672531199000)).toBe('1672531199000');
  });

  it('with a time zone is shown in the computer’s', () => {
    expect(dateTimeText('2026-11-22T10:30:00Z')).toMatch(/2[123] Nov 2026/);
  });

  it.each(['2026-99-99T10:30:00Z', '2026-02-30T99:99:99Z'])('is unchanged if it is invalid: %j', (text) => {
    expect(dateTimeText(text)).toBe(text);
  });
});

describe('A16 a text from outside', () => {
  it.each([
    ['<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
    ['a\u202eb', 'a‹U+202E›b'],
    ['a\u2066b\u2069', 'a‹U+2066›b‹U+2069›'],
    ['a\u0000\u0007b', 'a‹U+0000›‹U+0007›b'],
    ['a\u200fb', 'a‹U+200F›b'],
    ['two\nlines\tand a tab', 'two\nlines\tand a tab'],
    ['दुकान 😀', 'दुकान 😀'],
  ])('%j is shown as %j', (text, shown) => {
    expect(escapeInvisibles(text)).toBe(shown);
  });
});

describe('A17 a status', () => {
  it.each([
    ['ACTIVE', 'Active'],
    ['CANCELLED', 'Cancelled'],
    ['active', 'active'],
    ['ON_HOLD', 'ON_HOLD'],
    [undefined, 'No status given'],
  ])('%j is “%s”', (status, word) => {
    expect(statusLabel(status)).toBe(word);
  });
});
