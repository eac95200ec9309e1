import { describe, expect, it, vi } from 'vitest';
import { systemClock } from '../lib/clock.ts';
import { createExchangeLog } from './exchange-log.ts';
import { sendHttp } from './http.ts';
import { createRedactor } from './redact.ts';
import { createSingleUseBody } from './single-use-body.ts';

const REQUEST = {
  url: 'https://localhost/',
  method: 'POST',
  headers: {},
  maxBytes: 1_000,
  redactor: createRedactor([]),
} as const;

describe('a single-use body', () => {
  it('is consumed only when it is read, and is complete', async () => {
    const singleUse = createSingleUseBody('{"name":"चाय"}');
    expect(singleUse?.wasConsumed()).toBe(false);
    expect(await new Response(singleUse?.body ?? null).text()).toBe('{"name":"चाय"}');
    expect(singleUse?.wasConsumed()).toBe(true);
  });
});

describe('a single-use request', () => {
  const failingFetch = (consume: boolean) =>
    vi.fn(async (_url: unknown, { body }: RequestInit = {}) => {
      if (consume) await (body as ReadableStream).getReader().read();
      throw new TypeError('Failed to fetch');
    });

  it('is unsent if its body was not consumed', async () => {
    const fetch = failingFetch(false);
    const answer = await sendHttp(
      { fetch, clock: systemClock, log: createExchangeLog() },
      { ...REQUEST, body: '{}', singleUse: true },
    );
    expect(answer).toEqual({ kind: 'failed', reason: 'connection', unsent: true });
    expect(fetch.mock.calls[0]?.[1]).toMatchObject({ duplex: 'half', body: expect.any(ReadableStream) });
  });

  it('may have been sent if its body was consumed', async () => {
    const deps = { fetch: failingFetch(true), clock: systemClock, log: createExchangeLog() };
    const answer = await sendHttp(deps, { ...REQUEST, body: '{}', singleUse: true });
    expect(answer).toEqual({ kind: 'failed', reason: 'connection', unsent: false });
  });

  it('is never unsent without a single-use body', async () => {
    const fetch = vi.fn(async (_url: unknown, _init?: RequestInit) =>
      Promise.reject(new TypeError('Failed')),
    );
    const answer = await sendHttp(
      { fetch, clock: systemClock, log: createExchangeLog() },
      { ...REQUEST, body: '{}' },
    );
    expect(answer).toMatchObject({ kind: 'failed', reason: 'connection', unsent: false });
    expect(fetch.mock.calls[0]?.[1]).toMatchObject({ body: '{}' });
  });
});
