import { describe, expect, it } from 'vitest';
import type { ScheduleEvent, ScheduleScenario } from '../../tests/support/schedule-simulation/world.ts';
import { runSchedule } from '../../tests/support/schedule-simulation.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const at = (ms: number, what: ScheduleEvent['what'], job = 1): ScheduleEvent => ({ at: ms, what, job });

/** Runs jobs through events, and returns the state of each with its notices, and when each first code was sent. */
async function run(jobs: ScheduleScenario['jobs'], ...events: ScheduleEvent[]) {
  const {
    broken,
    jobs: ended,
    told,
    firstSentAt,
    confirmedAt,
  } = await runSchedule({
    jobs,
    events,
    deaths: [],
  });
  expect(broken).toEqual([]);
  const planned = ended.filter((job) => job.planned);
  return {
    states: planned.map(({ state }) => (state.kind === 'overdue' ? state.because : state.kind)),
    told: [...told],
    /** Milliseconds from the confirmation to the first cancel, by job. */
    startedAfter: planned.map(({ jobId }) => (firstSentAt.get(jobId) ?? NaN) - (confirmedAt.get(jobId) ?? 0)),
    order: [...firstSentAt.keys()],
  };
}

describe('a planned job', () => {
  it('starts at its time with no page open', async () => {
    const { states, told, startedAfter } = await run([{ minutes: 3 }]);
    expect({ states, told }).toEqual({ states: ['finished'], told: [] });
    expect(startedAfter[0]).toBeGreaterThan(2 * MINUTE_MS);
    expect(startedAfter[0]).toBeLessThan(3 * MINUTE_MS + SECOND_MS);
  });

  it('starts by itself until 15 minutes after its time if the browser was closed', async () => {
    const closed = at(0, 'close-browser');
    expect((await run([{ minutes: 3 }], closed, at(17 * MINUTE_MS, 'open-browser'))).states).toEqual([
      'finished',
    ]);
    expect(await run([{ minutes: 3 }], closed, at(19 * MINUTE_MS, 'open-browser'))).toMatchObject({
      states: ['late'],
      told: ['1 overdue:late'],
      order: [],
    });
  });

  it('that is overdue does not start by itself if the clock is set back before its time', async () => {
    const { states, order } = await run(
      [{ minutes: 3 }],
      at(0, 'clock-forward'),
      at(2 * MINUTE_MS, 'clock-back'),
      ...Array.from({ length: 13 }, (_, index) => at((3 + index) * MINUTE_MS, 'clock-back')),
    );
    expect({ states, order }).toEqual({ states: ['late'], order: [] });
  });

  it('that is overdue starts if the operator starts it, and at another time that the operator sets', async () => {
    const missed = [at(0, 'close-browser'), at(HOUR_MS, 'open-browser')];
    const late = HOUR_MS + MINUTE_MS;
    expect((await run([{ minutes: 3 }], ...missed, at(late, 'run-now'))).states).toEqual(['finished']);
    const { states, startedAfter } = await run([{ minutes: 3 }], ...missed, at(late, 'reschedule'));
    expect(states).toEqual(['finished']);
    expect(startedAfter[0]).toBeGreaterThan(late + 29 * MINUTE_MS);
  });

  it('that was dropped sends nothing', async () => {
    const { states, order } = await run([{ minutes: 3 }], at(MINUTE_MS, 'drop'));
    expect({ states, order }).toEqual({ states: ['ended'], order: [] });
  });

  it('starts later if the clock is set back, and at once if it is set forward within 15 minutes', async () => {
    const back = await run([{ minutes: 3 }], at(MINUTE_MS, 'clock-back'));
    expect(back.startedAfter[0]).toBeGreaterThan(2 * HOUR_MS + 2 * MINUTE_MS);
    const asleep = await run([{ minutes: 12 }], at(MINUTE_MS, 'asleep'));
    expect(asleep.states).toEqual(['finished']);
    expect(asleep.startedAfter[0]).toBeLessThan(11 * MINUTE_MS);
  });

  it('waits further west until the wall shows its time', async () => {
    const { startedAfter, states } = await run([{ minutes: 3 }], at(MINUTE_MS, 'zone-west'));
    expect(states).toEqual(['finished']);
    expect(startedAfter[0]).toBeGreaterThan(92 * MINUTE_MS);
    expect(startedAfter[0]).toBeLessThan(94 * MINUTE_MS);
  });
});

describe('a planned job whose keys are locked', () => {
  it('tells it once, and goes on after unlocking, hours later too', async () => {
    const { states, told, startedAfter } = await run(
      [{ minutes: 3 }],
      at(0, 'lock'),
      at(9 * HOUR_MS, 'unlock'),
    );
    expect({ states, told }).toEqual({ states: ['finished'], told: ['1 waits:unlock'] });
    expect(startedAfter[0]).toBeGreaterThan(9 * HOUR_MS);
  });

  it('asks first if the browser was closed in the meantime', async () => {
    const { states, told } = await run(
      [{ minutes: 3 }],
      at(0, 'lock'),
      at(HOUR_MS, 'close-browser'),
      at(2 * HOUR_MS, 'open-browser'),
      at(3 * HOUR_MS, 'unlock'),
    );
    expect({ states, told }).toEqual({ states: ['late'], told: ['1 waits:unlock', '1 overdue:late'] });
  });

  it('during its run is paused, tells it, and goes on after unlocking', async () => {
    const { states, told } = await run(
      [{ waitSeconds: 10 }],
      at(9 * SECOND_MS + 500, 'lock'),
      at(HOUR_MS, 'unlock'),
    );
    expect({ states, told }).toEqual({ states: ['finished'], told: ['1 paused:locked'] });
  });
});

describe('a planned job that may not start', () => {
  it.each([
    ['remove-account', 'no-account'],
    ['forbid', 'forbidden'],
  ] as const)('after %s tells it and sends nothing, also if it is allowed again', async (what, because) => {
    const { states, told, order } = await run([{ minutes: 3 }], at(0, what), at(HOUR_MS, 'allow'));
    expect({ states, told, order }).toEqual({
      states: [because],
      told: [`1 overdue:${because}`],
      order: [],
    });
  });

  it('waits for a late policy, and is overdue after 15 minutes without one', async () => {
    const late = at(0, 'policy-late');
    expect((await run([{ minutes: 3 }], late, at(10 * MINUTE_MS, 'allow'))).states).toEqual(['finished']);
    expect((await run([{ minutes: 3 }], late)).states).toEqual(['late']);
  });
});

describe('planned jobs', () => {
  it('run one at a time in order of time, and in order of their confirmation if that is equal', async () => {
    const { order, told } = await run([{ minutes: 5 }, { minutes: 3 }, { minutes: 3 }, { minutes: 4 }]);
    expect({ order, told }).toEqual({ order: [2, 3, 4, 1], told: [] });
  });

  it('wait for a job that runs, without a notification', async () => {
    const { states, told } = await run([{ waitSeconds: 10 }], at(0, 'other-job', 1));
    expect({ states, told }).toEqual({ states: ['finished'], told: [] });
  });

  it('wait for a job that is paused, with a notification', async () => {
    const { states, told } = await run(
      [{ waitSeconds: 10 }],
      at(0, 'other-job'),
      at(2 * SECOND_MS, 'pause-other-job'),
    );
    expect({ states, told }).toEqual({ states: ['scheduled'], told: ['1 waits:other-job'] });
  });
});

describe('the wait before a cancel', () => {
  it('is as long as confirmed', async () => {
    const { startedAfter } = await run([{ waitSeconds: 10 }, { waitSeconds: 30 }]);
    expect(startedAfter[0]).toBeGreaterThanOrEqual(10 * SECOND_MS);
    expect(startedAfter[0]).toBeLessThan(11 * SECOND_MS);
    expect(startedAfter[1]).toBeGreaterThanOrEqual(30 * SECOND_MS);
    expect(startedAfter[1]).toBeLessThan(31 * SECOND_MS);
  });

  it('is not changed by a clock that is set, or by another zone', async () => {
    for (const what of ['clock-back', 'asleep', 'zone-west', 'zone-east'] as const) {
      const { startedAfter } = await run([{ waitSeconds: 10 }], at(2 * SECOND_MS, what));
      expect(startedAfter[0]).toBeGreaterThanOrEqual(10 * SECOND_MS);
      expect(startedAfter[0]).toBeLessThan(11 * SECOND_MS);
    }
  });

  it('starts again in full after the worker was stopped', async () => {
    const { states, startedAfter } = await run([{ waitSeconds: 30 }], at(2 * SECOND_MS, 'kill-worker'));
    expect(states).toEqual(['finished']);
    expect(startedAfter[0]).toBeGreaterThanOrEqual(32 * SECOND_MS);
  });

  it('does not end with a cancel if the browser was closed during it', async () => {
    const { states, told } = await run(
      [{ waitSeconds: 30 }],
      at(2 * SECOND_MS, 'close-browser'),
      at(20 * SECOND_MS, 'open-browser'),
    );
    expect({ states, told }).toEqual({ states: ['late'], told: ['1 overdue:late'] });
  });

  it('is stopped up to its last moment', async () => {
    const { states, order } = await run([{ waitSeconds: 10 }], at(8_999, 'drop'));
    expect({ states, order }).toEqual({ states: ['ended'], order: [] });
  });

  it('is skipped if the operator starts the job', async () => {
    const { states, startedAfter } = await run([{ waitSeconds: 30 }], at(2 * SECOND_MS, 'run-now'));
    expect(states).toEqual(['finished']);
    expect(startedAfter[0]).toBeLessThan(5 * SECOND_MS);
  });
});
