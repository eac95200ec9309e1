import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc16 } from './emv.ts';
import { readPictureText } from './payment-text.ts';

/** The example of Razorpay's documentation of QR codes. */
const RAZORPAY_BHARAT_QR =
  '000201010212021643926300000000850415540461000000008061661005900000000890827YESB0CMSNOC222333004882700126430010A0000005240117razorpaybqr@icici02041.1027350010A0000005240117RZPGT8ildsFTgS5Sp52047531530335654041.105802IN5906zxcbmn6005Delhi610611008562300514GT8ildsFTgS5Sp070838R004506304B6A9';
const object = (id: string, value: string) =>
  `${id}${String(Array.from(value).length).padStart(2, '0')}${value}`;
const withChecksum = (text: string) =>
  `${text}6304${crc16(`${text}6304`).toString(16).toUpperCase().padStart(4, '0')}`;
const upiAccount = object('26', `${object('00', 'A000000524')}${object('01', 'shop@ybl')}`);
const emv = (...objects: string[]) => withChecksum(`000201010211${objects.join('')}`);

describe('a UPI link', () => {
  it('states its payee, UPI ID, amount, reference and note', () => {
    expect(
      readPictureText(
        'upi://pay?pa=shop.one@ybl&pn=Chai%20Shop&mc=5812&tr=QR26AB12CD34&tn=Table+4&am=1500.50&cu=INR',
      ),
    ).toEqual({
      kind: 'upi',
      action: 'pay',
      payee: 'Chai Shop',
      upiId: 'shop.one@ybl',
      amount: 1500.5,
      currency: 'INR',
      reference: 'QR26AB12CD34',
      note: 'Table 4',
      merchantCode: '5812',
      repeated: [],
    });
  });

  it.each([
    ['UPI://PAY?PA=shop@ybl', 'pay'],
    ['upi:pay?pa=shop@ybl', 'pay'],
    ['upi://pay/?pa=shop@ybl', 'pay'],
    ['\ufeff upi://pay?pa=shop@ybl\r\n', 'pay'],
    ['upi://pay?pn=A&amp;pa=shop@ybl&amp;cu=INR', 'pay'],
    ['upi://pay?pa=shop%40ybl', 'pay'],
    ['upi://mandate?pa=shop@ybl&amrule=MAX', 'mandate'],
    ['upi://collect?pa=shop@ybl', 'collect'],
    ['upi://?pa=shop@ybl', ''],
  ])('%j has the action %j', (text, action) => {
    expect(readPictureText(text)).toMatchObject({ kind: 'upi', action, upiId: 'shop@ybl' });
  });

  it('may have no fields', () => {
    expect(readPictureText('upi://pay')).toEqual({ kind: 'upi', action: 'pay', repeated: [] });
    expect(readPictureText('upi://pay?am=&pn=null&tr=%20')).toEqual({
      kind: 'upi',
      action: 'pay',
      repeated: [],
    });
  });

  it('has no value for a field with two values, and names the field', () => {
    const read = readPictureText('upi://pay?pa=shop@ybl&pa=thief@ybl&pn=Shop&PN=Shop');
    expect(read).toEqual({ kind: 'upi', action: 'pay', payee: 'Shop', repeated: ['upiId'] });
  });

  it.each([
    ['0.00', undefined],
    ['1', 1],
    ['1,000', '1,000'],
    ['₹5', '₹5'],
    ['-5', '-5'],
    ['1e9', '1e9'],
    ['9'.repeat(30), '9'.repeat(30)],
  ])('with the amount %j states %j', (amount, read) => {
    const content = readPictureText(`upi://pay?pa=shop@ybl&am=${encodeURIComponent(amount)}`);
    expect(content.kind === 'upi' && content.amount).toEqual(read);
  });

  it('keeps a broken percent escape, and cuts a very long field', () => {
    expect(readPictureText('upi://pay?pn=100%&pa=%zz@ybl')).toMatchObject({
      payee: '100%',
      upiId: '%zz@ybl',
    });
    expect(readPictureText(`upi://pay?pn=${'x'.repeat(5_000)}`)).toMatchObject({
      payee: `${'x'.repeat(300)}…`,
    });
  });

  it.each(['__proto__', 'constructor', 'toString'])('has no field named %s', (name) => {
    expect(readPictureText(`upi://pay?${name}=1`)).toEqual({ kind: 'upi', action: 'pay', repeated: [] });
  });
});

describe('an EMV text', () => {
  it('states what BharatQR holds, and its checksum is right', () => {
    expect(readPictureText(RAZORPAY_BHARAT_QR)).toEqual({
      kind: 'emv',
      payee: 'zxcbmn',
      city: 'Delhi',
      upiId: 'razorpaybqr@icici',
      amount: 1.1,
      currency: 'INR',
      reference: 'RZPGT8ildsFTgS5Sp',
      merchantCode: '7531',
      repeated: [],
      checksum: 'right',
    });
  });

  it('has a wrong checksum if one character differs, in any place', () => {
    fc.assert(
      fc.property(fc.integer({ min: 6, max: RAZORPAY_BHARAT_QR.length - 9 }), (at) => {
        const other = RAZORPAY_BHARAT_QR[at] === '7' ? '8' : '7';
        const read = readPictureText(
          RAZORPAY_BHARAT_QR.slice(0, at) + other + RAZORPAY_BHARAT_QR.slice(at + 1),
        );
        expect(read).toMatchObject({ kind: 'emv', checksum: 'wrong' });
      }),
    );
  });

  it('may have a checksum in small letters, or none', () => {
    const text = emv(upiAccount, object('59', 'Shop'));
    expect(readPictureText(text.slice(0, -4) + text.slice(-4).toLowerCase())).toMatchObject({
      checksum: 'right',
    });
    expect(readPictureText(text.slice(0, -8))).toMatchObject({
      kind: 'emv',
      payee: 'Shop',
      checksum: 'missing',
    });
  });

  it('takes the reference label if there is no reference, and states the bill number and purpose', () => {
    const additional = object(
      '62',
      object('01', 'B-77') + object('05', 'QR26AB12CD34') + object('08', 'Tea'),
    );
    expect(readPictureText(emv(upiAccount, additional))).toMatchObject({
      reference: 'QR26AB12CD34',
      billNumber: 'B-77',
      note: 'Tea',
    });
  });

  it('keeps another currency as its number', () => {
    expect(readPictureText(emv(object('53', '840'), object('54', '5.00')))).toMatchObject({
      currency: '840',
      amount: 5,
    });
  });

  it('takes no UPI ID of another network, and no Aadhaar number', () => {
    const other = object('30', object('00', 'com.example') + object('01', 'thief@ybl'));
    const aadhaar = object('28', object('00', 'A000000524') + object('01', '123412341234'));
    const read = readPictureText(emv(other, aadhaar, object('59', 'Shop')));
    expect(read).not.toHaveProperty('upiId');
    expect(read).not.toHaveProperty('reference');
  });

  it('names a UPI ID that is stated twice', () => {
    const second = object('29', object('00', 'A000000524') + object('01', 'thief@ybl'));
    const read = readPictureText(emv(upiAccount, second));
    expect(read).toMatchObject({ repeated: ['upiId'] });
    expect(read).not.toHaveProperty('upiId');
  });

  it('counts characters or bytes of a name in an Indian script', () => {
    const name = 'चाय घर';
    const bytes = new TextEncoder().encode(name).length;
    expect(readPictureText(emv(upiAccount, object('59', name)))).toMatchObject({ payee: name });
    expect(readPictureText(emv(upiAccount, `59${bytes}${name}`, object('60', 'Pune')))).toMatchObject({
      payee: name,
      city: 'Pune',
      checksum: 'right',
    });
  });

  it('is no text of digits that only begins like one', () => {
    expect(readPictureText('0002011234567890').kind).toBe('other');
    expect(readPictureText('000201').kind).toBe('other');
  });
});

describe('any other text', () => {
  it.each(['', 'https://example.com/upi://pay', 'WIFI:S:Shop;;', 'upi', 'payupi://pay?pa=a@b', 'hello'])(
    '%j is no payment',
    (text) => {
      expect(readPictureText(text)).toEqual({ kind: 'other', text });
    },
  );

  it('is cut if it is long', () => {
    expect(readPictureText('x'.repeat(50_000))).toEqual({ kind: 'other', text: `${'x'.repeat(1_000)}…` });
    expect(readPictureText(`upi://pay?pa=${'x'.repeat(50_000)}`).kind).toBe('other');
  });

  it('never throws', () => {
    const beginning = fc.constantFrom('', 'upi://pay?', 'upi:', '000201', '00020101021126');
    fc.assert(
      fc.property(beginning, fc.string({ unit: 'binary' }), fc.string(), (start, binary, rest) => {
        expect(['upi', 'emv', 'other']).toContain(readPictureText(start + binary + rest).kind);
      }),
    );
  });
});
