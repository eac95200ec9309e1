import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { createSessionRecords } from './session-records.ts';

beforeEach(() => fakeBrowser.reset());

describe('session records', () => {
  it('lose no concurrent change', async () => {
    const records = createSessionRecords<number>('count');
    await Promise.all(Array.from({ length: 50 }, () => records.change('a', (count = 0) => count + 1)));
    expect(await records.read('a')).toBe(50);
  });

  it('accept changes after a failed one', async () => {
    const records = createSessionRecords<number>('count');
    const failed = records.change('a', () => {
      throw new Error('broken');
    });
    const next = records.change('a', (count = 0) => count + 1);
    await expect(failed).rejects.toThrow('broken');
    await next;
    expect(await records.read('a')).toBe(1);
  });

  it('are removed after earlier changes', async () => {
    const records = createSessionRecords<number>('count');
    await Promise.all([records.change('a', () => 1), records.remove('a')]);
    expect(await records.read('a')).toBeUndefined();
  });

  it('keep accounts and kinds apart', async () => {
    const keys = createSessionRecords<string>('keys');
    const gateway = createSessionRecords<string>('gateway');
    await keys.change('a', () => 'key a');
    await keys.change('b', () => 'key b');
    await gateway.change('a', () => 'token a');
    expect([
      await keys.read('a'),
      await keys.read('b'),
      await gateway.read('a'),
      await gateway.read('b'),
    ]).toEqual(['key a', 'key b', 'token a', undefined]);
  });

  it('never reach the storage on disk', async () => {
    await createSessionRecords<string>('keys').change('a', () => 'hush');
    expect(await fakeBrowser.storage.local.get(null)).toEqual({});
    expect(JSON.stringify(await fakeBrowser.storage.session.get(null))).toContain('hush');
  });
});
