import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQrCode } from './qr-code.ts';

const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

describe('A17 fields that are missing or of another type', () => {
  it('an empty object is a code without fields', () => {
    expect(parseQrCode({})).toEqual({});
  });

  it.each([null, undefined, 'Token is invalid.', 5, [], [{ qrCodeId: 'QR1' }], true])(
    '%j is not a code',
    (payload) => {
      expect(parseQrCode(payload)).toBeUndefined();
    },
  );

  it('an unknown status and an amount as a string stay unchanged', () => {
    expect(parseQrCode({ status: 'ON_HOLD', amount: '500.00', expiry: 1672531199000 })).toEqual({
      status: 'ON_HOLD',
      amount: '500.00',
      expiry: 1672531199000,
    });
  });

  it.each(['amount', 'status', 'qrName', 'multipleUse', 'createdOn', 'customParams', 'qrCodeBase64'])(
    'an invalid %s does not affect the other fields',
    (field) => {
      for (const wrong of [null, [1], Symbol.iterator.toString, { deep: { deeper: 1 } }]) {
        if (field === 'customParams' && typeof wrong === 'object' && wrong !== null) continue;
        const qrCode = parseQrCode({ qrCodeId: 'QR26DU7U9NREWU', [field]: wrong });
        expect(qrCode?.qrCodeId).toBe('QR26DU7U9NREWU');
        expect(qrCode).not.toHaveProperty([field], wrong);
      }
    },
  );

  it.each([null, 'text', 5])('customParams %j are dropped', (customParams) => {
    expect(parseQrCode({ customParams })?.customParams).toBeUndefined();
  });

  it('customParams as a list are dropped', () => {
    expect(parseQrCode({ customParams: ['a', 'b'] })?.customParams).toBeUndefined();
  });

  it('nested customParams are shown as JSON', () => {
    const customParams = { plain: 'x', number: 5, none: null, deep: { a: [1] } };
    expect(parseQrCode({ customParams })?.customParams).toEqual({
      plain: 'x',
      number: '5',
      none: 'null',
      deep: '{"a":[1]}',
    });
  });

  it('never fail to parse, for any JSON values', () => {
    const fields = [
      'qrCodeId',
      'qrName',
      'amount',
      'status',
      'customParams',
      'qrCodeBase64',
      'expiry',
      'multipleUse',
    ];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...fields), fc.jsonValue()), (payload) => {
        expect(parseQrCode(payload)).toBeDefined();
      }),
    );
  });
});

describe('A16 hostile texts', () => {
  it('stay texts, and are cut', () => {
    const evil = '<img src=x onerror="alert(1)">\u202e';
    expect(parseQrCode({ qrName: evil, status: evil })).toEqual({ qrName: evil, status: evil });
    expect(parseQrCode({ qrName: 'x'.repeat(100_000) })?.qrName).toMatch(/^x{1000}… \+99,000$/);
    expect(parseQrCode({ customParams: { a: 'x'.repeat(100_000) } })?.customParams?.a).toMatch(
      /^x{1000}… \+99,000$/,
    );
  });

  it('are cut in the names of customParams, and the number of customParams is limited', () => {
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`p${index}`, 'x']));
    const shown = Object.entries(parseQrCode({ customParams: many })?.customParams ?? {});
    expect(shown).toHaveLength(101);
    expect(shown.at(-1)).toEqual(['…', '+9,900']);
    const [name] = Object.keys(
      parseQrCode({ customParams: { ['n'.repeat(100_000)]: 'x' } })?.customParams ?? {},
    );
    expect(name?.length).toBeLessThan(1_100);
  });

  it('do not reach the prototype', () => {
    const payload: unknown = JSON.parse(
      '{"__proto__":{"status":"CANCELLED"},"customParams":{"__proto__":{"x":"1"}}}',
    );
    expect(parseQrCode(payload)?.status).toBeUndefined();
    expect(Object.getPrototypeOf(parseQrCode(payload)?.customParams ?? {})).toBe(Object.prototype);
  });
});

describe('the image', () => {
  const imageOf = (qrCodeBase64: unknown) => parseQrCode({ qrCodeBase64 })?.qrCodeBase64;

  it.each([
    ['bare', PNG],
    ['with a data: prefix', `data:image/png;base64,${PNG}`],
    ['with the prefix of another kind', `data:text/html;base64,${PNG}`],
    ['with line breaks', `${PNG.slice(0, 40)}\r\n${PNG.slice(40)}`],
  ])('%s is a PNG', (_, given) => {
    expect(imageOf(given)).toBe(`data:image/png;base64,${PNG}`);
  });

  it.each([
    ['a page', `data:text/html,<script>alert(1)</script>`],
    ['a page in base64', `data:text/html;base64,${btoa('<script>alert(1)</script>')}`],
    ['an SVG', `data:image/svg+xml;base64,${btoa('<svg onload="alert(1)"/>')}`],
    ['a web address', 'https://evil.example/x.png'],
    ['a script', 'javascript:alert(1)'],
    ['an image followed by markup', `${PNG}" onerror="alert(1)`],
    ['an empty text', ''],
    ['an image of 2 MB', `iVBORw0KGgo${'A'.repeat(2_000_000)}`],
    ['a number', 5],
  ])('%s is not shown', (_, given) => {
    expect(imageOf(given)).toBeUndefined();
  });
});
