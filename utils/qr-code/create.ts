import type { CallOptions } from '../enkash/call-options.ts';
import type { EnKashClient } from '../enkash/client.ts';
import type { CreatedQrCode, NewQrCode } from '../enkash/create.ts';
import type { AttemptStore } from '../journal/attempt-store.ts';
import { troubleOf } from '../journal/journal-trouble.ts';
import { runOnce } from '../lib/run-once.ts';
import type { AccountRef } from '../model/account.ts';
import type { CreateOutcome } from '../model/outcome.ts';

/** A request to create a code that replaces a cancelled one. */
export interface CreateRequest {
  /** The id of the cancelled code. */
  replaces: string;
  asked: NewQrCode;
}

export interface CreateResult {
  outcome: CreateOutcome;
  /** The new code as the gateway returned it, if it was created. */
  qrCode?: CreatedQrCode;
}

/** Creates codes. Each attempt is recorded in the journal before it is sent. */
export interface CreateQrCode {
  (account: AccountRef, start: CreateRequest): Promise<CreateResult>;
  /** Records the creates that the end of a worker interrupted as not confirmed. */
  closeInterrupted(): Promise<void>;
}

export function createCreator({
  client,
  attempts,
}: {
  client: EnKashClient;
  attempts: AttemptStore;
}): CreateQrCode {
  async function closeAll(): Promise<void> {
    for (const { action, attemptId } of await attempts.findOpen())
      if (action === 'create')
        await attempts.completeCreate(attemptId, { kind: 'unconfirmed', reason: 'interrupted' });
  }

  /** Runs once, before the worker's first own create, so that every open create is an interrupted one. */
  const closeInterrupted = runOnce(closeAll);

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
    // If this write fails, the attempt stays open, and the next worker records it as not confirmed.
    const saving =
      outcome.kind === 'not-sent'
        ? attempts.completeUnsent(attemptId, outcome)
        : attempts.completeCreate(attemptId, outcome, qrCode);
    await saving.catch(() => undefined);
    return result;
  }

  return Object.assign(create, { closeInterrupted });
}

/**
 * Sends the create call once. It is repeated only after a refused token. A response with the id of the cancelled code is
 * never reported as a new code.
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
