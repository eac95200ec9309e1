import type { QrCodeSummary } from './attempt.ts';
import type { GatewayFailure } from './gateway-result.ts';

/** What a read says of one code of a list, in short. The status is as it came, empty where none did. */
export type CodeStatus = ({ kind: 'status'; status: string } & QrCodeSummary) | GatewayFailure;
