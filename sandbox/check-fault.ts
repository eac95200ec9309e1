import type { Answer, Fault } from './fault.ts';

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isNumber: Check = (value) => typeof value === 'number';
const isFlag: Check = (value) => typeof value === 'boolean';
const isObject: Check = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isHttpStatus: Check = (value) =>
  Number.isInteger(value) && Number(value) >= 200 && Number(value) <= 599;
const isAnything: Check = () => true;
const oneOf =
  (...allowed: string[]): Check =>
  (value) =>
    allowed.includes(String(value));
const maybe =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

const ANSWER_FIELDS: Record<Answer['kind'], Record<string, Check>> = {
  slow: { ms: isNumber },
  merge: { fields: isObject },
  'leave-out': { fields: (value) => Array.isArray(value) && value.every(isText) },
  'token-expiry': { value: (value) => value === null || isNumber(value) || isText(value) },
  'ignore-filters': {},
  'shift-pages': { by: Number.isInteger },
  'wrap-list': { under: oneOf('content', 'items', 'data'), total: maybe(isFlag) },
  status: {
    httpStatus: isHttpStatus,
    headers: maybe(isObject),
    body: maybe(oneOf('json', 'html', 'text', 'empty')),
    content: isAnything,
  },
  reject: { code: isNumber, message: isText, payload: isAnything },
  html: {},
  empty: {},
  'no-content': {},
  'cut-json': { breakOff: maybe(isFlag) },
  'wrong-shape': { shape: oneOf('array', 'string', 'number', 'null', 'nested') },
  'response-code-missing': {},
  'response-code-string': {},
  'says-active': {},
  'another-status': { status: isText },
  'another-id': { qrCodeId: maybe(isText) },
  drop: {},
  silence: {},
  redirect: { httpStatus: isHttpStatus, location: isText },
  huge: { bytes: isNumber, unannounced: maybe(isFlag) },
  'token-stale': {},
  'rate-limit': { retryAfter: maybe(isText) },
  'bare-token-only': {},
};

const FAULT_FIELDS: Record<keyof Fault, Check> = {
  on: oneOf('token', 'get', 'search', 'create', 'cancel', 'any'),
  environment: maybe(oneOf('UAT', 'LIVE')),
  qrCodeId: maybe(isText),
  times: maybe((value) => Number.isInteger(value) && Number(value) > 0),
  applyEffect: maybe(isFlag),
  answer: isObject,
};

/**
 * Validates an untrusted value and returns it as a fault. Throws an Error that names the invalid field, the unknown
 * kind or the unknown field, so that a typing mistake is not ignored.
 */
export function checkFault(value: unknown): Fault {
  if (!isObject(value)) throw new Error('A fault is a JSON object');
  const fault = value as unknown as Record<string, unknown>;
  checkFields('fault', fault, FAULT_FIELDS);
  const answer = fault.answer as Record<string, unknown>;
  const { kind, ...rest } = answer;
  const kinds: Record<string, Record<string, Check>> = ANSWER_FIELDS;
  const fields = typeof kind === 'string' && Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (fields === undefined) throw new Error(`answer.kind must be one of: ${Object.keys(kinds).join(', ')}`);
  checkFields('answer', rest, fields);
  return value as Fault;
}

function checkFields(of: string, value: Record<string, unknown>, checks: Record<string, Check>): void {
  for (const [name, check] of Object.entries(checks)) {
    if (!check(value[name])) throw new Error(`${of}.${name} is missing or wrong`);
  }
  const unknown = Object.keys(value).find((name) => !Object.hasOwn(checks, name));
  if (unknown !== undefined) throw new Error(`${of} has no field ${unknown}`);
}
