import { type Fields, isFields } from '../apply-transform.ts';
import type { Call } from '../call.ts';
import type { RawResponse } from '../raw-response.ts';
import type { Layer } from './dialect.ts';

declare global {
  /** `JSON.rawJSON` and source texts (ES2026): in the runtime, not yet in TypeScript's library. */
  interface JSON {
    rawJSON(text: string): { rawJSON: string };
    isRawJSON(value: unknown): value is { rawJSON: string };
    parse(
      text: string,
      reviver: (key: string, value: unknown, from: { source?: string }) => unknown,
    ): unknown;
  }
}

/** A number for JSON text with exactly these digits, even if a double cannot hold them. */
export function exactNumber(digits: string): unknown {
  return JSON.rawJSON(digits);
}

/** A JSON value as text; a number with all its digits. */
export function textOf(value: unknown): string {
  return JSON.isRawJSON(value) ? value.rawJSON : String(value);
}

/** Parses the JSON object in a response's body; undefined if there is none. Keeps digits beyond a double's precision. */
export function jsonOf(delivery: RawResponse): Fields | undefined {
  if (!('body' in delivery)) return undefined;
  try {
    const value: unknown = JSON.parse(delivery.body, (_, each, { source }) =>
      typeof each === 'number' && source !== undefined && String(each) !== source
        ? exactNumber(source)
        : each,
    );
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Replaces the JSON in a response's body. */
export function withJson(delivery: RawResponse, json: unknown): RawResponse {
  return 'body' in delivery ? { ...delivery, body: JSON.stringify(json) } : delivery;
}

/** Whether JSON is an envelope of the gateway, in any dialect. */
export function isEnvelope(json: Fields): boolean {
  return ['response_code', 'responseCode', 'payload'].some((name) => Object.hasOwn(json, name));
}

/** A layer that rewrites the gateway's envelopes. Pages, other JSON and lost connections pass unchanged. */
export function rewriteEnvelope(edit: (envelope: Fields, call: Call) => unknown): Layer {
  return async (call, next) => {
    const delivery = await next(call);
    const json = jsonOf(delivery);
    return json !== undefined && isEnvelope(json) ? withJson(delivery, edit(json, call)) : delivery;
  };
}

/** Rewrites each QR code's record in JSON, at any depth. */
export function editRecords(json: unknown, edit: (record: Fields) => Fields): unknown {
  if (Array.isArray(json)) return json.map((each) => editRecords(each, edit));
  if (!isFields(json) || JSON.isRawJSON(json)) return json;
  if (Object.hasOwn(json, 'qrCodeId')) return edit(json);
  return Object.fromEntries(Object.entries(json).map(([name, each]) => [name, editRecords(each, edit)]));
}

/** A layer that rewrites each QR code's record. */
export function rewriteRecords(edit: (record: Fields, call: Call) => Fields): Layer {
  return rewriteEnvelope((envelope, call) => editRecords(envelope, (record) => edit(record, call)));
}
