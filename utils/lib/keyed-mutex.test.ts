import { describe, expect, it } from 'vitest';
import { createKeyedMutex } from './keyed-mutex.ts';

function work() {
  const log: string[] = [];
  const open = Promise.withResolvers<string>();
  const run = (name: string) => () => {
    log.push(name);
    return open.promise;
  };
  return { log, open, run };
}

describe('A14 the same asked for twice at once', () => {
  it('runs once, and both get its result', async () => {
    const { log, open, run } = work();
    const { run: atOnce } = createKeyedMutex();
    const results = [atOnce('a/1', 'cancel', run('first')), atOnce('a/1', 'cancel', run('second'))];
    open.resolve('done');
    expect(await Promise.all(results)).toEqual(['done', 'done']);
    expect(log).toEqual(['first']);
  });

  it('runs again once the first has ended', async () => {
    const { run: atOnce } = createKeyedMutex();
    expect(await atOnce('k', 'cancel', async () => 1)).toBe(1);
    expect(await atOnce('k', 'cancel', async () => 2)).toBe(2);
  });

  it('waits for work of another name, also where that fails', async () => {
    const { log, open, run } = work();
    const { run: atOnce } = createKeyedMutex();
    const settling = atOnce('k', 'settle', run('settle'));
    const cancels = [1, 2, 3].map(() => atOnce('k', 'cancel', async () => log.push('cancel')));
    expect(log).toEqual(['settle']);
    open.reject(new Error('broken'));
    await expect(settling).rejects.toThrow('broken');
    expect(await Promise.all(cancels)).toEqual([2, 2, 2]);
    expect(log).toEqual(['settle', 'cancel']);
  });

  it('tells a failure to all who asked, and then starts afresh', async () => {
    const { open, run } = work();
    const { run: atOnce } = createKeyedMutex();
    const results = Promise.allSettled([1, 2].map(() => atOnce('k', 'cancel', run('x'))));
    open.reject(new Error('broken'));
    expect((await results).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await atOnce('k', 'cancel', async () => 'fresh')).toBe('fresh');
  });

  it('does not hold up other codes', async () => {
    const { log, run } = work();
    const { run: atOnce } = createKeyedMutex();
    void atOnce('a/1', 'cancel', run('one'));
    expect(await atOnce('a/2', 'cancel', async () => 'two')).toBe('two');
    expect(log).toEqual(['one']);
  });
});
