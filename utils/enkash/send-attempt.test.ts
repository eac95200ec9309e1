import { expect, it } from 'vitest';
import { systemClock } from '../lib/clock.ts';
import type { CredentialsResult } from '../model/account.ts';
import { createEnKashClient } from './client.ts';
import { createExchangeLog } from './exchange-log.ts';
import { createInMemorySessionStore } from './session-store.ts';

const account = { id: 'a1', name: 'Chandni Chowk', environment: 'UAT' } as const;
const KEYS: CredentialsResult = {
  ok: true,
  keys: { authMethod: 'authorization-token', accessKey: 'FAKE-ACCESS', authorizationToken: 'FAKE-TOKEN' },
};

it('a call that is about to leave is held back by the headers of a 429 whose body has not arrived', async () => {
  const body = Promise.withResolvers<void>();
  const keys = Promise.withResolvers<CredentialsResult>();
  const opened = [Promise.resolve(KEYS), Promise.resolve(KEYS), Promise.resolve(KEYS), keys.promise];
  const sent: string[] = [];
  const client = createEnKashClient({
    clock: systemClock,
    log: createExchangeLog(),
    isOnline: () => true,
    memory: createInMemorySessionStore(),
    openKeys: () => opened.shift() ?? keys.promise,
    async fetch(url) {
      sent.push(String(url));
      const stream = new ReadableStream({
        pull: (controller) => body.promise.then(() => controller.close()),
      });
      return new Response(stream, { status: 429, headers: { 'retry-after': '5' } });
    },
  });
  const first = client.cancelQrCode(account, 'QR26AB12CD34', { failFast: true });
  const second = client.cancelQrCode(account, 'QR26AB12CD35', { failFast: true });
  await expect.poll(() => sent.length).toBe(1);
  keys.resolve(KEYS);
  expect(await second).toMatchObject({ kind: 'not-sent', reason: 'rate-limited' });
  body.resolve();
  expect((await first).kind).toBe('rate-limited');
  expect(sent).toHaveLength(1);
});
