import { describe, expect, it } from 'vitest';
import {
  CANCELLED,
  cancel,
  fault,
  kit,
  service,
  useCancelService,
} from '../../tests/fixtures/cancel-service.ts';

useCancelService();

describe('A18 no connection', () => {
  it('sends nothing while the browser is offline', async () => {
    kit.setOnline(false);
    const { outcome, attemptId = 0 } = await cancel();
    expect(outcome).toEqual({ kind: 'not-sent', reason: 'offline' });
    expect(kit.sandbox.requests.all()).toEqual([]);
    expect(await kit.attempts.findLatest(1)).toMatchObject([{ attemptId, sendCount: 0 }]);
  });

  it('reports not sent if the sign-in can’t reach EnKash', async () => {
    kit.sandbox.faults.add({ on: 'any', answer: { kind: 'drop' } });
    expect((await cancel()).outcome).toEqual({ kind: 'not-sent', reason: 'unreachable' });
    expect(kit.patches()).toEqual([]);
  });
});

describe('A19 a dropped connection', () => {
  it('after the cancel was carried out: reports cancelled, by a check', async () => {
    fault({ kind: 'drop' }, { applyEffect: true });
    expect((await cancel()).outcome).toEqual({ kind: 'cancelled', evidence: 'check' });
  });

  it('before the cancel was carried out: reads, then sends once more', async () => {
    fault({ kind: 'drop' }, { times: 1 });
    const { outcome, attemptId = 0 } = await cancel();
    expect(outcome).toEqual(CANCELLED);
    expect(kit.patches()).toHaveLength(2);
    expect(await kit.attempts.findLatest(1)).toMatchObject([{ attemptId, sendCount: 2 }]);
  });

  it('then a rate limit: reports not confirmed, as the first request may still be carried out', async () => {
    fault({ kind: 'drop' }, { times: 1 });
    fault({ kind: 'rate-limit', retryAfter: '7200' });
    const { outcome } = await cancel();
    expect(outcome).toEqual({ kind: 'unconfirmed', reason: 'connection', currentStatus: 'ACTIVE' });
    expect(kit.patches()).toHaveLength(2);
  });

  it('then a refusal: reports not confirmed, with EnKash’s message', async () => {
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

  it('every time: reports not confirmed after the second request, and sends no third', async () => {
    fault({ kind: 'drop' });
    const { outcome } = await cancel();
    expect(outcome).toMatchObject({ kind: 'unconfirmed', reason: 'connection', currentStatus: 'ACTIVE' });
    expect(kit.patches()).toHaveLength(2);
  });
});

describe('A20 no response, or a server error', () => {
  it('times out after 20 s, then reads', async () => {
    fault({ kind: 'silence' }, { applyEffect: true });
    expect((await cancel()).outcome).toEqual({ kind: 'cancelled', evidence: 'check' });
    expect(kit.clock.waited).toContain(20_000);
  });

  it.each([500, 502, 503, 504])('is settled by a check: %i', async (httpStatus) => {
    fault({ kind: 'status', httpStatus, body: 'html' }, { applyEffect: true });
    expect((await cancel()).outcome).toEqual({ kind: 'cancelled', evidence: 'check' });
  });

  it('sends once more after a 500 without effect', async () => {
    fault({ kind: 'status', httpStatus: 500 }, { times: 1 });
    expect((await cancel()).outcome).toEqual(CANCELLED);
    expect(kit.patches()).toHaveLength(2);
  });

  it('reports not confirmed if the check fails too', async () => {
    fault({ kind: 'status', httpStatus: 502 });
    kit.sandbox.faults.add({ on: 'get', answer: { kind: 'status', httpStatus: 502 } });
    const { outcome } = await cancel();
    expect(outcome).toMatchObject({ kind: 'unconfirmed', reason: 'server-error', httpStatus: 502 });
    expect(outcome).not.toHaveProperty('currentStatus');
    expect(kit.patches()).toHaveLength(1);
  });
});

describe('A21 a rate limit', () => {
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

  it('takes a negative time as now', async () => {
    fault({ kind: 'rate-limit', retryAfter: '-30' }, { times: 1 });
    expect((await cancel()).outcome.kind).toBe('cancelled');
    expect(kit.waits).toEqual([]);
  });

  it('takes an invalid time as its default', async () => {
    fault({ kind: 'rate-limit', retryAfter: 'soon' }, { times: 1 });
    expect((await cancel()).outcome.kind).toBe('cancelled');
    expect(kit.waits).toHaveLength(1);
  });

  it('does not wait for a year, and reports that', async () => {
    fault({ kind: 'rate-limit', retryAfter: String(365 * 24 * 3600) });
    const { outcome } = await cancel();
    expect(outcome).toMatchObject({ kind: 'rejected', cause: 'rate-limited' });
    expect(kit.patches()).toHaveLength(1);
    expect(kit.sandbox.requests.of('get')).toEqual([]);
  });

  it('sends neither a cancel nor a check before its time', async () => {
    fault({ kind: 'rate-limit', retryAfter: '600' });
    await cancel();
    const other = kit.activeId(1);
    expect(await service.read(kit.account, other)).toMatchObject({
      kind: 'not-sent',
      reason: 'rate-limited',
    });
    expect((await cancel(other)).outcome).toMatchObject({ kind: 'not-sent', reason: 'rate-limited' });
    expect(kit.patches()).toHaveLength(1);
    expect(kit.sandbox.requests.of('get')).toEqual([]);
  });
});

describe('A22 a redirect, or a response without end', () => {
  it.each([301, 302, 307, 308])('is reported and not followed: %i', async (httpStatus) => {
    const location = `https://localhost:${kit.sandbox.port}/elsewhere`;
    fault({ kind: 'redirect', httpStatus, location });
    const { outcome } = await cancel();
    expect(outcome).toMatchObject({ kind: 'unconfirmed', reason: 'redirect', currentStatus: 'ACTIVE' });
    expect(kit.sandbox.requests.all().filter(({ path }) => path === '/elsewhere')).toEqual([]);
  });

  it('is cut off at the limit, then settled by a check', async () => {
    fault({ kind: 'huge', bytes: 100_000_000 }, { applyEffect: true });
    expect((await cancel()).outcome).toEqual({ kind: 'cancelled', evidence: 'check' });
    const [patch] = kit.patches();
    expect(patch?.answeredBytes ?? 0).toBeLessThan(50_000_000);
  });
});
