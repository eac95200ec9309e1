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
  outcomeFromRead,
  outcomeFromRejection,
  outcomeFromResponse,
  said,
} from './resolve-outcome.ts';

export interface CancelDeps {
  client: EnKashClient;
  /** Whether a read found the code ACTIVE before. */
  wasActive(account: AccountRef, qrCodeId: string): boolean;
  attempts: AttemptStore;
}

export interface CancelResult extends ResolvedCancel {
  /** Absent where nothing was attempted, since the attempt could not be written down first. */
  attemptId?: number;
}

export type CancelQrCode = (
  account: AccountRef,
  start: AttemptRequest,
  options?: CallOptions,
) => Promise<CancelResult>;

/** One code's cancel, written down by its caller before it is sent. */
export interface CancelRequest {
  account: AccountRef;
  qrCodeId: string;
  /** Writes a further sending down before it leaves; where it rejects, that does not leave. */
  noteSentAgain: () => Promise<void>;
  /** Whether an earlier cancel of the same code may have been carried out though nothing showed it. */
  mayAlreadyBeApplied?: boolean;
  /** Whether a read found the code ACTIVE before. */
  wasActive?: boolean;
  /** Sends once only, and leaves it to the caller to send what is still ACTIVE again. */
  noResend?: boolean;
}

export interface ResolvedCancel {
  outcome: Outcome;
  /** The code as it was last read or answered for, where it was. */
  qrCode?: QrCode;
}

/**
 * The one way to cancel a QR code that is written down: the outcome is what the gateway said, and whatever is
 * unclear is settled by reading the code. Sent a second time at most, and only where the first may have been lost
 * on the way and a read shows the code still ACTIVE.
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
  /** An intermediary answered a sending of the call, which then left again: that sending may have been carried out. */
  let intermediarys: number | undefined;
  const options: CallOptions = {
    ...callOptions,
    async beforeResend(httpStatus) {
      intermediarys ??= httpStatus;
      await noteSentAgain();
    },
  };
  let firstAmbiguity: AmbiguousReason | undefined;
  for (;;) {
    const answer = await client.cancelQrCode(account, qrCodeId, options);
    const outcome = needsRead(answer, noResend, intermediarys) ? undefined : outcomeFromResponse(answer);
    if (outcome)
      return toResolved(firstAmbiguity ? outcomeAfterAmbiguity(outcome, firstAmbiguity) : outcome, answer);
    const read = await client.getQrCode(account, qrCodeId, callOptions);
    if (answer.kind === 'rejected' || answer.kind === 'not-found') {
      const earlier = firstAmbiguity ?? (intermediarys === undefined ? undefined : 'intermediary');
      const wasUnclear = mayAlreadyBeApplied || earlier !== undefined;
      const refusal = outcomeFromRejection(answer, read, { wasUnclear, wasActive });
      // A refusal of the second one does not tell what the first one did, or may still do.
      const open = refusal.kind === 'rejected' && (firstAmbiguity || refusal.currentStatus === undefined);
      if (!open || !earlier) return toResolved(refusal, read);
      const words = firstAmbiguity ? said(answer.message) : {};
      return toResolved(outcomeFromRead({ kind: 'ambiguous', reason: earlier, ...words }, read), read);
    }
    if (answer.kind !== 'ambiguous') {
      const httpStatus = intermediarys ?? 429;
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

/** Cancels a code on its own. The attempt is on disk before the request leaves. */
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
    // Where this can't be written, the attempt stays open and is settled by a read at the next start.
    const saving =
      outcome.kind === 'not-sent'
        ? attempts.completeUnsent(attemptId, outcome)
        : attempts.completeCancel(attemptId, outcome, qrCode);
    await saving.catch(() => undefined);
    return { outcome, attemptId, ...(qrCode ? { qrCode } : {}) };
  };
}

/**
 * Whether only a read can show what the cancel did, since an intermediary answered one of its sendings. Its 429 does so
 * too, unless the caller sends again after it.
 */
function needsRead(answer: GatewayResult<QrCode>, once: boolean, intermediarys?: number): boolean {
  if (answer.kind === 'answered') return false;
  const isItsWait = answer.kind === 'rate-limited' && answer.code === undefined;
  return intermediarys !== undefined || (isItsWait && !once);
}

function toResolved(outcome: Outcome, lastAnswer: GatewayResult<QrCode>): ResolvedCancel {
  return lastAnswer.kind === 'answered' ? { outcome, qrCode: lastAnswer.payload } : { outcome };
}

/**
 * Whatever turned a second sending away says nothing of the first one: a read has shown that it had not taken
 * effect by then, and that is told as unconfirmed rather than as not sent or not changed.
 */
function outcomeAfterAmbiguity(outcome: Outcome, reason: AmbiguousReason): Outcome {
  return outcome.kind === 'cancelled' ? outcome : { kind: 'unconfirmed', reason, currentStatus: 'ACTIVE' };
}
