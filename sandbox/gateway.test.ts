import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PROTOCOLS, TestClient } from '../tests/fixtures/sandbox-client.ts';
import { type Sandbox, startSandbox } from './server.ts';

describe.each(PROTOCOLS)('the gateway over %s', (protocol) => {
  let sandbox: Sandbox;
  let client: TestClient;
  let headers: Record<string, string>;
  const activeId = () => sandbox.qrCodes.all('UAT').find(({ status }) => status === 'ACTIVE')?.qrCodeId ?? '';

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  beforeEach(async () => {
    client = new TestClient(sandbox, protocol);
    headers = await client.signIn();
  });
  afterEach(async () => {
    await client.close();
    sandbox.reset();
  });
  afterAll(() => sandbox.close());

  it('uses the protocol and logs it', () => {
    expect(sandbox.requests.of('token')).toMatchObject([
      { httpVersion: protocol === 'HTTP/2' ? '2.0' : '1.1', environment: 'UAT', answeredStatus: 200 },
    ]);
  });

  it('issues a token with a future expiry', async () => {
    const { accessKey, secretKey } = sandbox.merchants.UAT;
    const { json } = await client.send('POST', '/api/v0/merchant/token', { body: { accessKey, secretKey } });
    expect(json).toMatchObject({ token: expect.stringMatching(/^SANDBOX-UAT-TOKEN-/), resultCode: 0 });
    expect(json.expiry).toBeGreaterThan(Date.now());
  });

  it('refuses the keys and tokens of one environment in the other', async () => {
    const { accessKey, secretKey } = sandbox.merchants.UAT;
    const body = { accessKey, secretKey };
    const refused = await client.send('POST', '/api/v0/merchant/token', { environment: 'LIVE', body });
    expect(refused.status).toBe(401);
    expect(refused.json.token).toBeUndefined();
    const live = await client.send('GET', `/api/v0/qr-code/${activeId()}`, { environment: 'LIVE', headers });
    expect(live.json).toMatchObject({ response_code: 117, payload: 'Token is invalid.' });
  });

  it.each([
    ['no token', {}],
    ['an unknown token', { authorization: 'Bearer SANDBOX-UNKNOWN' }],
    ['a bare token', () => ({ authorization: headers.authorization?.slice(7) ?? '' })],
  ])('answers code 117 under HTTP 200 to %s', async (_, given) => {
    const used = typeof given === 'function' ? given() : given;
    const { status, json } = await client.send('GET', `/api/v0/qr-code/${activeId()}`, { headers: used });
    expect({ status, json }).toMatchObject({
      status: 200,
      json: { response_code: 117, payload: 'Token is invalid.' },
    });
  });

  it('accepts the ready-made token permanently, and refuses issued tokens once they are stale', async () => {
    sandbox.issueTokens.expire();
    const path = `/api/v0/qr-code/${activeId()}`;
    expect((await client.send('GET', path, { headers })).json.response_code).toBe(117);
    const readyMade = { authorization: `Bearer ${sandbox.merchants.UAT.readyMadeToken}` };
    expect((await client.send('GET', path, { headers: readyMade })).json.response_code).toBe(0);
  });

  it('refuses an access key that does not match the token', async () => {
    const wrong = { ...headers, merchantaccesskey: sandbox.merchants.LIVE.accessKey };
    const { json } = await client.send('GET', `/api/v0/qr-code/${activeId()}`, { headers: wrong });
    expect(json.response_code).not.toBe(0);
  });

  it('cancels a code once, and refuses a second cancel', async () => {
    const id = activeId();
    const first = await client.cancel(id, headers);
    expect(first.json).toMatchObject({ response_code: 0, payload: { qrCodeId: id, status: 'CANCELLED' } });
    const second = await client.cancel(id, headers);
    expect(second.status).toBe(200);
    expect(second.json.response_code).not.toBe(0);
    expect(sandbox.qrCodes.countCancels('UAT', id)).toBe(1);
    expect(sandbox.qrCodes.get('UAT', id)?.status).toBe('CANCELLED');
    expect(sandbox.requests.of('cancel', id)).toMatchObject([
      { method: 'PATCH', body: '{}', answeredStatus: 200, headers: { 'content-type': 'application/json' } },
      { method: 'PATCH' },
    ]);
  });

  it('refuses a cancel that is not JSON', async () => {
    const { status } = await client.send('PATCH', `/api/v0/qr-code/${activeId()}/cancel`, {
      headers: { ...headers, 'content-type': 'text/plain' },
      body: {},
    });
    expect(status).toBe(415);
    expect(sandbox.qrCodes.countCancels('UAT', activeId())).toBe(0);
  });

  it.each(['GET', 'PATCH'] as const)(
    'answers 404 with an envelope to %s of an unknown id',
    async (method) => {
      const path = `/api/v0/qr-code/QR24UNKNOWN00${method === 'PATCH' ? '/cancel' : ''}`;
      const { status, json } = await client.send(method, path, {
        headers,
        ...(method === 'PATCH' && { body: {} }),
      });
      expect(status).toBe(404);
      expect(json).toMatchObject({ response_code: expect.any(Number), response_message: expect.any(String) });
      expect(json.response_code).not.toBe(0);
    },
  );

  it.each([
    ['GET', '/api/v0/qr-code/x'],
    ['PATCH', '/api/v0/qr-code/x/cancel'],
    ['POST', '/api/v0/merchant/token'],
    ['OPTIONS', '/api/v0/merchant/token'],
  ] as const)('refuses %s %s with an Origin, and logs it', async (method, path) => {
    const origin = 'chrome-extension://abcdefghijklmnop';
    const answer = await client.send(method, path, { headers: { ...headers, origin } });
    expect(answer).toMatchObject({ status: 403, text: 'Invalid CORS request' });
    expect(sandbox.requests.all().at(-1)).toMatchObject({ origin, answeredStatus: 403 });
  });

  it('never sends a CORS header', async () => {
    const answers = [
      await client.send('GET', `/api/v0/qr-code/${activeId()}`, { headers }),
      await client.send('GET', '/nowhere', { headers: { origin: 'https://example.com' } }),
    ];
    const names = answers.flatMap((answer) => Object.keys(answer.headers));
    expect(names.filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('logs the path as received, and its operation', async () => {
    await client.send('GET', '/api/v0/qr-code/a%2Fb?x=1', { headers });
    expect(sandbox.requests.all().at(-1)).toMatchObject({
      path: '/api/v0/qr-code/a%2Fb',
      query: '?x=1',
      operation: 'get',
      qrCodeId: 'a/b',
    });
  });

  it('applies the filters and pages of a search', async () => {
    const search = async (query: string, body: unknown) => {
      const { json } = await client.send('POST', `/api/v0/qr-code/search${query}`, { headers, body });
      return json.payload as { qrCodeId: string; status: string }[];
    };
    const all = await search('?offset=0&limit=5000', {});
    expect(all).toHaveLength(sandbox.qrCodes.all('UAT').length);
    expect(await search('?offset=2&limit=3', {})).toEqual(all.slice(2, 5));
    const cancelled = await search('?offset=0&limit=5000', { status: 'CANCELLED' });
    expect(cancelled.length).toBeGreaterThan(3);
    expect(cancelled.every(({ status }) => status === 'CANCELLED')).toBe(true);
    expect(await search('', { qrCodeId: activeId() })).toMatchObject([{ qrCodeId: activeId() }]);
  });

  it('creates a QR code that can then be read', async () => {
    const fields = { qrName: 'Made here', multipleUse: false, fixedAmount: true, amount: 12.5 };
    const { json } = await client.send('POST', '/api/v0/qr-code', { headers, body: fields });
    const made = json.payload as { qrCodeId: string };
    expect(made).toMatchObject({ ...fields, status: 'ACTIVE' });
    const read = await client.send('GET', `/api/v0/qr-code/${made.qrCodeId}`, { headers });
    expect(read.json.payload).toEqual(made);
  });

  it.each([
    ['qrName is required', { multipleUse: true }],
    ['amount is not a field, or not of this type', { qrName: 'Counter', amount: '12' }],
    ['customParams is not a field, or not of this type', { qrName: 'Counter', customParams: { n: 1 } }],
    ['referenceNumber is not a field, or not of this type', { qrName: 'Counter', referenceNumber: 'R1' }],
  ])('creates nothing where %s', async (message, body) => {
    const before = sandbox.qrCodes.all('UAT').length;
    const { json } = await client.send('POST', '/api/v0/qr-code', { headers, body });
    expect(json).toMatchObject({ response_code: 1400, response_message: message });
    expect(sandbox.qrCodes.all('UAT')).toHaveLength(before);
  });
});
