import { describe, expect, it } from 'vitest';
import { createInMemorySessionStore, createTrialMemory } from './session-store.ts';

describe('the memory for keys that are being tried', () => {
  it('A43 knows how long to wait and how to write the header, and tells the account what it learns', async () => {
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
