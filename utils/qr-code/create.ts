import type { CallOptions } from '../enkash/call-options.ts';
import type { EnKashClient } from '../enkash/client.ts';
import type { CreatedQrCode, NewQrCode } from '../enkash/create.ts';
import type { AttemptStore } from '../journal/attempt-store.ts';
import { troubleOf } from '../journal/journal-trouble.ts';
import type { AccountRef } from '../model/account.ts';
import type { CreateOutcome } from '../model/outcome.ts';

/** A code to be created, and the cancelled one that it stands in for. */
export interface CreateRequest {
  /** The id of the cancelled code. */
  replaces: string;
  asked: NewQrCode;
}

export interface CreateResult {
  outcome: CreateOutcome;
  /** The new code as the answer gave it; there where it was created. */
  qrCode?: CreatedQrCode;
}

/** Creates codes, each written down before it is sent. */
export interface CreateQrCode {
  (account: AccountRef, start: CreateRequest): Promise<CreateResult>;
  /** Writes down that nobody knows what became of those that an end of the worker cut short. */
  settleInterrupted(): Promise<void>;
}

export function createCreator({
  client,
  attempts,
}: {
  client: EnKashClient;
  attempts: AttemptStore;
}): CreateQrCode {
  let settled: Promise<void> | undefined;

  async function closeAll(): Promise<void> {
    for (const { action, attemptId } of await attempts.findOpen())
      if (action === 'create')
        await attempts.completeCreate(attemptId, { kind: 'unconfirmed', reason: 'interrupted' });
  }

  /** Once in a worker's life, and before it begins one of its own: what is open then is nobody's any more. */
  function closeInterrupted(): Promise<void> {
    settled ??= closeAll().catch((error) => {
      settled = undefined;
      throw error;
    });
    return settled;
  }

  async function create(account: AccountRef, start: CreateRequest): Promise<CreateResult> {
    let attemptId: number;
    try {
      await closeInterrupted();
      ({ attemptId } = await attempts.beginCreate(
        account,
        { ...start, startedBy: 'workbench' },
        start.asked,
      ));
    } catch (error) {
      return { outcome: { kind: 'not-sent', reason: 'journal-unavailable', journal: troubleOf(error) } };
    }
    const beforeResend = () => attempts.recordResend(attemptId);
    const result = await sendCreate(client, account, start, { beforeResend });
    const { outcome, qrCode } = result;
    // Where this can't be written, the attempt stays open and is told as not known at the next start.
    const written =
      outcome.kind === 'not-sent'
        ? attempts.completeUnsent(attemptId, outcome)
        : attempts.completeCreate(attemptId, outcome, qrCode);
    await written.catch(() => undefined);
    return result;
  }

  return Object.assign(create, { settleInterrupted: closeInterrupted });
}

/**
 * The one way to create a QR code. Sent once, whatever comes of it, but for a token that was refused; an answer for
 * the cancelled code itself is never taken for a new one.
 */
async function sendCreate(
  client: EnKashClient,
  account: AccountRef,
  { replaces, asked }: CreateRequest,
  options: CallOptions,
): Promise<CreateResult> {
  const answer = await client.createQrCode(account, asked, options);
  if (answer.kind === 'ambiguous') return { outcome: { ...answer, kind: 'unconfirmed' } };
  if (answer.kind !== 'answered') return { outcome: answer };
  const { payload: qrCode, code, message } = answer;
  if (qrCode.qrCodeId === replaces)
    return { outcome: { kind: 'unconfirmed', reason: 'another-id', answeredId: replaces, message } };
  return { outcome: { kind: 'created', code, message }, qrCode };
}
