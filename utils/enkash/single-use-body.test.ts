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

describe('a body that leaves once', () => {
  it('is taken only when it is asked for, and whole', async () => {
    const once = createSingleUseBody('{"name":"चाय"}');
    expect(once?.asked()).toBe(false);
    expect(await new Response(once?.body ?? null).text()).toBe('{"name":"चाय"}');
    expect(once?.asked()).toBe(true);
  });
});

describe('a request that must leave once', () => {
  const failing = (take: boolean) =>
    vi.fn(async (_url: unknown, { body }: RequestInit = {}) => {
      if (take) await (body as ReadableStream).getReader().read();
      throw new TypeError('Failed to fetch');
    });

  it('is known not to have left where its body was not taken', async () => {
    const fetch = failing(false);
    const answer = await sendHttp(
      { fetch, clock: systemClock, log: createExchangeLog() },
      { ...REQUEST, body: '{}', singleUse: true },
    );
    expect(answer).toEqual({ kind: 'failed', reason: 'connection', unsent: true });
    expect(fetch.mock.calls[0]?.[1]).toMatchObject({ duplex: 'half', body: expect.any(ReadableStream) });
  });

  it('may have left where it was', async () => {
    const deps = { fetch: failing(true), clock: systemClock, log: createExchangeLog() };
    const answer = await sendHttp(deps, { ...REQUEST, body: '{}', singleUse: true });
    expect(answer).toEqual({ kind: 'failed', reason: 'connection', unsent: false });
  });

  it('is told nothing of it otherwise', async () => {
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
