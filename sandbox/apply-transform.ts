import type { Outcome } from './call.ts';
import type { ResponseTransform } from './fault.ts';

export type Fields = Record<string, unknown>;

/** Overwrites fields of each QR code in an envelope's payload. Other payloads stay unchanged. */
export function withQrFields(json: unknown, fields: Fields): unknown {
  if (!isFields(json)) return json;
  const { payload } = json;
  if (Array.isArray(payload)) return { ...json, payload: payload.map((code) => ({ ...code, ...fields })) };
  return isFields(payload) ? { ...json, payload: { ...payload, ...fields } } : json;
}

function withoutQrFields(json: Fields, names: string[]): unknown {
  const removed = Object.fromEntries(names.map((name) => [name, undefined]));
  // JSON has no undefined, so these fields are missing from the response.
  return withQrFields(json, removed);
}

/** Removes the code from the response to a QR call or the token call. */
export function withoutResponseCode(json: unknown): unknown {
  if (!isFields(json)) return json;
  const { response_code: _, resultCode: __, ...rest } = json;
  return rest;
}

/** Changes the code of a response to a string. */
export function withTextResponseCode(json: unknown): unknown {
  if (!isFields(json)) return json;
  const name = 'response_code' in json ? 'response_code' : 'resultCode';
  return { ...json, [name]: String(json[name]) };
}

/** Applies one transform to an outcome. Refusals and responses to other operations stay unchanged. */
export function applyTransform(outcome: Outcome, transform: ResponseTransform): Outcome {
  const { json } = outcome;
  return isFields(json) ? { ...outcome, json: transformJson(json, transform, outcome.matches) } : outcome;
}

function transformJson(json: Fields, transform: ResponseTransform, matches: number | undefined): unknown {
  const isTokenAnswer = 'token' in json;
  if (transform.kind === 'merge') {
    return isTokenAnswer ? { ...json, ...transform.fields } : withQrFields(json, transform.fields);
  }
  if (transform.kind === 'leave-out') return withoutQrFields(json, transform.fields);
  if (transform.kind === 'token-expiry' && isTokenAnswer) {
    const { expiry: _, ...rest } = json;
    return transform.value === null ? rest : { ...rest, expiry: transform.value };
  }
  if (transform.kind === 'wrap-list' && Array.isArray(json.payload)) {
    const total = transform.total === true && { total: matches };
    return { ...json, payload: { [transform.under]: json.payload, ...total } };
  }
  return json;
}

/** Whether a JSON value is an object. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
