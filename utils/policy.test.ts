import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import managedSchema from '../public/managed-schema.json' with { type: 'json' };
import { NO_POLICY, readPolicy } from './policy.ts';

beforeEach(() => fakeBrowser.reset());

const lay = (policy: Record<string, unknown>) => fakeBrowser.storage.managed.set(policy);

describe('the administrator’s policy', () => {
  it('lays nothing down where there is none', async () => {
    expect(await readPolicy()).toEqual({ ...NO_POLICY });
  });

  it('is read as it is laid down', async () => {
    const policy = {
      requirePassphrase: true,
      longestLockTime: 5,
      forbidSkippingConfirmation: true,
      requireReason: true,
      environments: ['UAT'],
      largestBulk: 100,
    };
    await lay(policy);
    expect(await readPolicy()).toEqual(policy);
  });

  it('takes a flag that can’t be read for switched on, and another value for not set', async () => {
    await lay({ requirePassphrase: 'yes', forbidSkippingConfirmation: 1, longestLockTime: -5 });
    expect(await readPolicy()).toMatchObject({ requirePassphrase: true, forbidSkippingConfirmation: true });
    expect((await readPolicy()).longestLockTime).toBeUndefined();
  });

  it('has a schema with just the names that are read', () => {
    const known = [...Object.keys(NO_POLICY), 'longestLockTime', 'largestBulk'];
    expect(Object.keys(managedSchema.properties).sort()).toEqual(known.sort());
  });

  it('allow no environment by a name that is none', async () => {
    await lay({ environments: ['UAT', 'live'] });
    expect((await readPolicy()).environments).toEqual(['UAT']);
    await lay({ environments: ['uat'] });
    expect((await readPolicy()).environments).toEqual([]);
  });
});
