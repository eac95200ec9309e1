import { expect } from 'vitest';
import { type DialectCase, describeDialects, type Kit } from './dialect-cases.ts';
import { TOKENS } from './tokens.ts';

const HTML = expect.stringMatching(/^text\/html/);

/** Two requests pass, then the token is stale and refused like this. A new token works until the end. */
function stale(refusal: { status: number; text: unknown; headers?: object; json?: object }): DialectCase {
  return {
    options: { after: 2 },
    async check(kit) {
      const { client, sandbox } = kit;
      expect((await kit.read()).json.response_code).toBe(0);
      expect((await kit.search()).json.response_code).toBe(0);
      expect(await kit.cancel()).toMatchObject(refusal);
      expect(kit.last()).toMatchObject({ reachedGateway: true, carriedOut: false });
      const headers = await client.signIn();
      expect((await client.cancel(kit.id, headers)).json).toMatchObject({ response_code: 0 });
      expect(sandbox.qrCodes.countCancels('UAT', kit.id)).toBe(1);
      sandbox.issueTokens.expire();
      expect((await client.send('GET', `/api/v0/qr-code/${kit.id}`, { headers })).status).toBe(
        refusal.status,
      );
    },
  };
}

/** A valid token call fails like this. Earlier tokens still work. */
function tokenFails(refusal: { status: number; text: unknown; headers: object }): DialectCase {
  return {
    async check(kit) {
      const answer = await kit.signIn();
      expect(answer).toMatchObject(refusal);
      expect(answer.json).not.toHaveProperty('token');
      expect(kit.last()).toMatchObject({ operation: 'token', reachedGateway: false, carriedOut: false });
      expect((await kit.read()).json.response_code).toBe(0);
    },
  };
}

function spring(httpStatus: number, error: string, message: string): DialectCase {
  const text = new RegExp(
    `^\\{"timestamp":"[^"]+","status":${httpStatus},"error":"${error}","message":"${message}","path":"/api/v0/merchant/token"\\}$`,
  );
  const headers = { 'content-type': 'application/json' };
  return tokenFails({ status: httpStatus, text: expect.stringMatching(text), headers });
}

/** A token call succeeds with this JSON, and its token works. */
function issues(json: object, tokenIn: (json: Kit['headers']) => unknown): DialectCase {
  return {
    async check(kit) {
      const answer = await kit.signIn();
      expect(answer).toMatchObject({ status: 200, json: expect.any(Object) });
      expect(answer.json).toEqual(json);
      const authorization = `Bearer ${tokenIn(answer.json as Kit['headers'])}`;
      const read = await kit.client.send('GET', `/api/v0/qr-code/${kit.id}`, { headers: { authorization } });
      expect(read.json.response_code).toBe(0);
      const wrong = await kit.signIn({ accessKey: 'SANDBOX-NONE', secretKey: 'SANDBOX-NONE' });
      expect(wrong).toMatchObject({ status: 401, json: { resultCode: 401 } });
    },
  };
}

const TOKEN = expect.stringMatching(/^SANDBOX-UAT-TOKEN-/);
const EXPIRY = expect.any(Number);
const MISSING_HEADER = "Required request header 'API-Key' for method parameter type String is not present";
const payload117 = { response_code: 117, payload: 'Token is invalid.' };

describeDialects(TOKENS, {
  'stale-117-under-200': stale({ status: 200, text: expect.any(String), json: payload117 }),
  'stale-117-under-403': stale({ status: 403, text: expect.any(String), json: payload117 }),
  'stale-403-html': stale({
    status: 403,
    text: expect.stringContaining('<h1>Forbidden</h1>'),
    headers: { 'content-type': HTML },
  }),
  'stale-401-empty': stale({
    status: 401,
    text: '',
    headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
  }),
  'stale-401-envelope': stale({
    status: 401,
    text: '{"response_code":401,"response_message":"Unauthorized","payload":null}',
    headers: { 'content-type': 'application/json' },
  }),
  'bearer-401-bare-403': {
    async check({ client, headers, id, cancel, last }) {
      const bearer = await cancel();
      expect(bearer.status).toBe(401);
      expect(bearer.json).toMatchObject({ status: 401, error: 'Unauthorized' });
      expect(bearer.json).not.toHaveProperty('response_code');
      const bare = { ...headers, authorization: headers.authorization?.slice(7) ?? '' };
      expect(await client.cancel(id, bare)).toMatchObject({
        status: 403,
        headers: { 'content-type': HTML },
        text: expect.stringContaining('Forbidden'),
      });
      expect(last()).toMatchObject({ reachedGateway: false, carriedOut: false });
    },
  },
  'any-code-under-200': {
    async check({ read, search, cancel, last }) {
      for (const call of [read, search, cancel]) {
        expect(await call()).toMatchObject({
          status: 200,
          text: '{"response_code":118,"response_message":"Invalid merchantAccessKey","payload":null}',
        });
        expect(last()?.carriedOut).toBe(false);
      }
    },
  },
  'token-503': tokenFails({
    status: 503,
    text: expect.stringContaining('503 Service Unavailable'),
    headers: { 'content-type': HTML },
  }),
  'token-503-after-117': {
    async check({ sandbox, read, signIn }) {
      expect((await signIn()).status).toBe(200);
      expect((await read()).json.response_code).toBe(0);
      sandbox.issueTokens.expire();
      expect((await read()).json.response_code).toBe(117);
      for (const _ of [1, 2]) {
        const { status, text } = await signIn();
        expect({ status, text }).toEqual({ status: 503, text: expect.stringContaining('nginx') });
      }
      sandbox.dialects.clear('token-503-after-117');
      expect((await signIn()).status).toBe(200);
    },
  },
  'token-html': tokenFails({
    status: 200,
    text: expect.stringContaining('Scheduled maintenance'),
    headers: { 'content-type': HTML },
  }),
  'token-404': tokenFails({
    status: 404,
    text: expect.stringContaining('404 Not Found'),
    headers: { 'content-type': HTML },
  }),
  'token-405': spring(405, 'Method Not Allowed', "Request method 'POST' is not supported"),
  'token-415': spring(415, 'Unsupported Media Type', "Content-Type 'application/json' is not supported"),
  'token-missing-header': spring(400, 'Bad Request', MISSING_HEADER),
  'token-requires-api-key': {
    async check({ sandbox, client, signIn }) {
      expect(await signIn()).toMatchObject({ status: 400, json: { message: MISSING_HEADER } });
      const { accessKey, secretKey } = sandbox.merchants.UAT;
      const sent = (key: string) =>
        client.send('POST', '/api/v0/merchant/token', {
          body: { accessKey, secretKey },
          headers: { 'API-Key': key },
        });
      expect((await sent('SANDBOX-NONE')).status).toBe(400);
      expect(await sent(accessKey)).toMatchObject({ status: 200, json: { resultCode: 0 } });
    },
  },
  'token-refused-200': tokenFails({
    status: 200,
    text: '{"resultCode":1,"resultMessage":"Invalid access key"}',
    headers: { 'content-type': 'application/json' },
  }),
  'token-under-payload': issues(
    { resultCode: 0, resultMessage: 'SUCCESS', payload: { token: TOKEN, expiry: EXPIRY } },
    ({ payload }) => (payload as unknown as { token: string }).token,
  ),
  'token-under-data': issues(
    { resultCode: 0, resultMessage: 'SUCCESS', data: { token: TOKEN, expiry: EXPIRY } },
    ({ data }) => (data as unknown as { token: string }).token,
  ),
  'token-result-200': issues(
    { token: TOKEN, expiry: EXPIRY, resultCode: 200, resultMessage: 'SUCCESS' },
    ({ token }) => token,
  ),
  'token-no-expiry': issues({ token: TOKEN, resultCode: 0, resultMessage: 'SUCCESS' }, ({ token }) => token),
});
