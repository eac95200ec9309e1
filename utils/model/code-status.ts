import type { QrCodeSummary } from './attempt.ts';
import type { GatewayFailure } from './gateway-result.ts';

/** The result of a read of one code of a list. The status is as EnKash sent it, empty if it sent none. */
export type CodeStatus = ({ kind: 'status'; status: string } & QrCodeSummary) | GatewayFailure;
