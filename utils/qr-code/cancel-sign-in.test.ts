import { describe, expect, it } from 'vitest';
import {
  CANCELLED,
  cancel,
  fault,
  id,
  kit,
  service,
  useCancelService,
} from '../../tests/fixtures/cancel-service.ts';

useCancelService();

describe('A21 a rate-limited sign-in', () => {
  const holdSignIn = () => fault({ kind: 'rate-limit', retryAfter: '1' }, { on: 'token' });

  it('before a cancel: reports not sent, and counts no request', async () => {
    holdSignIn();
    const { outcome } = await cancel();
    expect(outcome).toMatchObject({ kind: 'not-sent', reason: 'rate-limited', until: expect.any(Number) });
    expect(kit.patches()).toEqual([]);
    expect(await kit.attempts.findLatest(1)).toMatchObject([{ sendCount: 0, outcome: { kind: 'not-sent' } }]);
  });

  it('after a refused token: reports the rate limit, not an intermediary', async () => {
    await kit.client.getQrCode(kit.account, id);
    fault({ kind: 'token-stale' });
    holdSignIn();
    const { outcome } = await cancel();
    expect(outcome).toMatchObject({ kind: 'rejected', cause: 'rate-limited', code: 117 });
    expect(await kit.attempts.findLatest(1)).toMatchObject([{ sendCount: kit.patches().length }]);
  });
});

describe('A23 a refused token', () => {
  it('is renewed once after a 117', async () => {
    await service.read(kit.account, id);
    kit.sandbox.issueTokens.expire();
    kit.sandbox.requests.clear();
    expect((await cancel()).outcome).toEqual(CANCELLED);
    expect(kit.sandbox.requests.of('token')).toHaveLength(1);
    expect(kit.patches()).toHaveLength(2);
  });

  it('is renewed once after a 401', async () => {
    await service.read(kit.account, id);
    kit.sandbox.requests.clear();
    fault({ kind: 'status', httpStatus: 401 }, { times: 1 });
    expect((await cancel()).outcome.kind).toBe('cancelled');
    expect(kit.sandbox.requests.of('token')).toHaveLength(1);
  });

  it('is reported as refused keys if a new token is refused too', async () => {
    await service.read(kit.account, id);
    kit.sandbox.requests.clear();
    fault({ kind: 'token-stale' });
    const { outcome } = await cancel();
    expect(outcome).toMatchObject({ kind: 'rejected', cause: 'unauthorized', code: 117 });
    expect(kit.sandbox.requests.of('token')).toHaveLength(1);
    expect(kit.patches().length).toBeLessThanOrEqual(3);
  });

  it('is renewed once for 50 concurrent calls', async () => {
    await service.read(kit.account, id);
    kit.sandbox.issueTokens.expire();
    kit.sandbox.requests.clear();
    const reads = await Promise.all(
      Array.from({ length: 50 }, (_, index) => service.read(kit.account, kit.activeId(index % 20))),
    );
    expect(reads.every(({ kind }) => kind === 'answered')).toBe(true);
    expect(kit.sandbox.requests.of('token')).toHaveLength(1);
  });

  it('is reported as refused keys if the account has no secret key to renew it', async () => {
    const { accessKey } = kit.sandbox.merchants.UAT;
    kit.setKeys({ authMethod: 'authorization-token', accessKey, authorizationToken: 'SANDBOX-OLD-TOKEN' });
    expect((await cancel()).outcome).toMatchObject({ kind: 'rejected', cause: 'unauthorized' });
    expect(kit.sandbox.requests.of('token')).toEqual([]);
  });
});

describe('A24 the authorization scheme and the token’s expiry', () => {
  it('detects once that EnKash takes only the bare token, and remembers it', async () => {
    kit.sandbox.faults.add({ on: 'any', answer: { kind: 'bare-token-only' } });
    expect((await cancel()).outcome.kind).toBe('cancelled');
    expect((await kit.remembered()).scheme).toBe('bare');
    kit.sandbox.requests.clear();
    expect((await cancel(kit.activeId(1))).outcome.kind).toBe('cancelled');
    expect(kit.sandbox.requests.all().map(({ operation }) => operation)).toEqual(['cancel']);
  });

  it.each([1_000, 1_672_531_199_000, 0, -5, null, 'tomorrow', 1_800_000])(
    'an expiry of %s causes one sign-in',
    async (value) => {
      kit.sandbox.faults.add({ on: 'token', answer: { kind: 'token-expiry', value } });
      expect((await cancel()).outcome.kind).toBe('cancelled');
      expect((await cancel(kit.activeId(1))).outcome.kind).toBe('cancelled');
      expect(kit.sandbox.requests.of('token')).toHaveLength(1);
    },
  );
});

describe('A25 a request with an Origin', () => {
  it('is never sent', async () => {
    await cancel();
    expect(kit.sandbox.requests.all().filter(({ origin }) => origin !== undefined)).toEqual([]);
  });
});

describe('A26 a failed sign-in', () => {
  it.each([500, 502, 503])(
    'sends no PATCH and keeps the keys after a token response of %i',
    async (httpStatus) => {
      kit.sandbox.faults.add({ on: 'token', answer: { kind: 'status', httpStatus } });
      expect((await cancel()).outcome).toMatchObject({ kind: 'not-sent', reason: 'auth-unavailable' });
      expect(kit.patches()).toEqual([]);
      kit.sandbox.faults.clear();
      expect((await cancel()).outcome.kind).toBe('cancelled');
    },
  );

  it('reports refused keys for UAT keys on LIVE', async () => {
    const { outcome } = await service.cancel(kit.live, { qrCodeId: id, startedBy: 'popup' });
    expect(outcome).toMatchObject({ kind: 'not-sent', reason: 'unauthorized' });
    expect(kit.patches()).toEqual([]);
    expect(kit.sandbox.requests.of('token')[0]?.environment).toBe('LIVE');
  });
});
