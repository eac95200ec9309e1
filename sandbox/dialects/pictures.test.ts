import { expect } from 'vitest';
import { readQrPicture } from '../../tests/support/read-qr-picture.ts';
import type { Fields } from '../apply-transform.ts';
import { pictureTextOf } from '../picture-text.ts';
import { qrImageUrl } from '../qr-image.ts';
import type { QrCode } from '../seed.ts';
import { type DialectCase, describeDialects, type Kit } from './dialect-cases.ts';
import { PICTURES } from './pictures.ts';

const FORGED = qrImageUrl('upi://pay?pa=other@sandbox&pn=Other&cu=INR');

/** The records of a get, a search of five and a cancel. */
async function records({ read, search, cancel }: Kit): Promise<[QrCode, QrCode[], QrCode]> {
  const [got, found, cancelled] = [await read(), await search(), await cancel()];
  return [got.json.payload as QrCode, found.json.payload as QrCode[], cancelled.json.payload as QrCode];
}

const textOf = async ({ qrCodeBase64 }: Fields) => (await readQrPicture(String(qrCodeBase64)))[0] ?? '';

/** All pictures of a get, a search and a cancel have such a text. A picture put in by a test stays. */
function saying(expected: (text: string, code: QrCode, kit: Kit) => void): DialectCase {
  return {
    async check(kit) {
      const [got, found, cancelled] = await records(kit);
      const on = kit.sandbox.dialects.list().map(({ name }) => name);
      for (const code of [got, ...found, cancelled]) {
        const text = await textOf(code);
        expect(text).toBe(pictureTextOf(code, 'UAT', on));
        expected(text, code, kit);
      }
      kit.sandbox.qrCodes.put('UAT', { qrCodeId: kit.id, qrCodeBase64: FORGED });
      expect((await kit.read()).json.payload).toMatchObject({ qrCodeBase64: FORGED });
    },
  };
}

const field = (text: string, name: string) => new URL(text).searchParams.get(name);

describeDialects(PICTURES, {
  'picture-id-in-pa': saying((text, { qrCodeId }) => {
    expect(field(text, 'pa')).toBe(`${qrCodeId}@sandbox`);
    expect(text.split(qrCodeId)).toHaveLength(2);
  }),
  'picture-reference-in-tr': saying((text, { qrCodeId }) => {
    expect(field(text, 'tr')).toMatch(/^SU\d{10}$/);
    expect(text).not.toContain(qrCodeId);
  }),
  'picture-without-id': saying((text, code, { sandbox }) => {
    const { upiId, name } = sandbox.merchants.UAT;
    const amount = code.fixedAmount ? `&am=${Number(code.amount).toFixed(2)}` : '';
    expect(text).toBe(`upi://pay?pa=${upiId}&pn=${encodeURIComponent(name)}&mc=5311${amount}&cu=INR`);
  }),
  'picture-emv': saying((text, { qrCodeId }) => {
    expect(text).toMatch(/^00020101021[12]26.*5303356.*6304[0-9A-F]{4}$/);
    expect(text).toContain(`0114${qrCodeId}`);
  }),
  'pictures-as-jpeg': {
    async check(kit) {
      const [got, found, cancelled] = await records(kit);
      for (const code of [got, ...found, cancelled]) {
        expect(code.qrCodeBase64).toMatch(/^(data:image\/jpeg;base64,)?\/9j\//);
        expect(await textOf(code)).toBe(pictureTextOf(code, 'UAT'));
      }
    },
  },
  'lists-without-pictures': {
    async check(kit) {
      const [got, found, cancelled] = await records(kit);
      for (const code of [got, cancelled]) expect(await textOf(code)).toBe(pictureTextOf(code, 'UAT'));
      expect(found).toHaveLength(5);
      for (const code of found) expect(code).not.toHaveProperty('qrCodeBase64');
    },
  },
  'records-without-pictures': {
    async check(kit) {
      const [got, found, cancelled] = await records(kit);
      for (const code of [got, ...found, cancelled]) {
        expect(code).toMatchObject({ qrCodeId: expect.any(String), status: expect.any(String) });
        expect(code).not.toHaveProperty('qrCodeBase64');
      }
    },
  },
});
