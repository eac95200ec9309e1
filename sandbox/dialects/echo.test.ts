import { expect, it } from 'vitest';
import { TestClient } from '../../tests/fixtures/sandbox-client.ts';
import type { Fields } from '../apply-transform.ts';
import { startSandbox } from '../server.ts';
import { type DialectCase, describeDialects, type Kit } from './dialect-cases.ts';
import { ECHO } from './echo.ts';
import { FORMS, halves } from './secret-forms.ts';

function keysOf({ sandbox, headers }: Kit): { accessKey: string; secretKey: string; token: string } {
  const { accessKey, secretKey } = sandbox.merchants.UAT;
  return { accessKey, secretKey, token: headers.authorization?.slice(7) ?? '' };
}

function pairOf(kit: Kit): string {
  const { accessKey, secretKey } = keysOf(kit);
  return FORMS.base64(`${accessKey}:${secretKey}`);
}

/** Expects every secret in every form, after JSON unescaping. */
function expectEveryForm(text: string, kit: Kit, names = ['accessKey', 'secretKey', 'token'] as const): void {
  for (const name of names) {
    for (const form of Object.values(FORMS)) expect(text).toContain(form(keysOf(kit)[name]));
    for (const half of halves(keysOf(kit)[name])) expect(text).toContain(half);
  }
  expect(text).toContain(pairOf(kit));
}

function recordField(name: string, secret: 'token' | 'secretKey'): DialectCase {
  return {
    async check(kit) {
      for (const call of [kit.read, kit.cancel]) {
        const { json } = await call();
        expect((json.payload as Fields)[name]).toBe(keysOf(kit)[secret]);
      }
      const found = (await kit.search()).json.payload as Fields[];
      expect(found.map((record) => record[name])).toEqual(Array(5).fill(keysOf(kit)[secret]));
      expect(kit.sandbox.qrCodes.get('UAT', kit.id)?.status).toBe('CANCELLED');
    },
  };
}

const flat = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(flat).join('\n');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([name, each]) => `${name}\n${flat(each)}`)
    .join('\n');
};

describeDialects(ECHO, {
  'echo-secrets': {
    async check(kit) {
      const { accessKey, secretKey, token } = keysOf(kit);
      const got = await kit.read();
      expect(got.json).toMatchObject({ response_code: 0, payload: { qrCodeId: kit.id, status: 'ACTIVE' } });
      const record = got.json.payload as Record<string, Fields>;
      expectEveryForm(flat(got.json), kit);
      expect(got.json.response_message).toContain(secretKey);
      expect(record.qrName).toContain(`${accessKey} ${secretKey} ${token}`);
      expect(record.description).toContain(JSON.stringify(`Bearer ${token}`));
      expect(record.customerName).toContain(encodeURIComponent(secretKey));
      expect(record.customerEmail).toContain(pairOf(kit));
      expect(record.customParams).toMatchObject({ store: expect.any(String), [accessKey]: secretKey });
      for (const secret of [accessKey, secretKey, token]) {
        const [first, second] = halves(secret);
        expect(record.customerId).toContain(first);
        expect(record.referenceNumber).toContain(second);
        expect(record.customParams).toMatchObject({ [first]: second });
        expect(first + second).toBe(secret);
      }
      expect(got.json[token]).toContain(accessKey);

      const found = (await kit.search()).json.payload as Fields[];
      for (const each of found) expect(flat(each)).toContain(secretKey);

      const refused = await kit.read('QR99UNKNOWN');
      expect(refused).toMatchObject({ status: 404, json: { response_code: 1404 } });
      expect(refused.json.status).toBe(`${accessKey} ${secretKey} ${token}`);
      expectEveryForm(String(refused.json.response_message), kit);

      kit.sandbox.issueTokens.expire();
      const stale = await kit.read();
      expect(stale.json).toMatchObject({ response_code: 117 });
      expect(stale.json.payload).toContain(`Token is invalid. GET /api/v0/qr-code/${kit.id}`);
    },
  },
  'echo-secrets-status': recordField('status', 'token'),
  'echo-secrets-id': recordField('qrCodeId', 'secretKey'),
  'echo-secrets-html': {
    async check(kit) {
      for (const call of [kit.read, kit.cancel, kit.search]) {
        const { status, headers, text } = await call();
        expect(status).toBe(403);
        expect(headers['content-type']).toMatch(/^text\/html/);
        expectEveryForm(text, kit);
        expect(kit.last()).toMatchObject({ reachedGateway: false, carriedOut: false });
      }
    },
  },
  'echo-secrets-token': {
    async check(kit) {
      const { status, json } = await kit.signIn();
      expect({ status, json }).toMatchObject({ status: 400, json: { resultCode: 400 } });
      expect(json.token).toBeUndefined();
      for (const name of ['accessKey', 'secretKey'] as const) {
        expect(json.resultMessage).toContain(`"${name}":"${keysOf(kit)[name]}"`);
        for (const form of Object.values(FORMS)) {
          expect(json.resultMessage).toContain(form(keysOf(kit)[name]));
        }
      }
      expect(json.resultMessage).toContain(pairOf(kit));
    },
  },
});

it('echoes keys whose characters every encoding escapes, each form as a different text', async () => {
  const sandbox = await startSandbox();
  const client = new TestClient(sandbox, 'HTTP/2');
  const keys = sandbox.merchants.UAT.keysWithSigns;
  const { json: signedIn } = await client.send('POST', '/api/v0/merchant/token', { body: keys });
  expect(signedIn.token).toMatch(/^SANDBOX\+UAT\/TOKEN\/[0-9a-f]+==$/);
  sandbox.dialects.use('echo-secrets');
  const headers = { authorization: `Bearer ${signedIn.token}`, merchantaccesskey: keys.accessKey };
  const id = sandbox.qrCodes.all('UAT')[0]?.qrCodeId ?? '';
  const { json } = await client.send('GET', `/api/v0/qr-code/${id}`, { headers });
  expect(json.response_code).toBe(0);
  const forms = Object.values(FORMS).map((form) => form(keys.secretKey));
  expect(new Set(forms).size).toBe(forms.length);
  for (const form of forms) expect(json.forms).toContain(form);
  await client.close();
  await sandbox.close();
});
