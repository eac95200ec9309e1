import { expect, it } from 'vitest';
import { runOnce } from './run-once.ts';

it('runs the work once, for calls at the same time and for later ones', async () => {
  let runs = 0;
  const run = runOnce(async () => {
    runs += 1;
    return runs;
  });
  expect(await Promise.all([run(), run()])).toEqual([1, 1]);
  expect([await run(), runs]).toEqual([1, 1]);
});

it('runs the work again after a failure, of which every call that waited for it learns', async () => {
  let runs = 0;
  const run = runOnce(async () => {
    runs += 1;
    if (runs === 1) throw new Error('The disk is full.');
    return runs;
  });
  const failed = await Promise.allSettled([run(), run()]);
  expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect([await run(), await run(), runs]).toEqual([2, 2, 2]);
});
