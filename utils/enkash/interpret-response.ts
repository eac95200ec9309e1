import type { AmbiguousReason, GatewayFailure, GatewayResult } from '../model/gateway-result.ts';
import { truncate } from './cap-text.ts';
import type { HttpResponse, HttpResult } from './http.ts';
import { parseRetryAfter } from './retry-after.ts';

/** Where a payload may stand: in an envelope that says success, or in an answer that has no readable code. */
export interface Places {
  payload: unknown;
  /** The whole answer. */
  json: unknown;
  saysSuccess: boolean;
}

/** Reads a call's payload out of an answer: the value, why it is not the one asked for, or `undefined`. */
export type ReadPayload<Payload> = (
  places: Places,
) => { value: Payload } | { unclear: AmbiguousReason; answeredId?: string } | undefined;

export interface Interpretation<Payload> {
  answer: GatewayResult<Payload>;
  /** Whether it is EnKash's own word: its envelope, or the record that was asked for. */
  isEnKashs: boolean;
  /** `refused`: EnKash refused the token. `doubtful`: whoever answered may have refused it. */
  token?: 'refused' | 'doubtful';
}

/** EnKash's envelope around every answer, in whichever dialect. */
export interface Envelope {
  /** `undefined` if the answer has a message but no code that is a whole number. */
  code: number | undefined;
  /** Whether the code stands where the published schema has it, as a number. */
  isAsPublished: boolean;
  message: string;
  payload: unknown;
}

/**
 * The names under which the gateway's products put the code and the message of an answer. A bare `message` is a
 * router's, unless a code stands beside it. Source: EnKash's developer portal, and public code that talks to it.
 */
const CODE_NAMES = ['response_code', 'responseCode', 'resultCode'];
const MESSAGE_NAMES = ['response_message', 'responseMessage', 'resultMessage'];

/** Success as it is published, and as one published sample of the token call says it. */
const SUCCESS_CODES = [0, 200];
/** Seen in public code that talks to the live gateway, which never looks at the HTTP status beside it. */
const TOKEN_REFUSED_CODE = 117;

/**
 * Decides whose word an answer is, and what it says of the call. EnKash speaks by its envelope, or by the record that
 * was asked for. A status line of HTTP, a web page and a router's JSON are an intermediary's word, which settles nothing.
 */
export function interpretResponse<Payload>(
  result: HttpResult,
  now: number,
  read: ReadPayload<Payload>,
): Interpretation<Payload> {
  if (result.kind === 'failed') {
    const { reason, httpStatus, unsent } = result;
    return foreign(unsent ? { kind: 'not-sent', reason: 'not-once' } : unclear(reason, httpStatus));
  }
  const { httpStatus, json } = result;
  const envelope = readEnvelope(json);
  if (envelope?.code === TOKEN_REFUSED_CODE) {
    const { code, message } = envelope;
    return { ...own({ kind: 'unauthorized', httpStatus, code, message }), token: 'refused' };
  }
  if (httpStatus >= 200 && httpStatus < 300) return interpretSuccess(result, envelope, read);
  const message = envelope?.message ?? '';
  if (httpStatus === 429) {
    const until = now + parseRetryAfter(result.retryAfter, now, result.date);
    const code = envelope?.code;
    return of(envelope, { kind: 'rate-limited', until, message, ...(code === undefined ? {} : { code }) });
  }
  // 511 is a captive portal's, RFC 6585 § 6.
  if ((httpStatus >= 500 && httpStatus !== 511) || httpStatus === 408)
    return of(envelope, unclear('server-error', httpStatus, message));
  return envelope ? interpretRefusal(httpStatus, envelope) : interpretForeignRefusal(result);
}

function interpretSuccess<Payload>(
  { httpStatus, json, text }: HttpResponse,
  envelope: Envelope | undefined,
  read: ReadPayload<Payload>,
): Interpretation<Payload> {
  if (json === undefined) return foreign(unclear(text.trim() === '' ? 'empty' : 'not-json', httpStatus));
  const { code, message = '', payload, isAsPublished = false } = envelope ?? {};
  if (code !== undefined && !SUCCESS_CODES.includes(code))
    return own({ kind: 'rejected', httpStatus, code, message });
  const found = read({ payload, json, saysSuccess: code !== undefined });
  if (found && 'value' in found) {
    const published = code === 0 && isAsPublished;
    return own({ kind: 'answered', code: published ? 0 : null, message, payload: found.value });
  }
  const { unclear: reason, answeredId } = found ?? { unclear: 'wrong-shape' as const };
  const failure = unclear(reason, httpStatus, message);
  return of(envelope, answeredId === undefined ? failure : { ...failure, answeredId });
}

/** A refusal in EnKash's envelope. Under 401 and 403 its reason may be the token. */
function interpretRefusal(httpStatus: number, envelope: Envelope): Interpretation<never> {
  const { code = null, message } = envelope;
  // A code for success under an HTTP error contradicts itself.
  if (code !== null && SUCCESS_CODES.includes(code)) return own(unclear('wrong-shape', httpStatus, message));
  if (httpStatus === 401)
    return { ...own<never>({ kind: 'unauthorized', httpStatus, code, message }), token: 'refused' };
  if (httpStatus === 404) return own<never>({ kind: 'not-found', httpStatus, code, message });
  const refusal = own<never>({ kind: 'rejected', httpStatus, code, message });
  return httpStatus === 403 ? { ...refusal, token: 'doubtful' } : refusal;
}

function interpretForeignRefusal({ httpStatus, json, text }: HttpResponse): Interpretation<never> {
  const refusal = foreign(unclear('intermediary', httpStatus, wordsOfIntermediary(json, text)));
  return httpStatus === 401 || httpStatus === 403 ? { ...refusal, token: 'doubtful' } : refusal;
}

/** Opens the envelope of an answer; `undefined` if it has none, so that it is not EnKash's own word. */
export function readEnvelope(json: unknown): Envelope | undefined {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined;
  const fields = json as Record<string, unknown>;
  const codes = CODE_NAMES.filter((name) => fields[name] !== undefined && fields[name] !== null);
  const message = MESSAGE_NAMES.map((name) => fields[name]).find(
    (text) => typeof text === 'string' && text !== '',
  );
  if (codes.length === 0 && message === undefined) return undefined;
  const [name = ''] = codes;
  const given = fields[name];
  const code = wholeNumber(given);
  const words = [message, fields.message, fields.payload].find(
    (text) => typeof text === 'string' && text !== '',
  );
  const unreadable = given !== undefined && code === undefined ? rawForm(given) : '';
  const said = isSuccess(code) && words === fields.payload ? '' : String(words ?? '');
  return {
    code,
    isAsPublished: name === 'response_code' && typeof given === 'number',
    message: truncate([unreadable, said].filter((text) => text.trim() !== '').join(' ')),
    payload: fields.payload,
  };
}

function isSuccess(code: number | undefined): boolean {
  return code !== undefined && SUCCESS_CODES.includes(code);
}

function rawForm(given: unknown): string {
  return Object(given) === given ? JSON.stringify(given) : String(given);
}

/** EnKash's own scripts read the code by `Number(…)`, so a text of digits is a number. */
function wholeNumber(given: unknown): number | undefined {
  const number = typeof given === 'string' && /^\s*[+-]?\d{1,9}\s*$/.test(given) ? Number(given) : given;
  return typeof number === 'number' && Number.isInteger(number) ? number : undefined;
}

/** A router's short JSON or plain text says something to support; a web page does not. */
export function wordsOfIntermediary(json: unknown, text: string): string {
  const { message, error } = Object(json);
  const words = [message, error, json === undefined ? text.trim() : ''].find(
    (word) => typeof word === 'string',
  );
  return words === undefined || words.startsWith('<') ? '' : truncate(words.slice(0, 200));
}

function unclear(
  reason: AmbiguousReason,
  httpStatus?: number,
  message?: string,
): GatewayFailure & { kind: 'ambiguous' } {
  return {
    kind: 'ambiguous',
    reason,
    ...(httpStatus === undefined ? {} : { httpStatus }),
    ...(message ? { message } : {}),
  };
}

const own = <Payload = never>(answer: GatewayResult<Payload>): Interpretation<Payload> => ({
  answer,
  isEnKashs: true,
});
const foreign = (answer: GatewayFailure): Interpretation<never> => ({ answer, isEnKashs: false });
const of = (envelope: Envelope | undefined, answer: GatewayFailure): Interpretation<never> => ({
  answer,
  isEnKashs: envelope !== undefined,
});
