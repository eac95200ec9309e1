import type { AmbiguousReason, GatewayFailure, GatewayResult } from '../model/gateway-result.ts';
import { truncate } from './cap-text.ts';
import type { HttpResponse, HttpResult } from './http.ts';
import { parseRetryAfter } from './retry-after.ts';

/** The places of a payload: in a successful envelope, or in an answer without a readable code. */
export interface Places {
  payload: unknown;
  /** The whole answer. */
  json: unknown;
  saysSuccess: boolean;
}

/** Reads a call's payload from an answer: the value, the reason that it is not the expected one, or `undefined`. */
export type ReadPayload<Payload> = (
  places: Places,
) => { value: Payload } | { unclear: AmbiguousReason; answeredId?: string } | undefined;

export interface Interpretation<Payload> {
  answer: GatewayResult<Payload>;
  /** Whether EnKash itself answered: with its envelope, or with the requested record. */
  isFromEnKash: boolean;
  /** `refused`: EnKash refused the token. `doubtful`: EnKash or an intermediary may have refused it. */
  token?: 'refused' | 'doubtful';
}

/** EnKash's envelope around every answer, in any dialect. */
export interface Envelope {
  /** `undefined` if the answer has a message but no integer code. */
  code: number | undefined;
  /** Whether the code is a number in the field of the published schema. */
  isAsPublished: boolean;
  message: string;
  payload: unknown;
}

/**
 * The field names of the code and the message in the gateway's products. A `message` without a code comes from a router.
 * Source: EnKash's developer portal, and public code that calls the gateway.
 */
const CODE_NAMES = ['response_code', 'responseCode', 'resultCode'];
const MESSAGE_NAMES = ['response_message', 'responseMessage', 'resultMessage'];

/** The published success code, and that of one published sample of the token call. */
const SUCCESS_CODES: readonly unknown[] = [0, 200];
/** Source: public code that calls the live gateway. That code ignores the HTTP status. */
const TOKEN_REFUSED_CODE = 117;

/**
 * Decides who answered, and what the answer means for the call. EnKash answers with its envelope or with the requested
 * record. A bare HTTP status, a web page or a router's JSON comes from an intermediary and proves nothing. `now` is in
 * epoch ms.
 */
export function interpretResponse<Payload>(
  result: HttpResult,
  now: number,
  read: ReadPayload<Payload>,
): Interpretation<Payload> {
  if (result.kind === 'failed') {
    const { reason, httpStatus, unsent } = result;
    return fromIntermediary(
      unsent ? { kind: 'not-sent', reason: 'not-once' } : ambiguous(reason, httpStatus),
    );
  }
  const { httpStatus, json } = result;
  const envelope = readEnvelope(json);
  if (envelope?.code === TOKEN_REFUSED_CODE) {
    const { code, message } = envelope;
    return { ...fromEnKash({ kind: 'unauthorized', httpStatus, code, message }), token: 'refused' };
  }
  if (httpStatus >= 200 && httpStatus < 300) return interpretSuccess(result, envelope, read);
  const message = envelope?.message ?? '';
  if (httpStatus === 429) {
    const until = now + parseRetryAfter(result.retryAfter, now, result.date);
    const code = envelope?.code;
    return fromSource(envelope, {
      kind: 'rate-limited',
      until,
      message,
      ...(code === undefined ? {} : { code }),
    });
  }
  // 511 comes from a captive portal, RFC 6585 § 6.
  if ((httpStatus >= 500 && httpStatus !== 511) || httpStatus === 408)
    return fromSource(envelope, ambiguous('server-error', httpStatus, message));
  return envelope ? interpretRefusal(httpStatus, envelope) : interpretForeignRefusal(result);
}

function interpretSuccess<Payload>(
  { httpStatus, json, text }: HttpResponse,
  envelope: Envelope | undefined,
  read: ReadPayload<Payload>,
): Interpretation<Payload> {
  if (json === undefined)
    return fromIntermediary(ambiguous(text.trim() === '' ? 'empty' : 'not-json', httpStatus));
  const { code, message = '', payload, isAsPublished = false } = envelope ?? {};
  if (code !== undefined && !isSuccess(code))
    return fromEnKash({ kind: 'rejected', httpStatus, code, message });
  const found = read({ payload, json, saysSuccess: code !== undefined });
  if (found && 'value' in found) {
    const published = code === 0 && isAsPublished;
    return fromEnKash({ kind: 'answered', code: published ? 0 : null, message, payload: found.value });
  }
  const { unclear: reason, answeredId } = found ?? { unclear: 'wrong-shape' as const };
  const failure = ambiguous(reason, httpStatus, message);
  return fromSource(envelope, answeredId === undefined ? failure : { ...failure, answeredId });
}

/** Interprets a refusal in EnKash's envelope. With 401 or 403, the reason may be the token. */
function interpretRefusal(httpStatus: number, envelope: Envelope): Interpretation<never> {
  const { code = null, message } = envelope;
  // A success code contradicts the HTTP error.
  if (isSuccess(code)) return fromEnKash(ambiguous('wrong-shape', httpStatus, message));
  if (httpStatus === 401)
    return { ...fromEnKash<never>({ kind: 'unauthorized', httpStatus, code, message }), token: 'refused' };
  if (httpStatus === 404) return fromEnKash<never>({ kind: 'not-found', httpStatus, code, message });
  const refusal = fromEnKash<never>({ kind: 'rejected', httpStatus, code, message });
  return httpStatus === 403 ? { ...refusal, token: 'doubtful' } : refusal;
}

function interpretForeignRefusal({ httpStatus, json, text }: HttpResponse): Interpretation<never> {
  const refusal = fromIntermediary(ambiguous('intermediary', httpStatus, wordsOfIntermediary(json, text)));
  return httpStatus === 401 || httpStatus === 403 ? { ...refusal, token: 'doubtful' } : refusal;
}

/** Parses the envelope of an answer; `undefined` if it has none, so that EnKash did not answer. */
export function readEnvelope(json: unknown): Envelope | undefined {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined;
  const fields = json as Record<string, unknown>;
  const codes = CODE_NAMES.filter((name) => fields[name] !== undefined && fields[name] !== null);
  const message = firstText(fields, MESSAGE_NAMES);
  if (codes.length === 0 && message === undefined) return undefined;
  const [name = ''] = codes;
  const rawCode = fields[name];
  const code = toInteger(rawCode);
  const words = message ?? firstText(fields, ['message', 'payload']);
  const unreadable = rawCode !== undefined && code === undefined ? toRawText(rawCode) : '';
  const text = isSuccess(code) && words === fields.payload ? '' : (words ?? '');
  return {
    code,
    isAsPublished: name === 'response_code' && typeof rawCode === 'number',
    message: truncate([unreadable, text].filter((part) => part.trim() !== '').join(' ')),
    payload: fields.payload,
  };
}

function firstText(fields: Record<string, unknown>, names: readonly string[]): string | undefined {
  const texts = names.map((name) => fields[name]);
  return texts.find((text): text is string => typeof text === 'string' && text !== '');
}

function isSuccess(code: number | null | undefined): boolean {
  return SUCCESS_CODES.includes(code);
}

function toRawText(given: unknown): string {
  return Object(given) === given ? JSON.stringify(given) : String(given);
}

/** EnKash's own scripts read the code with `Number(…)`, so a text of digits is a number. */
function toInteger(given: unknown): number | undefined {
  const number = typeof given === 'string' && /^\s*[+-]?\d{1,9}\s*$/.test(given) ? Number(given) : given;
  return typeof number === 'number' && Number.isInteger(number) ? number : undefined;
}

/** The message of an intermediary for support: from its JSON or plain text, but not from a web page. */
export function wordsOfIntermediary(json: unknown, text: string): string {
  const { message, error } = Object(json);
  const words = [message, error, json === undefined ? text.trim() : ''].find(
    (word) => typeof word === 'string',
  );
  return words === undefined || words.startsWith('<') ? '' : truncate(words.slice(0, 200));
}

function ambiguous(
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

const fromEnKash = <Payload = never>(answer: GatewayResult<Payload>): Interpretation<Payload> => ({
  answer,
  isFromEnKash: true,
});
const fromIntermediary = (answer: GatewayFailure): Interpretation<never> => ({ answer, isFromEnKash: false });
const fromSource = (envelope: Envelope | undefined, answer: GatewayFailure): Interpretation<never> => ({
  answer,
  isFromEnKash: envelope !== undefined,
});
