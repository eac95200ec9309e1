import type { Outcome } from './call.ts';

/** The gateway's code for a missing, stale or unknown token. */
const TOKEN_INVALID = 117;

/** The success response of every QR call. */
export function success(payload: unknown): Outcome {
  return { httpStatus: 200, json: { response_code: 0, response_message: 'SUCCESS', payload } };
}

/** A rejection with a code other than 0, by default under HTTP 200. */
export function rejection(code: number, message: string, httpStatus = 200, payload: unknown = null): Outcome {
  return { httpStatus, json: { response_code: code, response_message: message, payload } };
}

/** The response to an invalid token: the payload is a string. */
export function tokenInvalid(): Outcome {
  return rejection(TOKEN_INVALID, 'Invalid token', 200, 'Token is invalid.');
}
