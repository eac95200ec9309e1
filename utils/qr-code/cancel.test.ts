import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../sandbox/fault.ts';
import { createServiceFixture, type ServiceFixture } from '../../tests/support/service-fixture.ts';
import { JournalUnavailable } from '../journal/journal-trouble.ts';
import type { QrCodeService } from './qr-code-service.ts';

/** As the sandbox says it. */
const CANCELLED = { kind: 'cancelled', evidence: 'response', code: 0, message: 'SUCCESS' };

let kit: ServiceFixture;
let desk: QrCodeService;
let id: string;

beforeAll(async () => {
  kit = await createServiceFixture();
});
afterAll(() => kit.close());
beforeEach(() => {
  kit.reset();
  desk = kit.createDesk();
  id = kit.activeId();
});

const cancel = (qrCodeId = id) => desk.cancel(kit.account, { qrCodeId, startedBy: 'popup' });
const fault = (answer: Fault['answer'], more: Partial<Fault> = {}) =>
  kit.sandbox.faults.add({ on: 'cancel', answer, ...more });

describe('A8 a cancel that EnKash confirms', () => {
  it('is cancelled, by exactly one PATCH with both headers, body {} and JSON content type', async () => {
    const { outcome, qrCode } = await cancel();
    expect(outcome).toEqual(CANCELLED);
    expect(qrCode?.status).toBe('CANCELLED');
    expect(kit.sandbox.qrCodes.countCancels('UAT', id)).toBe(1);
    const [patch, ...others] = kit.patches();
    expect(others).toEqual([]);
    expect(patch?.path).toBe(`/api/v0/qr-code/${id}/cancel`);
    expect(patch?.body).toBe('{}');
    expect(patch?.headers['content-type']).toBe('application/json');
    expect(patch?.headers.merchantaccesskey).toBe(kit.sandbox.merchants.UAT.accessKey);
    expect(patch?.headers.authorization).toMatch(/^Bearer \S+$/);
  });
});

describe('A9 a cancel that EnKash rejects', () => {
  it('tells code and message as they came, and that the code is still active', async () => {
    fault({ kind: 'reject', code: 512, message: 'Maker-checker approval pending' });
    const { outcome } = await cancel();
    expect(outcome).toEqual({
      kind: 'rejected',
      httpStatus: 200,
      code: 512,
      message: 'Maker-checker approval pending',
      currentStatus: 'ACTIVE',
    });
    expect(kit.patches()).toHaveLength(1);
  });

  it('says nothing of the status where it could not be read', async () => {
    fault({ kind: 'reject', code: 512, message: 'No' });
    kit.sandbox.faults.add({ on: 'get', answer: { kind: 'status', httpStatus: 500 } });
    const { outcome } = await cancel();
    expect(outcome).toEqual({ kind: 'rejected', httpStatus: 200, code: 512, message: 'No' });
  });
});

describe('A10 an answer that says ACTIVE', () => {
  it('is settled by a read: not confirmed where the code is still ACTIVE', async () => {
    fault({ kind: 'says-active' });
    const { outcome } = await cancel();
    expect(outcome).toMatchObject({
      kind: 'unconfirmed',
      reason: 'not-cancelled-in-answer',
      currentStatus: 'ACTIVE',
    });
    expect(kit.patches()).toHaveLength(1);
  });

  it('is settled by a read: cancelled where the code is CANCELLED', async () => {
    fault({ kind: 'says-active' }, { applyEffect: true });
    expect((await cancel()).outcome).toEqual({ kind: 'cancelled', evidence: 'check' });
  });
});

describe('A11 an answer that cannot be understood', () => {
  const answers: Fault['answer'][] = [
    { kind: 'html' },
    { kind: 'empty' },
    { kind: 'no-content' },
    { kind: 'cut-json' },
    { kind: 'cut-json', breakOff: true },
    { kind: 'wrong-shape', shape: 'array' },
    { kind: 'wrong-shape', shape: 'string' },
    { kind: 'wrong-shape', shape: 'null' },
    { kind: 'wrong-shape', shape: 'nested' },
    { kind: 'response-code-missing' },
    { kind: 'response-code-string' },
  ];
  it.each(answers)('$kind $shape: a read decides', async (answer) => {
    fault(answer, { applyEffect: true });
    expect((await cancel()).outcome).toEqual({ kind: 'cancelled', evidence: 'check' });
    const other = kit.activeId(1);
    kit.sandbox.faults.clear();
    fault(answer);
    const { outcome } = await cancel(other);
    expect(outcome).toMatchObject({ kind: 'unconfirmed', currentStatus: 'ACTIVE' });
    expect(kit.sandbox.qrCodes.countCancels('UAT', other)).toBe(0);
  });
});

describe('A12 an answer for another id', () => {
  it('is never a success, even where the code turns out to be cancelled', async () => {
    fault({ kind: 'another-id', qrCodeId: 'QROTHER999' }, { applyEffect: true });
    const { outcome } = await cancel();
    expect(outcome).toMatchObject({
      kind: 'unconfirmed',
      reason: 'another-id',
      answeredId: 'QROTHER999',
      currentStatus: 'CANCELLED',
    });
  });
});

describe('A13 a code that is not there, or cancelled already', () => {
  it('is told as not found', async () => {
    const { outcome } = await cancel('QRNOSUCHCODE1');
    expect(outcome.kind).toBe('not-found');
  });

  it('is told as already cancelled, with what EnKash said', async () => {
    kit.sandbox.qrCodes.setStatus('UAT', id, 'CANCELLED');
    const { outcome } = await cancel();
    expect(outcome).toMatchObject({ kind: 'already-cancelled', code: 1409 });
    expect(kit.sandbox.qrCodes.countCancels('UAT', id)).toBe(0);
  });
});

describe('A39 a code that is not found after an unclear cancel', () => {
  const page404 = { kind: 'status', httpStatus: 404, body: 'html' } as const;
  const envelope404 = {
    kind: 'status',
    httpStatus: 404,
    content: { response_code: 1404, response_message: 'QR code not found' },
  } as const;
  const unclear: [string, Fault['answer']][] = [
    ['a lost connection', { kind: 'drop' }],
    ['a 502 page', { kind: 'status', httpStatus: 502, body: 'html' }],
    ['a 404 page', page404],
    ['an answer that says ACTIVE', { kind: 'says-active' }],
    ['a cut answer', { kind: 'cut-json' }],
    ['a captive portal', { kind: 'html' }],
  ];
  for (const [name, answer] of unclear)
    it.each([
      ['a page', page404],
      ["EnKash's envelope", envelope404],
    ])(`by ${name}, then by %s, is not confirmed`, async (_name, read) => {
      fault(answer, { applyEffect: true });
      kit.sandbox.faults.add({ on: 'get', answer: read });
      expect((await cancel()).outcome).toMatchObject({ kind: 'unconfirmed' });
      expect(kit.sandbox.qrCodes.countCancels('UAT', id)).toBe(1);
    });

  it('is not confirmed if the second request of a pair says so', async () => {
    fault({ kind: 'status', httpStatus: 502, body: 'html' }, { times: 1 });
    fault(envelope404, { applyEffect: true });
    kit.sandbox.faults.add({ on: 'get', answer: { kind: 'slow', ms: 1 }, times: 1 });
    const { outcome } = await cancel();
    expect(kit.patches()).toHaveLength(2);
    // The read after it finds the code cancelled: by which of the two is not said.
    expect(outcome).toEqual({ kind: 'cancelled', evidence: 'check' });
    const other = kit.activeId(1);
    kit.sandbox.faults.clear();
    fault({ kind: 'status', httpStatus: 502, body: 'html' }, { times: 1 });
    fault(envelope404, { times: 1 });
    const get = kit.sandbox.faults;
    get.add({ on: 'get', answer: { kind: 'another-status', status: 'ACTIVE' }, times: 1 });
    get.add({ on: 'get', answer: envelope404 });
    expect((await cancel(other)).outcome).toMatchObject({ kind: 'unconfirmed' });
  });

  it('is not confirmed after a read has found it ACTIVE', async () => {
    await desk.read(kit.account, id);
    fault(envelope404);
    kit.sandbox.faults.add({ on: 'get', answer: envelope404 });
    expect((await cancel()).outcome).toMatchObject({ kind: 'unconfirmed', reason: 'no-longer-found' });
  });

  it('is not confirmed after the worker died in between', async () => {
    kit.sandbox.faults.add({ on: 'get', answer: envelope404 });
    await kit.attempts.beginCancel(kit.account, { qrCodeId: id, startedBy: 'popup' });
    await kit.createDesk().settleUnfinished();
    expect(kit.told).toMatchObject([{ result: { outcome: { kind: 'unconfirmed', reason: 'interrupted' } } }]);
  });

  it('is not found if EnKash says so of a code that was never seen', async () => {
    expect((await cancel('QRNOSUCHCODE1')).outcome.kind).toBe('not-found');
  });

  it('is not confirmed, and the code is still active, if only an intermediary said not found', async () => {
    fault(page404);
    const { outcome } = await cancel();
    expect(outcome).toMatchObject({ kind: 'unconfirmed', reason: 'intermediary', currentStatus: 'ACTIVE' });
    expect(kit.patches()).toHaveLength(1);
  });
});

describe('A39 a cancel that is carried out, answered by a page 403 and sent again with a new token', () => {
  const page: Fault['answer'] = { kind: 'status', httpStatus: 403, body: 'html' };
  beforeEach(() => fault(page, { times: 1, applyEffect: true }));

  it('is cancelled, confirmed by a check', async () => {
    expect((await cancel()).outcome).toEqual({ kind: 'cancelled', evidence: 'check' });
    expect(kit.patches()).toHaveLength(2);
  });

  it.each<Fault['answer']>([
    { kind: 'status', httpStatus: 404 },
    { kind: 'status', httpStatus: 502, body: 'html' },
  ])('is not confirmed if the code can not be read: %o', async (answer) => {
    kit.sandbox.faults.add({ on: 'get', answer });
    expect((await cancel()).outcome).toMatchObject({ kind: 'unconfirmed' });
  });

  it.each<Fault['answer']>([
    { kind: 'token-stale' },
    { kind: 'rate-limit', retryAfter: '7200' },
    { kind: 'reject', code: 9, message: 'No.' },
  ])('is cancelled, whatever the second request meets: %o', async (answer) => {
    fault(answer);
    expect((await cancel()).outcome).toEqual({ kind: 'cancelled', evidence: 'check' });
  });

  it('is not confirmed if neither is clear', async () => {
    fault({ kind: 'token-stale' });
    kit.sandbox.faults.add({ on: 'get', answer: { kind: 'status', httpStatus: 502, body: 'html' } });
    expect((await cancel()).outcome).toEqual({
      kind: 'unconfirmed',
      reason: 'intermediary',
      httpStatus: 403,
    });
  });
});

describe('A14 a cancel that is asked for again while it is under way', () => {
  it('is sent once, and all who asked get the one result', async () => {
    fault({ kind: 'slow', ms: 150 });
    const results = await Promise.all([cancel(), cancel(), cancel(), cancel()]);
    expect(new Set(results.map(({ attemptId }) => attemptId)).size).toBe(1);
    expect(kit.patches()).toHaveLength(1);
  });
});

describe('A15 a status that changed in between', () => {
  it('tells what EnKash says', async () => {
    expect((await desk.read(kit.account, id)).kind).toBe('answered');
    kit.sandbox.qrCodes.setStatus('UAT', id, 'CANCELLED');
    expect((await cancel()).outcome.kind).toBe('already-cancelled');
  });
});

describe('A18 no connection', () => {
  it('offline: not sent', async () => {
    kit.setOnline(false);
    const { outcome, attemptId = 0 } = await cancel();
    expect(outcome).toEqual({ kind: 'not-sent', reason: 'offline' });
    expect(kit.sandbox.requests.all()).toEqual([]);
    expect(await kit.attempts.findLatest(1)).toMatchObject([{ attemptId, sendCount: 0 }]);
  });

  it('unreachable before signing in: not sent, and said', async () => {
    kit.sandbox.faults.add({ on: 'any', answer: { kind: 'drop' } });
    expect((await cancel()).outcome).toEqual({ kind: 'not-sent', reason: 'unreachable' });
    expect(kit.patches()).toEqual([]);
  });
});

describe('A19 a connection that drops', () => {
  it('after it was carried out: cancelled, confirmed by a check', async () => {
    fault({ kind: 'drop' }, { applyEffect: true });
    expect((await cancel()).outcome).toEqual({ kind: 'cancelled', evidence: 'check' });
  });

  it('before it was carried out: read, and sent again once', async () => {
    fault({ kind: 'drop' }, { times: 1 });
    const { outcome, attemptId = 0 } = await cancel();
    expect(outcome).toEqual(CANCELLED);
    expect(kit.patches()).toHaveLength(2);
    expect(await kit.attempts.findLatest(1)).toMatchObject([{ attemptId, sendCount: 2 }]);
  });

  it('before it was carried out, and the second one turned away: not confirmed, for the first may yet count', async () => {
    fault({ kind: 'drop' }, { times: 1 });
    fault({ kind: 'rate-limit', retryAfter: '7200' });
    const { outcome } = await cancel();
    expect(outcome).toEqual({ kind: 'unconfirmed', reason: 'connection', currentStatus: 'ACTIVE' });
    expect(kit.patches()).toHaveLength(2);
  });

  it('before it was carried out, and the second one refused: not confirmed, with the words of EnKash', async () => {
    fault({ kind: 'drop' }, { times: 1 });
    fault({ kind: 'reject', code: 9, message: 'Another request is under way.' });
    expect((await cancel()).outcome).toEqual({
      kind: 'unconfirmed',
      reason: 'connection',
      currentStatus: 'ACTIVE',
      message: 'Another request is under way.',
    });
    expect(kit.patches()).toHaveLength(2);
  });

  it('every time: not confirmed after the second, never a third', async () => {
    fault({ kind: 'drop' });
    const { outcome } = await cancel();
    expect(outcome).toMatchObject({ kind: 'unconfirmed', reason: 'connection', currentStatus: 'ACTIVE' });
    expect(kit.patches()).toHaveLength(2);
  });
});

describe('A20 no answer, or a server that fails', () => {
  it('gives up waiting after 20 s, then reads', async () => {
    fault({ kind: 'silence' }, { applyEffect: true });
    expect((await cancel()).outcome).toEqual({ kind: 'cancelled', evidence: 'check' });
    expect(kit.clock.waited).toContain(20_000);
  });

  it.each([500, 502, 503, 504])('%i: a check decides', async (httpStatus) => {
    fault({ kind: 'status', httpStatus, body: 'html' }, { applyEffect: true });
    expect((await cancel()).outcome).toEqual({ kind: 'cancelled', evidence: 'check' });
  });

  it('500 without effect: sent again once', async () => {
    fault({ kind: 'status', httpStatus: 500 }, { times: 1 });
    expect((await cancel()).outcome).toEqual(CANCELLED);
    expect(kit.patches()).toHaveLength(2);
  });

  it('not confirmed where the check fails too', async () => {
    fault({ kind: 'status', httpStatus: 502 });
    kit.sandbox.faults.add({ on: 'get', answer: { kind: 'status', httpStatus: 502 } });
    const { outcome } = await cancel();
    expect(outcome).toMatchObject({ kind: 'unconfirmed', reason: 'server-error', httpStatus: 502 });
    expect(outcome).not.toHaveProperty('currentStatus');
    expect(kit.patches()).toHaveLength(1);
  });
});

describe('A21 a gateway that asks to wait', () => {
  const since = (operation: 'cancel' | 'get') => kit.sandbox.requests.of(operation).map(({ at }) => at);

  it.each(['2', 'date'])('waits %s, then sends again', async (given) => {
    // A date is the gateway's, whose clock is the real one.
    const retryAfter =
      given === 'date' ? new Date(Math.ceil(Date.now() / 1000) * 1000 + 3000).toUTCString() : given;
    fault({ kind: 'rate-limit', retryAfter }, { times: 1 });
    expect((await cancel()).outcome).toEqual(CANCELLED);
    const [first = 0, second = 0] = since('cancel');
    // The kit's clock runs 40 times faster; two seconds are 50 ms of it.
    expect(second - first).toBeGreaterThanOrEqual(45);
    expect(kit.waits).toHaveLength(1);
  });

  it('takes a negative time for now', async () => {
    fault({ kind: 'rate-limit', retryAfter: '-30' }, { times: 1 });
    expect((await cancel()).outcome.kind).toBe('cancelled');
    expect(kit.waits).toEqual([]);
  });

  it('takes rubbish for its own default', async () => {
    fault({ kind: 'rate-limit', retryAfter: 'soon' }, { times: 1 });
    expect((await cancel()).outcome.kind).toBe('cancelled');
    expect(kit.waits).toHaveLength(1);
  });

  it('gives up on a year, and says so', async () => {
    fault({ kind: 'rate-limit', retryAfter: String(365 * 24 * 3600) });
    const { outcome } = await cancel();
    expect(outcome).toMatchObject({ kind: 'rejected', cause: 'rate-limited' });
    expect(kit.patches()).toHaveLength(1);
    expect(kit.sandbox.requests.of('get')).toEqual([]);
  });

  it('sends nothing at all before the time, for a check neither', async () => {
    fault({ kind: 'rate-limit', retryAfter: '600' });
    await cancel();
    const other = kit.activeId(1);
    expect(await desk.read(kit.account, other)).toMatchObject({ kind: 'not-sent', reason: 'rate-limited' });
    expect((await cancel(other)).outcome).toMatchObject({ kind: 'not-sent', reason: 'rate-limited' });
    expect(kit.patches()).toHaveLength(1);
    expect(kit.sandbox.requests.of('get')).toEqual([]);
  });
});

describe('A21 a sign-in that is asked to wait', () => {
  const holdSignIn = () => fault({ kind: 'rate-limit', retryAfter: '1' }, { on: 'token' });

  it('before a cancel: not sent, and no sending is counted', async () => {
    holdSignIn();
    const { outcome } = await cancel();
    expect(outcome).toMatchObject({ kind: 'not-sent', reason: 'rate-limited', until: expect.any(Number) });
    expect(kit.patches()).toEqual([]);
    expect(await kit.attempts.findLatest(1)).toMatchObject([{ sendCount: 0, outcome: { kind: 'not-sent' } }]);
  });

  it('after EnKash refused the token: told as that, not as the word of an intermediary', async () => {
    await kit.client.getQrCode(kit.account, id);
    fault({ kind: 'token-stale' });
    holdSignIn();
    const { outcome } = await cancel();
    expect(outcome).toMatchObject({ kind: 'rejected', cause: 'rate-limited', code: 117 });
    expect(await kit.attempts.findLatest(1)).toMatchObject([{ sendCount: kit.patches().length }]);
  });
});

describe('A22 answers that lead elsewhere or do not end', () => {
  it.each([301, 302, 307, 308])('%i: not followed, and said', async (httpStatus) => {
    const location = `https://localhost:${kit.sandbox.port}/elsewhere`;
    fault({ kind: 'redirect', httpStatus, location });
    const { outcome } = await cancel();
    expect(outcome).toMatchObject({ kind: 'unconfirmed', reason: 'redirect', currentStatus: 'ACTIVE' });
    expect(kit.sandbox.requests.all().filter(({ path }) => path === '/elsewhere')).toEqual([]);
  });

  it('an answer of 100 MB is cut off, then a check decides', async () => {
    fault({ kind: 'huge', bytes: 100_000_000 }, { applyEffect: true });
    expect((await cancel()).outcome).toEqual({ kind: 'cancelled', evidence: 'check' });
    const [patch] = kit.patches();
    expect(patch?.answeredBytes ?? 0).toBeLessThan(50_000_000);
  });
});

describe('A23 a token that is refused', () => {
  it('117 once: one new token, done', async () => {
    await desk.read(kit.account, id);
    kit.sandbox.issueTokens.expire();
    kit.sandbox.requests.clear();
    expect((await cancel()).outcome).toEqual(CANCELLED);
    expect(kit.sandbox.requests.of('token')).toHaveLength(1);
    expect(kit.patches()).toHaveLength(2);
  });

  it('401 once: one new token, done', async () => {
    await desk.read(kit.account, id);
    kit.sandbox.requests.clear();
    fault({ kind: 'status', httpStatus: 401 }, { times: 1 });
    expect((await cancel()).outcome.kind).toBe('cancelled');
    expect(kit.sandbox.requests.of('token')).toHaveLength(1);
  });

  it('for ever: one new token, told as refused keys, no loop', async () => {
    await desk.read(kit.account, id);
    kit.sandbox.requests.clear();
    fault({ kind: 'token-stale' });
    const { outcome } = await cancel();
    expect(outcome).toMatchObject({ kind: 'rejected', cause: 'unauthorized', code: 117 });
    expect(kit.sandbox.requests.of('token')).toHaveLength(1);
    expect(kit.patches().length).toBeLessThanOrEqual(3);
  });

  it('for 50 at once: one new token', async () => {
    await desk.read(kit.account, id);
    kit.sandbox.issueTokens.expire();
    kit.sandbox.requests.clear();
    const reads = await Promise.all(
      Array.from({ length: 50 }, (_, index) => desk.read(kit.account, kit.activeId(index % 20))),
    );
    expect(reads.every(({ kind }) => kind === 'answered')).toBe(true);
    expect(kit.sandbox.requests.of('token')).toHaveLength(1);
  });

  it('a token that was handed out cannot be renewed: told as refused', async () => {
    const { accessKey } = kit.sandbox.merchants.UAT;
    kit.setKeys({ authMethod: 'authorization-token', accessKey, authorizationToken: 'SANDBOX-OLD-TOKEN' });
    expect((await cancel()).outcome).toMatchObject({ kind: 'rejected', cause: 'unauthorized' });
    expect(kit.sandbox.requests.of('token')).toEqual([]);
  });
});

describe('A24 the two ways to write the token, and odd ends of its life', () => {
  it('finds out once that only the bare token is taken, and remembers', async () => {
    kit.sandbox.faults.add({ on: 'any', answer: { kind: 'bare-token-only' } });
    expect((await cancel()).outcome.kind).toBe('cancelled');
    expect((await kit.remembered()).scheme).toBe('bare');
    kit.sandbox.requests.clear();
    expect((await cancel(kit.activeId(1))).outcome.kind).toBe('cancelled');
    expect(kit.sandbox.requests.all().map(({ operation }) => operation)).toEqual(['cancel']);
  });

  it.each([1_000, 1_672_531_199_000, 0, -5, null, 'tomorrow', 1_800_000])(
    'an expiry of %s makes no loop and no crash',
    async (value) => {
      kit.sandbox.faults.add({ on: 'token', answer: { kind: 'token-expiry', value } });
      expect((await cancel()).outcome.kind).toBe('cancelled');
      expect((await cancel(kit.activeId(1))).outcome.kind).toBe('cancelled');
      expect(kit.sandbox.requests.of('token')).toHaveLength(1);
    },
  );
});

describe('A25 a request with an Origin', () => {
  it('is refused by the sandbox as by the gateway, and none of ours has one', async () => {
    await cancel();
    expect(kit.sandbox.requests.all().filter(({ origin }) => origin !== undefined)).toEqual([]);
  });
});

describe('A26 signing in that fails', () => {
  it.each([500, 502, 503])('token call %i: could not sign in, keys kept, no PATCH', async (httpStatus) => {
    kit.sandbox.faults.add({ on: 'token', answer: { kind: 'status', httpStatus } });
    expect((await cancel()).outcome).toMatchObject({ kind: 'not-sent', reason: 'auth-unavailable' });
    expect(kit.patches()).toEqual([]);
    kit.sandbox.faults.clear();
    expect((await cancel()).outcome.kind).toBe('cancelled');
  });

  it('UAT keys on LIVE: refused', async () => {
    const { outcome } = await desk.cancel(kit.live, { qrCodeId: id, startedBy: 'popup' });
    expect(outcome).toMatchObject({ kind: 'not-sent', reason: 'unauthorized' });
    expect(kit.patches()).toEqual([]);
    expect(kit.sandbox.requests.of('token')[0]?.environment).toBe('LIVE');
  });
});

describe('A27 a worker that dies', () => {
  /** A desk whose worker dies at the named moment: nothing after it happens any more. */
  const dying = (moment: 'before' | 'after') =>
    kit.createDesk({
      client: {
        ...kit.client,
        async cancelQrCode(...call) {
          if (moment === 'after') await kit.client.cancelQrCode(...call);
          return new Promise(() => undefined);
        },
      },
    });

  it.each([
    {
      moment: 'before',
      told: { kind: 'unconfirmed', reason: 'interrupted', currentStatus: 'ACTIVE' },
      sent: 0,
    },
    { moment: 'after', told: { kind: 'cancelled', evidence: 'check' }, sent: 1 },
  ] as const)('$moment the request: settled by a read at the next start', async ({ moment, told, sent }) => {
    void dying(moment).cancel(kit.account, { qrCodeId: id, startedBy: 'menu' });
    await expect.poll(() => kit.patches().length).toBe(sent);
    await expect.poll(async () => (await kit.attempts.findOpen()).length).toBe(1);
    await kit.createDesk().settleUnfinished();
    const [attempt] = await kit.attempts.findLatest(1);
    expect(attempt?.outcome).toMatchObject(told);
    expect(kit.told).toMatchObject([{ result: { outcome: told }, start: { startedBy: 'menu' } }]);
    expect(kit.patches()).toHaveLength(sent);
    expect(await kit.attempts.findOpen()).toEqual([]);
  });

  it('leaves an attempt open while there are no keys to read with', async () => {
    void dying('after').cancel(kit.account, { qrCodeId: id, startedBy: 'popup' });
    await expect.poll(() => kit.patches().length).toBe(1);
    kit.setKeys(undefined);
    await kit.createDesk().settleUnfinished();
    expect(await kit.attempts.findOpen()).toHaveLength(1);
    kit.setKeys(kit.secretKeysOf('UAT'));
    await kit.createDesk().settleUnfinished();
    expect(await kit.attempts.findOpen()).toEqual([]);
  });

  it('leaves it open while there is no connection, and settles it once there is', async () => {
    void dying('after').cancel(kit.account, { qrCodeId: id, startedBy: 'popup' });
    await expect.poll(() => kit.patches().length).toBe(1);
    kit.setOnline(false);
    await kit.createDesk().settleUnfinished();
    expect(await kit.attempts.findOpen()).toHaveLength(1);
    kit.setOnline(true);
    await kit.createDesk().settleUnfinished();
    expect((await kit.attempts.findLatest(1))[0]?.outcome).toEqual({ kind: 'cancelled', evidence: 'check' });
  });

  it('ends as not confirmed, unread, once its account has been removed', async () => {
    void dying('after').cancel(kit.account, { qrCodeId: id, startedBy: 'popup' });
    await expect.poll(() => kit.patches().length).toBe(1);
    kit.removeAccount();
    const asked = kit.sandbox.requests.all().length;
    await kit.createDesk().endRemoved();
    expect(await kit.attempts.findOpen()).toEqual([]);
    const ended = { kind: 'unconfirmed', reason: 'interrupted', accountRemoved: true };
    expect((await kit.attempts.findLatest(1))[0]?.outcome).toEqual(ended);
    expect(kit.sandbox.requests.all()).toHaveLength(asked);
  });

  it('is left alone while it can’t be told whether its account has been removed', async () => {
    void dying('after').cancel(kit.account, { qrCodeId: id, startedBy: 'popup' });
    await expect.poll(() => kit.patches().length).toBe(1);
    const hasAccount = () => Promise.reject(new Error('no storage'));
    await kit
      .createDesk({ hasAccount })
      .settleUnfinished()
      .catch(() => undefined);
    expect(await kit.attempts.findOpen()).toHaveLength(1);
  });

  it('ends when a settling under way had still seen its account', async () => {
    void dying('after').cancel(kit.account, { qrCodeId: id, startedBy: 'popup' });
    await expect.poll(() => kit.patches().length).toBe(1);
    kit.setKeys(undefined);
    const desk = kit.createDesk();
    const before = desk.settleUnfinished();
    kit.removeAccount();
    await Promise.all([before, desk.endRemoved()]);
    expect(await kit.attempts.findOpen()).toEqual([]);
  });

  it('settles what was cut short before it sends the same cancel anew', async () => {
    void dying('before').cancel(kit.account, { qrCodeId: id, startedBy: 'popup' });
    await expect.poll(async () => (await kit.attempts.findOpen()).length).toBe(1);
    expect((await cancel()).outcome).toEqual(CANCELLED);
    const outcomes = (await kit.attempts.findLatest(2)).map(({ outcome }) => outcome?.kind);
    expect(outcomes).toEqual(['cancelled', 'unconfirmed']);
    expect(kit.patches()).toHaveLength(1);
  });

  it('sends nothing where the attempt could not be written down', async () => {
    const attempts = { ...kit.attempts, beginCancel: () => Promise.reject(new JournalUnavailable('newer')) };
    const broken = kit.createDesk({ attempts });
    const { outcome } = await broken.cancel(kit.account, { qrCodeId: id, startedBy: 'popup' });
    expect(outcome).toEqual({ kind: 'not-sent', reason: 'journal-unavailable', journal: 'newer' });
    expect(kit.sandbox.requests.all()).toEqual([]);
  });
});
