import { describe, expect, it } from 'vitest';
import {
  inFlight,
  itemIn,
  LOST,
  NOW,
  REFUSED,
  readAs,
  STILL_ACTIVE,
  unresolved,
} from '../../tests/fixtures/job-item.ts';
import type { NotSentReason } from '../model/gateway-result.ts';
import type { Outcome } from '../model/outcome.ts';
import type { HealthSignal } from './gateway-health.ts';
import {
  backoffDelay,
  INTERRUPTED_OUTCOME,
  MAX_SEND_ATTEMPTS,
  toUnsentState,
  transitionAfterRead,
  transitionAfterSend,
} from './item-transitions.ts';

describe('the transition after a send', () => {
  it.each<[Outcome, HealthSignal]>([
    [{ kind: 'cancelled', evidence: 'response' }, 'ok'],
    [{ kind: 'cancelled', evidence: 'check' }, 'degraded'],
    [{ kind: 'already-cancelled', code: 5, message: 'Already.' }, 'ok'],
    [{ kind: 'not-found', message: 'No.' }, 'refused'],
    [{ kind: 'rejected', httpStatus: 200, code: 9, message: 'No.', currentStatus: 'ACTIVE' }, 'refused'],
    [{ kind: 'unconfirmed', reason: 'no-longer-found', message: 'No.' }, 'refused'],
    [{ kind: 'unconfirmed', reason: 'wrong-shape', currentStatus: 'ACTIVE' }, 'server'],
    [{ kind: 'unconfirmed', reason: 'connection', currentStatus: 'EXPIRED' }, 'ok'],
  ])('keeps the final outcome %o', (outcome, health) => {
    expect(transitionAfterSend(inFlight, outcome, NOW)).toMatchObject({ state: outcome, health });
  });

  it('A52 counts a refusal once, at the send and not at the later read', () => {
    const refused: Outcome = { kind: 'rejected', httpStatus: 200, code: 118, message: 'Invalid key' };
    expect(transitionAfterSend(inFlight, refused, NOW)).toMatchObject({
      state: { kind: 'unresolved' },
      health: 'refused',
    });
    expect(transitionAfterRead(unresolved(refused), readAs('ACTIVE'), 1, NOW)).toMatchObject({
      state: { ...refused, currentStatus: 'ACTIVE' },
      health: 'none',
    });
  });

  it('A52 returns EnKash’s response with a refusal', () => {
    const refused: Outcome = {
      kind: 'rejected',
      httpStatus: 200,
      code: 9,
      message: 'No.',
      currentStatus: 'ACTIVE',
    };
    expect(transitionAfterSend(inFlight, refused, NOW).response).toEqual({
      httpStatus: 200,
      code: 9,
      message: 'No.',
    });
    expect(transitionAfterSend(inFlight, { kind: 'not-found', message: 'None.' }, NOW).response).toEqual({
      message: 'None.',
      isNotFound: true,
    });
  });

  it('does not count a failure that other items share', () => {
    const late = itemIn({
      kind: 'in-flight',
      fallbackOutcome: STILL_ACTIVE,
      failedAttempts: MAX_SEND_ATTEMPTS - 1,
    });
    for (const reason of ['connection', 'intermediary', 'not-json', 'empty'] as const) {
      const active: Outcome = { kind: 'unconfirmed', reason, currentStatus: 'ACTIVE' };
      expect(transitionAfterSend(late, active, NOW, false).state).toEqual({
        kind: 'retry-scheduled',
        retryAt: NOW + backoffDelay(MAX_SEND_ATTEMPTS - 1),
        fallbackOutcome: active,
        failedAttempts: MAX_SEND_ATTEMPTS - 1,
      });
      expect(transitionAfterSend(inFlight, active, NOW, false).state).toMatchObject({
        retryAt: NOW + backoffDelay(1),
        failedAttempts: 0,
      });
      expect(transitionAfterSend(late, active, NOW).state).toEqual(active);
    }
  });

  it('leaves an item unresolved if it could not be read', () => {
    expect(transitionAfterSend(inFlight, LOST, NOW)).toMatchObject({
      state: { kind: 'unresolved', fallbackOutcome: LOST },
      health: 'server',
    });
    expect(transitionAfterSend(inFlight, REFUSED, NOW).state).toMatchObject({
      kind: 'unresolved',
      fallbackOutcome: REFUSED,
    });
  });

  it('retries a code that is still ACTIVE up to the last attempt', () => {
    const first = transitionAfterSend(inFlight, STILL_ACTIVE, NOW);
    expect(first.state).toEqual({
      kind: 'retry-scheduled',
      retryAt: NOW + backoffDelay(1),
      fallbackOutcome: STILL_ACTIVE,
      failedAttempts: 1,
    });
    const last = itemIn({
      kind: 'in-flight',
      fallbackOutcome: STILL_ACTIVE,
      failedAttempts: MAX_SEND_ATTEMPTS - 1,
    });
    expect(transitionAfterSend(last, STILL_ACTIVE, NOW).state).toEqual(STILL_ACTIVE);
  });

  it.each<[NotSentReason, object]>([
    ['offline', { pause: 'offline' }],
    ['unreachable', { pause: 'offline' }],
    ['locked', { pause: 'locked' }],
    ['no-keys', { pause: 'account' }],
    ['keys-unreadable', { pause: 'account' }],
    ['forbidden', { pause: 'account' }],
    ['passphrase-required', { pause: 'account' }],
    ['no-site-access', { pause: 'account' }],
    ['unauthorized', { health: 'unauthorized' }],
    ['auth-unavailable', { health: 'sign-in-failed', rateLimitedUntil: NOW + 1_000 }],
  ])('returns an item that was not sent for “%s” to pending', (reason, expected) => {
    expect(transitionAfterSend(inFlight, { kind: 'not-sent', reason }, NOW)).toMatchObject({
      state: { kind: 'pending' },
      revertSend: true,
      ...expected,
    });
  });

  it('holds the whole job until the rate limit ends', () => {
    const until = NOW + 3_000;
    expect(
      transitionAfterSend(inFlight, { kind: 'not-sent', reason: 'rate-limited', until }, NOW),
    ).toMatchObject({
      state: { kind: 'pending' },
      rateLimitedUntil: until,
    });
    const rateLimited: Outcome = {
      kind: 'rejected',
      cause: 'rate-limited',
      httpStatus: 429,
      code: 429,
      message: '',
      until,
    };
    expect(transitionAfterSend(inFlight, rateLimited, NOW)).toMatchObject({
      state: { kind: 'retry-scheduled', retryAt: until, fallbackOutcome: rateLimited },
      health: 'rate',
      rateLimitedUntil: until,
    });
  });

  it('pauses the job instead of waiting for a year', () => {
    const year: Outcome = {
      kind: 'rejected',
      cause: 'rate-limited',
      httpStatus: 429,
      code: null,
      message: '',
      until: NOW + 365 * 86_400_000,
    };
    const transition = transitionAfterSend(inFlight, year, NOW);
    expect(transition).toMatchObject({ state: { kind: 'retry-scheduled', retryAt: NOW }, pause: 'rate' });
    expect(transition.rateLimitedUntil).toBeUndefined();
  });

  it('keeps the ambiguity of an earlier send after the keys were refused', () => {
    const before = itemIn({ kind: 'in-flight', fallbackOutcome: STILL_ACTIVE, failedAttempts: 1 }, 2);
    const refused: Outcome = {
      kind: 'rejected',
      cause: 'unauthorized',
      httpStatus: 200,
      code: 117,
      message: '',
    };
    expect(transitionAfterSend(before, refused, NOW).state).toMatchObject({ fallbackOutcome: STILL_ACTIVE });
    expect(transitionAfterSend(inFlight, refused, NOW).state).toMatchObject({ fallbackOutcome: refused });
  });

  const until = NOW + 1_000;
  const page: Outcome = {
    kind: 'rejected',
    cause: 'rate-limited',
    httpStatus: 429,
    code: null,
    message: '',
    until,
  };

  it('does not keep the status that was read before a later ambiguous send', () => {
    const before = itemIn({ kind: 'in-flight', fallbackOutcome: STILL_ACTIVE, failedAttempts: 1 }, 2);
    expect(transitionAfterSend(before, page, NOW).state).toEqual({
      kind: 'retry-scheduled',
      retryAt: until,
      fallbackOutcome: { kind: 'unconfirmed', reason: 'intermediary', httpStatus: 429 },
      failedAttempts: 1,
    });
  });

  it('treats a 429 without an envelope as ambiguous', () => {
    expect(transitionAfterSend(inFlight, page, NOW)).toMatchObject({
      state: {
        kind: 'retry-scheduled',
        retryAt: until,
        fallbackOutcome: { kind: 'unconfirmed', reason: 'intermediary', httpStatus: 429 },
      },
      health: 'rate',
    });
  });

  it('A39 keeps the ambiguity of an earlier send after a refusal', () => {
    const before = itemIn({ kind: 'in-flight', fallbackOutcome: INTERRUPTED_OUTCOME, failedAttempts: 0 }, 2);
    const refused: Outcome = {
      kind: 'rejected',
      httpStatus: 200,
      code: 9,
      message: 'No.',
      currentStatus: 'ACTIVE',
    };
    expect(transitionAfterSend(before, refused, NOW)).toEqual({
      state: { ...INTERRUPTED_OUTCOME, message: 'No.', currentStatus: 'ACTIVE' },
      health: 'refused',
      response: { httpStatus: 200, code: 9, message: 'No.' },
    });
    const unauthorizedBefore = itemIn(
      { kind: 'in-flight', fallbackOutcome: { ...refused, cause: 'unauthorized' } },
      2,
    );
    expect(transitionAfterSend(unauthorizedBefore, refused, NOW).state).toEqual(refused);
  });

  it('retries the code later if the sign-in failed', () => {
    const failed: Outcome = {
      kind: 'rejected',
      cause: 'sign-in-failed',
      httpStatus: 503,
      code: null,
      message: 'Down.',
    };
    expect(transitionAfterSend(inFlight, failed, NOW)).toMatchObject({
      state: { kind: 'retry-scheduled', retryAt: NOW + 1_000, fallbackOutcome: failed },
      health: 'sign-in-failed',
      response: { httpStatus: 503, message: 'Down.' },
    });
    const before = itemIn({ kind: 'in-flight', fallbackOutcome: STILL_ACTIVE, failedAttempts: 1 }, 2);
    expect(transitionAfterSend(before, failed, NOW).state).toMatchObject({ fallbackOutcome: STILL_ACTIVE });
  });

  it('reads the code after an intermediary’s response, and retries it if it is ACTIVE', () => {
    const page: Outcome = { kind: 'unconfirmed', reason: 'intermediary', httpStatus: 404 };
    expect(transitionAfterSend(inFlight, page, NOW).state).toMatchObject({
      kind: 'unresolved',
      fallbackOutcome: page,
    });
    const active: Outcome = { ...page, currentStatus: 'ACTIVE' };
    expect(transitionAfterSend(inFlight, active, NOW).state).toMatchObject({
      kind: 'retry-scheduled',
      fallbackOutcome: active,
    });
    expect(transitionAfterRead(unresolved(page), readAs('ACTIVE'), 1, NOW).state).toMatchObject({
      kind: 'retry-scheduled',
    });
  });

  it('keeps the fallback outcome of an item that is returned unsent', () => {
    expect(toUnsentState(inFlight, NOW)).toEqual({ kind: 'pending' });
    const before = itemIn({ kind: 'in-flight', fallbackOutcome: STILL_ACTIVE, failedAttempts: 2 }, 2);
    expect(toUnsentState(before, NOW)).toEqual({
      kind: 'retry-scheduled',
      retryAt: NOW,
      fallbackOutcome: STILL_ACTIVE,
      failedAttempts: 2,
    });
  });
});

it('doubles the backoff delay with every attempt, up to a minute', () => {
  expect([1, 2, 3, 10].map(backoffDelay)).toEqual([1_000, 2_000, 4_000, 60_000]);
});
