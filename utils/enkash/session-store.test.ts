import { describe, expect, it } from 'vitest';
import { createInMemorySessionStore, createTrialMemory } from './session-store.ts';

describe('the session store for unsaved keys', () => {
  it('A43 shares the rate limit and the scheme with the account, but not its token', async () => {
    const own = createInMemorySessionStore();
    await own.write('a1', { token: 'SANDBOX-OLD', tokenExpiresAt: 9, scheme: 'bare', rateLimitedUntil: 7 });
    const trial = createTrialMemory(own);
    expect(await trial.read('a1')).toEqual({ scheme: 'bare', rateLimitedUntil: 7 });
    await trial.write('a1', { token: 'SANDBOX-NEW', tokenExpiresAt: 11 });
    await trial.write('a1', { rateLimitedUntil: 8 });
    await trial.write('a1', { scheme: 'bearer' });
    expect(await trial.read('a1')).toEqual({
      token: 'SANDBOX-NEW',
      tokenExpiresAt: 11,
      scheme: 'bearer',
      rateLimitedUntil: 8,
    });
    expect(await own.read('a1')).toEqual({
      token: 'SANDBOX-OLD',
      tokenExpiresAt: 9,
      scheme: 'bearer',
      rateLimitedUntil: 8,
    });
  });
});
