import { afterAll, beforeAll, expect, it } from 'vitest';
import { soakScale } from './scale.ts';
import { Soak } from './soak.ts';

const scale = soakScale();
/** The number of violations to print. */
const MOST_SHOWN = 30;
/** More codes than the job processes before its early end. */
const ENDED_EARLY = 150;
/** The alarm fires half a minute after the start. */
const BEFORE_THE_ALARM_MS = 25_000;
let soak: Soak;

beforeAll(async () => {
  soak = await Soak.open(scale);
});
afterAll(() => soak?.close());

it(`keeps every rule through ${scale.workerKills} kills of the worker and ${scale.browserKills} of the browser, seed ${scale.seed}`, async () => {
  const startedAt = Date.now();
  await soak.startJob(scale.items);
  await soak.killWorkers(0.8 * scale.workerKills, startedAt + BEFORE_THE_ALARM_MS);
  await soak.waitForAlarm();
  for (let left = scale.browserKills; left > 0; left -= 1) {
    await soak.killBrowser();
    await soak.killWorkers((scale.workerKills - soak.killer.count('worker')) / left);
    expect(soak.broken.slice(0, MOST_SHOWN)).toEqual([]);
  }
  await soak.pauseForAWhile();
  await soak.finishAlone();
  const { broken, summary } = await soak.judge();
  console.log(JSON.stringify({ ...summary, seconds: Math.round((Date.now() - startedAt) / 1000) }));
  expect(broken.slice(0, MOST_SHOWN)).toEqual([]);
  expect(soak.killer.count('worker')).toBeGreaterThanOrEqual(scale.workerKills);
  expect(soak.killer.count('browser')).toBe(scale.browserKills);
});

it('keeps every rule if the operator ends a job early', async () => {
  await soak.startJob(ENDED_EARLY);
  await soak.killWorkers(3);
  await soak.killer.waitRandomly();
  await soak.endJob();
  const { broken, summary } = await soak.judge();
  console.log(JSON.stringify(summary));
  expect(broken.slice(0, MOST_SHOWN)).toEqual([]);
  expect(summary.kinds).toHaveProperty('pending');
});
