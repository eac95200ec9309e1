import type { Environment } from './environment.ts';
import type { Operation } from './operation.ts';

/** When and how the gateway misbehaves. Plain JSON, so that curl can add it. */
export interface Fault {
  /** The operation it applies to. `any` includes requests for unknown paths. */
  on: Exclude<Operation, 'other'> | 'any';
  /** Applies to both environments if missing. */
  environment?: Environment;
  /** Applies to every QR code if missing. */
  qrCodeId?: string;
  /** The number of requests it applies to; unlimited if missing. */
  times?: number;
  /**
   * Whether the operation still takes effect; false if missing. For `slow`, true applies it before the wait instead of
   * after. `merge`, `leave-out`, `token-expiry`, `ignore-filters`, `shift-pages` and `wrap-list` only change a response
   * and ignore this.
   */
  applyEffect?: boolean;
  answer: Answer;
}

/**
 * The effect of a fault. The kinds of `ResponseTransform` change the normal response. They can be combined with each other
 * and with one of the other kinds. If several of the others match a request, the first one applies.
 */
export type Answer = ResponseTransform | ResponseOverride;

export type ResponseTransform =
  /** Responds after `ms` milliseconds. */
  | { kind: 'slow'; ms: number }
  /** Overwrites fields of each QR code in the response, or of a token response. */
  | { kind: 'merge'; fields: Record<string, unknown> }
  /** Removes fields from each QR code in the response. */
  | { kind: 'leave-out'; fields: string[] }
  /** For the token call: returns this `expiry`, or none if null. The token itself is valid for half an hour. */
  | { kind: 'token-expiry'; value: number | string | null }
  /** For search: returns every QR code, ignoring the filters. */
  | { kind: 'ignore-filters' }
  /** For search: every page except the first starts this many codes too early; too late if negative. */
  | { kind: 'shift-pages'; by: number }
  /** For search: puts the list into a field, optionally with the number of all matches as `total`. */
  | { kind: 'wrap-list'; under: 'content' | 'items' | 'data'; total?: boolean };

export type ResponseOverride =
  /** Any HTTP status. The body has the given type (by default JSON) and content (by default a plausible one). */
  | {
      kind: 'status';
      httpStatus: number;
      headers?: Record<string, string>;
      body?: 'json' | 'html' | 'text' | 'empty';
      content?: unknown;
    }
  /** HTTP 200 with a code other than 0. */
  | { kind: 'reject'; code: number; message: string; payload?: unknown }
  /** HTTP 200 with a web page. */
  | { kind: 'html' }
  /** HTTP 200 with no body. */
  | { kind: 'empty' }
  /** HTTP 204. */
  | { kind: 'no-content' }
  /** The response truncated in the middle: as a shorter body, or with the connection closed in the middle of it. */
  | { kind: 'cut-json'; breakOff?: boolean }
  /** HTTP 200 with JSON that is not an envelope. */
  | { kind: 'wrong-shape'; shape: 'array' | 'string' | 'number' | 'null' | 'nested' }
  | { kind: 'response-code-missing' }
  | { kind: 'response-code-string' }
  /** The normal response, but with status ACTIVE. */
  | { kind: 'says-active' }
  /** The normal response, but with another status. */
  | { kind: 'another-status'; status: string }
  /** The normal response, but for another id. */
  | { kind: 'another-id'; qrCodeId?: string }
  /**
   * Destroys the connection without a response; under HTTP/2 with all other requests on it. Chromium then repeats the
   * request by itself, even a PATCH, so the caller may not notice the first of `times` drops.
   */
  | { kind: 'drop' }
  /** Never responds, and keeps the connection open. */
  | { kind: 'silence' }
  | { kind: 'redirect'; httpStatus: number; location: string }
  /** HTTP 200 with this many bytes, sent as fast as the client reads; `unannounced`: without a length. */
  | { kind: 'huge'; bytes: number; unannounced?: boolean }
  /** "Token is invalid.", whatever the token. */
  | { kind: 'token-stale' }
  /** HTTP 429 with exactly this `Retry-After`, or without one. */
  | { kind: 'rate-limit'; retryAfter?: string }
  /** Refuses a token with the prefix `Bearer ` and accepts it without. */
  | { kind: 'bare-token-only' };

const DRESSINGS = [
  'slow',
  'merge',
  'leave-out',
  'token-expiry',
  'ignore-filters',
  'shift-pages',
  'wrap-list',
];

/** Whether an effect only changes the normal response, so that further faults apply. */
export function isTransform(answer: Answer): answer is ResponseTransform {
  return DRESSINGS.includes(answer.kind);
}
