import { describe, expect, it } from 'vitest';
import { createKeyedMutex } from './keyed-mutex.ts';

function createTask() {
  const log: string[] = [];
  const open = Promise.withResolvers<string>();
  const run = (name: string) => () => {
    log.push(name);
    return open.promise;
  };
  return { log, open, run };
}

describe('A14 a keyed mutex', () => {
  it('runs a task once if it is requested twice at once, and returns its result to both callers', async () => {
    const { log, open, run } = createTask();
    const mutex = createKeyedMutex();
    const results = [mutex.run('a/1', 'cancel', run('first')), mutex.run('a/1', 'cancel', run('second'))];
    open.resolve('done');
    expect(await Promise.all(results)).toEqual(['done', 'done']);
    expect(log).toEqual(['first']);
  });

  it('runs a task again after the first run has ended', async () => {
    const mutex = createKeyedMutex();
    expect(await mutex.run('k', 'cancel', async () => 1)).toBe(1);
    expect(await mutex.run('k', 'cancel', async () => 2)).toBe(2);
  });

  it('runs a task after a task of another name, even if that one fails', async () => {
    const { log, open, run } = createTask();
    const mutex = createKeyedMutex();
    const recovery = mutex.run('k', 'settle', run('settle'));
    const cancels = [1, 2, 3].map(() => mutex.run('k', 'cancel', async () => log.push('cancel')));
    expect(log).toEqual(['settle']);
    open.reject(new Error('broken'));
    await expect(recovery).rejects.toThrow('broken');
    expect(await Promise.all(cancels)).toEqual([2, 2, 2]);
    expect(log).toEqual(['settle', 'cancel']);
  });

  it('rejects for every caller if the task fails, and then runs the next one', async () => {
    const { open, run } = createTask();
    const mutex = createKeyedMutex();
    const results = Promise.allSettled([1, 2].map(() => mutex.run('k', 'cancel', run('x'))));
    open.reject(new Error('broken'));
    expect((await results).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await mutex.run('k', 'cancel', async () => 'fresh')).toBe('fresh');
  });

  it('does not delay tasks of other keys', async () => {
    const { log, run } = createTask();
    const mutex = createKeyedMutex();
    void mutex.run('a/1', 'cancel', run('one'));
    expect(await mutex.run('a/2', 'cancel', async () => 'two')).toBe('two');
    expect(log).toEqual(['one']);
  });
});
