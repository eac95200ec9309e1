import type { GatewayResult } from '../model/gateway-result.ts';
import type { HttpRequest } from './http.ts';
import type { Interpretation } from './interpret-response.ts';
import type { RateLimitGate } from './rate-limit-gate.ts';
import type { AttemptResult, PendingCall, SendAttempt, Sent } from './send-attempt.ts';
import type { TokenFailure } from './token.ts';

/**
 * Sends a call, and again if the answer may mean that its token was refused: with a new token, then with the other way
 * to write the header. At most three sends. Never throws.
 */
export async function sendWithTokenRetry<Payload>(
  sendAttempt: SendAttempt,
  gate: RateLimitGate,
  pending: PendingCall<Payload>,
): Promise<GatewayResult<Payload>> {
  const { account, call, options } = pending;
  const first = await sendAttempt(pending);
  if (!('scheme' in first) || !mayResend(call, first)) return first.answer;
  if (!first.isRenewable && !mayBeScheme(first.answer)) return first.answer;
  // In the meantime, another call may have met a rate limit. It also holds for a new token and for the resend.
  const limited = await gate.pass(account, options);
  if (limited) return postpone(first.answer, limited.until);
  const second = await sendAttempt(pending, { refused: first.sentToken });
  if (!wasResent(second)) return keepRefusalIfUnsent(first, second.answer);
  if (!mayResend(call, second) || !mayBeScheme(second.answer)) return second.answer;
  if (second.scheme !== first.scheme) return second.answer;
  const limitedAgain = await gate.pass(account, options);
  if (limitedAgain) return postpone(second.answer, limitedAgain.until);
  const third = await sendAttempt(pending, { otherScheme: true });
  return wasResent(third) ? third.answer : keepRefusalIfUnsent(second, third.answer);
}

/** The result of a call that must not be resent before `until`. Only EnKash's own refusal proves it had no effect. */
function postpone<Payload>(answer: GatewayResult<Payload>, until: number): GatewayResult<Payload> {
  if (answer.kind !== 'unauthorized') return answer;
  const { code, message } = answer;
  return { kind: 'rate-limited', until, message, ...(code === null ? {} : { code }) };
}

function wasResent<Payload>(next: AttemptResult<Payload>): next is Sent<Payload> {
  return 'scheme' in next && next.answer.kind !== 'not-sent';
}

/**
 * Whether a refusal may concern the token. A single-use call is resent only if EnKash itself refused the token: an
 * intermediary may have refused it after EnKash carried it out, and no read can tell.
 */
function mayResend(call: Pick<HttpRequest, 'singleUse'>, { token }: Interpretation<unknown>): boolean {
  return call.singleUse ? token === 'refused' : token !== undefined;
}

/** Whether a refusal may concern the scheme of the header: a 401 may, a 403 concerns the caller. */
function mayBeScheme(answer: GatewayResult<unknown>): boolean {
  return answer.kind === 'unauthorized' || ('httpStatus' in answer && answer.httpStatus === 401);
}

/** If a resend did not leave, reports the earlier refusal, with the reason that no token could be fetched. */
function keepRefusalIfUnsent<Payload>(
  { answer, token }: Interpretation<Payload>,
  failure: GatewayResult<unknown>,
): GatewayResult<Payload> {
  // An intermediary's refusal does not show whether the call had an effect.
  if (token !== 'refused') return answer;
  const { reason, httpStatus, message = '', until } = failure as TokenFailure;
  if (until !== undefined) return postpone(answer, until);
  if (reason === 'unauthorized')
    return { kind: 'unauthorized', httpStatus: httpStatus ?? 0, code: null, message };
  if (reason !== 'auth-unavailable' && reason !== 'unreachable') return answer;
  return {
    kind: 'sign-in-failed',
    reason,
    ...(httpStatus === undefined ? {} : { httpStatus }),
    ...(message ? { message } : {}),
  };
}
