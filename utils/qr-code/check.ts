import type { CallOptions } from '../enkash/call-options.ts';
import type { EnKashClient } from '../enkash/client.ts';
import type { QrCode } from '../enkash/qr-code.ts';
import type { AttemptStore } from '../journal/attempt-store.ts';
import type { Clock } from '../lib/clock.ts';
import type { AccountRef } from '../model/account.ts';
import type { AttemptRequest, CheckOutcome } from '../model/attempt.ts';
import type { GatewayResult } from '../model/gateway-result.ts';
import { isQrCodeId } from '../qr-code-id/id.ts';
import { codeAndMessage } from './resolve-outcome.ts';

export interface CheckResult {
  result: GatewayResult<QrCode>;
  attemptId?: number;
}

export type CheckQrCode = (
  account: AccountRef,
  start: AttemptRequest,
  options?: CallOptions,
) => Promise<CheckResult>;

/** Creates the function that reads a QR code and records the result in the journal. */
export function createChecker(deps: {
  client: EnKashClient;
  attempts: AttemptStore;
  clock: Clock;
}): CheckQrCode {
  return async (account, start, options) => {
    if (!isQrCodeId(start.qrCodeId)) return { result: { kind: 'not-sent', reason: 'invalid-id' } };
    const at = deps.clock.now();
    const result = await deps.client.getQrCode(account, start.qrCodeId, options);
    const outcome: CheckOutcome =
      result.kind === 'answered'
        ? { kind: 'status', status: result.payload.status ?? '', ...codeAndMessage(result) }
        : result;
    const subject = result.kind === 'answered' ? result.payload : undefined;
    // The result is valid even if the journal can't be written.
    const attemptId = await deps.attempts
      .recordCheck(account, start, { at, outcome, subject })
      .catch(() => undefined);
    return { result, ...(attemptId === undefined ? {} : { attemptId }) };
  };
}
