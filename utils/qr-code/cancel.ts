import type { Account } from '../enkash/account.ts';
import type { CallOptions, EnKashClient } from '../enkash/client.ts';
import type { GatewayAnswer, UnclearReason } from '../enkash/errors.ts';
import type { QrCode } from '../enkash/qr-code.ts';
import type { AttemptStart, AttemptStore, CancelAttempt } from './attempt.ts';
import { isQrCodeId } from './id.ts';
import type { Outcome } from './outcome.ts';
import { isActive, maySendAgain, outcomeByAnswer, outcomeByRead, outcomeOfRefusal } from './settle.ts';

export interface CancelDeps {
  client: EnKashClient;
  attempts: AttemptStore;
}

export interface CancelResult {
  outcome: Outcome;
  /** Absent where nothing was attempted, since the attempt could not be written down first. */
  attemptId?: number;
  /** The code as it was last read or answered for, where it was. */
  qrCode?: QrCode;
}

export type CancelQrCode = (
  account: Account,
  start: AttemptStart,
  options?: CallOptions,
) => Promise<CancelResult>;

/**
 * The one way to cancel a QR code. The attempt is on disk before the request leaves; the outcome is what
 * the gateway said, and whatever is unclear is settled by reading the code. Sent a second time at most, and
 * only where the first may have been lost on the way and a read shows the code still ACTIVE.
 */
export function createCancelQrCode({ client, attempts }: CancelDeps): CancelQrCode {
  return async (account, start, options = {}) => {
    if (!isQrCodeId(start.qrCodeId)) return { outcome: { kind: 'not-sent', reason: 'invalid-id' } };
    let attempt: CancelAttempt;
    try {
      attempt = await attempts.begin(account, start);
    } catch {
      return { outcome: { kind: 'not-sent', reason: 'journal-unavailable' } };
    }
    const { outcome, qrCode } = await sendAndSettle(account, attempt, options);
    // Where this can't be written, the attempt stays open and is settled by a read at the next start.
    const written =
      outcome.kind === 'not-sent'
        ? attempts.settleUnsent(attempt.attemptId, outcome)
        : attempts.settle(attempt.attemptId, outcome, qrCode);
    await written.catch(() => undefined);
    return { outcome, attemptId: attempt.attemptId, ...(qrCode ? { qrCode } : {}) };
  };

  async function sendAndSettle(
    account: Account,
    attempt: CancelAttempt,
    options: CallOptions,
  ): Promise<Settled> {
    const { qrCodeId } = attempt;
    let firstUnclear: UnclearReason | undefined;
    for (;;) {
      const answer = await client.cancelQrCode(account, qrCodeId, options);
      const outcome = outcomeByAnswer(answer);
      if (outcome) return settled(firstUnclear ? afterUnclear(outcome, firstUnclear) : outcome, answer);
      const read = await client.getQrCode(account, qrCodeId, options);
      if (answer.kind === 'rejected' || answer.kind === 'not-found')
        return settled(outcomeOfRefusal(answer, read, firstUnclear !== undefined), read);
      if (answer.kind !== 'unclear') throw new Error(`An answer was not sorted: ${answer.kind}`);
      if (firstUnclear || !maySendAgain(answer) || !isActive(read))
        return settled(outcomeByRead(answer, read), read);
      firstUnclear = answer.reason;
      try {
        await attempts.noteSentAgain(attempt.attemptId);
      } catch {
        return settled(outcomeByRead(answer, read), read);
      }
    }
  }
}

interface Settled {
  outcome: Outcome;
  qrCode?: QrCode;
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
