import * as v from 'valibot';

const Envelope = v.object({
  response_code: v.pipe(v.number(), v.integer()),
  response_message: v.fallback(v.string(), ''),
  payload: v.optional(v.unknown()),
});

const ErrorBody = v.object({
  response_code: v.fallback(v.optional(v.number()), undefined),
  response_message: v.fallback(v.optional(v.string()), undefined),
  resultMessage: v.fallback(v.optional(v.string()), undefined),
  message: v.fallback(v.optional(v.string()), undefined),
});

/** Seen in public code that talks to the live gateway: HTTP 200, this code, and a string for a payload. */
const TOKEN_REFUSED_CODE = 117;

/** The longest text of the gateway's that is passed on; longer ones are cut and say so. */
export const MAX_TEXT_LENGTH = 1_000;

/** What is left at a cut through a character beyond U+FFFF. */
const HALF_A_CHARACTER = /[\ud800-\udbff]$/;

export type Opened =
  | { kind: 'success'; message: string; payload: unknown }
  | { kind: 'rejected'; code: number; message: string }
  | { kind: 'token-refused'; code: number | null; message: string }
  | { kind: 'unreadable'; reason: 'not-json' | 'empty' | 'wrong-shape' };

/** Opens the envelope of an answer under HTTP 2xx. Only `response_code` 0 is success. */
export function openEnvelope(text: string): Opened {
  if (text.trim() === '') return { kind: 'unreadable', reason: 'empty' };
  const json = parseJson(text);
  if (json === undefined) return { kind: 'unreadable', reason: 'not-json' };
  const parsed = v.safeParse(Envelope, json);
  if (!parsed.success) return { kind: 'unreadable', reason: 'wrong-shape' };
  const { response_code: code, payload } = parsed.output;
  const message = capText(
    parsed.output.response_message || (code !== 0 && typeof payload === 'string' ? payload : ''),
  );
  if (code === 0) return { kind: 'success', message, payload };
  return { kind: code === TOKEN_REFUSED_CODE ? 'token-refused' : 'rejected', code, message };
}

/** The gateway's own words in an HTTP error: JSON under one of three names, else nothing. */
export function readErrorBody(text: string): { code: number | null; message: string } {
  const parsed = v.safeParse(ErrorBody, parseJson(text));
  if (parsed.success) {
    const { response_code: code = null, response_message, resultMessage, message } = parsed.output;
    return { code, message: capText(response_message || resultMessage || message || '') };
  }
  const plain = text.trim();
  return { code: null, message: plain.startsWith('<') ? '' : capText(plain.slice(0, 200)) };
}

/** Cuts a text to {@link MAX_TEXT_LENGTH} characters and says how many more there were: `… +1,00,000`. */
export function capText(text: string): string {
  if (text.length <= MAX_TEXT_LENGTH) return text;
  const start = text.slice(0, MAX_TEXT_LENGTH).replace(HALF_A_CHARACTER, '');
  return `${start}… +${(text.length - start.length).toLocaleString('en-IN')}`;
}

/** Parses JSON; `undefined` where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
