import { describe, expect, it } from 'vitest';
import type { QrCode } from '../enkash/qr-code.ts';
import type { GatewayAnswer, NotSentReason } from '../model/gateway-result.ts';
import type { Item, ItemState } from '../model/job-item.ts';
import type { Outcome } from '../model/outcome.ts';
import {
  afterReading,
  afterSending,
  delayAfter,
  MAX_READS,
  MAX_TRIES,
  released,
  type Sign,
} from './item-transitions.ts';
import { INTERRUPTED } from './job-store.ts';

const NOW = Date.UTC(2030, 0, 1);
const LOST: Outcome = { kind: 'unconfirmed', reason: 'connection' };
const STILL_ACTIVE: Outcome = { ...LOST, statusNow: 'ACTIVE' };

function item<State extends ItemState>(state: State, sendings = 1): Item & { state: State } {
  return { jobId: 1, number: 1, qrCodeId: 'QR1234', sendings, revision: 1, state };
}
const sending = item({ kind: 'sending' });
const unknown = (otherwise: Outcome, tries = 0, sendings = 1) =>
  item({ kind: 'unknown', otherwise, tries }, sendings);
const readAs = (status: string): GatewayAnswer<QrCode> => ({
  kind: 'answered',
  code: 0,
  message: '',
  payload: { qrCodeId: 'QR1234', status },
});

describe('after a sending', () => {
  it.each<[Outcome, Sign]>([
    [{ kind: 'cancelled', evidence: 'response' }, 'good'],
    [{ kind: 'cancelled', evidence: 'check' }, 'strained'],
    [{ kind: 'already-cancelled', code: 5, message: 'Already.' }, 'good'],
    [{ kind: 'not-found', message: 'No.' }, 'refused'],
    [{ kind: 'rejected', httpStatus: 200, code: 9, message: 'No.', statusNow: 'ACTIVE' }, 'refused'],
    [{ kind: 'unconfirmed', reason: 'no-longer-found', message: 'No.' }, 'refused'],
    [{ kind: 'unconfirmed', reason: 'wrong-shape', statusNow: 'ACTIVE' }, 'server'],
    [{ kind: 'unconfirmed', reason: 'connection', statusNow: 'EXPIRED' }, 'good'],
  ])('an outcome that is settled stays so: %o', (outcome, sign) => {
    expect(afterSending(sending, outcome, NOW)).toMatchObject({ state: outcome, sign });
  });

  it('A52 a refusal counts once, when it comes: a job that was resumed does not pause by the refusals before', () => {
    const refused: Outcome = { kind: 'rejected', httpStatus: 200, code: 118, message: 'Invalid key' };
    expect(afterSending(sending, refused, NOW)).toMatchObject({
      state: { kind: 'unknown' },
      sign: 'refused',
    });
    expect(afterReading(unknown(refused), readAs('ACTIVE'), 1, NOW)).toMatchObject({
      state: { ...refused, statusNow: 'ACTIVE' },
      sign: 'none',
    });
  });

  it('A52 a refusal carries the words of EnKash, to be compared and shown', () => {
    const refused: Outcome = {
      kind: 'rejected',
      httpStatus: 200,
      code: 9,
      message: 'No.',
      statusNow: 'ACTIVE',
    };
    expect(afterSending(sending, refused, NOW).response).toEqual({
      httpStatus: 200,
      code: 9,
      message: 'No.',
    });
    expect(afterSending(sending, { kind: 'not-found', message: 'None.' }, NOW).response).toEqual({
      message: 'None.',
      isNotFound: true,
    });
  });

  it('a failure that others share does not count against the item', () => {
    const late = item({ kind: 'sending', otherwise: STILL_ACTIVE, tries: MAX_TRIES - 1 });
    for (const reason of ['connection', 'intermediary', 'not-json', 'empty'] as const) {
      const active: Outcome = { kind: 'unconfirmed', reason, statusNow: 'ACTIVE' };
      expect(afterSending(late, active, NOW, false).state).toEqual({
        kind: 'waiting',
        notBefore: NOW + delayAfter(MAX_TRIES - 1),
        otherwise: active,
        tries: MAX_TRIES - 1,
      });
      expect(afterSending(sending, active, NOW, false).state).toMatchObject({
        notBefore: NOW + delayAfter(1),
        tries: 0,
      });
      expect(afterSending(late, active, NOW).state).toEqual(active);
    }
  });

  it('what could not be read is read later', () => {
    expect(afterSending(sending, LOST, NOW)).toMatchObject({
      state: { kind: 'unknown', otherwise: LOST },
      sign: 'server',
    });
    const refused: Outcome = { kind: 'rejected', httpStatus: 200, code: 9, message: 'No.' };
    expect(afterSending(sending, refused, NOW).state).toMatchObject({ kind: 'unknown', otherwise: refused });
  });

  it('what is still ACTIVE is sent again after a while, but not for ever', () => {
    const first = afterSending(sending, STILL_ACTIVE, NOW);
    expect(first.state).toEqual({
      kind: 'waiting',
      notBefore: NOW + delayAfter(1),
      otherwise: STILL_ACTIVE,
      tries: 1,
    });
    const last = item({ kind: 'sending', otherwise: STILL_ACTIVE, tries: MAX_TRIES - 1 });
    expect(afterSending(last, STILL_ACTIVE, NOW).state).toEqual(STILL_ACTIVE);
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
    ['keys-refused', { sign: 'keys-refused' }],
    ['sign-in-unavailable', { sign: 'sign-in-failed', holdUntil: NOW + 1_000 }],
  ])('what was not sent for “%s” is given back', (reason, expected) => {
    expect(afterSending(sending, { kind: 'not-sent', reason }, NOW)).toMatchObject({
      state: { kind: 'pending' },
      takeBackSending: true,
      ...expected,
    });
  });

  it('what was asked to wait holds everything up until then', () => {
    const until = NOW + 3_000;
    expect(afterSending(sending, { kind: 'not-sent', reason: 'asked-to-wait', until }, NOW)).toMatchObject({
      state: { kind: 'pending' },
      holdUntil: until,
    });
    const turnedAway: Outcome = {
      kind: 'rejected',
      because: 'rate-limited',
      httpStatus: 429,
      code: 429,
      message: '',
      until,
    };
    expect(afterSending(sending, turnedAway, NOW)).toMatchObject({
      state: { kind: 'waiting', notBefore: until, otherwise: turnedAway },
      sign: 'rate',
      holdUntil: until,
    });
  });

  it('a wait of a year is not waited for', () => {
    const year: Outcome = {
      kind: 'rejected',
      because: 'rate-limited',
      httpStatus: 429,
      code: null,
      message: '',
      until: NOW + 365 * 86_400_000,
    };
    const verdict = afterSending(sending, year, NOW);
    expect(verdict).toMatchObject({ state: { kind: 'waiting', notBefore: NOW }, pause: 'rate' });
    expect(verdict.holdUntil).toBeUndefined();
  });

  it('being turned away does not hide that an earlier sending may still take effect', () => {
    const before = item({ kind: 'sending', otherwise: STILL_ACTIVE, tries: 1 }, 2);
    const refused: Outcome = {
      kind: 'rejected',
      because: 'keys-refused',
      httpStatus: 200,
      code: 117,
      message: '',
    };
    expect(afterSending(before, refused, NOW).state).toMatchObject({ otherwise: STILL_ACTIVE });
    expect(afterSending(sending, refused, NOW).state).toMatchObject({ otherwise: refused });
  });

  it('a 429 without an envelope leaves it open whether the code was cancelled', () => {
    const until = NOW + 1_000;
    const page: Outcome = {
      kind: 'rejected',
      because: 'rate-limited',
      httpStatus: 429,
      code: null,
      message: '',
      until,
    };
    expect(afterSending(sending, page, NOW)).toMatchObject({
      state: {
        kind: 'waiting',
        notBefore: until,
        otherwise: { kind: 'unconfirmed', reason: 'intermediary', httpStatus: 429 },
      },
      sign: 'rate',
    });
  });

  it('A39 a refusal does not hide that an earlier sending may still take effect', () => {
    const before = item({ kind: 'sending', otherwise: INTERRUPTED, tries: 0 }, 2);
    const refused: Outcome = {
      kind: 'rejected',
      httpStatus: 200,
      code: 9,
      message: 'No.',
      statusNow: 'ACTIVE',
    };
    expect(afterSending(before, refused, NOW)).toEqual({
      state: { ...INTERRUPTED, message: 'No.', statusNow: 'ACTIVE' },
      sign: 'refused',
      response: { httpStatus: 200, code: 9, message: 'No.' },
    });
    const turnedAwayBefore = item({ kind: 'sending', otherwise: { ...refused, because: 'keys-refused' } }, 2);
    expect(afterSending(turnedAwayBefore, refused, NOW).state).toEqual(refused);
  });

  it('a failed sign-in sends the code again later', () => {
    const failed: Outcome = {
      kind: 'rejected',
      because: 'sign-in-failed',
      httpStatus: 503,
      code: null,
      message: 'Down.',
    };
    expect(afterSending(sending, failed, NOW)).toMatchObject({
      state: { kind: 'waiting', notBefore: NOW + 1_000, otherwise: failed },
      sign: 'sign-in-failed',
      response: { httpStatus: 503, message: 'Down.' },
    });
    const before = item({ kind: 'sending', otherwise: STILL_ACTIVE, tries: 1 }, 2);
    expect(afterSending(before, failed, NOW).state).toMatchObject({ otherwise: STILL_ACTIVE });
  });

  it('an intermediary that refused it: read first if unread, sent again if ACTIVE', () => {
    const page: Outcome = { kind: 'unconfirmed', reason: 'intermediary', httpStatus: 404 };
    expect(afterSending(sending, page, NOW).state).toMatchObject({ kind: 'unknown', otherwise: page });
    const active: Outcome = { ...page, statusNow: 'ACTIVE' };
    expect(afterSending(sending, active, NOW).state).toMatchObject({ kind: 'waiting', otherwise: active });
    expect(afterReading(unknown(page), readAs('ACTIVE'), 1, NOW).state).toMatchObject({ kind: 'waiting' });
  });

  it('what is given back keeps what is known of it', () => {
    expect(released(sending, NOW)).toEqual({ kind: 'pending' });
    const before = item({ kind: 'sending', otherwise: STILL_ACTIVE, tries: 2 }, 2);
    expect(released(before, NOW)).toEqual({
      kind: 'waiting',
      notBefore: NOW,
      otherwise: STILL_ACTIVE,
      tries: 2,
    });
  });
});

describe('after a reading', () => {
  it('a cancelled code is cancelled, by a check', () => {
    expect(afterReading(unknown(LOST), readAs('CANCELLED'), 1, NOW)).toEqual({
      state: { kind: 'cancelled', evidence: 'check' },
      sign: 'good',
    });
  });

  it('an answer for another id never becomes a success', () => {
    const other: Outcome = { kind: 'unconfirmed', reason: 'another-id', answeredId: 'QR9' };
    expect(afterReading(unknown(other), readAs('CANCELLED'), 1, NOW).state).toEqual({
      ...other,
      statusNow: 'CANCELLED',
    });
  });

  it('a refusal of the first sending is what the gateway said, with what a read shows', () => {
    const refused: Outcome = { kind: 'rejected', httpStatus: 200, code: 9, message: 'No.' };
    expect(afterReading(unknown(refused), readAs('ACTIVE'), 1, NOW).state).toEqual({
      ...refused,
      statusNow: 'ACTIVE',
    });
    expect(afterReading(unknown(refused), readAs('CANCELLED'), 1, NOW).state).toMatchObject({
      kind: 'already-cancelled',
    });
    expect(afterReading(unknown(refused, 0, 2), readAs('ACTIVE'), 1, NOW).state).toEqual({
      kind: 'unconfirmed',
      reason: 'interrupted',
      message: 'No.',
      statusNow: 'ACTIVE',
    });
    expect(afterReading(unknown(refused, 0, 2), readAs('CANCELLED'), 1, NOW).state).toEqual({
      kind: 'cancelled',
      evidence: 'check',
    });
  });

  it('what was cut short and is ACTIVE is sent again at once', () => {
    const cut: Outcome = { kind: 'unconfirmed', reason: 'interrupted' };
    expect(afterReading(unknown(cut), readAs('ACTIVE'), 1, NOW).state).toMatchObject({
      kind: 'waiting',
      notBefore: NOW,
    });
  });

  it('what can not be read is left as not confirmed after some tries', () => {
    const failed: GatewayAnswer<QrCode> = { kind: 'unclear', reason: 'server-error', httpStatus: 500 };
    expect(afterReading(unknown(LOST), failed, MAX_READS - 1, NOW)).toEqual({ sign: 'server' });
    expect(afterReading(unknown(LOST), failed, MAX_READS, NOW).state).toEqual(LOST);
    const page: GatewayAnswer<QrCode> = { kind: 'unclear', reason: 'intermediary', httpStatus: 404 };
    expect(afterReading(unknown(LOST), page, 1, NOW)).toEqual({
      sign: 'intermediary',
      response: { httpStatus: 404 },
    });
    expect(afterReading(unknown(LOST), page, MAX_READS, NOW).state).toEqual(LOST);
    const refused: Outcome = { kind: 'rejected', httpStatus: 200, code: 9, message: 'No.' };
    expect(afterReading(unknown(refused, 0, 2), failed, MAX_READS, NOW).state).toMatchObject({
      kind: 'unconfirmed',
    });
  });

  it('what can not be asked now stays as it is', () => {
    for (const [read, expected] of [
      [{ kind: 'not-sent', reason: 'locked' }, { pause: 'locked' }],
      [{ kind: 'rate-limited', until: NOW + 1_000, message: '' }, { holdUntil: NOW + 1_000 }],
      [{ kind: 'keys-refused', httpStatus: 401, code: null, message: '' }, { sign: 'keys-refused' }],
      [{ kind: 'sign-in-failed', reason: 'unreachable' }, { sign: 'sign-in-failed' }],
    ] as const) {
      const verdict = afterReading(unknown(LOST), read, MAX_READS, NOW);
      expect(verdict.state).toBeUndefined();
      expect(verdict).toMatchObject(expected);
    }
  });

  const none: GatewayAnswer<QrCode> = { kind: 'not-found', httpStatus: 404, code: 1, message: 'None.' };
  const refused: Outcome = { kind: 'rejected', httpStatus: 200, code: 9, message: 'No.' };

  it('a code that EnKash refused at first and does not know is not found', () => {
    expect(afterReading(unknown(refused), none, 1, NOW).state).toEqual({
      kind: 'not-found',
      message: 'None.',
    });
  });

  it('A39 a code that EnKash does not know after an unclear sending is not confirmed', () => {
    const page: Outcome = { kind: 'unconfirmed', reason: 'intermediary', httpStatus: 502 };
    for (const [otherwise, sendings] of [
      [LOST, 1],
      [page, 1],
      [INTERRUPTED, 1],
      [LOST, 2],
    ] as const)
      expect(afterReading(unknown(otherwise, 0, sendings), none, 1, NOW).state).toEqual({
        ...otherwise,
        message: 'None.',
      });
    expect(afterReading(unknown(refused, 0, 2), none, 1, NOW).state).toEqual({
      kind: 'unconfirmed',
      reason: 'interrupted',
      message: 'None.',
    });
  });

  it('a code that EnKash does not know any more is not called ACTIVE', () => {
    expect(afterReading(unknown(STILL_ACTIVE), none, 1, NOW).state).toEqual({ ...LOST, message: 'None.' });
  });
});

it('waits twice as long with every try, up to a minute', () => {
  expect([1, 2, 3, 10].map(delayAfter)).toEqual([1_000, 2_000, 4_000, 60_000]);
});
