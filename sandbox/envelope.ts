import type { Outcome } from './call.ts';

/** The gateway's code for a missing, stale or unknown token. */
const TOKEN_INVALID = 117;

/** A success, as every QR call answers it. */
export function success(payload: unknown): Outcome {
  return { httpStatus: 200, json: { response_code: 0, response_message: 'SUCCESS', payload } };
}

/** A rejection with a code other than 0, under HTTP 200 unless told otherwise. */
export function rejection(code: number, message: string, httpStatus = 200, payload: unknown = null): Outcome {
  return { httpStatus, json: { response_code: code, response_message: message, payload } };
}

/** The answer to a token the gateway does not take: the payload is a string. */
export function tokenInvalid(): Outcome {
  return rejection(TOKEN_INVALID, 'Invalid token', 200, 'Token is invalid.');
}
