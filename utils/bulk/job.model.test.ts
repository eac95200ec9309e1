import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { GatewayFault, Scenario, ScenarioEvent } from '../../tests/support/job-simulation/scenario.ts';
import { runScenario } from '../../tests/support/job-simulation.ts';

/** How many made-up stories are played. Each failure prints its seed, which BULK_SEED plays again. */
const STORIES = Number(process.env.BULK_STORIES ?? 400);

const SEED = process.env.BULK_SEED;

const QUIET: Scenario = { codes: 10, cancels: [], reads: [], deaths: [], happenings: [], multiplexed: true };

const cancelFate = fc.constantFrom<GatewayFault>(
  'fine',
  'fine',
  'fine',
  'dropped-done',
  'dropped',
  'failed-done',
  'failed',
  'late',
  'refused',
  'missing',
  'missing-done',
  'page',
  'page-done',
  'blocked',
  'blocked-done',
  'rate-limited',
  'rate-page',
  'rate-page-done',
  'unauthorized',
  'sign-in-failed',
  'renewed',
  'doubted',
  'doubted-done',
  'unreadable',
);
/** One call after the other, or the same for many in a row: that is what pauses a job. */
const cancelFates = fc.oneof(
  fc.array(cancelFate, { maxLength: 60 }),
  fc
    .array(fc.tuple(cancelFate, fc.integer({ min: 1, max: 25 })), { maxLength: 6 })
    .map((rows) => rows.flatMap(([fate, times]) => Array<GatewayFault>(times).fill(fate))),
);
const readFate = fc.constantFrom<GatewayFault>(
  'fine',
  'fine',
  'fine',
  'failed',
  'dropped',
  'page',
  'blocked',
  'missing',
  'refused',
  'rate-limited',
  'rate-page',
  'sign-in-failed',
);
const happening = fc.record<ScenarioEvent>({
  at: fc.oneof(fc.nat(200), fc.nat(2_000), fc.nat(30_000)),
  what: fc.constantFrom(
    'pause',
    'resume',
    'end',
    'lock',
    'unlock',
    'offline',
    'online',
    'quota-full',
    'clock-back',
    'clock-forward',
    'browser-restart',
  ),
});
const scenario = fc.record<Scenario>({
  codes: fc.integer({ min: 1, max: 60 }),
  cancels: cancelFates,
  reads: fc.array(readFate, { maxLength: 20 }),
  deaths: fc.array(fc.nat(400), { maxLength: 8 }),
  happenings: fc.array(happening, { maxLength: 6 }),
  multiplexed: fc.boolean(),
});

it('I5 cancels each code with exactly one request where nothing goes wrong', async () => {
  const { broken, count, patches } = await runScenario({ ...QUIET, codes: 60 });
  expect(broken).toEqual([]);
  expect(count('cancelled')).toBe(60);
  expect([...patches.values()]).toEqual(Array(60).fill(1));
});

it('A35 holds every rule when the worker dies at any single await', async () => {
  const { awaits } = await runScenario({ ...QUIET, codes: 30 });
  for (let death = 1; death <= awaits; death += 1) {
    const { broken, count } = await runScenario({ ...QUIET, codes: 30, deaths: [death] });
    expect({ death, broken, cancelled: count('cancelled') }).toEqual({ death, broken: [], cancelled: 30 });
  }
});

it('A35 A39 A41 holds every rule when the worker dies at any single await of a job that meets intermediaries', async () => {
  const cancels: GatewayFault[] = [
    'page-done',
    'page',
    'doubted-done',
    'rate-page-done',
    'missing-done',
    'renewed',
  ];
  const story: Scenario = {
    ...QUIET,
    codes: 12,
    cancels: [...cancels, ...cancels],
    reads: ['page', 'fine', 'missing', 'blocked'],
  };
  const { awaits } = await runScenario(story);
  for (let death = 1; death <= awaits; death += 1) {
    const { broken } = await runScenario({ ...story, deaths: [death] });
    expect({ death, broken }).toEqual({ death, broken: [] });
  }
});

it('A35 A37 holds every rule in any story of faults, deaths and people', async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async (story) => {
      const { broken } = await runScenario(story);
      expect(broken).toEqual([]);
    }),
    // A failing story is made smaller for as long as that is bearable.
    {
      numRuns: STORIES,
      ...(SEED ? { seed: Number(SEED) } : {}),
      interruptAfterTimeLimit: STORIES * 400,
      markInterruptAsFailure: true,
    },
  );
}, 600_000);
