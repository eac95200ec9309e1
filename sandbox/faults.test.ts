import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PROTOCOLS, TestClient } from '../tests/fixtures/sandbox-client.ts';
import { type Answer, type Sandbox, startSandbox } from './server.ts';

describe.each(PROTOCOLS)('faults over %s', (protocol) => {
  let sandbox: Sandbox;
  let client: TestClient;
  let headers: Record<string, string>;
  let id: string;
  const status = () => sandbox.qrCodes.get('UAT', id)?.status;
  const read = () => client.send('GET', `/api/v0/qr-code/${id}`, { headers });

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  beforeEach(async () => {
    client = new TestClient(sandbox, protocol);
    headers = await client.signIn();
    id = sandbox.qrCodes.all('UAT')[0]?.qrCodeId ?? '';
  });
  afterEach(async () => {
    await client.close();
    sandbox.reset();
  });
  afterAll(() => sandbox.close());

  const WHOLE: [Answer, { status: number; text?: unknown; json?: unknown; headers?: unknown }][] = [
    [
      { kind: 'status', httpStatus: 503, headers: { 'retry-after': '7' } },
      { status: 503, headers: { 'retry-after': '7' } },
    ],
    [
      { kind: 'status', httpStatus: 502, body: 'html' },
      { status: 502, text: expect.stringContaining('<html>') },
    ],
    [
      { kind: 'status', httpStatus: 500, body: 'empty' },
      { status: 500, text: '' },
    ],
    [
      { kind: 'status', httpStatus: 500, body: 'text', content: 'oops' },
      { status: 500, text: 'oops' },
    ],
    [
      { kind: 'status', httpStatus: 400, content: { message: 'no' } },
      { status: 400, json: { message: 'no' } },
    ],
    [
      { kind: 'reject', code: 42, message: 'No' },
      { status: 200, json: { response_code: 42, response_message: 'No' } },
    ],
    [{ kind: 'html' }, { status: 200, text: expect.stringContaining('<html>') }],
    [{ kind: 'empty' }, { status: 200, text: '' }],
    [{ kind: 'no-content' }, { status: 204, text: '' }],
    [
      { kind: 'wrong-shape', shape: 'array' },
      { status: 200, text: expect.stringMatching(/^\[/) },
    ],
    [
      { kind: 'wrong-shape', shape: 'string' },
      { status: 200, text: '"SUCCESS"' },
    ],
    [
      { kind: 'wrong-shape', shape: 'nested' },
      { status: 200, json: { data: { result: { response_code: 0 } } } },
    ],
    [{ kind: 'response-code-string' }, { status: 200, json: { response_code: '0' } }],
    [{ kind: 'says-active' }, { status: 200, json: { response_code: 0, payload: { status: 'ACTIVE' } } }],
    [
      { kind: 'another-status', status: 'PAUSED' },
      { status: 200, json: { payload: { status: 'PAUSED' } } },
    ],
    [
      { kind: 'another-id', qrCodeId: 'QR24OTHER' },
      { status: 200, json: { payload: { qrCodeId: 'QR24OTHER' } } },
    ],
    [
      { kind: 'redirect', httpStatus: 307, location: 'https://example.com/' },
      { status: 307, headers: { location: 'https://example.com/' } },
    ],
    [{ kind: 'token-stale' }, { status: 200, json: { response_code: 117, payload: 'Token is invalid.' } }],
    [
      { kind: 'rate-limit', retryAfter: 'next Tuesday-ish' },
      { status: 429, headers: { 'retry-after': 'next Tuesday-ish' } },
    ],
  ];

  it.each(WHOLE)('responds as configured: %j', async (answer, expected) => {
    sandbox.faults.add({ on: 'cancel', times: 1, answer });
    expect(await client.cancel(id, headers)).toMatchObject(expected);
    expect(status()).toBe('ACTIVE');
    sandbox.faults.add({ on: 'cancel', times: 1, applyEffect: true, answer });
    await client.cancel(id, headers);
    expect(sandbox.qrCodes.countCancels('UAT', id)).toBe(1);
    expect(sandbox.faults.list()).toEqual([]);
  });

  it('omits the code', async () => {
    sandbox.faults.add({ on: 'get', answer: { kind: 'response-code-missing' } });
    expect((await read()).json).toEqual({ response_message: 'SUCCESS', payload: expect.anything() });
  });

  it('truncates JSON in the middle, with the right length', async () => {
    sandbox.faults.add({ on: 'get', answer: { kind: 'cut-json' } });
    const { text, headers: sent } = await read();
    expect(sent['content-length']).toBe(String(Buffer.byteLength(text)));
    expect(text).toMatch(/^\{"response_code":0/);
    expect(() => JSON.parse(text)).toThrow();
  });

  it('accepts only the token without Bearer', async () => {
    sandbox.faults.add({ on: 'any', answer: { kind: 'bare-token-only' } });
    expect((await read()).json.response_code).toBe(117);
    headers = { ...headers, authorization: headers.authorization?.slice(7) ?? '' };
    expect((await read()).json.response_code).toBe(0);
  });

  it.each([1_600_000_000_000, 1_800_000, '1672531199000', null])(
    'tells the token expiry %s',
    async (value) => {
      sandbox.faults.add({ on: 'token', answer: { kind: 'token-expiry', value } });
      const { accessKey, secretKey } = sandbox.merchants.UAT;
      const { json } = await client.send('POST', '/api/v0/merchant/token', {
        body: { accessKey, secretKey },
      });
      expect(json.token).toBeTruthy();
      expect(json.expiry).toBe(value ?? undefined);
    },
  );

  it('overwrites fields of a response and of a stored QR code with odd values', async () => {
    const odd = { qrName: '<img src=x onerror=alert(1)>', amount: '12', customParams: null };
    sandbox.faults.add({ on: 'get', times: 1, answer: { kind: 'merge', fields: odd } });
    expect((await read()).json.payload).toMatchObject({ qrCodeId: id, ...odd });
    sandbox.qrCodes.put('UAT', { qrCodeId: id, ...odd, description: undefined });
    const { payload } = (await read()).json;
    expect(payload).toMatchObject(odd);
    expect(payload).not.toHaveProperty('description');
  });

  it('omits fields of a response', async () => {
    sandbox.faults.add({ on: 'get', answer: { kind: 'leave-out', fields: ['qrCodeId', 'amount'] } });
    const payload = (await read()).json.payload as object;
    expect(Object.keys(payload)).toContain('qrName');
    expect(payload).not.toHaveProperty('qrCodeId');
    expect(payload).not.toHaveProperty('amount');
  });

  it('ignores filters and wraps the list', async () => {
    sandbox.faults.add({ on: 'search', answer: { kind: 'ignore-filters' } });
    sandbox.faults.add({ on: 'search', answer: { kind: 'wrap-list', under: 'items', total: true } });
    const body = { qrCodeId: id };
    const { json } = await client.send('POST', '/api/v0/qr-code/search?offset=0&limit=5', { headers, body });
    const { items, total } = json.payload as { items: unknown[]; total: number };
    expect([items.length, total]).toEqual([5, sandbox.qrCodes.all('UAT').length]);
  });

  it.each([
    [2, 3],
    [-2, 7],
  ])('shifts pages but the first by %i', async (by, start) => {
    sandbox.faults.add({ on: 'search', answer: { kind: 'shift-pages', by } });
    const page = async (offset: number) => {
      const path = `/api/v0/qr-code/search?offset=${offset}&limit=5`;
      const { json } = await client.send('POST', path, { headers, body: {} });
      return json.payload as unknown[];
    };
    const first = await page(0);
    const shifted = await page(5);
    sandbox.faults.clear();
    expect([first, shifted]).toEqual([await page(0), await page(start)]);
  });

  it('applies faults in the order of addition, counts them down, and matches their conditions', async () => {
    sandbox.faults.add({ on: 'get', qrCodeId: 'QR24OTHER', answer: { kind: 'html' } });
    sandbox.faults.add({ on: 'get', environment: 'LIVE', answer: { kind: 'html' } });
    sandbox.faults.add({ on: 'get', times: 2, answer: { kind: 'status', httpStatus: 500 } });
    sandbox.faults.add({ on: 'get', times: 1, answer: { kind: 'status', httpStatus: 503 } });
    const statuses = [await read(), await read(), await read(), await read()].map((answer) => answer.status);
    expect(statuses).toEqual([500, 500, 503, 200]);
  });
});

it('rejects an invalid fault with an explanation', async () => {
  const sandbox = await startSandbox();
  const add = (fault: unknown) => () => sandbox.faults.add(fault as Parameters<typeof sandbox.faults.add>[0]);
  expect(add({ on: 'refund', answer: { kind: 'html' } })).toThrow('fault.on');
  expect(add({ on: 'get', answer: { kind: 'explode' } })).toThrow('answer.kind');
  expect(add({ on: 'get', answer: { kind: 'slow' } })).toThrow('answer.ms');
  expect(add({ on: 'get', time: 1, answer: { kind: 'html' } })).toThrow('no field time');
  await sandbox.close();
});
