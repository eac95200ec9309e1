import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isQrCodeId } from '../qr-code-id/id.ts';
import { isKnownNonId } from '../qr-code-id/non-id-patterns.ts';
import { idCandidates } from './id-candidates.ts';

const ID = 'QR26AB12CD34';
const object = (id: string, value: string) => `${id}${String(value.length).padStart(2, '0')}${value}`;
const emv = (...objects: string[]) => `000201010211${objects.join('')}5303356`;
const npci = (value: string) => object('00', 'A000000524') + object('01', value);

describe('the ID candidates of a payment link', () => {
  it.each([
    [`upi://pay?pa=shop@ybl&pn=Shop&tr=${ID}&am=500`, [ID]],
    [`upi://pay?pa=shop@ybl&tr=EK-${ID}-01`, [`EK-${ID}-01`, ID]],
    [`upi://pay?pa=shop@ybl&tr=EK${ID}`, [`EK${ID}`, ID]],
    ['upi://pay?pa=shop@ybl&tr=RZPGT5viB4WHeoUuuqrv2', ['RZPGT5viB4WHeoUuuqrv2', 'GT5viB4WHeoUuu']],
    // Without `SU` it would be a mobile number.
    ['upi://pay?pa=shop@ybl&tr=SU8812345678', ['SU8812345678']],
    ['upi://pay?pa=shop@ybl&tr=SU4481A23B', ['SU4481A23B', '4481A23B']],
    [`upi://pay?tr=T9X8Y7Z6&qrCodeId=${ID}`, [ID, 'T9X8Y7Z6']],
    [`upi://pay/${ID}?pa=shop@ybl`, [ID]],
    ['upi://pay?pa=Q12345678@ybl', ['Q12345678']],
    ['upi://pay?pa=enkash.qr26ab12cd34@icici', ['qr26ab12cd34', ID]],
    [
      'upi://pay?pa=paytmqr2810050501@paytm',
      ['paytmqr2810050501', 'PAYTMQR2810050501', '2810050501', 'qr2810050501', 'QR2810050501'],
    ],
    [`upi://pay?pa=shop@ybl&tn=Order%20for%20${ID}%20table%204`, [ID]],
    [`upi://pay?pa=shop@ybl&url=https://pay.example/qr/${ID}`, [ID]],
    [`UPI://PAY?PA=shop@ybl&amp;TR=${ID}`, [ID]],
    [`upi://pay?pa=shop@ybl&tn=Bill #7&tr=${ID}`, [ID]],
    [`phonepe://pay?pa=shop@ybl&tr=${ID}`, [ID]],
  ])('%j are %j', (text, ids) => {
    expect(idCandidates(text)).toEqual(ids);
  });

  it.each([
    ['no digit', 'upi://pay?pa=shop@ybl&tr=counter'],
    ['an amount', 'upi://pay?pa=shop@ybl&tr=500&am=500'],
    ['a long amount', 'upi://pay?pa=shop@ybl&tr=123456789&am=123456789'],
    ['a mobile number', 'upi://pay?pa=9876543210@ybl&tr=9876543210&tn=+919876543210'],
    ['a numbered mobile number', 'upi://pay?pa=9876543210-2@ybl'],
    ['a merchant category', 'upi://pay?pa=shop@ybl&mc=5812&mid=5812'],
    ['a date', 'upi://pay?pa=shop@ybl&tn=22-11-2026'],
    ['words', 'upi://pay?pa=shop@ybl&tn=Counter12%20lunch'],
    ['characters of no ID', 'upi://pay?pa=shop@ybl&tr=%2e%2e%2f1%2f..'],
  ])('have no place for %s', (_, text) => {
    expect(idCandidates(text)).toEqual([]);
  });
});

describe('the ID candidates of other texts', () => {
  it('are the references and the UPI ID of an EMV code', () => {
    const text = emv(
      object('26', npci('shop.qr26zz99yy88@icici')),
      object('27', npci('RZPGT8ildsFTgS5Sp')),
      object('62', object('01', 'B-778812') + object('05', 'GT8ildsFTgS5Sp')),
    );
    expect(idCandidates(text)).toEqual([
      'GT8ildsFTgS5Sp',
      'RZPGT8ildsFTgS5Sp',
      'B-778812',
      'qr26zz99yy88',
      'QR26ZZ99YY88',
    ]);
  });

  it('never are an Aadhaar number', () => {
    expect(idCandidates(emv(object('28', npci('123412341234')), object('59', 'Shop')))).toEqual([]);
  });

  it.each([
    [`https://pay.example/qr/${ID}`, [ID]],
    [`https://pay.example/find?x=${ID}&page=2`, [ID]],
    [`https://pay.example/a/${ID}/b/QR26ZZ99YY88`, [ID, 'QR26ZZ99YY88']],
    ['https://pay.example/how-to-pay?token=QR26AB12CD34&utm_id=QR26ZZ99YY88', []],
    [ID, [ID]],
    [`QR code ID: ${ID}`, [ID]],
    ['WIFI:S:Shop;T:WPA;P:Passw0rd123;;', []],
    ['otpauth://totp/Shop?secret=JBSWY3DPEHPK3PXP', []],
    ['9876543210', []],
    ['', []],
  ])('of %j are %j', (text, ids) => {
    expect(idCandidates(text)).toEqual(ids);
  });
});

describe('every ID candidate', () => {
  const part = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[A-Za-z0-9_.@-]{0,40}$/));
  const text = fc
    .tuple(fc.constantFrom('upi://pay?tr=', 'upi://pay?pa=', 'https://a.example/', '000201', ''), part, part)
    .map(([start, one, other]) => `${start}${one}&tn=${other}`);

  it('is an ID with a digit, named once, and there are at most five', () => {
    fc.assert(
      fc.property(text, (each) => {
        const found = idCandidates(each);
        expect(found.length).toBeLessThanOrEqual(5);
        expect(new Set(found).size).toBe(found.length);
        expect(found.filter((id) => !isQrCodeId(id) || !/\d/.test(id))).toEqual([]);
      }),
    );
  });

  it('stands in the text in small letters or capitals', () => {
    // A bank branch's code (IFSC), for example, has this form too.
    const id = fc
      .stringMatching(/^[A-Z][A-Z0-9]{3,10}\d[A-Z][A-Z0-9]{4,10}$/)
      .filter((each) => !isKnownNonId(each));
    fc.assert(
      fc.property(id, (each) => {
        expect(idCandidates(`upi://pay?pa=shop@ybl&tr=${each}`)).toContain(each);
        for (const found of idCandidates(`upi://pay?pa=a.${each.toLowerCase()}@ybl&tn=${each}`))
          expect(each).toContain(found.toUpperCase());
      }),
    );
  });
});
