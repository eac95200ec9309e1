import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DialectOptions } from '../../sandbox/dialects/dialect.ts';
import type { DialectName } from '../../sandbox/dialects.ts';
import { createServiceFixture, type ServiceFixture } from '../../tests/support/service-fixture.ts';
import { checkConnection, connectionWorks } from './connection-check.ts';

let kit: ServiceFixture;
beforeAll(async () => {
  kit = await createServiceFixture();
});
beforeEach(() => kit.reset());
afterAll(() => kit.close());

async function check(qrCodeId?: string) {
  const { client, account } = kit;
  const ended = await checkConnection({
    client,
    account,
    signIn: 'secret-key',
    qrCodeId,
    onStep: () => undefined,
  });
  const sent = kit.sandbox.requests.all().map(({ operation }) => operation);
  return { ended, works: connectionWorks(ended), sent };
}

const useDialect = (name: DialectName, options: DialectOptions = {}) =>
  kit.sandbox.dialects.use(name, options);
const READS: DialectOptions = { on: ['get', 'search'] };

describe('A45 a check at the gateway', () => {
  it('makes one call of each kind, and changes nothing', async () => {
    const { works, sent, ended } = await check(kit.activeId());
    expect([works, sent]).toEqual([true, ['token', 'get', 'search']]);
    expect(ended['qr-code']).toEqual({ kind: 'code-read', status: 'ACTIVE' });
  });

  it('signs in again although it has a token', async () => {
    await check();
    const { sent } = await check();
    expect(sent.filter((operation) => operation === 'token')).toHaveLength(2);
  });

  it.each(['proxy-404-html', 'router-404-json', 'waf-403-html', 'html-200', 'proxy-502-html'] as const)(
    'does not accept an answer of %s as EnKash’s',
    async (name) => {
      useDialect(name, READS);
      const { ended, works } = await check();
      expect([ended['qr-code']?.kind, ended.search?.kind, works]).toEqual(['failed', 'failed', false]);
    },
  );

  it('fails on "Invalid merchantAccessKey" under HTTP 200', async () => {
    useDialect('any-code-under-200', READS);
    const { ended, works } = await check();
    expect(ended['qr-code']).toMatchObject({
      kind: 'failed',
      failure: { kind: 'rejected', httpStatus: 200 },
    });
    expect(works).toBe(false);
  });

  it.each(['token-503', 'token-404', 'token-missing-header'] as const)(
    'A44 reports the failed sign-in of %s',
    async (name) => {
      useDialect(name);
      const { ended, works } = await check();
      expect(ended['sign-in']).toMatchObject({
        kind: 'failed',
        failure: { kind: 'not-sent', reason: 'auth-unavailable', httpStatus: expect.any(Number) },
      });
      expect(works).toBe(false);
    },
  );

  it('A43 keeps the header’s form and a rate limit for later calls', async () => {
    for (const on of ['get', 'search'] as const)
      kit.sandbox.faults.add({ on, answer: { kind: 'bare-token-only' } });
    expect((await check()).works).toBe(true);
    expect(await kit.remembered()).toMatchObject({ scheme: 'bare' });
    kit.sandbox.faults.add({ on: 'token', times: 1, answer: { kind: 'rate-limit', retryAfter: '60' } });
    const limited = await check();
    expect(limited.ended).toMatchObject({
      'sign-in': { kind: 'failed', failure: { reason: 'rate-limited' } },
      'qr-code': { kind: 'not-tried' },
    });
    const before = kit.sandbox.requests.all().length;
    expect((await check()).ended['sign-in']).toMatchObject({ failure: { reason: 'rate-limited' } });
    expect(await kit.client.getQrCode(kit.account, kit.activeId(), { failFast: true })).toMatchObject({
      reason: 'rate-limited',
    });
    expect(kit.sandbox.requests.all()).toHaveLength(before);
  });
});
