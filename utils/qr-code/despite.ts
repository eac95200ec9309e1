import type { QrCode } from '../enkash/qr-code.ts';
import type { Despite } from '../model/attempt.ts';
import type { GatewayResult } from '../model/gateway-result.ts';

/** Whether it is known what a status means for payments. */
export function isKnownStatus(status: string | undefined): boolean {
  return status === 'ACTIVE' || status === 'CANCELLED';
}

/** What is not known of a code that is to be cancelled, by the read before it; `undefined` if all is known. */
export function despiteOf(read: GatewayResult<QrCode>): Despite | undefined {
  if (read.kind !== 'answered') return 'unread';
  return isKnownStatus(read.payload.status) ? undefined : 'unknown-status';
}
