import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../sandbox/fault.ts';
import { createServiceFixture, type ServiceFixture } from '../../tests/support/service-fixture.ts';

let kit: ServiceFixture;
let id: string;

beforeAll(async () => {
  kit = await createServiceFixture();
});
beforeEach(() => {
  kit.reset();
  id = kit.activeId();
});
afterAll(() => kit.close());

const fault = (on: Fault['on'], answer: Fault['answer'], times?: number) =>
  kit.sandbox.faults.add({ on, answer, ...(times ? { times } : {}) });
const page = (httpStatus: number) => ({ kind: 'status', httpStatus, body: 'html' }) as const;
const read = () => kit.client.getQrCode(kit.account, id);
const cancel = (options = {}) => kit.client.cancelQrCode(kit.account, id, options);
const tokens = () => kit.sandbox.requests.of('token').length;
const authorizations = () => kit.patches().map(({ headers }) => headers.authorization);

describe('A42 a stale token', () => {
  const stale: [string, Fault['answer']][] = [
    ['117 with 200', { kind: 'token-stale' }],
    ['117 with 403', { kind: 'status', httpStatus: 403, content: { response_code: 117 } }],
    ['117 with 500', { kind: 'status', httpStatus: 500, content: { response_code: 117 } }],
    ['401 without a body', { kind: 'status', httpStatus: 401, body: 'empty' }],
    ['401 with a page', page(401)],
    ['403 with a page', page(403)],
    ["403 in EnKash's envelope", { kind: 'status', httpStatus: 403 }],
  ];
  it.each(stale)('is renewed once after %s', async (_name, answer) => {
    await read();
    fault('cancel', answer, 1);
    expect((await cancel()).kind).toBe('answered');
    expect([tokens(), kit.patches().length]).toEqual([2, 2]);
    expect(new Set(authorizations()).size).toBe(2);
  });
});

describe('A41 a repeated refusal', () => {
  it('by a page with 403 is from an intermediary, after one new token', async () => {
    await read();
    fault('cancel', page(403));
    expect(await cancel()).toMatchObject({ kind: 'ambiguous', reason: 'intermediary', httpStatus: 403 });
    expect([tokens(), kit.patches().length]).toEqual([2, 2]);
  });

  it('by a page with 401 is from an intermediary, after one new token and the other scheme', async () => {
    await read();
    fault('cancel', page(401));
    expect(await cancel()).toMatchObject({ kind: 'ambiguous', reason: 'intermediary', httpStatus: 401 });
    expect([tokens(), kit.patches().length]).toEqual([2, 3]);
    expect(await kit.remembered()).not.toHaveProperty('scheme');
  });

  it.each([404, 405, 451, 511])('by a page with %i is sent once, without a new token', async (httpStatus) => {
    await read();
    fault('cancel', page(httpStatus));
    expect(await cancel()).toMatchObject({ kind: 'ambiguous', reason: 'intermediary', httpStatus });
    expect([tokens(), kit.patches().length]).toEqual([1, 1]);
  });
});

describe('A43 the scheme of the header', () => {
  it('is not stored after the answer of an intermediary', async () => {
    await read();
    fault('any', { kind: 'status', httpStatus: 401, body: 'empty' });
    expect((await cancel()).kind).toBe('ambiguous');
    kit.sandbox.faults.clear();
    expect((await cancel()).kind).toBe('answered');
    expect(await kit.remembered()).not.toHaveProperty('scheme');
    expect(authorizations().at(-1)).toMatch(/^Bearer /);
  });

  it("is stored after EnKash's own answer", async () => {
    fault('any', { kind: 'bare-token-only' });
    expect((await cancel()).kind).toBe('answered');
    expect(await kit.remembered()).toMatchObject({ scheme: 'bare' });
    const before = kit.sandbox.requests.of('get').length;
    await read();
    expect(kit.sandbox.requests.of('get').length).toBe(before + 1);
  });
});

describe('A44 a sign-in', () => {
  const failures: [string, Fault['answer'], string, number][] = [
    ['503', { kind: 'status', httpStatus: 503 }, 'auth-unavailable', 503],
    ['a page', { kind: 'html' }, 'auth-unavailable', 200],
    ['404', page(404), 'auth-unavailable', 404],
    ['405', { kind: 'status', httpStatus: 405 }, 'auth-unavailable', 405],
    [
      '415',
      { kind: 'status', httpStatus: 415, content: { status: 415, error: 'Unsupported' } },
      'auth-unavailable',
      415,
    ],
    [
      'a missing header',
      {
        kind: 'status',
        httpStatus: 400,
        content: { message: "Required request header 'API-Key' is not present" },
      },
      'auth-unavailable',
      400,
    ],
    [
      'a missing header in an envelope',
      {
        kind: 'status',
        httpStatus: 400,
        content: { resultCode: 400, resultMessage: 'Missing header API-Key' },
      },
      'auth-unavailable',
      400,
    ],
    [
      'a refusal of the keys',
      { kind: 'status', httpStatus: 401, content: { resultCode: 401, resultMessage: 'Invalid access key' } },
      'unauthorized',
      401,
    ],
    ['a code with 200', { kind: 'reject', code: 7, message: 'Invalid secret' }, 'unauthorized', 200],
  ];
  it.each(failures)(
    'that fails with %s returns the reason and the HTTP status',
    async (_name, answer, reason, httpStatus) => {
      fault('token', answer);
      expect(await read()).toMatchObject({ kind: 'not-sent', reason, httpStatus });
      expect(kit.sandbox.requests.of('get')).toEqual([]);
    },
  );

  it.each(['payload', 'data'])('succeeds if the token is in %s', async (name) => {
    const { secretKey: _, ...keys } = kit.sandbox.merchants.UAT;
    fault('token', {
      kind: 'status',
      httpStatus: 200,
      content: { resultCode: 0, [name]: { token: keys.readyMadeToken } },
    });
    expect((await read()).kind).toBe('answered');
  });

  it('that fails after a refused token is reported as such, not as refused keys', async () => {
    await read();
    fault('cancel', { kind: 'token-stale' });
    fault('token', { kind: 'status', httpStatus: 503 });
    expect(await cancel()).toMatchObject({
      kind: 'sign-in-failed',
      reason: 'auth-unavailable',
      httpStatus: 503,
    });
    expect(kit.patches()).toHaveLength(1);
  });

  it("that fails after an intermediary's 403 leaves the call ambiguous", async () => {
    await read();
    fault('cancel', page(403));
    fault('token', { kind: 'status', httpStatus: 503 });
    expect(await cancel()).toMatchObject({ kind: 'ambiguous', reason: 'intermediary', httpStatus: 403 });
  });
});

describe('A46 a lock between two sends of one call', () => {
  it.each<[string, Fault['answer']]>([
    ['a refused token', { kind: 'token-stale' }],
    ['a page with 401', page(401)],
    ['a 429', { kind: 'rate-limit', retryAfter: '1' }],
  ])('stops the resend after %s', async (_name, answer) => {
    await read();
    fault('cancel', answer);
    const beforeResend = async () => kit.lock();
    expect((await cancel({ beforeResend })).kind).not.toBe('not-sent');
    expect(kit.patches()).toHaveLength(1);
  });

  it('asks before each resend, also after a 429', async () => {
    await read();
    fault('cancel', { kind: 'rate-limit', retryAfter: '1' }, 2);
    let counted = 0;
    const answer = await cancel({
      beforeResend: async () => {
        counted += 1;
        expect(kit.patches()).toHaveLength(counted);
      },
    });
    expect([answer.kind, counted, kit.patches().length]).toEqual(['answered', 2, 3]);
  });

  it('reports the 429 if the caller rejects the resend', async () => {
    await read();
    fault('cancel', { kind: 'rate-limit', retryAfter: '1' });
    const answer = await cancel({ beforeResend: () => Promise.reject(new Error('Stopped.')) });
    expect([answer.kind, kit.patches().length]).toEqual(['rate-limited', 1]);
  });
});

describe('A47 a gateway that echoes secrets', () => {
  it('has them redacted in every answer, failure and log entry', async () => {
    const { accessKey, secretKey } = kit.sandbox.merchants.UAT;
    await read();
    const { token = '' } = await kit.remembered();
    const secrets = [accessKey, secretKey, token];
    const echo = `key=${accessKey} secret=${encodeURIComponent(secretKey)} token=Bearer ${token} ${btoa(`${accessKey}:${secretKey}`)}`;
    const answers = [];
    fault(
      'get',
      {
        kind: 'merge',
        fields: { qrName: echo, customParams: { [echo]: echo }, description: secretKey.slice(0, 20) },
      },
      1,
    );
    answers.push(await read());
    fault('get', { kind: 'reject', code: 5, message: echo }, 1);
    answers.push(await read());
    fault('get', { kind: 'status', httpStatus: 404, body: 'text', content: echo }, 1);
    answers.push(await read());
    kit.sandbox.issueTokens.expire();
    fault('token', { kind: 'status', httpStatus: 400, content: { message: echo } });
    answers.push(await read());
    const all = JSON.stringify(answers) + JSON.stringify(kit.log.entries());
    for (const secret of secrets)
      for (const form of [
        secret,
        encodeURIComponent(secret),
        btoa(secret).slice(0, -4),
        secret.slice(0, 16),
        secret.slice(-16),
      ])
        expect(all).not.toContain(form);
    expect(all).toContain('•••');
  });
});

describe('A47 an unreadable token', () => {
  const token = 'SANDBOX-UAT-TOKEN-not-issued-0123456789';
  it.each<[string, 'text' | 'json', unknown]>([
    ['in truncated JSON', 'text', `{"token":"${token}","expi`],
    ['as plain text', 'text', token],
    ['as a JSON text', 'json', token],
    ['as the payload', 'json', { resultCode: 0, resultMessage: 'Success', payload: token }],
    ['as the payload without a code', 'json', { payload: `Bearer ${token}`, resultMessage: '' }],
  ])('is neither in the message nor in the log: %s', async (_name, body, content) => {
    fault('token', { kind: 'status', httpStatus: 200, body, content });
    const answer = await read();
    expect(answer).toMatchObject({ kind: 'not-sent', reason: 'auth-unavailable', httpStatus: 200 });
    const all = JSON.stringify([answer, kit.log.entries()]);
    expect(all).toContain('•••');
    expect(all).not.toContain(token.slice(-12));
  });
});

describe('A56 a browser that reports no connection', () => {
  it('is ignored if a request gets an answer', async () => {
    kit.setOnlineHint(false);
    expect((await read()).kind).toBe('answered');
    expect((await cancel()).kind).toBe('answered');
  });

  it('is confirmed if a request gets no answer, and nothing is sent', async () => {
    kit.setOnline(false);
    expect(await read()).toEqual({ kind: 'not-sent', reason: 'offline' });
    expect(await cancel()).toEqual({ kind: 'not-sent', reason: 'offline' });
    expect(kit.patches()).toEqual([]);
  });
});

describe('A55 a wrong clock', () => {
  it('does not shorten a wait: the date of Retry-After is compared with the Date of the answer', async () => {
    const { clock } = kit;
    const at = (ms: number) => new Date(ms).toUTCString();
    const serverNow = clock.now() - 600_000;
    fault(
      'get',
      {
        kind: 'status',
        httpStatus: 429,
        headers: { date: at(serverNow), 'retry-after': at(serverNow + 30_000) },
      },
      1,
    );
    const answer = await kit.client.getQrCode(kit.account, id, { failFast: true });
    expect(answer.kind === 'rate-limited' && Math.round((answer.until - clock.now()) / 5_000)).toBe(6);
  });
});
