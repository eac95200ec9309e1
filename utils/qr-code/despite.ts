import type { QrCode } from '../enkash/qr-code.ts';
import type { Despite } from '../model/attempt.ts';
import type { GatewayResult } from '../model/gateway-result.ts';

/** Whether the meaning of a status for payments is known. */
export function isKnownStatus(status: string | undefined): boolean {
  return status === 'ACTIVE' || status === 'CANCELLED';
}

/** What the read before a cancel could not show; `undefined` if it showed a known status. */
export function despiteOf(read: GatewayResult<QrCode>): Despite | undefined {
  if (read.kind !== 'answered') return 'unread';
  return isKnownStatus(read.payload.status) ? undefined : 'unknown-status';
}
