import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readQrPicture } from '../tests/support/read-qr-picture.ts';
import { emvText } from './emv-text.ts';
import { ENVIRONMENTS } from './environment.ts';
import { pictureTextOf } from './picture-text.ts';
import { QrCodeStore } from './qr-code-store.ts';
import { qrImageBase64, qrImageUrl, textOfQrImage } from './qr-image.ts';
import { qrJpegBase64 } from './qr-jpeg.ts';
import { withPicture } from './seed.ts';
import { type Sandbox, startSandbox } from './server.ts';

describe('the pictures of QR codes', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.close());

  it.each(ENVIRONMENTS)(
    'of %s pay to its merchant, with the id in tr and the amount if it is fixed',
    async (environment) => {
      const { upiId, name, categoryCode } = sandbox.merchants[environment];
      const codes = sandbox.qrCodes.all(environment).filter(({ qrCodeBase64 }) => qrCodeBase64 !== undefined);
      expect(codes.length).toBeGreaterThan(10);
      const anyAmount = codes.filter(({ fixedAmount }) => fixedAmount === false);
      expect(anyAmount.length).toBeGreaterThan(0);
      for (const code of codes) {
        const [text = '', ...more] = await readQrPicture(String(code.qrCodeBase64));
        expect(more).toEqual([]);
        expect(text).toBe(pictureTextOf(code, environment));
        expect(text).toMatch(/^upi:\/\/pay\?pa=/);
        const amount = code.fixedAmount ? { am: Number(code.amount).toFixed(2) } : {};
        expect(Object.fromEntries(new URL(text).searchParams)).toEqual({
          ...{ pa: upiId, pn: name, mc: categoryCode, tr: code.qrCodeId, tn: code.description, cu: 'INR' },
          ...amount,
        });
      }
    },
  );

  it('differ from code to code, and are small', () => {
    const images = sandbox.qrCodes.all('UAT').flatMap(({ qrCodeBase64 }) => qrCodeBase64 ?? []);
    expect(new Set(images).size).toBe(images.length);
    for (const image of images) expect(String(image).length).toBeLessThan(1_800);
  });
});

it('a code that a test adds has a picture too, with its own text or another one', async () => {
  const code = { qrCodeId: 'QR26STALL0001', qrName: 'Stall 1', amount: 250 };
  const store = new QrCodeStore();
  store.put('LIVE', withPicture(code, 'LIVE'));
  const usual = await readQrPicture(String(store.get('LIVE', code.qrCodeId)?.qrCodeBase64));
  expect(usual).toEqual([
    'upi://pay?pa=saffronlane@sandbox&pn=Saffron%20Lane%20Retail&mc=5311&tr=QR26STALL0001&tn=Stall%201&am=250.00&cu=INR',
  ]);
  store.put(
    'LIVE',
    withPicture(code, 'LIVE', { text: 'https://example.in/', prefix: 'data:image/png;base64,' }),
  );
  const image = String(store.get('LIVE', code.qrCodeId)?.qrCodeBase64);
  expect(image).toBe(qrImageUrl('https://example.in/'));
});

describe('drawing', () => {
  const text = 'upi://pay?pa=saffronlane@sandbox&pn=Chaat %26 Chai – गुलाबी';

  it('is read again by another decoder, as a PNG and as a JPEG', async () => {
    expect(await readQrPicture(qrImageUrl(text))).toEqual([text]);
    expect(await readQrPicture(qrJpegBase64(text))).toEqual([text]);
    expect(Buffer.from(qrJpegBase64(text), 'base64').subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
  });

  it('keeps the text of an image that it drew', () => {
    expect(textOfQrImage(qrImageBase64(text))).toBe(text);
    expect(textOfQrImage(qrImageUrl(text))).toBe(text);
    expect(textOfQrImage('data:image/png;base64,iVBORw0KGgo=')).toBeUndefined();
  });
});

describe('a BharatQR text', () => {
  it('has its fields in order and ends with the check sum of EMV', () => {
    const payment = { upiId: 'saffronlane@sandbox', payee: 'Saffron Lane Retail', categoryCode: '5311' };
    expect(emvText({ ...payment, reference: 'QR26A7F3K9M2X1', note: 'Counter 1', amount: '250.00' })).toBe(
      '00020101021226370010A0000005240119saffronlane@sandbox27320010A0000005240114QR26A7F3K9M2X1' +
        '5204531153033565406250.005802IN5919Saffron Lane Retail6006Jaipur610630200162130809Counter 16304A4E6',
    );
    expect(emvText(payment)).toMatch(/^000201010211.*6304[0-9A-F]{4}$/);
  });
});
