import type { Call } from '../call.ts';
import { type Keys, MERCHANTS } from '../merchants.ts';

/** The caller's secrets, from the gateway's side. */
export interface Secrets extends Keys {
  /** Empty if the call has none. */
  token: string;
}

/** The secrets of a call: its merchant's keys (the usual pair if none), and its token. */
export function secretsOf(call: Call): Secrets {
  const { accessKey, secretKey, keysWithSigns } = MERCHANTS[call.environment];
  const borne = `${call.merchantAccessKey} ${call.headers['api-key']} ${call.body}`;
  const withSigns =
    borne.includes(keysWithSigns.accessKey) || borne.includes(JSON.stringify(keysWithSigns.accessKey));
  const token = (call.authorization ?? '').replace(/^Bearer /, '');
  return { ...(withSigns ? keysWithSigns : { accessKey, secretKey }), token };
}

/** Every escaped form of a text, with only the special characters escaped and with all of them escaped. */
export const FORMS = {
  raw: (text: string) => text,
  url: encodeURIComponent,
  urlThroughout: (text: string) => bytes(text, (byte) => `%${hex(byte, 2).toUpperCase()}`),
  base64: (text: string) => Buffer.from(text).toString('base64'),
  json: (text: string) => JSON.stringify(text).slice(1, -1),
  jsonThroughout: (text: string) => units(text, (unit) => `\\u${hex(unit, 4)}`),
  html: (text: string) => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign),
  htmlThroughout: (text: string) => units(text, (unit) => `&#${unit};`),
} as const satisfies Record<string, (text: string) => string>;

/** The two halves of a text. */
export function halves(text: string): [string, string] {
  const middle = Math.ceil(text.length / 2);
  return [text.slice(0, middle), text.slice(middle)];
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function bytes(text: string, write: (byte: number) => string): string {
  return [...Buffer.from(text)].map(write).join('');
}

function units(text: string, write: (unit: number) => string): string {
  return Array.from({ length: text.length }, (_, at) => write(text.charCodeAt(at))).join('');
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
