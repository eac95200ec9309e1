import { describe, expect, it } from 'vitest';
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

describe('a wait that only the headers of an answer have told', () => {
  const HEAD = { httpStatus: 429, retryAfter: '2', date: null };

  function createTestGate() {
    const memory = createInMemorySessionStore();
    let now = 100_000_000;
    const clock = {
      now: () => now,
      async sleep(ms: number) {
        now += ms;
      },
      set: (to: number) => {
        now = to;
      },
    };
    return { gate: createRateLimitGate({ clock, memory }), memory, clock };
  }

  it('is waited for by a call that may wait, and refuses one that may not', async () => {
    const { gate, clock } = createTestGate();
    gate.noteHead(account, HEAD);
    const until = clock.now() + 2_000;
    expect(await gate.pass(account, { failFast: true })).toEqual({
      kind: 'not-sent',
      reason: 'rate-limited',
      until,
    });
    expect(await gate.pass({ ...account, id: 'a2' }, { failFast: true })).toBeUndefined();
    const told: number[] = [];
    expect(await gate.pass(account, { onRateLimited: (at) => told.push(at) })).toBeUndefined();
    expect([told, clock.now()]).toEqual([[until], until]);
  });

  it('is stored even if the connection is lost before the body is complete', async () => {
    const { gate, memory, clock } = createTestGate();
    gate.noteHead(account, HEAD);
    const lost = { kind: 'failed', reason: 'connection' } as const;
    await gate.record(account, { kind: 'ambiguous', reason: 'connection' }, lost);
    expect(await memory.read(account.id)).toEqual({ rateLimitedUntil: clock.now() + 2_000 });
  });

  it('is not shortened by another answer that asks for less', async () => {
    const { gate, memory, clock } = createTestGate();
    const until = clock.now() + 30_000;
    await gate.record(account, { kind: 'rate-limited', until, message: '' });
    gate.noteHead(account, HEAD);
    await gate.record(account, { kind: 'rate-limited', until: clock.now() + 2_000, message: '' });
    expect(await memory.read(account.id)).toEqual({ rateLimitedUntil: until });
    expect(gate.blockedUntil(account, {})).toBeUndefined();
  });

  it('stays in memory if it could not be stored', async () => {
    const { memory, clock } = createTestGate();
    const full = { ...memory, write: () => Promise.reject(new Error('no space')) };
    const gate = createRateLimitGate({ clock, memory: full });
    const until = clock.now() + 2_000;
    const recording = gate.record(account, { kind: 'rate-limited', until, message: '' });
    await expect(recording).rejects.toThrow('no space');
    expect(gate.blockedUntil(account, {})).toBe(until);
  });

  it('ends, and the next one holds after the clock was set back by hours', async () => {
    const { gate, memory, clock } = createTestGate();
    gate.noteHead(account, HEAD);
    await memory.write(account.id, { rateLimitedUntil: clock.now() + 2_000 });
    const stored = await memory.read(account.id);
    clock.set(clock.now() - 3 * 3_600_000);
    expect(gate.blockedUntil(account, stored)).toBeUndefined();
    expect(await gate.pass(account, { failFast: true })).toBeUndefined();
    gate.noteHead(account, { ...HEAD, retryAfter: '1' });
    const until = clock.now() + 1_000;
    expect(gate.blockedUntil(account, stored)).toBe(until);
    await gate.record(account, { kind: 'rate-limited', until, message: '' });
    expect(await memory.read(account.id)).toEqual({ rateLimitedUntil: until });
    clock.set(until);
    expect(gate.blockedUntil(account, await memory.read(account.id))).toBeUndefined();
  });
});
