import type { Account } from '../enkash/account.ts';
import type { CallOptions, EnKashClient } from '../enkash/client.ts';
import type { CreatedQrCode, NewQrCode } from '../enkash/create.ts';
import type { GatewayFailure, NotSentReason, UnclearReason } from '../enkash/errors.ts';

/** A code to be created, and the cancelled one that it stands in for. */
export interface CreateStart {
  /** The id of the cancelled code. */
  replaces: string;
  asked: NewQrCode;
}

/**
 * What is known of a create when it has ended. Nothing here is ever guessed: an `unconfirmed` one can't be settled
 * by a read, as nobody has told the new code's id.
 */
export type CreateOutcome =
  | { kind: 'created'; qrCodeId: string; code: 0; message: string }
  | {
      kind: 'rejected';
      httpStatus: number;
      code: number | null;
      message: string;
      /** Where EnKash turned the call away for its sender rather than for what was asked. */
      because?: 'keys-refused' | 'rate-limited';
      until?: number;
    }
  | { kind: 'not-sent'; reason: NotSentReason; message?: string; until?: number }
  | {
      kind: 'unconfirmed';
      reason: UnclearReason | 'interrupted';
      httpStatus?: number;
      message?: string;
      answeredId?: string;
    };

export interface CreateResult {
  outcome: CreateOutcome;
  /** The new code as the answer gave it; there where it was created. */
  qrCode?: CreatedQrCode;
}

/**
 * The one way to create a QR code. Sent once, whatever comes of it, but for a token that was refused; an answer for
 * the cancelled code itself is never taken for a new one.
 */
export async function createAndReport(
  client: EnKashClient,
  account: Account,
  { replaces, asked }: CreateStart,
  options: CallOptions = {},
): Promise<CreateResult> {
  const answer = await client.createQrCode(account, asked, options);
  if (answer.kind !== 'answered') return { outcome: outcomeOf(answer) };
  const { payload: qrCode, code, message } = answer;
  const { qrCodeId } = qrCode;
  if (qrCodeId === replaces)
    return { outcome: { kind: 'unconfirmed', reason: 'another-id', answeredId: qrCodeId, message } };
  return { outcome: { kind: 'created', qrCodeId, code, message }, qrCode };
}

function outcomeOf(failure: GatewayFailure): CreateOutcome {
  switch (failure.kind) {
    case 'not-sent':
      return failure;
    case 'keys-refused':
      return { ...failure, kind: 'rejected', because: 'keys-refused' };
    case 'rate-limited': {
      const { message, until } = failure;
      return { kind: 'rejected', because: 'rate-limited', httpStatus: 429, code: null, message, until };
    }
    case 'rejected':
    case 'not-found':
      return { ...failure, kind: 'rejected' };
    case 'unclear':
      return { ...failure, kind: 'unconfirmed' };
  }
}
