import { expect } from 'vitest';
import type { Fields } from '../apply-transform.ts';
import { type DialectCase, describeDialects, type Kit } from './dialect-cases.ts';
import { DIGIT_IDS, LONG_DIGIT_IDS, SHAPES } from './shapes.ts';

/** The bodies of a get, a search of five and a cancel, in this order. The cancel is applied. */
async function texts({ sandbox, id, read, search, cancel, last }: Kit): Promise<[string, string, string]> {
  const all = [await read(), await search(), await cancel()] as const;
  expect(all.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(last()).toMatchObject({ reachedGateway: true, carriedOut: true });
  expect(sandbox.qrCodes.countCancels('UAT', id)).toBe(1);
  const [got, found, cancelled] = all;
  return [got.text, found.text, cancelled.text];
}

/** Each of the three bodies contains this. The refusal of an unknown code contains `refused`. */
function eachText(form: RegExp, refused?: RegExp): DialectCase {
  return {
    async check(kit) {
      for (const text of await texts(kit)) expect(text).toMatch(form);
      if (refused !== undefined) expect((await kit.read('QR99UNKNOWN')).text).toMatch(refused);
    },
  };
}

/** The records of a get, a search and a cancel have these fields. */
function eachRecord(active: Fields, cancelled: Fields = active): DialectCase {
  return {
    async check(kit) {
      const [got, found, changed] = (await texts(kit)).map((text) => JSON.parse(text).payload);
      expect(got).toMatchObject(active);
      expect(found).toContainEqual(expect.objectContaining(active));
      expect(changed).toMatchObject(cancelled);
    },
  };
}

/** The place of the record in a get and a cancel. A search is unchanged. */
function placed(record: (json: unknown, kit: Kit) => unknown): DialectCase {
  return {
    async check(kit) {
      const [got, found, changed] = (await texts(kit)).map((text) => JSON.parse(text));
      expect(record(got, kit)).toMatchObject({ qrCodeId: kit.id, status: 'ACTIVE' });
      expect(record(changed, kit)).toMatchObject({ qrCodeId: kit.id, status: 'CANCELLED' });
      expect(found.payload).toHaveLength(5);
    },
  };
}

function numericIds(ids: readonly string[]): DialectCase {
  return {
    async check({ read, cancel, search, sandbox }) {
      for (const id of ids) {
        expect((await read(id)).text).toMatch(new RegExp(`"qrCodeId":${id}[,}]`));
        expect((await cancel(id)).text).toMatch(
          new RegExp(`"qrCodeId":${id}[,}].*"status":"CANCELLED"|"status":"CANCELLED".*"qrCodeId":${id}[,}]`),
        );
        expect((await search('', { qrCodeId: id })).text).toContain(`"qrCodeId":${id}`);
        expect(sandbox.qrCodes.countCancels('UAT', id)).toBe(1);
      }
      expect((await read()).text).toMatch(/"qrCodeId":"QR/);
    },
  };
}

describeDialects(SHAPES, {
  'code-text': eachText(/^\{"response_code":"0"/, /^\{"response_code":"1404"/),
  'code-missing': eachText(
    /^\{"response_message":"SUCCESS","payload":/,
    /^\{"response_message":"QR code not/,
  ),
  'code-camel': eachText(
    /^\{"responseCode":0,"responseMessage":"SUCCESS","payload":/,
    /^\{"responseCode":1404,"responseMessage":"QR code not found"/,
  ),
  'code-200': eachText(/^\{"response_code":200,/, /^\{"response_code":1404,/),
  'status-lower': eachRecord({ status: 'active' }, { status: 'cancelled' }),
  'status-title': eachRecord({ status: 'Active' }, { status: 'Cancelled' }),
  'status-canceled': eachRecord({ status: 'ACTIVE' }, { status: 'CANCELED' }),
  'unknown-status': eachRecord({ status: 'SUSPENDED' }),
  'cancel-says-active': {
    async check(kit) {
      const [, , cancelled] = await texts(kit);
      expect(JSON.parse(cancelled)).toMatchObject({ response_code: 0, payload: { status: 'ACTIVE' } });
      expect((await kit.read()).json).toMatchObject({ payload: { status: 'CANCELLED' } });
    },
  },
  'id-number': numericIds(DIGIT_IDS),
  'id-long-number': numericIds(LONG_DIGIT_IDS),
  'id-other-case': {
    async check(kit) {
      const [got, found, cancelled] = await texts(kit);
      const id = kit.id.toLowerCase();
      for (const text of [got, cancelled]) expect(JSON.parse(text).payload.qrCodeId).toBe(id);
      expect(found).toMatch(/"qrCodeId":"qr2\d[0-9a-z]{10}"/);
    },
  },
  'id-spaces': {
    async check(kit) {
      const [got, found, cancelled] = await texts(kit);
      for (const text of [got, cancelled]) expect(JSON.parse(text).payload.qrCodeId).toBe(` ${kit.id}  `);
      expect(found).toMatch(/"qrCodeId":" QR2\d[0-9A-Z]{10} {2}"/);
    },
  },
  'long-numbers': eachText(/"amount":1234567890123456789,.*"referenceNumber":9876543210987653[,}]/),
  'amount-three-decimals': eachText(/"amount":99\.996,/),
  'record-under-qrCode': placed((json) => (json as { payload: Fields }).payload.qrCode),
  'record-in-array': placed((json) => {
    const { payload } = json as { payload: unknown[] };
    expect(payload).toHaveLength(1);
    return payload[0];
  }),
  'record-bare': placed((json) => json),
  'array-of-two': placed((json, { id, sandbox }) => {
    const [other, record] = (json as { payload: Fields[] }).payload;
    expect(other).toMatchObject({ status: 'CANCELLED' });
    expect(other?.qrCodeId).not.toBe(id);
    expect(sandbox.qrCodes.get('UAT', String(other?.qrCodeId))).toBeDefined();
    return record;
  }),
  'error-in-payload': {
    async check({ read, id }) {
      expect((await read()).json).toMatchObject({ response_code: 0, payload: { qrCodeId: id } });
      expect(await read('QR99UNKNOWN')).toMatchObject({
        status: 404,
        json: { response_code: 1404, response_message: 'FAILED', payload: 'QR code not found' },
      });
    },
  },
});
