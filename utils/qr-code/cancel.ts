import type { CallOptions } from '../enkash/call-options.ts';
import type { EnKashClient } from '../enkash/client.ts';
import type { QrCode } from '../enkash/qr-code.ts';
import type { AttemptStore } from '../journal/attempt-store.ts';
import { troubleOf } from '../journal/journal-trouble.ts';
import type { AccountRef } from '../model/account.ts';
import type { AttemptRequest, CancelAttempt } from '../model/attempt.ts';
import type { AmbiguousReason, GatewayResult } from '../model/gateway-result.ts';
import type { Outcome } from '../model/outcome.ts';
import { isQrCodeId } from '../qr-code-id/id.ts';
import {
  isActive,
  isRetryable,
  optionalMessage,
  outcomeFromRead,
  outcomeFromRejection,
  outcomeFromResponse,
} from './resolve-outcome.ts';

export interface CancelDeps {
  client: EnKashClient;
  /** Whether a read found the code ACTIVE before. */
  wasActive(account: AccountRef, qrCodeId: string): boolean;
  attempts: AttemptStore;
}

export interface CancelResult extends ResolvedCancel {
  /** Absent if the attempt could not be recorded, so that nothing was sent. */
  attemptId?: number;
}

export type CancelQrCode = (
  account: AccountRef,
  start: AttemptRequest,
  options?: CallOptions,
) => Promise<CancelResult>;

/** The cancel of one code. The caller records it before it is sent. */
export interface CancelRequest {
  account: AccountRef;
  qrCodeId: string;
  /** Records a resend before it leaves. If it rejects, the resend does not leave. */
  noteSentAgain: () => Promise<void>;
  /** Whether an earlier cancel of the same code may have been carried out without a clear response. */
  mayAlreadyBeApplied?: boolean;
  /** Whether a read found the code ACTIVE before. */
  wasActive?: boolean;
  /** Sends once. The caller retries a code that is still ACTIVE. */
  noResend?: boolean;
}

export interface ResolvedCancel {
  outcome: Outcome;
  /** The code by the last response or read that returned it. */
  qrCode?: QrCode;
}

/**
 * Cancels a QR code, and settles an ambiguous response by a read. Sends a second request at most, and only if the first
 * may have been lost and a read shows the code still ACTIVE.
 */
export async function cancelAndResolve(
  client: EnKashClient,
  {
    account,
    qrCodeId,
    noteSentAgain,
    mayAlreadyBeApplied = false,
    wasActive = false,
    noResend = false,
  }: CancelRequest,
  callOptions: CallOptions = {},
): Promise<ResolvedCancel> {
  /** The status of an intermediary's response, after which the call was resent. The first request may have been carried out. */
  let intermediaryStatus: number | undefined;
  const options: CallOptions = {
    ...callOptions,
    async beforeResend(httpStatus) {
      intermediaryStatus ??= httpStatus;
      await noteSentAgain();
    },
  };
  let firstAmbiguity: AmbiguousReason | undefined;
  for (;;) {
    const answer = await client.cancelQrCode(account, qrCodeId, options);
    const outcome = needsRead(answer, noResend, intermediaryStatus) ? undefined : outcomeFromResponse(answer);
    if (outcome)
      return toResolved(firstAmbiguity ? outcomeAfterAmbiguity(outcome, firstAmbiguity) : outcome, answer);
    const read = await client.getQrCode(account, qrCodeId, callOptions);
    if (answer.kind === 'rejected' || answer.kind === 'not-found') {
      const earlier = firstAmbiguity ?? (intermediaryStatus === undefined ? undefined : 'intermediary');
      const wasUnclear = mayAlreadyBeApplied || earlier !== undefined;
      const refusal = outcomeFromRejection(answer, read, { wasUnclear, wasActive });
      // A refusal of the second request says nothing about the first one, which may still be carried out.
      const open = refusal.kind === 'rejected' && (firstAmbiguity || refusal.currentStatus === undefined);
      if (!open || !earlier) return toResolved(refusal, read);
      const words = firstAmbiguity ? optionalMessage(answer.message) : {};
      return toResolved(outcomeFromRead({ kind: 'ambiguous', reason: earlier, ...words }, read), read);
    }
    if (answer.kind !== 'ambiguous') {
      const httpStatus = intermediaryStatus ?? 429;
      return toResolved(
        outcomeFromRead({ kind: 'ambiguous', reason: 'intermediary', httpStatus }, read),
        read,
      );
    }
    if (noResend || firstAmbiguity || !isRetryable(answer.reason) || !isActive(read))
      return toResolved(outcomeFromRead(answer, read), read);
    firstAmbiguity = answer.reason;
    try {
      await noteSentAgain();
    } catch {
      return toResolved(outcomeFromRead(answer, read), read);
    }
  }
}

/** Creates the function for a single cancel. It records the attempt before the request leaves. */
export function createCanceller({ client, attempts, wasActive }: CancelDeps): CancelQrCode {
  return async (account, start, options = {}) => {
    const { qrCodeId } = start;
    if (!isQrCodeId(qrCodeId)) return { outcome: { kind: 'not-sent', reason: 'invalid-id' } };
    let attempt: CancelAttempt;
    try {
      attempt = await attempts.beginCancel(account, start);
    } catch (error) {
      return { outcome: { kind: 'not-sent', reason: 'journal-unavailable', journal: troubleOf(error) } };
    }
    const { attemptId } = attempt;
    const recordResend = () => attempts.recordResend(attemptId);
    const sending = {
      account,
      qrCodeId,
      noteSentAgain: recordResend,
      wasActive: wasActive(account, qrCodeId),
    };
    const { outcome, qrCode } = await cancelAndResolve(client, sending, options);
    // If this write fails, the attempt stays open, and the next worker settles it by a read.
    const saving =
      outcome.kind === 'not-sent'
        ? attempts.completeUnsent(attemptId, outcome)
        : attempts.completeCancel(attemptId, outcome, qrCode);
    await saving.catch(() => undefined);
    return { outcome, attemptId, ...(qrCode ? { qrCode } : {}) };
  };
}

/**
 * Whether only a read can show the effect of a cancel, because an intermediary answered one of its requests. An
 * intermediary's 429 counts too, unless the caller retries after it.
 */
function needsRead(answer: GatewayResult<QrCode>, once: boolean, intermediaryStatus?: number): boolean {
  if (answer.kind === 'answered') return false;
  const isRateLimitedByIntermediary = answer.kind === 'rate-limited' && answer.code === undefined;
  return intermediaryStatus !== undefined || (isRateLimitedByIntermediary && !once);
}

function toResolved(outcome: Outcome, lastAnswer: GatewayResult<QrCode>): ResolvedCancel {
  return lastAnswer.kind === 'answered' ? { outcome, qrCode: lastAnswer.payload } : { outcome };
}

/**
 * A rejected retry says nothing about the first request. The read in between showed the code still ACTIVE, so the outcome
 * is `unconfirmed`, not "not sent" or "unchanged".
 */
function outcomeAfterAmbiguity(outcome: Outcome, reason: AmbiguousReason): Outcome {
  return outcome.kind === 'cancelled' ? outcome : { kind: 'unconfirmed', reason, currentStatus: 'ACTIVE' };
}
