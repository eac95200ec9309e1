import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JobState, PausingResponse } from '../model/job.ts';
import { FailurePolicy } from './failure-policy.ts';
import type { FailureSign, Sign } from './item-transitions.ts';

const NOW = Date.UTC(2030, 0, 1);
const RUNNING: JobState = { kind: 'running' };
const REFUSAL: PausingResponse = { httpStatus: 200, code: 9, message: 'No.' };
const PAGE: PausingResponse = { httpStatus: 404 };

let policy: FailurePolicy;
const begin = (state: JobState = RUNNING) => {
  policy = new FailurePolicy(state);
};
const itemOf = (position: number) => ({ position, qrCodeId: `QR${1000 + position}` });
const note = (number: number, sign: Sign, response?: PausingResponse) =>
  policy.queueResult(itemOf(number), sign, NOW, response);
/** Notes one sign for each of the items and returns what came of the last one. */
const noteAll = (numbers: readonly number[], sign: Sign, response?: PausingResponse) =>
  numbers.map((number) => note(number, sign, response)).at(-1);

describe('five alike in a row', () => {
  it.each<[FailureSign, object, PausingResponse | undefined]>([
    ['server', { by: 'server', until: NOW + 10_000, failedProbes: 0 }, undefined],
    ['intermediary', { by: 'intermediary', until: NOW + 10_000, failedProbes: 0, response: PAGE }, PAGE],
    [
      'sign-in-failed',
      { by: 'auth-unavailable', until: NOW + 10_000, failedProbes: 0, response: PAGE },
      PAGE,
    ],
    ['refused', { by: 'refused', response: REFUSAL }, REFUSAL],
  ])('“%s” pause the job, and four do not', (sign, expected, response) => {
    begin();
    expect(noteAll([1, 2, 3, 4], sign, response)).toBeUndefined();
    expect(note(5, sign, response)).toEqual({ kind: 'paused', ...expected });
  });

  it('refused keys pause it at the third, until the operator has acted', () => {
    begin();
    expect(noteAll([1, 1], 'unauthorized')).toBeUndefined();
    expect(note(1, 'unauthorized')).toEqual({ kind: 'paused', by: 'sign-in' });
  });

  it('are counted apart for each kind', () => {
    begin();
    for (const sign of ['server', 'intermediary', 'sign-in-failed'] as const)
      expect(noteAll([1, 2, 3, 4], sign)).toBeUndefined();
    expect(note(5, 'intermediary', PAGE)).toMatchObject({ by: 'intermediary' });
  });

  it.each<Sign>(['ok', 'degraded'])('begin again after an answer that was “%s”', (sign) => {
    begin();
    noteAll([1, 2, 3, 4], 'intermediary');
    note(5, sign);
    expect(noteAll([6, 7, 8, 9], 'intermediary')).toBeUndefined();
    expect(note(10, 'intermediary')).toBeDefined();
  });

  it('are not ended by a call that did not leave or was put off', () => {
    begin();
    noteAll([1, 2, 3, 4], 'server');
    note(5, 'none');
    note(5, 'rate');
    expect(note(5, 'server')).toBeDefined();
  });

  it('of the same item say nothing about the others', () => {
    begin();
    expect(noteAll([7, 7, 7, 7, 7, 7, 7, 7], 'intermediary')).toBeUndefined();
    expect(noteAll([8, 7, 8, 7], 'intermediary')).toBeDefined();
  });
});

describe('A52 refusals', () => {
  it('have to be identical', () => {
    begin();
    noteAll([1, 2, 3, 4], 'refused', REFUSAL);
    expect(note(5, 'refused', { ...REFUSAL, code: 10 })).toBeUndefined();
    expect(noteAll([6, 7, 8, 9], 'refused', REFUSAL)).toBeUndefined();
    expect(note(10, 'refused', REFUSAL)).toBeDefined();
  });

  it('are identical if only the id in their message differs', () => {
    begin();
    for (const number of [1, 2, 3, 4]) {
      const message = `${itemOf(number).qrCodeId} can not be cancelled.`;
      expect(note(number, 'refused', { ...REFUSAL, message })).toBeUndefined();
    }
    expect(note(5, 'refused', { ...REFUSAL, message: 'QR1005 can not be cancelled.' })).toBeDefined();
  });

  it('of codes that EnKash does not know are identical whatever it says', () => {
    begin();
    for (const number of [1, 2, 3, 4])
      expect(note(number, 'refused', { message: `None: ${number}`, isNotFound: true })).toBeUndefined();
    expect(note(5, 'refused', { isNotFound: true })).toEqual({
      kind: 'paused',
      by: 'refused',
      response: { isNotFound: true },
    });
  });

  it('are EnKash’s own word, so they end a row of other failures', () => {
    begin();
    noteAll([1, 2, 3, 4], 'intermediary');
    note(5, 'refused', REFUSAL);
    expect(noteAll([6, 7, 8, 9], 'intermediary')).toBeUndefined();
  });
});

describe('a failure counts against its item', () => {
  it('as long as no other item fails', () => {
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
  it('is needed after a pause for failures that may pass, and after no other', () => {
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

  it('comes later after each one that failed, up to five minutes', () => {
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

  it('that succeeded leaves the breaker half-open until an answer is good', () => {
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

it('never opens while each fifth answer is good, and always at the fifth that is not', () => {
  const failures = fc.constantFrom<FailureSign>('server', 'intermediary', 'sign-in-failed');
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
