import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DialectName } from '../../sandbox/dialects.ts';
import { createServiceFixture, type ServiceFixture } from '../../tests/support/service-fixture.ts';
import { describeExchanges } from './describe-exchanges.ts';
import { createExchangeLog, LOG_CAPACITY } from './exchange-log.ts';
import type { HttpResult } from './http.ts';

const ID = 'QR26DU7U9NREWU';
const URL_OF_CODE = `https://olympus-pg-uat.enkash.in/api/v0/qr-code/${ID}`;

function logged(result: Partial<HttpResult & { kind: 'response' }>, url = URL_OF_CODE): string {
  const log = createExchangeLog();
  log.record({
    at: Date.UTC(2026, 10, 22, 10, 30),
    ms: 41,
    bytes: 321,
    request: { method: 'GET', url, qrCodeId: ID },
    result: {
      kind: 'response',
      httpStatus: 200,
      contentType: 'application/json',
      retryAfter: null,
      date: null,
      json: undefined,
      text: '',
      ...result,
    },
  });
  return describeExchanges(log.entries());
}
const loggedMessage = (message: string) => logged({ json: { response_code: 5, response_message: message } });

/** Examples of data that identify customers and shops. */
const PERSONAL = [
  'Asha Rao',
  'ASHA RAO',
  'Sri Mahalakshmi Stores',
  'दुकान क्रमांक ४',
  'ஆஷா',
  'asha.rao@example.com',
  'asha%40example.com',
  'asharao@okaxis',
  '9876543210',
  '98765 43210',
  '98765-43210',
  '987 654 3210',
  '+91 98765 43210',
  '+91-9876543210',
  '09876543210',
  'mob9876543210',
  '९८७६५४३२१०',
  '1234 5678 9012',
  '4111 1111 1111 1111',
];

describe('A50 the log of exchanges', () => {
  it('contains time, method, path with the id, HTTP status, content type, size and duration', () => {
    expect(logged({ httpStatus: 404, contentType: 'text/html' })).toBe(
      `2026-11-22T10:30:00.000Z GET olympus-pg-uat.enkash.in/api/v0/qr-code/${ID} → HTTP 404, text/html, 321 bytes, 41 ms`,
    );
  });

  it('contains field names and types, and the gateway’s message', () => {
    const text = logged({
      json: {
        response_code: 5,
        response_message: 'Invalid merchantAccessKey',
        payload: { qrCodeId: ID, status: 'SUSPENDED', qrName: 'Asha', multipleUse: true, amount: 500 },
      },
    });
    for (const part of [
      '"response_code":5',
      '"Invalid merchantAccessKey"',
      `"qrCodeId":"${ID}"`,
      '"status":"SUSPENDED"',
      '"qrName":"<4 characters>"',
      '"multipleUse":true',
      '"amount":"<number>"',
    ])
      expect(text).toContain(part);
  });

  it.each([
    'no Route matched with those values',
    "Required request header 'API-Key' is not present",
    'QR code not found',
    'Bad Gateway',
    'Token is invalid.',
  ])('keeps the gateway’s own words: %s', (message) => {
    expect(loggedMessage(message)).toContain(message);
  });

  it('keeps the last exchanges in order', () => {
    const log = createExchangeLog();
    for (let index = 0; index <= LOG_CAPACITY; index += 1)
      log.record({
        at: index,
        ms: 0,
        bytes: 0,
        request: { method: 'GET', url: URL_OF_CODE },
        result: { kind: 'failed', reason: 'timeout' },
      });
    const lines = describeExchanges(log.entries()).split('\n');
    expect(lines).toHaveLength(LOG_CAPACITY);
    expect(lines[0]).toContain('00:00:00.001Z');
    log.clear();
    expect(log.entries()).toEqual([]);
  });

  it('has one line per answer, even if the answer contains line breaks', () => {
    expect(loggedMessage('a\nb\r\n2026-11-22T00:00:00Z GET evil').split('\n')).toHaveLength(2);
    expect(logged({ text: '<html>\n<body>\nx' }).split('\n')).toHaveLength(2);
  });
});

describe('A50 a customer’s data', () => {
  const frames: [string, (value: string) => string][] = [
    ['in a message', (value) => loggedMessage(`Customer ${value} not found`)],
    ['after a label', (value) => loggedMessage(`Invalid customer: ${value}`)],
    ['in quotation marks', (value) => loggedMessage(`QR code "${value}" is already cancelled`)],
    ['in single quotation marks', (value) => loggedMessage(`name '${value}' is taken`)],
    [
      'as the text of an error',
      (value) => logged({ json: { response_code: 1, payload: `No entry for ${value}` } }),
    ],
    [
      'in a field',
      (value) => logged({ json: { payload: { qrName: value, customerMobile: value, note: [value] } } }),
    ],
    [
      'in a field and repeated',
      (value) => logged({ json: { message: `${value}!`, payload: { qrName: value } } }),
    ],
    ['as the name of a field', (value) => logged({ json: { payload: { [value]: 1 } } })],
    ['in params', (value) => logged({ json: { payload: { customParams: { [value]: value } } } })],
    [
      'in truncated JSON',
      (value) => logged({ text: `{"payload":{"qrName":"${value}","customerName":"${value}` }),
    ],
    ['in XML', (value) => logged({ text: `<?xml version="1.0"?><customerName>${value}</customerName>` })],
    ['in plain text', (value) => logged({ text: `Customer ${value} not found` })],
  ];

  it.each(frames)('%s is redacted in every form', (_, write) => {
    const isVisible = (value: string) => {
      const text = write(value).split('\n').slice(1).join('\n');
      const words = value.split(/[ @-]/).filter((part) => part.length > 3);
      return [value, ...words].some((word) => text.includes(word));
    };
    expect(PERSONAL.filter(isVisible)).toEqual([]);
  });

  it('as a number is redacted', () => {
    const text = logged({
      json: { payload: 9_876_543_210, customerMobile: 9_876_543_210, customerId: 4711 },
    });
    expect(text).not.toMatch(/9876543210|4711/);
  });

  it('is redacted of a path if an id has the form of a mobile number', () => {
    expect(logged({}, 'https://olympus-pg-uat.enkash.in/api/v0/qr-code/9876543210')).not.toContain(
      '9876543210',
    );
  });

  it('never comes from a field of a record with any name and value', () => {
    const value = fc.stringMatching(/^[A-Za-z0-9 @.+-]{6,30}$/);
    const name = fc.constantFrom(
      'qrName',
      'customerName',
      'customerEmail',
      'description',
      'referenceNumber',
      'x',
    );
    fc.assert(
      fc.property(value, name, (text, field) => {
        const log = logged({ json: { payload: { [field]: `~${text}~` } } });
        expect(log).not.toContain(`~${text}~`);
      }),
    );
  });
});

describe('A47 secrets that the gateway echoes', () => {
  let kit: ServiceFixture;
  beforeAll(async () => {
    kit = await createServiceFixture();
  });
  beforeEach(() => kit.reset());
  afterAll(() => kit.close());

  it.each([
    'echo-secrets',
    'echo-secrets-status',
    'echo-secrets-id',
    'echo-secrets-html',
    'echo-secrets-token',
  ] as DialectName[])('are not in the log: %s', async (name) => {
    await kit.client.getQrCode(kit.account, kit.activeId());
    const { token = '' } = await kit.remembered();
    kit.sandbox.dialects.use(name);
    await kit.client.signIn(kit.account);
    await kit.client.getQrCode(kit.account, kit.activeId());
    await kit.client.searchQrCodes(kit.account, {}, { offset: 0, limit: 5 });
    await kit.client.cancelQrCode(kit.account, kit.activeId(1));
    const text = describeExchanges(kit.log.entries()) + JSON.stringify(kit.log.entries());
    expect(text.split('\n').length).toBeGreaterThan(4);
    const { accessKey, secretKey } = kit.sandbox.merchants.UAT;
    const { token: renewed = '' } = await kit.remembered();
    for (const secret of [accessKey, secretKey, token, renewed])
      for (const form of [
        secret,
        encodeURIComponent(secret),
        btoa(secret).slice(0, -4),
        secret.slice(0, 16),
        secret.slice(-16),
      ])
        expect(text).not.toContain(form);
    for (const { customerName, qrName } of kit.sandbox.qrCodes.all('UAT').slice(0, 50) as {
      customerName?: string;
      qrName?: string;
    }[])
      for (const value of [customerName, qrName]) if (value) expect(text).not.toContain(value);
  });
});
