import fc from 'fast-check';
import { safeParse } from 'valibot';
import { describe, expect, it } from 'vitest';
import { NewQrCode, serializeCreate } from '../enkash/create.ts';
import { parseQrCode, type QrCode } from '../enkash/qr-code.ts';
import { type FormProblem, formFromQrCode, parseForm, type ReplacementForm } from './replacement-form.ts';

const NOW = Date.UTC(2026, 10, 22, 10, 30);
const CODE: QrCode = {
  qrCodeId: 'QR26OLD',
  qrName: ' Saffron Lane – चाय 👩‍🍳 ',
  multipleUse: false,
  fixedAmount: true,
  amount: 1250.5,
  description: 'Two\nlines',
  expiry: '2031-12-31T23:59:00.000',
  customerName: 'Asha Rao',
  customerMobile: 919876543210,
  customParams: { store: 'Pune', note: '' },
  status: 'CANCELLED',
};
const read = (change: Partial<ReplacementForm> = {}, code = CODE) =>
  parseForm({ ...formFromQrCode(code), ...change }, NOW, formFromQrCode(code).expiry);
const problems = (change: Partial<ReplacementForm>): FormProblem[] => {
  const result = read(change);
  return result.ok ? [] : result.problems;
};

describe('the form', () => {
  it('is filled from the code, and requests the same values', () => {
    expect(read()).toEqual({
      ok: true,
      requested: {
        qrName: 'Saffron Lane – चाय 👩‍🍳',
        multipleUse: false,
        amount: 1250.5,
        description: 'Two\nlines',
        expiry: '2031-12-31T23:59:00.000',
        customerName: 'Asha Rao',
        customerMobile: '919876543210',
        customParams: [
          ['store', 'Pune'],
          ['note', ''],
        ],
      },
    });
  });

  it('is empty for a code without details, and reports the required fields', () => {
    const form = formFromQrCode({ qrCodeId: 'QR26OLD', status: 'CANCELLED' });
    expect(new Set(Object.values(form).flat())).toEqual(new Set(['']));
    expect(parseForm(form, NOW, '')).toEqual({
      ok: false,
      problems: ['qrName', 'use', 'amountKind'].map((field) => ({ field, code: 'required' })),
    });
  });

  it.each<[QrCode, string, string]>([
    [{ fixedAmount: true, amount: 5 }, 'fixed', '5'],
    [{ amount: '500.00' }, 'fixed', '500.00'],
    [{ fixedAmount: true }, 'fixed', ''],
    [{ fixedAmount: false, amount: 5 }, 'any', ''],
    [{ fixedAmount: false }, 'any', ''],
    [{}, '', ''],
  ])('reads the amount of %j as %s “%s”', (code, amountKind, amount) => {
    expect(formFromQrCode(code)).toMatchObject({ amountKind, amount });
  });
});

describe('an amount', () => {
  it.each([
    ['1', 1],
    ['1250.5', 1250.5],
    [' 0.01 ', 0.01],
    ['007', 7],
    ['9999999999', 9_999_999_999],
  ])('“%s” is %d', (amount, asked) => {
    expect(read({ amount })).toMatchObject({ ok: true, requested: { amount: asked } });
  });

  it.each([
    ['', 'required'],
    ['1,250', 'not-an-amount'],
    ['₹5', 'not-an-amount'],
    ['-5', 'not-an-amount'],
    ['1e3', 'not-an-amount'],
    ['.5', 'not-an-amount'],
    ['5.', 'not-an-amount'],
    ['१२', 'not-an-amount'],
    ['NaN', 'not-an-amount'],
    ['0', 'zero'],
    ['0.00', 'zero'],
    ['1.005', 'too-precise'],
    ['10000000000', 'too-large'],
    ['9'.repeat(20), 'too-large'],
  ])('“%s” is invalid: %s', (amount, code) => {
    expect(problems({ amount })).toMatchObject([{ field: 'amount', code }]);
  });

  it('is neither checked nor sent if the customer chooses it', () => {
    const any = read({ amountKind: 'any', amount: 'nonsense' });
    expect(any).toMatchObject({ ok: true });
    expect(any.ok && any.requested).not.toHaveProperty('amount');
  });
});

describe('an expiry', () => {
  it.each([
    ['2026-12-31T23:59', '2026-12-31T23:59:00'],
    ['2026-12-31T23:59:30', '2026-12-31T23:59:30'],
    ['2026-12-31T23:59Z', '2026-12-31T23:59:00Z'],
    ['2026-12-31T23:59:00.000+05:30', '2026-12-31T23:59:00.000+05:30'],
    ['2026-12-31', '2026-12-31'],
    [' ', undefined],
  ])('“%s” is sent as %s', (expiry, sent) => {
    const result = read({ expiry });
    expect(result).toMatchObject({ ok: true });
    expect(result.ok && result.requested.expiry).toBe(sent);
  });

  it.each([
    ['2026-11-20T10:30:00', 'passed'],
    ['2026-11-20', 'passed'],
    ['2026-11-22T10:29:00Z', 'passed'],
    ['1926-12-31T23:59', 'passed'],
    ['2026-02-31T10:00', 'not-a-time'],
    ['2027-01-01T25:00', 'not-a-time'],
    ['31/12/2026', 'not-a-time'],
    ['tomorrow', 'not-a-time'],
    ['2026-12-31 23:59', 'not-a-time'],
  ])('“%s” is invalid: %s', (expiry, code) => {
    expect(problems({ expiry })).toEqual([{ field: 'expiry', code }]);
  });

  it('in the gateway’s own format is valid if it is unchanged', () => {
    const code = { ...CODE, expiry: '31/12/2031 23:59' };
    expect(read({}, code)).toMatchObject({ ok: true, requested: { expiry: '31/12/2031 23:59' } });
    expect(read({ expiry: '31/12/2031 23:58' }, code)).toMatchObject({ ok: false });
    expect(read({}, { ...CODE, expiry: 1_990_000_000_000 })).toMatchObject({
      requested: { expiry: '1990000000000' },
    });
  });
});

describe('texts', () => {
  it.each([
    ['\u202e', 'qrName'],
    ['\u200b', 'customerName'],
    ['\u0000', 'customerId'],
    ['\t', 'description'],
    ['\n', 'qrName'],
    ['\r', 'description'],
    ['\ud800', 'qrName'],
  ] as const)('with %j in %s are invalid, and the problem names it', (character, field) => {
    expect(problems({ [field]: `a${character}b` })).toEqual([{ field, code: 'bad-character', character }]);
  });

  it('of several lines may have Windows line endings', () => {
    expect(problems({ description: 'Counter\r\nby the door' })).toEqual([]);
  });

  it('have limits, which a text exceeds that was cut when it was read', () => {
    expect(problems({ qrName: 'a'.repeat(200) })).toEqual([]);
    expect(problems({ qrName: 'a'.repeat(201) })).toEqual([
      { field: 'qrName', code: 'too-long', limit: 200 },
    ]);
    const cut = parseQrCode({
      ...CODE,
      description: 'a'.repeat(5_000),
      customParams: { note: 'b'.repeat(5_000) },
    });
    expect(read({}, cut)).toMatchObject({
      ok: false,
      problems: [
        { field: 'description', code: 'too-long' },
        { field: 'params', index: 0, code: 'too-long' },
      ],
    });
  });
});

describe('custom params', () => {
  it.each<[string, string[][], object]>([
    ['without a name', [['', 'value']], { index: 0, code: 'required' }],
    [
      'of the same name',
      [
        ['a', '1'],
        [' a ', '2'],
      ],
      { index: 1, code: 'twice' },
    ],
    ['that no answer could be read with', [['__proto__', '1']], { index: 0, code: 'reserved' }],
    ['that turn around what is beside them', [['a\u202e', '1']], { index: 0, code: 'bad-character' }],
    ['of which there are too many', Array.from({ length: 101 }, (_, at) => [`n${at}`]), { code: 'too-many' }],
  ])('%s are invalid', (_, pairs, problem) => {
    const params = pairs.map(([name = '', value = '']) => ({ name, value }));
    expect(problems({ params })).toMatchObject([{ field: 'params', ...problem }]);
  });

  it('of a code that had more than were read are invalid', () => {
    const customParams = Object.fromEntries(Array.from({ length: 140 }, (_, index) => [`n${index}`, '1']));
    expect(read({}, parseQrCode({ ...CODE, customParams }))).toMatchObject({
      problems: [{ field: 'params', code: 'too-many' }],
    });
  });

  it('that are empty are left out', () => {
    expect(read({ params: [{ name: ' ', value: '' }] })).toMatchObject({ requested: { customParams: [] } });
  });
});

describe('any code and any input', () => {
  const anything = fc.oneof(
    fc.string(),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.dictionary(fc.string(), fc.string()),
  );
  const field = fc.constantFrom(
    'qrName',
    'multipleUse',
    'fixedAmount',
    'amount',
    'description',
    'expiry',
    'customParams',
    'customerMobile',
  );

  it('is either invalid with a problem, or matches the create request exactly', () => {
    fc.assert(
      fc.property(fc.dictionary(field, anything), (fields) => {
        const code = parseQrCode({ ...CODE, ...fields }) ?? {};
        const form = formFromQrCode(code);
        const result = parseForm(form, NOW, form.expiry);
        if (!result.ok) {
          expect(result.problems).not.toEqual([]);
          return;
        }
        expect(safeParse(NewQrCode, result.requested).success).toBe(true);
        const body = JSON.parse(serializeCreate(result.requested));
        expect(body.qrName).toBe(form.qrName.trim());
        expect(body.fixedAmount).toBe('amount' in body);
        const names = form.params.map(({ name }) => name.trim()).filter((name) => name !== '');
        expect(Object.keys(body.customParams ?? {}).sort()).toEqual(names.sort());
      }),
    );
  });
});
