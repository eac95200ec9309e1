import type { Account } from '../enkash/account.ts';
import type { CallOptions, EnKashClient } from '../enkash/client.ts';
import type { CreatedQrCode, NewQrCode } from '../enkash/create.ts';
import type { CreateOutcome } from './outcome.ts';

/** A code to be created, and the cancelled one that it stands in for. */
export interface CreateStart {
  /** The id of the cancelled code. */
  replaces: string;
  asked: NewQrCode;
}

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
  if (answer.kind === 'unclear') return { outcome: { ...answer, kind: 'unconfirmed' } };
  if (answer.kind !== 'answered') return { outcome: answer };
  const { payload: qrCode, code, message } = answer;
  const { qrCodeId } = qrCode;
  if (qrCodeId === replaces)
    return { outcome: { kind: 'unconfirmed', reason: 'another-id', answeredId: qrCodeId, message } };
  return { outcome: { kind: 'created', code, message }, qrCode };
}
