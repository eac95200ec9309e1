import type { QrCodeSummary } from './attempt.ts';
import type { GatewayFailure } from './gateway-result.ts';

/** The result of a read of one code of a list. Status and expiry are as EnKash sent them; the status is empty if it sent none. */
export type CodeStatus =
  | ({ kind: 'status'; status: string; expiry?: string | number | undefined } & QrCodeSummary)
  | GatewayFailure;
