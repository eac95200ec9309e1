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

const speak = (name: DialectName, options: DialectOptions = {}) => kit.sandbox.dialects.use(name, options);
const READS: DialectOptions = { on: ['get', 'search'] };

describe('A45 a check at the gateway', () => {
  it('makes one call of each kind, and changes nothing', async () => {
    const { works, sent, ended } = await check(kit.activeId());
    expect([works, sent]).toEqual([true, ['token', 'get', 'search']]);
    expect(ended['qr-code']).toEqual({ kind: 'code-read', status: 'ACTIVE' });
  });

  it('signs in anew though a token is at hand', async () => {
    await check();
    const { sent } = await check();
    expect(sent.filter((operation) => operation === 'token')).toHaveLength(2);
  });

  it.each(['proxy-404-html', 'router-404-json', 'waf-403-html', 'html-200', 'proxy-502-html'] as const)(
    'takes no answer of %s for EnKash’s',
    async (name) => {
      speak(name, READS);
      const { ended, works } = await check();
      expect([ended['qr-code']?.kind, ended.search?.kind, works]).toEqual(['failed', 'failed', false]);
    },
  );

  it('does not take "Invalid merchantAccessKey" under HTTP 200 for a working connection', async () => {
    speak('any-code-under-200', READS);
    const { ended, works } = await check();
    expect(ended['qr-code']).toMatchObject({
      kind: 'failed',
      failure: { kind: 'rejected', httpStatus: 200 },
    });
    expect(works).toBe(false);
  });

  it.each(['token-503', 'token-404', 'token-missing-header'] as const)(
    'A44 says what came of the sign-in: %s',
    async (name) => {
      speak(name);
      const { ended, works } = await check();
      expect(ended['sign-in']).toMatchObject({
        kind: 'failed',
        failure: { kind: 'not-sent', reason: 'auth-unavailable', httpStatus: expect.any(Number) },
      });
      expect(works).toBe(false);
    },
  );

  it('A43 remembers the way to write the header and a wait for the calls that follow', async () => {
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
