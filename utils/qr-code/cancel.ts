import type { CallOptions } from '../enkash/call-options.ts';
import type { EnKashClient } from '../enkash/client.ts';
import type { QrCode } from '../enkash/qr-code.ts';
import { troubleOf } from '../journal/journal-trouble.ts';
import type { Account } from '../model/account.ts';
import type { AttemptStart, AttemptStore, CancelAttempt } from '../model/attempt.ts';
import type { GatewayAnswer, UnclearReason } from '../model/gateway-result.ts';
import type { Outcome } from '../model/outcome.ts';
import { isQrCodeId } from '../qr-code-id/id.ts';
import {
  isActive,
  maySendAgain,
  outcomeByAnswer,
  outcomeByRead,
  outcomeOfRefusal,
  said,
} from './resolve-outcome.ts';

export interface CancelDeps {
  client: EnKashClient;
  /** Whether a read found the code ACTIVE before. */
  wasActive(account: Account, qrCodeId: string): boolean;
  attempts: AttemptStore;
}

export interface CancelResult extends Settled {
  /** Absent where nothing was attempted, since the attempt could not be written down first. */
  attemptId?: number;
}

export type CancelQrCode = (
  account: Account,
  start: AttemptStart,
  options?: CallOptions,
) => Promise<CancelResult>;

/** One code's cancel, written down by its caller before it is sent. */
export interface Sending {
  account: Account;
  qrCodeId: string;
  /** Writes a further sending down before it leaves; where it rejects, that does not leave. */
  noteSentAgain: () => Promise<void>;
  /** Whether an earlier cancel of the same code may have been carried out though nothing showed it. */
  unclearBefore?: boolean;
  /** Whether a read found the code ACTIVE before. */
  wasActive?: boolean;
  /** Sends once only, and leaves it to the caller to send what is still ACTIVE again. */
  once?: boolean;
}

export interface Settled {
  outcome: Outcome;
  /** The code as it was last read or answered for, where it was. */
  qrCode?: QrCode;
}

/**
 * The one way to cancel a QR code that is written down: the outcome is what the gateway said, and whatever is
 * unclear is settled by reading the code. Sent a second time at most, and only where the first may have been lost
 * on the way and a read shows the code still ACTIVE.
 */
export async function sendAndSettle(
  client: EnKashClient,
  { account, qrCodeId, noteSentAgain, unclearBefore = false, wasActive = false, once = false }: Sending,
  callOptions: CallOptions = {},
): Promise<Settled> {
  /** An intermediary answered a sending of the call, which then left again: that sending may have been carried out. */
  let intermediarys: number | undefined;
  const options: CallOptions = {
    ...callOptions,
    async beforeSendingAgain(httpStatus) {
      intermediarys ??= httpStatus;
      await noteSentAgain();
    },
  };
  let firstUnclear: UnclearReason | undefined;
  for (;;) {
    const answer = await client.cancelQrCode(account, qrCodeId, options);
    const outcome = needsRead(answer, once, intermediarys) ? undefined : outcomeByAnswer(answer);
    if (outcome) return settled(firstUnclear ? afterUnclear(outcome, firstUnclear) : outcome, answer);
    const read = await client.getQrCode(account, qrCodeId, callOptions);
    if (answer.kind === 'rejected' || answer.kind === 'not-found') {
      const earlier = firstUnclear ?? (intermediarys === undefined ? undefined : 'intermediary');
      const wasUnclear = unclearBefore || earlier !== undefined;
      const refusal = outcomeOfRefusal(answer, read, { wasUnclear, wasActive });
      // A refusal of the second one does not tell what the first one did, or may still do.
      const open = refusal.kind === 'rejected' && (firstUnclear || refusal.statusNow === undefined);
      if (!open || !earlier) return settled(refusal, read);
      const words = firstUnclear ? said(answer.message) : {};
      return settled(outcomeByRead({ kind: 'unclear', reason: earlier, ...words }, read), read);
    }
    if (answer.kind !== 'unclear') {
      const httpStatus = intermediarys ?? 429;
      return settled(outcomeByRead({ kind: 'unclear', reason: 'intermediary', httpStatus }, read), read);
    }
    if (once || firstUnclear || !maySendAgain(answer.reason) || !isActive(read))
      return settled(outcomeByRead(answer, read), read);
    firstUnclear = answer.reason;
    try {
      await noteSentAgain();
    } catch {
      return settled(outcomeByRead(answer, read), read);
    }
  }
}

/** Cancels a code on its own. The attempt is on disk before the request leaves. */
export function createCancelQrCode({ client, attempts, wasActive }: CancelDeps): CancelQrCode {
  return async (account, start, options = {}) => {
    const { qrCodeId } = start;
    if (!isQrCodeId(qrCodeId)) return { outcome: { kind: 'not-sent', reason: 'invalid-id' } };
    let attempt: CancelAttempt;
    try {
      attempt = await attempts.begin(account, start);
    } catch (error) {
      return { outcome: { kind: 'not-sent', reason: 'journal-unavailable', journal: troubleOf(error) } };
    }
    const { attemptId } = attempt;
    const noteSentAgain = () => attempts.noteSentAgain(attemptId);
    const sending = { account, qrCodeId, noteSentAgain, wasActive: wasActive(account, qrCodeId) };
    const { outcome, qrCode } = await sendAndSettle(client, sending, options);
    // Where this can't be written, the attempt stays open and is settled by a read at the next start.
    const written =
      outcome.kind === 'not-sent'
        ? attempts.settleUnsent(attemptId, outcome)
        : attempts.settle(attemptId, outcome, qrCode);
    await written.catch(() => undefined);
    return { outcome, attemptId, ...(qrCode ? { qrCode } : {}) };
  };
}

/**
 * Whether only a read can show what the cancel did, since an intermediary answered one of its sendings. Its 429 does so
 * too, unless the caller sends again after it.
 */
function needsRead(answer: GatewayAnswer<QrCode>, once: boolean, intermediarys?: number): boolean {
  if (answer.kind === 'answered') return false;
  const isItsWait = answer.kind === 'rate-limited' && answer.code === undefined;
  return intermediarys !== undefined || (isItsWait && !once);
}

function settled(outcome: Outcome, lastAnswer: GatewayAnswer<QrCode>): Settled {
  return lastAnswer.kind === 'answered' ? { outcome, qrCode: lastAnswer.payload } : { outcome };
}

/**
 * Whatever turned a second sending away says nothing of the first one: a read has shown that it had not taken
 * effect by then, and that is told as unconfirmed rather than as not sent or not changed.
 */
function afterUnclear(outcome: Outcome, reason: UnclearReason): Outcome {
  return outcome.kind === 'cancelled' ? outcome : { kind: 'unconfirmed', reason, statusNow: 'ACTIVE' };
}
