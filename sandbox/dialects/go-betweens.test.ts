import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestClient } from '../../tests/fixtures/sandbox-client.ts';
import { type Sandbox, startSandbox } from '../server.ts';
import { type DialectCase, describeDialects, type Kit } from './dialect-cases.ts';
import { GO_BETWEENS } from './go-betweens.ts';

const HTML = /^text\/html/;
const JSON_TYPE = /^application\/json/;

/** Get, search, create and cancel all get this response, and nothing reaches the gateway. */
function inPlace(httpStatus: number, type: RegExp, text: string | RegExp, headers: object = {}): DialectCase {
  return {
    async check({ sandbox, client, headers: bearing, id, read, cancel, search, last }) {
      const body = { qrName: 'Counter 9', multipleUse: true };
      const create = () => client.send('POST', '/api/v0/qr-code', { headers: bearing, body });
      for (const call of [read, cancel, search, create]) {
        const answer = await call();
        expect(answer.status).toBe(httpStatus);
        expect(answer.headers).toMatchObject({ 'content-type': expect.stringMatching(type), ...headers });
        expect(answer.text).toMatch(text);
        expect(answer.json).not.toHaveProperty('response_code');
        expect(last()).toMatchObject({
          answeredStatus: httpStatus,
          reachedGateway: false,
          carriedOut: false,
        });
      }
      expect(sandbox.qrCodes.countCancels('UAT', id)).toBe(0);
      expect(sandbox.qrCodes.all('UAT')).toHaveLength(60);
      expect((await client.signIn()).authorization).toMatch(/TOKEN/);
    },
  };
}

/** A cancel is applied and answered with nginx's page; so is a second one. */
async function cancelUnderPage(kit: Kit, httpStatus: number): Promise<void> {
  for (const carriedOut of [true, false]) {
    const answer = await kit.cancel();
    expect(answer.status).toBe(httpStatus);
    expect(answer.headers['content-type']).toMatch(HTML);
    expect(answer.text).toContain(`<center><h1>${httpStatus}`);
    expect(kit.last()).toMatchObject({ operation: 'cancel', reachedGateway: true, carriedOut });
  }
  expect(kit.sandbox.qrCodes.countCancels('UAT', kit.id)).toBe(1);
  expect(kit.sandbox.qrCodes.get('UAT', kit.id)?.status).toBe('CANCELLED');
}

function carriedOut(httpStatus: number): DialectCase {
  return {
    async check(kit) {
      await cancelUnderPage(kit, httpStatus);
      expect((await kit.read()).json).toMatchObject({ payload: { status: 'CANCELLED' } });
    },
  };
}

/** After a cancel, the get fails for this code alone. */
function thenGet(check: (kit: Kit) => Promise<void>): DialectCase {
  return {
    async check(kit) {
      expect((await kit.read()).json).toMatchObject({ payload: { status: 'ACTIVE' } });
      await cancelUnderPage(kit, 502);
      await check(kit);
      const other = kit.sandbox.qrCodes.all('UAT').at(4)?.qrCodeId ?? '';
      expect(await kit.read(other)).toMatchObject({
        status: 200,
        json: { payload: { qrCodeId: other, status: 'CANCELLED' } },
      });
    },
  };
}

describeDialects(GO_BETWEENS, {
  'proxy-404-html': inPlace(404, HTML, /<center>nginx/, { server: 'nginx/1.24.0' }),
  'router-404-json': inPlace(404, JSON_TYPE, '{"message":"no Route matched with those values"}'),
  'spring-error-404': inPlace(
    404,
    JSON_TYPE,
    /^\{"timestamp":"[^"]+","status":404,"error":"Not Found","path":"\/api\/v0\/qr-code[^"]*"\}$/,
  ),
  'waf-403-html': inPlace(403, HTML, 'Access Denied'),
  'proxy-405': inPlace(405, HTML, '405 Method Not Allowed', { allow: 'GET, HEAD, POST' }),
  'proxy-407': inPlace(407, HTML, 'Proxy Authentication Required', {
    'proxy-authenticate': 'Basic realm="proxy.example"',
  }),
  'legal-451': inPlace(451, HTML, 'Unavailable For Legal Reasons'),
  'captive-511': inPlace(511, HTML, 'Network Authentication Required'),
  'proxy-502-html': inPlace(502, HTML, '502 Bad Gateway'),
  'html-200': inPlace(200, HTML, 'guest network'),
  'carried-out-then-404': carriedOut(404),
  'carried-out-then-502': carriedOut(502),
  'cancelled-then-get-404-page': thenGet(async ({ read }) => {
    const { status, text, headers } = await read();
    expect({ status, text }).toEqual({ status: 404, text: expect.stringContaining('nginx') });
    expect(headers['content-type']).toMatch(HTML);
  }),
  'cancelled-then-get-404-envelope': thenGet(async ({ read }) => {
    expect(await read()).toMatchObject({
      status: 404,
      json: { response_code: 1404, response_message: 'QR code not found', payload: null },
    });
  }),
  'cancelled-then-says-active': thenGet(async ({ read, id }) => {
    expect(await read()).toMatchObject({
      status: 200,
      json: { response_code: 0, payload: { qrCodeId: id, status: 'ACTIVE' } },
    });
  }),
});

describe('the response to a cancel before a get fails', () => {
  let sandbox: Sandbox;
  let client: TestClient;

  beforeEach(async () => {
    sandbox = await startSandbox();
    client = new TestClient(sandbox, 'HTTP/2');
  });
  afterEach(async () => {
    await client.close();
    await sandbox.close();
  });

  it.each(['cancelled-then-get-404-page', 'cancelled-then-get-404-envelope'] as const)(
    '%s says ACTIVE, or nothing',
    async (name) => {
      const headers = await client.signIn();
      const [first = '', second = ''] = sandbox.qrCodes.all('UAT').map(({ qrCodeId }) => qrCodeId);
      sandbox.dialects.use(name, { cancelAnswer: 'says-active' });
      const active = { response_code: 0, payload: { qrCodeId: first, status: 'ACTIVE' } };
      expect(await client.cancel(first, headers)).toMatchObject({ status: 200, json: active });
      sandbox.dialects.use(name, { cancelAnswer: 'lost' });
      await expect(client.cancel(second, headers)).rejects.toThrow();
      for (const id of [first, second]) {
        expect(sandbox.qrCodes.countCancels('UAT', id)).toBe(1);
        expect((await client.send('GET', `/api/v0/qr-code/${id}`, { headers })).status).toBe(404);
      }
    },
  );

  it('leaves the refusal of a token unchanged', async () => {
    const headers = await client.signIn();
    sandbox.issueTokens.expire();
    sandbox.dialects.use('carried-out-then-404');
    const id = sandbox.qrCodes.all('UAT')[0]?.qrCodeId ?? '';
    expect((await client.cancel(id, headers)).json.response_code).toBe(117);
    expect(sandbox.requests.of('cancel')).toMatchObject([{ reachedGateway: true, carriedOut: false }]);
  });
});
