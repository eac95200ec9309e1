import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HttpResponse } from './http.ts';
import { interpretResponse, readEnvelope } from './interpret-response.ts';
import { parseJson } from './parse-json.ts';
import { readRecordOf } from './read-payload.ts';

const ID = 'QR26ABCD01';
const RECORD = { qrCodeId: ID, status: 'ACTIVE' };
const OTHER = { qrCodeId: 'QR26OTHER9', status: 'CANCELLED' };
const envelope = (change: object = {}) => ({
  response_code: 0,
  response_message: 'OK',
  payload: RECORD,
  ...change,
});

const EMPTY: HttpResponse = {
  kind: 'response',
  httpStatus: 200,
  contentType: null,
  retryAfter: null,
  date: null,
  json: undefined,
  text: '',
};

function interpret(body: unknown, httpStatus = 200, headers: Partial<HttpResponse> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response: HttpResponse = {
    kind: 'response',
    httpStatus,
    contentType: 'application/json',
    retryAfter: null,
    date: null,
    json: parseJson(text),
    text,
    ...headers,
  };
  return interpretResponse(response, 0, readRecordOf(ID));
}

describe('A9 the response code', () => {
  it('accepts the record with code 0 and rejects every other code', () => {
    expect(interpret(envelope()).answer).toMatchObject({ kind: 'answered', code: 0, payload: RECORD });
    expect(interpret(envelope({ response_code: 512, response_message: 'No' })).answer).toEqual({
      kind: 'rejected',
      httpStatus: 200,
      code: 512,
      message: 'No',
    });
    expect(interpret(envelope({ response_code: -1 })).answer).toMatchObject({ kind: 'rejected', code: -1 });
  });
});

describe('A11 an answer without envelope and record', () => {
  it.each([
    ['', 'empty'],
    [' \n', 'empty'],
    ['<html><body>Bad gateway</body></html>', 'not-json'],
    ['{"response_code":0,"payl', 'not-json'],
    ['null', 'wrong-shape'],
    ['[]', 'wrong-shape'],
    ['"OK"', 'wrong-shape'],
    ['0', 'wrong-shape'],
    ['{}', 'wrong-shape'],
    ['{"response_code":"0"}', 'wrong-shape'],
    ['{"response_code":null}', 'wrong-shape'],
    ['{"response_code":0.5,"payload":{}}', 'wrong-shape'],
    ['{"response_code":1e400}', 'wrong-shape'],
    ['{"data":{"result":{"response_code":0}}}', 'wrong-shape'],
  ])('%j is ambiguous: %s', (text, reason) => {
    expect(interpret(text).answer).toMatchObject({ kind: 'ambiguous', reason });
  });

  it('is never accepted without the requested id', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        if (interpret(text).answer.kind === 'answered') expect(text).toContain(ID);
      }),
    );
  });
});

describe('A40 A41 the origin of an HTTP error', () => {
  const pages: [string, unknown][] = [
    ['a web page', '<html>404 Not Found nginx</html>'],
    ["a router's JSON", { message: 'no Route matched with those values' }],
    ["a framework's JSON", { timestamp: 'x', status: 404, error: 'Not Found', path: '/x' }],
    ['an empty body', ''],
  ];
  it.each(pages)('%s is ambiguous with any status', (_name, body) => {
    for (const httpStatus of [400, 401, 403, 404, 405, 407, 410, 451, 511]) {
      const { answer, isFromEnKash, token } = interpret(body, httpStatus);
      expect(answer).toMatchObject({ kind: 'ambiguous', reason: 'intermediary', httpStatus });
      expect(isFromEnKash).toBe(false);
      expect(token).toBe([401, 403].includes(httpStatus) ? 'doubtful' : undefined);
    }
    for (const httpStatus of [408, 500, 502, 503, 504])
      expect(interpret(body, httpStatus).answer).toMatchObject({ kind: 'ambiguous', reason: 'server-error' });
  });

  it("EnKash's envelope is not-found with 404, and rejected with other statuses", () => {
    const refusal = envelope({ response_code: 1404, response_message: 'QR code not found', payload: null });
    expect(interpret(refusal, 404).answer).toEqual({
      kind: 'not-found',
      httpStatus: 404,
      code: 1404,
      message: 'QR code not found',
    });
    expect(interpret(refusal, 400).answer).toMatchObject({ kind: 'rejected', code: 1404 });
    expect(interpret({ response_message: 'QR code not found' }, 404).answer).toMatchObject({
      kind: 'not-found',
    });
  });

  it('a success code with an HTTP error is ambiguous', () => {
    expect(interpret(envelope(), 404).answer).toMatchObject({ kind: 'ambiguous', reason: 'wrong-shape' });
  });
});

describe('A42 a refused token', () => {
  it.each([200, 400, 401, 403, 404, 429, 500])('is recognised by code 117 with HTTP %i', (httpStatus) => {
    const refused = { response_code: 117, response_message: '', payload: 'Token is invalid.' };
    expect(interpret(refused, httpStatus)).toMatchObject({
      answer: { kind: 'unauthorized', code: 117, message: 'Token is invalid.' },
      token: 'refused',
    });
  });

  it('is certain for an envelope with 401, and doubtful with 403', () => {
    const refusal = envelope({ response_code: 9, payload: null });
    expect(interpret(refusal, 401)).toMatchObject({ answer: { kind: 'unauthorized' }, token: 'refused' });
    expect(interpret(refusal, 403)).toMatchObject({ answer: { kind: 'rejected' }, token: 'doubtful' });
  });
});

describe('A48 dialects', () => {
  const read = (body: unknown) => interpret(body).answer;
  it.each<[string, unknown, number | null]>([
    ['code as text', envelope({ response_code: '0' }), null],
    ['no code', { payload: RECORD }, null],
    ['code in camel case', { responseCode: 0, responseMessage: 'OK', payload: RECORD }, null],
    ['code 200', envelope({ response_code: 200 }), null],
    ['record under payload.qrCode', envelope({ payload: { qrCode: RECORD } }), 0],
    ['record in an array of one', envelope({ payload: [RECORD] }), 0],
    ['record without an envelope', RECORD, null],
    ['record beside the code', { response_code: 0, ...RECORD }, 0],
  ])('%s is read', (_name, body, code) => {
    expect(read(body)).toMatchObject({ kind: 'answered', code, payload: RECORD });
  });

  it.each<[unknown, string]>([
    ['active', 'ACTIVE'],
    ['Cancelled', 'CANCELLED'],
    ['CANCELED', 'CANCELLED'],
    [' CANCELLED ', 'CANCELLED'],
    ['Suspended', 'Suspended'],
  ])('status %j is read as %s', (status, expected) => {
    expect(read(envelope({ payload: { ...RECORD, status } }))).toMatchObject({
      payload: { status: expected },
    });
  });

  it.each([ID.toLowerCase(), ` ${ID} `])('the id in the form %j is the requested id', (qrCodeId) => {
    expect(read(envelope({ payload: { ...RECORD, qrCodeId } }))).toMatchObject({ kind: 'answered' });
  });

  it('an id of digits may come as a number', () => {
    const numbered = interpretResponse(
      {
        ...EMPTY,
        json: parseJson('{"response_code":0,"payload":{"qrCodeId":12345678901234567890,"status":"active"}}'),
      },
      0,
      readRecordOf('12345678901234567890'),
    );
    expect(numbered.answer).toMatchObject({ kind: 'answered', payload: { status: 'ACTIVE' } });
  });

  it("rejects another code's record and contradicting records", () => {
    expect(read(envelope({ payload: OTHER }))).toMatchObject({
      reason: 'another-id',
      answeredId: OTHER.qrCodeId,
    });
    expect(read(envelope({ payload: [RECORD, OTHER] }))).toMatchObject({
      kind: 'ambiguous',
      reason: 'wrong-shape',
    });
    expect(read(envelope({ payload: { a: RECORD, b: { ...RECORD, status: 'CANCELLED' } } }))).toMatchObject({
      kind: 'ambiguous',
      reason: 'wrong-shape',
    });
  });

  it('does not accept an echo of the request as a record', () => {
    expect(read({ request: { qrCodeId: ID }, response_code: 0 })).toMatchObject({ kind: 'ambiguous' });
    expect(read({ qrCodeId: ID })).toMatchObject({ kind: 'ambiguous' });
    expect(read(envelope({ payload: { qrCodeId: ID } }))).toMatchObject({ kind: 'answered' });
  });

  it('shows a code that is not a number in its raw form', () => {
    expect(read({ response_code: 'E512', response_message: 'No' })).toMatchObject({
      kind: 'ambiguous',
      message: 'E512 No',
    });
    for (const code of [{ toString: 1 }, [{ valueOf: null, toString: null }]])
      expect(read(envelope({ response_code: code, payload: null }))).toMatchObject({
        kind: 'ambiguous',
        message: `${JSON.stringify(code)} OK`,
      });
  });

  it('reads the text of an error from the payload', () => {
    expect(read({ response_code: 1, payload: 'No utility payment found' })).toMatchObject({
      kind: 'rejected',
      message: 'No utility payment found',
    });
  });
});

describe('A16 A17 the message', () => {
  it.each([
    [{ response_code: 5, response_message: '\t=1+1 ' }, '\t=1+1 '],
    [{ response_code: 5, response_message: ' ' }, ''],
    [{ response_code: 'E5', response_message: 'No' }, 'E5 No'],
    [{ response_code: 'E5' }, 'E5'],
  ])('of %j is unchanged: %j', (json, message) => {
    expect(readEnvelope(json)?.message).toBe(message);
  });

  it.each([null, 5, ['x'], { a: 1 }])('%j is dropped', (response_message) => {
    expect(readEnvelope(envelope({ response_message }))).toMatchObject({ code: 0, message: '' });
  });

  it('of 100 kB is cut, with the number of removed characters', () => {
    const { message = '' } = readEnvelope(envelope({ response_message: 'x'.repeat(100_000) })) ?? {};
    expect(message).toBe(`${'x'.repeat(1_000)}… +${(99_000).toLocaleString('en-IN')}`);
  });

  it.each([
    ['upstream connect error', 'upstream connect error'],
    [{ message: 'no Route matched' }, 'no Route matched'],
    [{ error: 'Not Found' }, 'Not Found'],
    ['<html>Bad gateway</html>', undefined],
    [[], undefined],
  ])('of an intermediary with the body %j is %j', (body, message) => {
    const { answer } = interpret(body, 404);
    expect('message' in answer ? answer.message : undefined).toBe(message);
  });
});
