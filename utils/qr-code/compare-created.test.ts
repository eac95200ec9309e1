import fc from 'fast-check';
import { safeParse } from 'valibot';
import { describe, expect, it } from 'vitest';
import { NewQrCode, parseCreated, serializeCreate } from '../enkash/create.ts';
import { parseQrCode } from '../enkash/qr-code.ts';
import { compareCreated } from './compare-created.ts';

const REQUESTED: NewQrCode = {
  qrName: 'Counter 4 – चाय',
  multipleUse: true,
  amount: 1250.5,
  description: 'Two\nlines',
  expiry: '2031-12-31T23:59:00',
  customerName: 'Asha Rao',
  customParams: [
    ['store', 'Pune'],
    ['invoice', ''],
  ],
};

describe('the created code', () => {
  const line = fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' });
  const requests = fc.record(
    {
      qrName: line,
      multipleUse: fc.boolean(),
      amount: fc.integer({ min: 1, max: 99_999_999 }).map((paise) => paise / 100),
      description: line,
      expiry: fc
        .date({ min: new Date('2027-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
        .map((date) => date.toISOString().slice(0, 19)),
      customerName: line,
      customerEmail: line,
      customerMobile: line,
      customerId: line,
      customParams: fc.uniqueArray(fc.tuple(line.filter(isUsable), line), { selector: ([name]) => name }),
    },
    { requiredKeys: ['qrName', 'multipleUse', 'customParams'] },
  ) as fc.Arbitrary<NewQrCode>;
  function isUsable(name: string): boolean {
    return !['__proto__', 'constructor', 'prototype'].includes(name);
  }
  /** The created code of a gateway that returns the requested fields. */
  const echo = (body: NewQrCode, change: object = {}) =>
    parseQrCode({ ...JSON.parse(serializeCreate(body)), qrCodeId: 'QR26NEW', status: 'ACTIVE', ...change });
  const compared = (body: NewQrCode, change: object = {}) => compareCreated(body, echo(body, change) ?? {});

  it('has no differences if the gateway returns the requested fields', () => {
    fc.assert(
      fc.property(requests, (body) => {
        expect(safeParse(NewQrCode, body).success).toBe(true);
        expect(compared(body)).toEqual({
          differences: [],
          missing: [],
        });
      }),
    );
  });

  it('differs in a field that the gateway changed', () => {
    const field = fc.constantFrom(
      'qrName',
      'description',
      'expiry',
      'customerName',
      'customerEmail',
      'customerMobile',
      'customerId',
    );
    fc.assert(
      fc.property(requests, field, (body, name) => {
        const { differences } = compared(body, { [name]: `${body[name] ?? ''}!` });
        expect(differences.map((each) => each.field)).toEqual([name]);
      }),
    );
  });

  it.each<[object, object[]]>([
    [{ amount: 1250.5 }, []],
    [{ amount: '1250.50' }, []],
    [{ amount: 12505 }, [{ field: 'amount', given: { fixed: true, amount: 12505 } }]],
    [{ amount: 'a lot' }, [{ field: 'amount' }]],
    [{ fixedAmount: false }, [{ field: 'amount', given: { fixed: false, amount: 1250.5 } }]],
    [{ fixedAmount: false, amount: undefined }, [{ field: 'amount', given: { fixed: false } }]],
    [{ multipleUse: false }, [{ field: 'multipleUse', asked: true, given: false }]],
    [{ status: 'CANCELLED' }, [{ field: 'status', asked: 'ACTIVE', given: 'CANCELLED' }]],
    [{ expiry: '2031-12-31T23:59:00.000' }, []],
    [{ expiry: '2031-12-31T23:59' }, []],
    [{ expiry: '2031-12-31T23:59:00Z' }, [{ field: 'expiry' }]],
    [{ expiry: '2031-12-31T23:58:00' }, [{ field: 'expiry' }]],
    [{ customerEmail: 'a@b.example' }, [{ field: 'customerEmail', given: 'a@b.example' }]],
    [{ customerEmail: '' }, []],
    [
      { customParams: { store: 'Pune', more: '1' } },
      [
        { field: 'customParam', name: 'invoice', asked: '' },
        { field: 'customParam', name: 'more', given: '1' },
      ],
    ],
  ])('with %j differs in %j', (change, differences) => {
    expect(compared(REQUESTED, change)).toMatchObject({ differences, missing: [] });
  });

  it.each<[object, string[]]>([
    [{ qrName: undefined }, ['qrName']],
    [{ amount: undefined }, ['amount']],
    [{ amount: undefined, fixedAmount: undefined }, ['amount']],
    [{ multipleUse: 'yes' }, ['multipleUse']],
    [{ status: null }, ['status']],
    [{ customParams: null }, ['customParams']],
    [{ expiry: undefined, description: undefined }, ['description', 'expiry']],
  ])('with %j has the missing fields %j', (change, missing) => {
    expect(compared(REQUESTED, change)).toEqual({ differences: [], missing });
  });

  it.each<[object, boolean]>([
    [{ amount: 0 }, true],
    [{ amount: null, fixedAmount: false }, true],
    [{ amount: 5 }, false],
    [{ amount: 5, fixedAmount: true }, false],
    [{ fixedAmount: true }, false],
  ])('for any amount, %j is as requested: %s', (change, isSame) => {
    const body = { qrName: 'Any', multipleUse: true, customParams: [] };
    expect(compared(body, change).differences.length === 0).toBe(isSame);
  });
});

describe('parseCreated', () => {
  it.each([null, 'QR26NEW', [], [{ qrCodeId: 'QR26NEW' }], {}, { qrCodeId: null }])(
    'returns undefined for %j',
    (payload) => {
      expect(parseCreated(payload)).toBeUndefined();
    },
  );
});
