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
