import { STATUS_CODES } from 'node:http';
import { jsonDelivery, type RawResponse } from '../raw-response.ts';

/** The error that the Spring server returns before the gateway's own code runs. Not an envelope. */
export function springError(httpStatus: number, path: string, message?: string): RawResponse {
  return jsonDelivery(httpStatus, {
    timestamp: new Date().toISOString().replace('Z', '+00:00'),
    status: httpStatus,
    error: STATUS_CODES[httpStatus],
    ...(message !== undefined && { message }),
    path,
  });
}
