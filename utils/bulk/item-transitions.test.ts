import { describe, expect, it } from 'vitest';
import type { QrCode } from '../enkash/qr-code.ts';
import type { GatewayResult, NotSentReason } from '../model/gateway-result.ts';
import type { Item, ItemState } from '../model/job-item.ts';
import type { Outcome } from '../model/outcome.ts';
import {
  backoffDelay,
  MAX_READ_ATTEMPTS,
  MAX_SEND_ATTEMPTS,
  type Sign,
  toUnsentState,
  transitionAfterRead,
  transitionAfterSend,
} from './item-transitions.ts';
import { INTERRUPTED_OUTCOME } from './job-store.ts';

const NOW = Date.UTC(2030, 0, 1);
const LOST: Outcome = { kind: 'unconfirmed', reason: 'connection' };
const STILL_ACTIVE: Outcome = { ...LOST, currentStatus: 'ACTIVE' };

function item<State extends ItemState>(state: State, sendings = 1): Item & { state: State } {
  return { jobId: 1, position: 1, qrCodeId: 'QR1234', sendings, revision: 1, state };
}
const sending = item({ kind: 'in-flight' });
const unknown = (fallbackOutcome: Outcome, failedAttempts = 0, sendings = 1) =>
  item({ kind: 'unresolved', fallbackOutcome, failedAttempts }, sendings);
const readAs = (status: string): GatewayResult<QrCode> => ({
  kind: 'answered',
  code: 0,
  message: '',
  payload: { qrCodeId: 'QR1234', status },
});

describe('after a sending', () => {
  it.each<[Outcome, Sign]>([
    [{ kind: 'cancelled', evidence: 'response' }, 'ok'],
    [{ kind: 'cancelled', evidence: 'check' }, 'degraded'],
    [{ kind: 'already-cancelled', code: 5, message: 'Already.' }, 'ok'],
    [{ kind: 'not-found', message: 'No.' }, 'refused'],
    [{ kind: 'rejected', httpStatus: 200, code: 9, message: 'No.', currentStatus: 'ACTIVE' }, 'refused'],
    [{ kind: 'unconfirmed', reason: 'no-longer-found', message: 'No.' }, 'refused'],
    [{ kind: 'unconfirmed', reason: 'wrong-shape', currentStatus: 'ACTIVE' }, 'server'],
    [{ kind: 'unconfirmed', reason: 'connection', currentStatus: 'EXPIRED' }, 'ok'],
  ])('an outcome that is settled stays so: %o', (outcome, health) => {
    expect(transitionAfterSend(sending, outcome, NOW)).toMatchObject({ state: outcome, health });
  });

  it('A52 a refusal counts once, when it comes: a job that was resumed does not pause by the refusals before', () => {
    const refused: Outcome = { kind: 'rejected', httpStatus: 200, code: 118, message: 'Invalid key' };
    expect(transitionAfterSend(sending, refused, NOW)).toMatchObject({
      state: { kind: 'unresolved' },
      health: 'refused',
    });
    expect(transitionAfterRead(unknown(refused), readAs('ACTIVE'), 1, NOW)).toMatchObject({
      state: { ...refused, currentStatus: 'ACTIVE' },
      health: 'none',
    });
  });

  it('A52 a refusal carries the words of EnKash, to be compared and shown', () => {
    const refused: Outcome = {
      kind: 'rejected',
      httpStatus: 200,
      code: 9,
      message: 'No.',
      currentStatus: 'ACTIVE',
    };
    expect(transitionAfterSend(sending, refused, NOW).response).toEqual({
      httpStatus: 200,
      code: 9,
      message: 'No.',
    });
    expect(transitionAfterSend(sending, { kind: 'not-found', message: 'None.' }, NOW).response).toEqual({
      message: 'None.',
      isNotFound: true,
    });
  });

  it('a failure that others share does not count against the item', () => {
    const late = item({
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
      expect(transitionAfterSend(sending, active, NOW, false).state).toMatchObject({
        retryAt: NOW + backoffDelay(1),
        failedAttempts: 0,
      });
      expect(transitionAfterSend(late, active, NOW).state).toEqual(active);
    }
  });

  it('what could not be read is read later', () => {
    expect(transitionAfterSend(sending, LOST, NOW)).toMatchObject({
      state: { kind: 'unresolved', fallbackOutcome: LOST },
      health: 'server',
    });
    const refused: Outcome = { kind: 'rejected', httpStatus: 200, code: 9, message: 'No.' };
    expect(transitionAfterSend(sending, refused, NOW).state).toMatchObject({
      kind: 'unresolved',
      fallbackOutcome: refused,
    });
  });

  it('what is still ACTIVE is sent again after a while, but not for ever', () => {
    const first = transitionAfterSend(sending, STILL_ACTIVE, NOW);
    expect(first.state).toEqual({
      kind: 'retry-scheduled',
      retryAt: NOW + backoffDelay(1),
      fallbackOutcome: STILL_ACTIVE,
      failedAttempts: 1,
    });
    const last = item({
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
  ])('what was not sent for “%s” is given back', (reason, expected) => {
    expect(transitionAfterSend(sending, { kind: 'not-sent', reason }, NOW)).toMatchObject({
      state: { kind: 'pending' },
      revertSend: true,
      ...expected,
    });
  });

  it('what was asked to wait holds everything up until then', () => {
    const until = NOW + 3_000;
    expect(
      transitionAfterSend(sending, { kind: 'not-sent', reason: 'rate-limited', until }, NOW),
    ).toMatchObject({
      state: { kind: 'pending' },
      rateLimitedUntil: until,
    });
    const turnedAway: Outcome = {
      kind: 'rejected',
      cause: 'rate-limited',
      httpStatus: 429,
      code: 429,
      message: '',
      until,
    };
    expect(transitionAfterSend(sending, turnedAway, NOW)).toMatchObject({
      state: { kind: 'retry-scheduled', retryAt: until, fallbackOutcome: turnedAway },
      health: 'rate',
      rateLimitedUntil: until,
    });
  });

  it('a wait of a year is not waited for', () => {
    const year: Outcome = {
      kind: 'rejected',
      cause: 'rate-limited',
      httpStatus: 429,
      code: null,
      message: '',
      until: NOW + 365 * 86_400_000,
    };
    const verdict = transitionAfterSend(sending, year, NOW);
    expect(verdict).toMatchObject({ state: { kind: 'retry-scheduled', retryAt: NOW }, pause: 'rate' });
    expect(verdict.rateLimitedUntil).toBeUndefined();
  });

  it('being turned away does not hide that an earlier sending may still take effect', () => {
    const before = item({ kind: 'in-flight', fallbackOutcome: STILL_ACTIVE, failedAttempts: 1 }, 2);
    const refused: Outcome = {
      kind: 'rejected',
      cause: 'unauthorized',
      httpStatus: 200,
      code: 117,
      message: '',
    };
    expect(transitionAfterSend(before, refused, NOW).state).toMatchObject({ fallbackOutcome: STILL_ACTIVE });
    expect(transitionAfterSend(sending, refused, NOW).state).toMatchObject({ fallbackOutcome: refused });
  });

  it('a 429 without an envelope leaves it open whether the code was cancelled', () => {
    const until = NOW + 1_000;
    const page: Outcome = {
      kind: 'rejected',
      cause: 'rate-limited',
      httpStatus: 429,
      code: null,
      message: '',
      until,
    };
    expect(transitionAfterSend(sending, page, NOW)).toMatchObject({
      state: {
        kind: 'retry-scheduled',
        retryAt: until,
        fallbackOutcome: { kind: 'unconfirmed', reason: 'intermediary', httpStatus: 429 },
      },
      health: 'rate',
    });
  });

  it('A39 a refusal does not hide that an earlier sending may still take effect', () => {
    const before = item({ kind: 'in-flight', fallbackOutcome: INTERRUPTED_OUTCOME, failedAttempts: 0 }, 2);
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
    const turnedAwayBefore = item(
      { kind: 'in-flight', fallbackOutcome: { ...refused, cause: 'unauthorized' } },
      2,
    );
    expect(transitionAfterSend(turnedAwayBefore, refused, NOW).state).toEqual(refused);
  });

  it('a failed sign-in sends the code again later', () => {
    const failed: Outcome = {
      kind: 'rejected',
      cause: 'sign-in-failed',
      httpStatus: 503,
      code: null,
      message: 'Down.',
    };
    expect(transitionAfterSend(sending, failed, NOW)).toMatchObject({
      state: { kind: 'retry-scheduled', retryAt: NOW + 1_000, fallbackOutcome: failed },
      health: 'sign-in-failed',
      response: { httpStatus: 503, message: 'Down.' },
    });
    const before = item({ kind: 'in-flight', fallbackOutcome: STILL_ACTIVE, failedAttempts: 1 }, 2);
    expect(transitionAfterSend(before, failed, NOW).state).toMatchObject({ fallbackOutcome: STILL_ACTIVE });
  });

  it('an intermediary that refused it: read first if unread, sent again if ACTIVE', () => {
    const page: Outcome = { kind: 'unconfirmed', reason: 'intermediary', httpStatus: 404 };
    expect(transitionAfterSend(sending, page, NOW).state).toMatchObject({
      kind: 'unresolved',
      fallbackOutcome: page,
    });
    const active: Outcome = { ...page, currentStatus: 'ACTIVE' };
    expect(transitionAfterSend(sending, active, NOW).state).toMatchObject({
      kind: 'retry-scheduled',
      fallbackOutcome: active,
    });
    expect(transitionAfterRead(unknown(page), readAs('ACTIVE'), 1, NOW).state).toMatchObject({
      kind: 'retry-scheduled',
    });
  });

  it('what is given back keeps what is known of it', () => {
    expect(toUnsentState(sending, NOW)).toEqual({ kind: 'pending' });
    const before = item({ kind: 'in-flight', fallbackOutcome: STILL_ACTIVE, failedAttempts: 2 }, 2);
    expect(toUnsentState(before, NOW)).toEqual({
      kind: 'retry-scheduled',
      retryAt: NOW,
      fallbackOutcome: STILL_ACTIVE,
      failedAttempts: 2,
    });
  });
});

describe('after a reading', () => {
  it('a cancelled code is cancelled, by a check', () => {
    expect(transitionAfterRead(unknown(LOST), readAs('CANCELLED'), 1, NOW)).toEqual({
      state: { kind: 'cancelled', evidence: 'check' },
      health: 'ok',
    });
  });

  it('an answer for another id never becomes a success', () => {
    const other: Outcome = { kind: 'unconfirmed', reason: 'another-id', answeredId: 'QR9' };
    expect(transitionAfterRead(unknown(other), readAs('CANCELLED'), 1, NOW).state).toEqual({
      ...other,
      currentStatus: 'CANCELLED',
    });
  });

  it('a refusal of the first sending is what the gateway said, with what a read shows', () => {
    const refused: Outcome = { kind: 'rejected', httpStatus: 200, code: 9, message: 'No.' };
    expect(transitionAfterRead(unknown(refused), readAs('ACTIVE'), 1, NOW).state).toEqual({
      ...refused,
      currentStatus: 'ACTIVE',
    });
    expect(transitionAfterRead(unknown(refused), readAs('CANCELLED'), 1, NOW).state).toMatchObject({
      kind: 'already-cancelled',
    });
    expect(transitionAfterRead(unknown(refused, 0, 2), readAs('ACTIVE'), 1, NOW).state).toEqual({
      kind: 'unconfirmed',
      reason: 'interrupted',
      message: 'No.',
      currentStatus: 'ACTIVE',
    });
    expect(transitionAfterRead(unknown(refused, 0, 2), readAs('CANCELLED'), 1, NOW).state).toEqual({
      kind: 'cancelled',
      evidence: 'check',
    });
  });

  it('what was cut short and is ACTIVE is sent again at once', () => {
    const cut: Outcome = { kind: 'unconfirmed', reason: 'interrupted' };
    expect(transitionAfterRead(unknown(cut), readAs('ACTIVE'), 1, NOW).state).toMatchObject({
      kind: 'retry-scheduled',
      retryAt: NOW,
    });
  });

  it('what can not be read is left as not confirmed after some tries', () => {
    const failed: GatewayResult<QrCode> = { kind: 'ambiguous', reason: 'server-error', httpStatus: 500 };
    expect(transitionAfterRead(unknown(LOST), failed, MAX_READ_ATTEMPTS - 1, NOW)).toEqual({
      health: 'server',
    });
    expect(transitionAfterRead(unknown(LOST), failed, MAX_READ_ATTEMPTS, NOW).state).toEqual(LOST);
    const page: GatewayResult<QrCode> = { kind: 'ambiguous', reason: 'intermediary', httpStatus: 404 };
    expect(transitionAfterRead(unknown(LOST), page, 1, NOW)).toEqual({
      health: 'intermediary',
      response: { httpStatus: 404 },
    });
    expect(transitionAfterRead(unknown(LOST), page, MAX_READ_ATTEMPTS, NOW).state).toEqual(LOST);
    const refused: Outcome = { kind: 'rejected', httpStatus: 200, code: 9, message: 'No.' };
    expect(transitionAfterRead(unknown(refused, 0, 2), failed, MAX_READ_ATTEMPTS, NOW).state).toMatchObject({
      kind: 'unconfirmed',
    });
  });

  it('what can not be asked now stays as it is', () => {
    for (const [read, expected] of [
      [{ kind: 'not-sent', reason: 'locked' }, { pause: 'locked' }],
      [{ kind: 'rate-limited', until: NOW + 1_000, message: '' }, { rateLimitedUntil: NOW + 1_000 }],
      [{ kind: 'unauthorized', httpStatus: 401, code: null, message: '' }, { health: 'unauthorized' }],
      [{ kind: 'sign-in-failed', reason: 'unreachable' }, { health: 'sign-in-failed' }],
    ] as const) {
      const verdict = transitionAfterRead(unknown(LOST), read, MAX_READ_ATTEMPTS, NOW);
      expect(verdict.state).toBeUndefined();
      expect(verdict).toMatchObject(expected);
    }
  });

  const none: GatewayResult<QrCode> = { kind: 'not-found', httpStatus: 404, code: 1, message: 'None.' };
  const refused: Outcome = { kind: 'rejected', httpStatus: 200, code: 9, message: 'No.' };

  it('a code that EnKash refused at first and does not know is not found', () => {
    expect(transitionAfterRead(unknown(refused), none, 1, NOW).state).toEqual({
      kind: 'not-found',
      message: 'None.',
    });
  });

  it('A39 a code that EnKash does not know after an unclear sending is not confirmed', () => {
    const page: Outcome = { kind: 'unconfirmed', reason: 'intermediary', httpStatus: 502 };
    for (const [otherwise, sendings] of [
      [LOST, 1],
      [page, 1],
      [INTERRUPTED_OUTCOME, 1],
      [LOST, 2],
    ] as const)
      expect(transitionAfterRead(unknown(otherwise, 0, sendings), none, 1, NOW).state).toEqual({
        ...otherwise,
        message: 'None.',
      });
    expect(transitionAfterRead(unknown(refused, 0, 2), none, 1, NOW).state).toEqual({
      kind: 'unconfirmed',
      reason: 'interrupted',
      message: 'None.',
    });
  });

  it('a code that EnKash does not know any more is not called ACTIVE', () => {
    expect(transitionAfterRead(unknown(STILL_ACTIVE), none, 1, NOW).state).toEqual({
      ...LOST,
      message: 'None.',
    });
  });
});

it('waits twice as long with every try, up to a minute', () => {
  expect([1, 2, 3, 10].map(backoffDelay)).toEqual([1_000, 2_000, 4_000, 60_000]);
});
