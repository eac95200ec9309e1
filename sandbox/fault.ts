import type { Environment } from './environment.ts';
import type { Operation } from './operation.ts';

/** When and how the gateway is to misbehave. Plain JSON, so that curl can switch it on. */
export interface Fault {
  /** The operation it strikes; `any` also takes in requests for paths the gateway does not serve. */
  on: Exclude<Operation, 'other'> | 'any';
  /** Strikes in both environments when missing. */
  environment?: Environment;
  /** Strikes for every QR code when missing. */
  qrCodeId?: string;
  /** How many requests it strikes; no limit when missing. */
  times?: number;
  /**
   * Whether the operation is carried out all the same; false when missing. For `slow`, true carries
   * it out before the wait and not after. `merge`, `leave-out`, `token-expiry`, `ignore-filters`,
   * `shift-pages` and `wrap-list` only dress up an answer and leave this to the fault that gives one, if any.
   */
  applyEffect?: boolean;
  answer: Answer;
}

/**
 * What the gateway does. The kinds of `ResponseTransform` change the normal answer and can be combined, with
 * each other and with one of the other kinds; of those, the first that fits a request decides.
 */
export type Answer = ResponseTransform | ResponseOverride;

export type ResponseTransform =
  /** Answers after `ms` milliseconds. */
  | { kind: 'slow'; ms: number }
  /** Lays fields over each QR code in the answer, or over a token answer. */
  | { kind: 'merge'; fields: Record<string, unknown> }
  /** Leaves fields out of each QR code in the answer. */
  | { kind: 'leave-out'; fields: string[] }
  /** For the token call: tells this `expiry`, or none when null. The token itself lasts half an hour. */
  | { kind: 'token-expiry'; value: number | string | null }
  /** For search: answers every QR code, whatever the filters. */
  | { kind: 'ignore-filters' }
  /** For search: every page but the first begins this many codes earlier than asked for; later where negative. */
  | { kind: 'shift-pages'; by: number }
  /** For search: puts the list under a name, with the count of all matches as `total` if asked. */
  | { kind: 'wrap-list'; under: 'content' | 'items' | 'data'; total?: boolean };

export type ResponseOverride =
  /** Any HTTP status. The body is of the type given (or JSON), with the content given (or a fitting one). */
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
  /** The answer cut in the middle: as a whole shorter body, or with the connection breaking off mid-body. */
  | { kind: 'cut-json'; breakOff?: boolean }
  /** HTTP 200 with JSON of another shape than the envelope. */
  | { kind: 'wrong-shape'; shape: 'array' | 'string' | 'number' | 'null' | 'nested' }
  | { kind: 'response-code-missing' }
  | { kind: 'response-code-string' }
  /** The answer, but telling status ACTIVE. */
  | { kind: 'says-active' }
  /** The answer, but telling any other status. */
  | { kind: 'another-status'; status: string }
  /** The answer, but for another id. */
  | { kind: 'another-id'; qrCodeId?: string }
  /**
   * The connection is destroyed with no answer; under HTTP/2 with all other requests on it. Chromium
   * then sends the request again by itself, PATCH included, so one `times` may pass unseen by its caller.
   */
  | { kind: 'drop' }
  /** Never answers, and keeps the connection open. */
  | { kind: 'silence' }
  | { kind: 'redirect'; httpStatus: number; location: string }
  /** HTTP 200 with an answer of this many bytes, sent no faster than taken; `unannounced`: without length. */
  | { kind: 'huge'; bytes: number; unannounced?: boolean }
  /** "Token is invalid.", whatever the token. */
  | { kind: 'token-stale' }
  /** HTTP 429 with this `Retry-After`, word for word, or without one. */
  | { kind: 'rate-limit'; retryAfter?: string }
  /** Refuses a token with `Bearer ` before it and takes the bare one. */
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

/** Whether an answer only changes the normal one, and lets further faults apply. */
export function isTransform(answer: Answer): answer is ResponseTransform {
  return DRESSINGS.includes(answer.kind);
}
