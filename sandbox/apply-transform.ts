import type { Outcome } from './call.ts';
import type { ResponseTransform } from './fault.ts';

export type Fields = Record<string, unknown>;

/** Lays fields over each QR code in an envelope's payload; anything else stays as it is. */
export function withQrFields(json: unknown, fields: Fields): unknown {
  if (!isFields(json)) return json;
  const { payload } = json;
  if (Array.isArray(payload)) return { ...json, payload: payload.map((code) => ({ ...code, ...fields })) };
  return isFields(payload) ? { ...json, payload: { ...payload, ...fields } } : json;
}

function withoutQrFields(json: Fields, names: string[]): unknown {
  const left = Object.fromEntries(names.map((name) => [name, undefined]));
  // JSON has no undefined, so these are gone from what is sent.
  return withQrFields(json, left);
}

/** Takes the code out of an answer, of a QR call or of the token call. */
export function withoutResponseCode(json: unknown): unknown {
  if (!isFields(json)) return json;
  const { response_code: _, resultCode: __, ...rest } = json;
  return rest;
}

/** Makes the code of an answer a string. */
export function withTextResponseCode(json: unknown): unknown {
  if (!isFields(json)) return json;
  const name = 'response_code' in json ? 'response_code' : 'resultCode';
  return { ...json, [name]: String(json[name]) };
}

/** Applies one dressing to an outcome. A refusal is left alone, and so is an answer the dressing is not for. */
export function applyTransform(outcome: Outcome, dressing: ResponseTransform): Outcome {
  const { json } = outcome;
  return isFields(json) ? { ...outcome, json: dressJson(json, dressing, outcome.matches) } : outcome;
}

function dressJson(json: Fields, dressing: ResponseTransform, matches: number | undefined): unknown {
  const isTokenAnswer = 'token' in json;
  if (dressing.kind === 'merge') {
    return isTokenAnswer ? { ...json, ...dressing.fields } : withQrFields(json, dressing.fields);
  }
  if (dressing.kind === 'leave-out') return withoutQrFields(json, dressing.fields);
  if (dressing.kind === 'token-expiry' && isTokenAnswer) {
    const { expiry: _, ...rest } = json;
    return dressing.value === null ? rest : { ...rest, expiry: dressing.value };
  }
  if (dressing.kind === 'wrap-list' && Array.isArray(json.payload)) {
    const total = dressing.total === true && { total: matches };
    return { ...json, payload: { [dressing.under]: json.payload, ...total } };
  }
  return json;
}

/** Whether a value of JSON is an object. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
