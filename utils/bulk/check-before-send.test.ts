import { describe, expect, it } from 'vitest';
import type { QrCode } from '../enkash/qr-code.ts';
import type { GatewayResult } from '../model/gateway-result.ts';
import type { Item } from '../model/job-item.ts';
import type { Outcome } from '../model/outcome.ts';
import { transitionBeforeSend } from './check-before-send.ts';
import { MAX_SEND_ATTEMPTS, transitionAfterRead } from './item-transitions.ts';

const NOW = 1_000;
const NOT_CHECKED: Outcome = { kind: 'not-sent', reason: 'not-checked' };
const http = { httpStatus: 200, code: 9, message: 'No.' };

const claimed = (state: Item['state'] = { kind: 'in-flight' }): Item => ({
  jobId: 1,
  position: 1,
  qrCodeId: 'QR1A',
  state,
  sendings: 1,
  revision: 1,
});
const read = (status?: string): GatewayResult<QrCode> => ({
  kind: 'answered',
  code: 0,
  message: '',
  payload: { qrCodeId: 'QR1A', ...(status === undefined ? {} : { status }) },
});
const transitionAfter = (answer: GatewayResult<QrCode>, item = claimed()) =>
  transitionBeforeSend(item, answer, true, NOW);

describe('the read just before a planned cancel', () => {
  it('lets a code be sent that is ACTIVE', () => {
    expect(transitionAfter(read('ACTIVE'))).toBeUndefined();
  });

  it.each([
    [read('CANCELLED'), { kind: 'already-cancelled' }],
    [read('EXPIRED'), { kind: 'not-sent', reason: 'not-active', currentStatus: 'EXPIRED' }],
    [read(), { kind: 'not-sent', reason: 'not-active' }],
    [{ kind: 'not-found', ...http } as const, { kind: 'not-found', message: 'No.' }],
  ])('leaves a code alone after %j', (answer, state) => {
    expect(transitionAfter(answer)).toMatchObject({ state, revertSend: true });
  });

  it.each<GatewayResult<QrCode>>([
    { kind: 'not-sent', reason: 'locked' },
    { kind: 'not-sent', reason: 'offline' },
    { kind: 'not-sent', reason: 'no-keys' },
    { kind: 'rate-limited', until: NOW + 5, message: '' },
    { kind: 'unauthorized', ...http },
    { kind: 'sign-in-failed', reason: 'auth-unavailable' },
  ])('leaves the item never sent after %j, which concerns all codes', (answer) => {
    expect(transitionAfter(answer)).toMatchObject({ state: { kind: 'pending' }, revertSend: true });
  });

  it.each<GatewayResult<QrCode>>([
    { kind: 'ambiguous', reason: 'timeout' },
    { kind: 'rejected', ...http },
    { kind: 'not-sent', reason: 'invalid-id' },
  ])('is repeated after %j', (answer) => {
    expect(transitionAfter(answer)).toMatchObject({
      state: { kind: 'unresolved', fallbackOutcome: NOT_CHECKED, failedAttempts: 1 },
      revertSend: true,
    });
  });

  it('lets a code be sent again after an earlier send that may have been lost', () => {
    const fallbackOutcome: Outcome = { kind: 'unconfirmed', reason: 'timeout' };
    const item = claimed({ kind: 'in-flight', fallbackOutcome, failedAttempts: 1 });
    expect(transitionAfter(read('ACTIVE'), item)).toBeUndefined();
    expect(transitionAfter(read('CANCELLED'), item)).toMatchObject({
      state: { kind: 'cancelled', evidence: 'check' },
    });
  });

  it('lets a code be sent again after EnKash refused the caller, or reports that refusal', () => {
    const fallbackOutcome: Outcome = { kind: 'rejected', ...http, cause: 'rate-limited' };
    const item = claimed({ kind: 'in-flight', fallbackOutcome });
    expect(transitionAfter(read('ACTIVE'), item)).toBeUndefined();
    expect(transitionAfter(read('EXPIRED'), item)).toMatchObject({
      state: { ...fallbackOutcome, currentStatus: 'EXPIRED' },
    });
    const timeout = { kind: 'ambiguous', reason: 'timeout' } as const;
    expect(transitionAfter(timeout, item)).toMatchObject({
      state: { kind: 'retry-scheduled', fallbackOutcome, failedAttempts: 1 },
    });
    const last = { kind: 'in-flight', fallbackOutcome, failedAttempts: MAX_SEND_ATTEMPTS } as const;
    expect(transitionAfter(timeout, claimed(last))).toMatchObject({ state: fallbackOutcome });
  });
});

describe('a later read of a code that was never sent', () => {
  const waiting = (failedAttempts: number) => ({
    ...claimed(),
    state: { kind: 'unresolved', fallbackOutcome: NOT_CHECKED, failedAttempts } as const,
  });

  it('lets it be claimed again if it is ACTIVE, and leaves it alone otherwise', () => {
    expect(transitionAfterRead(waiting(1), read('ACTIVE'), 1, NOW).state).toMatchObject({
      kind: 'retry-scheduled',
      retryAt: NOW,
    });
    expect(transitionAfterRead(waiting(1), read('PAUSED'), 1, NOW).state).toMatchObject({
      reason: 'not-active',
    });
  });

  it('gives it up as not checked in the end', () => {
    const state = transitionAfterRead(waiting(MAX_SEND_ATTEMPTS + 1), read('ACTIVE'), 1, NOW).state;
    expect(state).toEqual(NOT_CHECKED);
  });
});
