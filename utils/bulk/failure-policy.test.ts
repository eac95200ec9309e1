import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JobState, PausingResponse } from '../model/job.ts';
import { FailurePolicy } from './failure-policy.ts';
import type { FailureSignal, HealthSignal } from './gateway-health.ts';

const NOW = Date.UTC(2030, 0, 1);
const RUNNING: JobState = { kind: 'running' };
const REFUSAL: PausingResponse = { httpStatus: 200, code: 9, message: 'No.' };
const PAGE: PausingResponse = { httpStatus: 404 };

let policy: FailurePolicy;
const begin = (state: JobState = RUNNING) => {
  policy = new FailurePolicy(state);
};
const itemOf = (position: number) => ({ position, qrCodeId: `QR${1000 + position}` });
const note = (number: number, sign: HealthSignal, response?: PausingResponse) =>
  policy.record(itemOf(number), sign, NOW, response);
/** Records one signal for each of the items and returns the last result. */
const noteAll = (numbers: readonly number[], sign: HealthSignal, response?: PausingResponse) =>
  numbers.map((number) => note(number, sign, response)).at(-1);

describe('consecutive failures of one kind', () => {
  it.each<[FailureSignal, object, PausingResponse | undefined]>([
    ['server', { by: 'server', until: NOW + 10_000, failedProbes: 0 }, undefined],
    ['intermediary', { by: 'intermediary', until: NOW + 10_000, failedProbes: 0, response: PAGE }, PAGE],
    [
      'sign-in-failed',
      { by: 'auth-unavailable', until: NOW + 10_000, failedProbes: 0, response: PAGE },
      PAGE,
    ],
    ['refused', { by: 'refused', response: REFUSAL }, REFUSAL],
  ])('pause the job at the fifth “%s”, not at the fourth', (sign, expected, response) => {
    begin();
    expect(noteAll([1, 2, 3, 4], sign, response)).toBeUndefined();
    expect(note(5, sign, response)).toEqual({ kind: 'paused', ...expected });
  });

  it('pause the job at the third refusal of the keys, without a time to resume', () => {
    begin();
    expect(noteAll([1, 1], 'unauthorized')).toBeUndefined();
    expect(note(1, 'unauthorized')).toEqual({ kind: 'paused', by: 'sign-in' });
  });

  it('are counted separately for each kind', () => {
    begin();
    for (const sign of ['server', 'intermediary', 'sign-in-failed'] as const)
      expect(noteAll([1, 2, 3, 4], sign)).toBeUndefined();
    expect(note(5, 'intermediary', PAGE)).toMatchObject({ by: 'intermediary' });
  });

  it.each<HealthSignal>(['ok', 'degraded'])('restart after a response that was “%s”', (sign) => {
    begin();
    noteAll([1, 2, 3, 4], 'intermediary');
    note(5, sign);
    expect(noteAll([6, 7, 8, 9], 'intermediary')).toBeUndefined();
    expect(note(10, 'intermediary')).toBeDefined();
  });

  it('continue after a call that did not leave or was rate-limited', () => {
    begin();
    noteAll([1, 2, 3, 4], 'server');
    note(5, 'none');
    note(5, 'rate');
    expect(note(5, 'server')).toBeDefined();
  });

  it('count once for the same item', () => {
    begin();
    expect(noteAll([7, 7, 7, 7, 7, 7, 7, 7], 'intermediary')).toBeUndefined();
    expect(noteAll([8, 7, 8, 7], 'intermediary')).toBeDefined();
  });
});

describe('A52 refusals', () => {
  it('pause the job only if they are identical', () => {
    begin();
    noteAll([1, 2, 3, 4], 'refused', REFUSAL);
    expect(note(5, 'refused', { ...REFUSAL, code: 10 })).toBeUndefined();
    expect(noteAll([6, 7, 8, 9], 'refused', REFUSAL)).toBeUndefined();
    expect(note(10, 'refused', REFUSAL)).toBeDefined();
  });

  it('count as identical if only the id in their message differs', () => {
    begin();
    for (const number of [1, 2, 3, 4]) {
      const message = `${itemOf(number).qrCodeId} can not be cancelled.`;
      expect(note(number, 'refused', { ...REFUSAL, message })).toBeUndefined();
    }
    expect(note(5, 'refused', { ...REFUSAL, message: 'QR1005 can not be cancelled.' })).toBeDefined();
  });

  it('of unknown codes count as identical even if their messages differ', () => {
    begin();
    for (const number of [1, 2, 3, 4])
      expect(note(number, 'refused', { message: `None: ${number}`, isNotFound: true })).toBeUndefined();
    expect(note(5, 'refused', { isNotFound: true })).toEqual({
      kind: 'paused',
      by: 'refused',
      response: { isNotFound: true },
    });
  });

  it('end a streak of other failures', () => {
    begin();
    noteAll([1, 2, 3, 4], 'intermediary');
    note(5, 'refused', REFUSAL);
    expect(noteAll([6, 7, 8, 9], 'intermediary')).toBeUndefined();
  });
});

describe('a failure counts against its item', () => {
  it('while no other item fails', () => {
    begin();
    note(1, 'ok');
    expect([policy.counts(2), policy.counts(2, true)]).toEqual([true, true]);
    note(2, 'intermediary');
    expect([policy.counts(2), policy.counts(3)]).toEqual([true, false]);
    note(3, 'server');
    expect([policy.counts(2), policy.counts(3, false)]).toEqual([false, false]);
    note(1, 'ok');
    expect(policy.counts(3)).toBe(true);
  });

  it('after a probe, unless an intermediary stopped a cancel', () => {
    begin({ kind: 'paused', by: 'intermediary', until: NOW, failedProbes: 0 });
    policy.noteProbe();
    noteAll([1, 2], 'server');
    expect(policy.counts(3)).toBe(true);
    expect([policy.counts(3, false), policy.counts(3, true)]).toEqual([true, false]);
  });
});

describe('a probe', () => {
  it('is needed only after a pause for temporary failures', () => {
    for (const by of ['server', 'intermediary', 'auth-unavailable'] as const) {
      begin({ kind: 'paused', by, until: NOW, failedProbes: 3 });
      expect(policy.probesBefore).toBe(3);
    }
    for (const by of ['user', 'refused', 'sign-in', 'rate', 'locked'] as const) {
      begin({ kind: 'paused', by });
      expect(policy.probesBefore).toBeUndefined();
    }
    begin();
    expect(policy.probesBefore).toBeUndefined();
  });

  it('is delayed twice as long after each failed one, up to five minutes', () => {
    let state: JobState = { kind: 'paused', by: 'intermediary', until: NOW, failedProbes: 0 };
    const delays = [];
    for (let failed = 1; failed <= 7; failed += 1) {
      begin(state);
      const next = policy.open('intermediary', NOW, PAGE);
      expect(next).toMatchObject({ by: 'intermediary', failedProbes: failed, response: PAGE });
      delays.push((next.until ?? 0) - NOW);
      state = next;
    }
    expect(delays).toEqual([20_000, 40_000, 80_000, 160_000, 300_000, 300_000, 300_000]);
  });

  it('that succeeded leaves the breaker half-open until a response is ok', () => {
    begin({ kind: 'paused', by: 'server', until: NOW, failedProbes: 1 });
    policy.noteProbe();
    expect(policy.isHalfOpen).toBe(true);
    expect(noteAll([1, 2, 3, 4, 5], 'server')).toMatchObject({ failedProbes: 2, until: NOW + 40_000 });
    note(6, 'ok');
    expect(policy.isHalfOpen).toBe(false);
    expect(noteAll([1, 2, 3, 4, 5], 'server')).toEqual({
      kind: 'paused',
      by: 'server',
      until: NOW + 10_000,
      failedProbes: 0,
    });
  });
});

it('opens exactly at the fifth consecutive failure', () => {
  const failures = fc.constantFrom<FailureSignal>('server', 'intermediary', 'sign-in-failed');
  fc.assert(
    fc.property(failures, fc.array(fc.boolean(), { maxLength: 60 }), (sign, answers) => {
      begin();
      let inARow = 0;
      for (const [index, isGood] of answers.entries()) {
        inARow = isGood ? 0 : inARow + 1;
        const opened = note(index + 1, isGood ? 'ok' : sign);
        expect(opened !== undefined).toBe(inARow >= 5);
      }
    }),
  );
});
