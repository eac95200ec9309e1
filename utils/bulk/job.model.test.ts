import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { GatewayFault, Scenario, ScenarioEvent } from '../../tests/support/job-simulation/scenario.ts';
import { runScenario } from '../../tests/support/job-simulation.ts';

/** How many random scenarios run. A failure prints its seed, which BULK_SEED repeats. */
const SCENARIOS = Number(process.env.BULK_STORIES ?? 400);

const SEED = process.env.BULK_SEED;

const QUIET: Scenario = { codes: 10, cancels: [], reads: [], deaths: [], happenings: [], multiplexed: true };

const cancelFault = fc.constantFrom<GatewayFault>(
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
/** A fault for each call, or one fault for many consecutive calls, which pauses a job. */
const cancelFaults = fc.oneof(
  fc.array(cancelFault, { maxLength: 60 }),
  fc
    .array(fc.tuple(cancelFault, fc.integer({ min: 1, max: 25 })), { maxLength: 6 })
    .map((rows) => rows.flatMap(([fault, times]) => Array<GatewayFault>(times).fill(fault))),
);
const readFault = fc.constantFrom<GatewayFault>(
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
const event = fc.record<ScenarioEvent>({
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
  cancels: cancelFaults,
  reads: fc.array(readFault, { maxLength: 20 }),
  deaths: fc.array(fc.nat(400), { maxLength: 8 }),
  happenings: fc.array(event, { maxLength: 6 }),
  multiplexed: fc.boolean(),
  planned: fc.boolean(),
});
const scenarioInParts = fc
  .tuple(scenario, fc.integer({ min: 1, max: 20 }))
  .map(([each, parts]): Scenario => ({ ...each, planned: false, parts }));
const plannedScenario = fc
  .tuple(scenario, fc.nat(20_000))
  .map(([each, dueAfter]): Scenario => ({ ...each, planned: true, dueAfter }));

it('I5 cancels each code with exactly one request if nothing fails', async () => {
  const { broken, count, patches } = await runScenario({ ...QUIET, codes: 60 });
  expect(broken).toEqual([]);
  expect(count('cancelled')).toBe(60);
  expect([...patches.values()]).toEqual(Array(60).fill(1));
});

it('A35 breaks no rule if the worker dies at any await', async () => {
  const { awaits } = await runScenario({ ...QUIET, codes: 30 });
  for (let death = 1; death <= awaits; death += 1) {
    const { broken, count } = await runScenario({ ...QUIET, codes: 30, deaths: [death] });
    expect({ death, broken, cancelled: count('cancelled') }).toEqual({ death, broken: [], cancelled: 30 });
  }
});

it('starts a list in parts once, and sends nothing before its confirmation, if the worker dies at any await', async () => {
  const inParts: Scenario = { ...QUIET, codes: 14, parts: 4 };
  const { awaits, broken } = await runScenario(inParts);
  expect(broken).toEqual([]);
  for (let death = 1; death <= awaits; death += 1) {
    const died = await runScenario({ ...inParts, deaths: [death] });
    expect({ death, broken: died.broken, cancelled: died.count('cancelled') }).toEqual({
      death,
      broken: [],
      cancelled: 14,
    });
  }
});

it('reads each code of a planned job just before its one cancel', async () => {
  const { awaits, broken, patches } = await runScenario({ ...QUIET, planned: true });
  expect({ broken, patches: [...patches.values()] }).toEqual({ broken: [], patches: Array(10).fill(1) });
  for (let death = 1; death <= awaits; death += 1) {
    const died = await runScenario({ ...QUIET, planned: true, deaths: [death] });
    expect({ death, broken: died.broken, cancelled: died.count('cancelled') }).toEqual({
      death,
      broken: [],
      cancelled: 10,
    });
  }
});

it('starts a planned job once when it is due if the worker dies at any await', async () => {
  const planned: Scenario = { ...QUIET, planned: true, dueAfter: 20_000 };
  const { awaits } = await runScenario(planned);
  for (let death = 1; death <= awaits; death += 1) {
    const { broken, patches } = await runScenario({ ...planned, deaths: [death] });
    expect({ death, broken, patches: [...patches.values()].filter((sent) => sent > 1) }).toEqual({
      death,
      broken: [],
      patches: [],
    });
  }
});

it('A35 A39 A41 breaks no rule if the worker dies at any await of a job behind intermediaries', async () => {
  const cancels: GatewayFault[] = [
    'page-done',
    'page',
    'doubted-done',
    'rate-page-done',
    'missing-done',
    'renewed',
  ];
  const behindIntermediaries: Scenario = {
    ...QUIET,
    codes: 12,
    cancels: [...cancels, ...cancels],
    reads: ['page', 'fine', 'missing', 'blocked'],
  };
  const { awaits } = await runScenario(behindIntermediaries);
  for (let death = 1; death <= awaits; death += 1) {
    const { broken } = await runScenario({ ...behindIntermediaries, deaths: [death] });
    expect({ death, broken }).toEqual({ death, broken: [] });
  }
});

it('A35 A37 breaks no rule in any scenario of faults, deaths and user actions', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof({ weight: 3, arbitrary: scenario }, plannedScenario, scenarioInParts),
      async (scenario) => {
        const { broken } = await runScenario(scenario);
        expect(broken).toEqual([]);
      },
    ),
    // Limits the time in which a failing scenario is shrunk.
    {
      numRuns: SCENARIOS,
      ...(SEED ? { seed: Number(SEED) } : {}),
      interruptAfterTimeLimit: SCENARIOS * 400,
      markInterruptAsFailure: true,
    },
  );
}, 600_000);
