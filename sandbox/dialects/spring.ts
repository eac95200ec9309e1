import { STATUS_CODES } from 'node:http';
import { jsonDelivery, type RawResponse } from '../raw-response.ts';

/** The error that Spring's server answers before any code of the gateway's own. Not an envelope. */
export function springError(httpStatus: number, path: string, message?: string): RawResponse {
  return jsonDelivery(httpStatus, {
    timestamp: new Date().toISOString().replace('Z', '+00:00'),
    status: httpStatus,
    error: STATUS_CODES[httpStatus],
    ...(message !== undefined && { message }),
    path,
  });
}
