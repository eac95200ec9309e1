import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ScheduleEvent, ScheduleScenario } from '../../tests/support/schedule-simulation/world.ts';
import { runSchedule } from '../../tests/support/schedule-simulation.ts';

/** How many random scenarios run. A failure prints its seed, which SCHEDULE_SEED repeats. */
const SCENARIOS = Number(process.env.SCHEDULE_STORIES ?? 10_000);
const SEED = process.env.SCHEDULE_SEED;

const MINUTE_MS = 60_000;

/** Runs a scenario once for each await, with the worker killed there, and returns the results. */
async function killAtEachAwait(scenario: Omit<ScheduleScenario, 'deaths'>) {
  const { awaits } = await runSchedule({ ...scenario, deaths: [] });
  expect(awaits).toBeGreaterThan(30);
  const results = [];
  for (let death = 1; death <= awaits; death += 1)
    results.push({ death, ...(await runSchedule({ ...scenario, deaths: [death] })) });
  return results;
}

it('starts each job once in order of time if the worker dies at any await', async () => {
  const jobs = [{ minutes: 6 }, { minutes: 3 }, { minutes: 3 }, { waitSeconds: 10 }];
  const quiet = await runSchedule({ jobs, events: [], deaths: [] });
  expect([...quiet.sent.keys()]).toEqual([4, 2, 3, 1]);
  for (const { death, broken, jobs: ended, sent } of await killAtEachAwait({ jobs, events: [] })) {
    expect({ death, broken }).toEqual({ death, broken: [] });
    expect({ death, states: ended.map(({ state }) => state.kind) }).toEqual({
      death,
      states: Array(4).fill('finished'),
    });
    expect([...sent.keys()].filter((jobId) => jobId !== 4)).toEqual([2, 3, 1]);
  }
});

it('goes on after unlocking if the worker dies at any await', async () => {
  const events: ScheduleEvent[] = [
    { at: 1_000, what: 'lock', job: 1 },
    { at: 40 * MINUTE_MS, what: 'unlock', job: 1 },
  ];
  const jobs = [{ minutes: 3 }, { minutes: 3 }];
  for (const { death, broken, jobs: ended } of await killAtEachAwait({ jobs, events }))
    expect({ death, broken, states: ended.map(({ state }) => state.kind) }).toEqual({
      death,
      broken: [],
      states: ['finished', 'finished'],
    });
});

it('tells that a job is overdue if the worker dies at any await', async () => {
  const events: ScheduleEvent[] = [
    { at: 1_000, what: 'close-browser', job: 1 },
    { at: 40 * MINUTE_MS, what: 'open-browser', job: 1 },
  ];
  for (const { death, broken, jobs } of await killAtEachAwait({ jobs: [{ minutes: 3 }], events }))
    expect({ death, broken, job: jobs[0] }).toMatchObject({
      death,
      broken: [],
      job: { state: { kind: 'overdue', because: 'late' }, told: 'overdue:late' },
    });
});

const event = fc.record<ScheduleEvent>({
  at: fc.oneof(fc.nat(40_000), fc.nat(12 * MINUTE_MS), fc.nat(60 * MINUTE_MS)),
  what: fc.constantFrom(
    'lock',
    'unlock',
    'close-browser',
    'open-browser',
    'kill-worker',
    'clock-back',
    'clock-forward',
    'asleep',
    'zone-west',
    'zone-east',
    'zone-home',
    'summer-time',
    'remove-account',
    'forbid',
    'policy-late',
    'allow',
    'other-job',
    'pause-other-job',
    'drop',
    'reschedule',
    'run-now',
  ),
  job: fc.integer({ min: 1, max: 3 }),
});
const wanted = fc.oneof(
  fc.integer({ min: 1, max: 12 }).map((minutes) => ({ minutes })),
  fc.constantFrom(10, 30).map((waitSeconds) => ({ waitSeconds })),
);
const scenario = fc.record<ScheduleScenario>({
  jobs: fc.array(wanted, { minLength: 1, maxLength: 3 }),
  deaths: fc.array(fc.nat(300), { maxLength: 6 }),
  events: fc.array(event, { maxLength: 8 }),
});

it('starts no job before its time or twice, and skips none silently, in any scenario', async () => {
  const ends = new Set<string>();
  await fc.assert(
    fc.asyncProperty(scenario, async (scenario) => {
      const { broken, jobs } = await runSchedule(scenario);
      expect(broken).toEqual([]);
      for (const { state } of jobs) ends.add(state.kind);
    }),
    { numRuns: SCENARIOS, ...(SEED ? { seed: Number(SEED) } : {}) },
  );
  expect([...ends].sort()).toEqual(expect.arrayContaining(['ended', 'finished', 'overdue', 'paused']));
}, 120_000);
