import { describe, expect, it } from 'vitest';
import { LOST, NOW, REFUSED, readAs, STILL_ACTIVE, unresolved } from '../../tests/fixtures/job-item.ts';
import type { QrCode } from '../enkash/qr-code.ts';
import type { GatewayResult } from '../model/gateway-result.ts';
import type { Outcome } from '../model/outcome.ts';
import { INTERRUPTED_OUTCOME, MAX_READ_ATTEMPTS, transitionAfterRead } from './item-transitions.ts';

describe('the transition after a read', () => {
  it('confirms a cancelled code by a check', () => {
    expect(transitionAfterRead(unresolved(LOST), readAs('CANCELLED'), 1, NOW)).toEqual({
      state: { kind: 'cancelled', evidence: 'check' },
      health: 'ok',
    });
  });

  it('never reports a success for a response for another id', () => {
    const other: Outcome = { kind: 'unconfirmed', reason: 'another-id', answeredId: 'QR9' };
    expect(transitionAfterRead(unresolved(other), readAs('CANCELLED'), 1, NOW).state).toEqual({
      ...other,
      currentStatus: 'CANCELLED',
    });
  });

  it('keeps a refusal of the first send, with the status from the read', () => {
    expect(transitionAfterRead(unresolved(REFUSED), readAs('ACTIVE'), 1, NOW).state).toEqual({
      ...REFUSED,
      currentStatus: 'ACTIVE',
    });
    expect(transitionAfterRead(unresolved(REFUSED), readAs('CANCELLED'), 1, NOW).state).toMatchObject({
      kind: 'already-cancelled',
    });
    expect(transitionAfterRead(unresolved(REFUSED, 0, 2), readAs('ACTIVE'), 1, NOW).state).toEqual({
      kind: 'unconfirmed',
      reason: 'interrupted',
      message: 'No.',
      currentStatus: 'ACTIVE',
    });
    expect(transitionAfterRead(unresolved(REFUSED, 0, 2), readAs('CANCELLED'), 1, NOW).state).toEqual({
      kind: 'cancelled',
      evidence: 'check',
    });
  });

  it('retries an interrupted send at once if the code is still ACTIVE', () => {
    const cut: Outcome = { kind: 'unconfirmed', reason: 'interrupted' };
    expect(transitionAfterRead(unresolved(cut), readAs('ACTIVE'), 1, NOW).state).toMatchObject({
      kind: 'retry-scheduled',
      retryAt: NOW,
    });
  });

  it('ends an item as not confirmed after the last failed read', () => {
    const failed: GatewayResult<QrCode> = { kind: 'ambiguous', reason: 'server-error', httpStatus: 500 };
    expect(transitionAfterRead(unresolved(LOST), failed, MAX_READ_ATTEMPTS - 1, NOW)).toEqual({
      health: 'server',
    });
    expect(transitionAfterRead(unresolved(LOST), failed, MAX_READ_ATTEMPTS, NOW).state).toEqual(LOST);
    const page: GatewayResult<QrCode> = { kind: 'ambiguous', reason: 'intermediary', httpStatus: 404 };
    expect(transitionAfterRead(unresolved(LOST), page, 1, NOW)).toEqual({
      health: 'intermediary',
      response: { httpStatus: 404 },
    });
    expect(transitionAfterRead(unresolved(LOST), page, MAX_READ_ATTEMPTS, NOW).state).toEqual(LOST);
    expect(
      transitionAfterRead(unresolved(REFUSED, 0, 2), failed, MAX_READ_ATTEMPTS, NOW).state,
    ).toMatchObject({
      kind: 'unconfirmed',
    });
  });

  it('leaves an item as it is if the read was not made', () => {
    for (const [read, expected] of [
      [{ kind: 'not-sent', reason: 'locked' }, { pause: 'locked' }],
      [{ kind: 'rate-limited', until: NOW + 1_000, message: '' }, { rateLimitedUntil: NOW + 1_000 }],
      [{ kind: 'unauthorized', httpStatus: 401, code: null, message: '' }, { health: 'unauthorized' }],
      [{ kind: 'sign-in-failed', reason: 'unreachable' }, { health: 'sign-in-failed' }],
    ] as const) {
      const transition = transitionAfterRead(unresolved(LOST), read, MAX_READ_ATTEMPTS, NOW);
      expect(transition.state).toBeUndefined();
      expect(transition).toMatchObject(expected);
    }
  });

  const none: GatewayResult<QrCode> = { kind: 'not-found', httpStatus: 404, code: 1, message: 'None.' };

  it('reports not found for a code that EnKash first refused and then does not know', () => {
    expect(transitionAfterRead(unresolved(REFUSED), none, 1, NOW).state).toEqual({
      kind: 'not-found',
      message: 'None.',
    });
  });

  it('A39 reports not confirmed for a code that EnKash does not know after an ambiguous send', () => {
    const page: Outcome = { kind: 'unconfirmed', reason: 'intermediary', httpStatus: 502 };
    for (const [otherwise, sendings] of [
      [LOST, 1],
      [page, 1],
      [INTERRUPTED_OUTCOME, 1],
      [LOST, 2],
    ] as const)
      expect(transitionAfterRead(unresolved(otherwise, 0, sendings), none, 1, NOW).state).toEqual({
        ...otherwise,
        message: 'None.',
      });
    expect(transitionAfterRead(unresolved(REFUSED, 0, 2), none, 1, NOW).state).toEqual({
      kind: 'unconfirmed',
      reason: 'interrupted',
      message: 'None.',
    });
  });

  it('drops the ACTIVE status of a code that EnKash no longer knows', () => {
    expect(transitionAfterRead(unresolved(STILL_ACTIVE), none, 1, NOW).state).toEqual({
      ...LOST,
      message: 'None.',
    });
  });
});
