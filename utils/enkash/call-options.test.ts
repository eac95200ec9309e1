import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createServiceFixture, type ServiceFixture } from '../../tests/support/service-fixture.ts';

let kit: ServiceFixture;

beforeAll(async () => {
  kit = await createServiceFixture();
});
beforeEach(() => kit.reset());
afterAll(() => kit.close());

const refuseTokens = (times?: number) =>
  kit.sandbox.faults.add({ on: 'cancel', answer: { kind: 'token-stale' }, ...(times ? { times } : {}) });

describe('a call with failFast', () => {
  it('fails at once if the gateway asks to wait, and every later call fails unsent', async () => {
    kit.sandbox.faults.add({ on: 'get', times: 1, answer: { kind: 'rate-limit', retryAfter: '30' } });
    const first = await kit.client.getQrCode(kit.account, kit.activeId(), { failFast: true });
    expect(first).toMatchObject({ kind: 'rate-limited' });
    const second = await kit.client.cancelQrCode(kit.account, kit.activeId(), { failFast: true });
    expect(second).toMatchObject({ kind: 'not-sent', reason: 'rate-limited' });
    expect(kit.sandbox.requests.of('get')).toHaveLength(1);
    expect(kit.patches()).toEqual([]);
  });
});

describe('a call whose token was refused', () => {
  it('asks the caller before it is resent', async () => {
    refuseTokens(1);
    let calls = 0;
    const answer = await kit.client.cancelQrCode(kit.account, kit.activeId(), {
      beforeResend: async () => {
        calls += 1;
        expect(kit.patches()).toHaveLength(1);
      },
    });
    expect([answer.kind, calls, kit.patches().length]).toEqual(['answered', 1, 2]);
  });

  it('stays refused if the caller rejects the resend', async () => {
    refuseTokens();
    const answer = await kit.client.cancelQrCode(kit.account, kit.activeId(), {
      beforeResend: () => Promise.reject(new Error('The job was stopped.')),
    });
    expect([answer.kind, kit.patches().length]).toEqual(['unauthorized', 1]);
  });

  it('is neither unsent nor unauthorized if no other token can be fetched', async () => {
    await kit.client.getQrCode(kit.account, kit.activeId());
    refuseTokens();
    kit.sandbox.faults.add({ on: 'token', answer: { kind: 'status', httpStatus: 503 } });
    const answer = await kit.client.cancelQrCode(kit.account, kit.activeId());
    expect(answer).toEqual({
      kind: 'sign-in-failed',
      reason: 'auth-unavailable',
      httpStatus: 503,
      message: 'Service Unavailable',
    });
    expect(kit.patches()).toHaveLength(1);
  });

  it('neither resends nor fetches a token if another call was rate-limited in between', async () => {
    const id = kit.activeId();
    await kit.client.getQrCode(kit.account, id);
    refuseTokens(1);
    kit.sandbox.faults.add({ on: 'cancel', times: 1, answer: { kind: 'slow', ms: 300 } });
    kit.sandbox.faults.add({ on: 'get', times: 1, answer: { kind: 'rate-limit', retryAfter: '30' } });
    const tokens = kit.sandbox.requests.of('token').length;
    const [answer] = await Promise.all([
      kit.client.cancelQrCode(kit.account, id, { failFast: true }),
      kit.client.getQrCode(kit.account, id, { failFast: true }),
    ]);
    expect(answer.kind).toBe('rate-limited');
    expect(kit.patches()).toHaveLength(1);
    expect(kit.sandbox.requests.of('token')).toHaveLength(tokens);
  });
});
