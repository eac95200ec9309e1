import { expect, it } from 'vitest';
import { createRateLimitGate } from './rate-limit-gate.ts';
import { createInMemorySessionStore } from './session-store.ts';

const account = { id: 'a1', name: 'Chandni Chowk', environment: 'UAT' } as const;

it.each([
  ['waits longer', 30_000],
  ['fails if the wait is too long', 120_000],
])('a waiting call %s after EnKash asks another call to wait longer', async (_name, longer) => {
  const memory = createInMemorySessionStore();
  let now = 1_000_000;
  const until = now + longer;
  const waits: number[] = [];
  const clock = {
    now: () => now,
    async sleep(ms: number) {
      now += ms;
      if (waits.length === 1) await memory.write(account.id, { rateLimitedUntil: until });
    },
  };
  const gate = createRateLimitGate({ clock, memory });
  await memory.write(account.id, { rateLimitedUntil: now + 2_000 });
  const limited = await gate.pass(account, { onRateLimited: (at) => waits.push(at) });
  if (longer > 60_000) expect(limited).toEqual({ kind: 'not-sent', reason: 'rate-limited', until });
  else expect([limited, now, waits]).toEqual([undefined, until, [1_002_000, until]]);
});

it('blocks a call that is about to leave as soon as an answer has asked to wait, before it is stored', async () => {
  const memory = createInMemorySessionStore();
  const stored = Promise.withResolvers<void>();
  const slow = { ...memory, write: () => stored.promise };
  const gate = createRateLimitGate({
    clock: { now: () => 1_000, sleep: async () => undefined },
    memory: slow,
  });
  expect(gate.blockedUntil(account, {})).toBeUndefined();
  const recording = gate.record(account, { kind: 'rate-limited', until: 3_000, message: '' });
  expect(gate.blockedUntil(account, {})).toBe(3_000);
  expect(gate.blockedUntil({ ...account, id: 'a2' }, {})).toBeUndefined();
  stored.resolve();
  await recording;
  expect(gate.blockedUntil(account, {})).toBeUndefined();
  expect(gate.blockedUntil(account, { rateLimitedUntil: 3_000 })).toBe(3_000);
});

it.each([
  ['429 with a time', { httpStatus: 429, retryAfter: '2', date: null }, 3_000],
  ['429 without a time', { httpStatus: 429, retryAfter: null, date: null }, 6_000],
  ['503 with a time', { httpStatus: 503, retryAfter: '2', date: null }, 3_000],
  ['503 without a time', { httpStatus: 503, retryAfter: null, date: null }, undefined],
  ['200', { httpStatus: 200, retryAfter: '2', date: null }, undefined],
])('the headers of a %s block a call that is about to leave, before the body is read', (_, head, until) => {
  const clock = { now: () => 1_000, sleep: async () => undefined };
  const gate = createRateLimitGate({ clock, memory: createInMemorySessionStore() });
  gate.noteHead(account, head);
  expect(gate.blockedUntil(account, {})).toBe(until);
});
