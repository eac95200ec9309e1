import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import managedSchema from '../../public/managed-schema.json' with { type: 'json' };
import { createPolicyReader, DEFAULT_POLICY, readManaged } from './policy.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  fakeBrowser.reset();
});

const STRICTEST = {
  requirePassphrase: true,
  maxLockMinutes: 1,
  forbidSkippingConfirmation: true,
  requireReason: true,
  environments: [],
  maxJobSize: 0,
};
const NAMES = Object.keys(STRICTEST) as (keyof typeof STRICTEST)[];
const readFrom = (get: () => Promise<unknown>) => createPolicyReader({ get, onAnswered: () => undefined })();
const read = (managed: unknown) => readFrom(async () => managed);

describe('a policy', () => {
  it('has the defaults if the administrator sets nothing', async () => {
    expect(await readFrom(readManaged)).toEqual(DEFAULT_POLICY);
    const missing = () => Promise.reject(new Error('Managed storage manifest not found'));
    expect(await readFrom(missing)).toEqual(DEFAULT_POLICY);
  });

  it('has the defaults in a browser without managed storage', async () => {
    vi.spyOn(fakeBrowser.storage, 'managed', 'get').mockReturnValue(undefined as never);
    expect(await readFrom(readManaged)).toEqual(DEFAULT_POLICY);
  });

  it('has the administrator’s values', async () => {
    const policy = {
      requirePassphrase: true,
      maxLockMinutes: 5,
      forbidSkippingConfirmation: true,
      requireReason: true,
      environments: ['UAT'],
      maxJobSize: 100,
    };
    await fakeBrowser.storage.managed.set(policy);
    expect(await readFrom(readManaged)).toEqual({ ...policy, unreadable: [] });
  });

  it('has a schema with exactly the names that are read', () => {
    expect(Object.keys(managedSchema.properties).sort()).toEqual(NAMES.toSorted());
  });

  it.each([
    ['maxJobSize', 0, 0],
    ['maxJobSize', 2.9, 2.9],
    ['maxLockMinutes', 0, 1],
    ['maxLockMinutes', 0.5, 1],
    ['maxLockMinutes', 1e9, 1e9],
    ['environments', [], []],
  ] as const)('reads %s %j as %j', async (name, value, effective) => {
    expect(await read({ [name]: value })).toEqual({ ...DEFAULT_POLICY, [name]: effective, unreadable: [] });
  });
});

describe('an unreadable value', () => {
  it.each([
    ['requirePassphrase', 'yes'],
    ['requirePassphrase', 'false'],
    ['requirePassphrase', null],
    ['forbidSkippingConfirmation', 1],
    ['requireReason', {}],
    ['maxLockMinutes', '5'],
    ['maxLockMinutes', -5],
    ['maxLockMinutes', Number.NaN],
    ['maxLockMinutes', null],
    ['environments', 'LIVE'],
    ['environments', 'UAT'],
    ['environments', { 0: 'LIVE' }],
    ['environments', null],
    ['maxJobSize', '100'],
    ['maxJobSize', -1],
    ['maxJobSize', Number.POSITIVE_INFINITY],
    ['maxJobSize', [100]],
  ] as const)(
    '%s %j is replaced by the strictest value and listed; the others apply',
    async (name, value) => {
      expect(await read({ [name]: value })).toEqual({
        ...DEFAULT_POLICY,
        [name]: STRICTEST[name],
        unreadable: [name],
      });
    },
  );

  it('in the list of environments allows nothing, and is listed', async () => {
    expect(await read({ environments: ['UAT', 'live'] })).toMatchObject({
      environments: ['UAT'],
      unreadable: ['environments'],
    });
    expect(await read({ environments: [['LIVE']] })).toMatchObject({
      environments: [],
      unreadable: ['environments'],
    });
  });

  it('never allows more than the strictest value', async () => {
    const values = fc.record(
      Object.fromEntries(NAMES.map((name) => [name, fc.anything()])) as Record<
        keyof typeof STRICTEST,
        fc.Arbitrary<unknown>
      >,
    );
    await fc.assert(
      fc.asyncProperty(values, async (managed) => {
        const policy = await read(managed);
        for (const name of NAMES) {
          if (managed[name] === undefined || policy.unreadable === 'all') continue;
          if (policy.unreadable.includes(name) && name !== 'environments')
            expect(policy[name]).toEqual(STRICTEST[name]);
        }
        if (policy.environments.includes('LIVE') && managed.environments !== undefined)
          expect(Array.isArray(managed.environments) && managed.environments.includes('LIVE')).toBe(true);
      }),
    );
  });
});

describe('a browser that does not return the policy', () => {
  it.each([
    ['fails', () => Promise.reject(new Error('An unexpected error occurred'))],
    ['returns another type', async () => 'policy'],
    ['returns nothing', async () => undefined],
  ])('that %s causes the strictest policy', async (_, get) => {
    expect(await readFrom(get)).toEqual({ ...STRICTEST, unreadable: 'all' });
  });

  it('that is late causes the strictest policy without further waits, until it answers', async () => {
    vi.useFakeTimers();
    let answer: (managed: unknown) => void = () => undefined;
    const get = vi.fn(
      () =>
        new Promise<unknown>((resolve) => {
          answer = resolve;
        }),
    );
    const onAnswered = vi.fn();
    const readPolicy = createPolicyReader({ get, onAnswered });
    const first = readPolicy();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(await first).toEqual({ ...STRICTEST, unreadable: 'all' });
    expect(await readPolicy()).toEqual({ ...STRICTEST, unreadable: 'all' });
    // The first request may never be answered, so the reader sends another one.
    expect(get).toHaveBeenCalledTimes(2);
    expect(onAnswered).not.toHaveBeenCalled();
    answer({ environments: ['UAT'] });
    await vi.advanceTimersByTimeAsync(0);
    expect(onAnswered).toHaveBeenCalledTimes(1);
    const next = readPolicy();
    answer({ environments: ['UAT'] });
    expect(await next).toEqual({ ...DEFAULT_POLICY, environments: ['UAT'] });
  });
});
