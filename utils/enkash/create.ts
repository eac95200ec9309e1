import * as v from 'valibot';
import { MAX_TEXT_LENGTH } from './cap-text.ts';
import { ACTIVE, parseQrCode, type QrCode } from './qr-code.ts';

/**
 * The create call. EnKash's portal names its fields (name, single or multiple use, fixed amount, amount, description,
 * expiry, customer, custom params), "the same fields as in QrCodeResponse". Required fields, maximum lengths and the
 * format of a time are not published. This file contains every assumption about them.
 */

/** Maximum lengths of a name or customer field, of a description, and of a custom param. Assumed. */
export const MAX_NAME = 200;
export const MAX_DESCRIPTION = MAX_TEXT_LENGTH;
export const MAX_PARAM = 200;
/** The maximum number of custom params, as in a code that is read. */
export const MAX_PARAMS = 100;

const textUpTo = (limit: number) => v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(limit)));

/** A requested QR code. Absent fields are not sent. */
export const NewQrCode = v.strictObject({
  qrName: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_NAME)),
  multipleUse: v.boolean(),
  /** Rupees; absent if the customer chooses the amount. */
  amount: v.optional(v.pipe(v.number(), v.finite(), v.gtValue(0))),
  description: textUpTo(MAX_DESCRIPTION),
  /** A date-time in the gateway's format: `2026-12-31T23:59:00`. */
  expiry: textUpTo(MAX_PARAM),
  customerName: textUpTo(MAX_NAME),
  customerEmail: textUpTo(MAX_NAME),
  customerMobile: textUpTo(MAX_NAME),
  customerId: textUpTo(MAX_NAME),
  /** Names and values, in order. */
  customParams: v.pipe(
    v.array(
      v.strictTuple([
        v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_PARAM)),
        v.pipe(v.string(), v.maxLength(MAX_PARAM)),
      ]),
    ),
    v.maxLength(MAX_PARAMS),
  ),
});
export type NewQrCode = v.InferOutput<typeof NewQrCode>;

/** Fields that are sent, and compared with the answer, as texts. */
const TEXT_FIELDS = [
  'qrName',
  'description',
  'expiry',
  'customerName',
  'customerEmail',
  'customerMobile',
  'customerId',
] as const;

/** The body of the create call. */
export function serializeCreate({ amount, customParams, ...rest }: NewQrCode): string {
  return JSON.stringify({
    ...rest,
    fixedAmount: amount !== undefined,
    ...(amount === undefined ? {} : { amount }),
    ...(customParams.length === 0 ? {} : { customParams: Object.fromEntries(customParams) }),
  });
}

/** A code that the gateway reports as created. */
export type CreatedQrCode = QrCode & { qrCodeId: string };

/** Parses the payload of the answer; `undefined` if it has no id. */
export function parseCreated(payload: unknown): CreatedQrCode | undefined {
  const qrCode = parseQrCode(payload);
  return qrCode?.qrCodeId ? (qrCode as CreatedQrCode) : undefined;
}

export type ComparedField = (typeof TEXT_FIELDS)[number] | 'multipleUse' | 'amount' | 'status';

/** A requested or actual amount. `fixed` without `amount`: the amount is not known. */
export type AmountValue = { fixed: boolean | undefined; amount: number | string | undefined };

/** A field in which the created code differs from the request. An absent side has no value. */
export type Difference =
  | { field: (typeof TEXT_FIELDS)[number] | 'status'; asked?: string; given?: string }
  | { field: 'multipleUse'; asked: boolean; given: boolean }
  | { field: 'amount'; asked: AmountValue; given: AmountValue }
  | { field: 'customParam'; name: string; asked?: string; given?: string };

export interface CreatedDiff {
  differences: Difference[];
  /** Requested fields that the answer does not contain. */
  missing: (ComparedField | 'customParams')[];
}

/** Compares the requested code with the created one, field by field. */
export function compareCreated(requested: NewQrCode, actual: QrCode): CreatedDiff {
  const comparison: CreatedDiff = { differences: [], missing: [] };
  const { differences, missing } = comparison;
  if (actual.status === undefined) missing.push('status');
  else if (actual.status !== ACTIVE)
    differences.push({ field: 'status', asked: ACTIVE, given: actual.status });
  for (const field of TEXT_FIELDS) {
    const expected = requested[field];
    const received = actual[field] === undefined || actual[field] === '' ? undefined : String(actual[field]);
    if (expected !== undefined && received === undefined) missing.push(field);
    else if (expected !== received && !(field === 'expiry' && isSameInstant(expected, received)))
      differences.push({ field, ...bothSides(expected, received) });
  }
  if (actual.multipleUse === undefined) missing.push('multipleUse');
  else if (actual.multipleUse !== requested.multipleUse)
    differences.push({ field: 'multipleUse', asked: requested.multipleUse, given: actual.multipleUse });
  compareAmounts(requested, actual, comparison);
  compareParams(requested, actual, comparison);
  return comparison;
}

function compareAmounts(requested: NewQrCode, actual: QrCode, { differences, missing }: CreatedDiff): void {
  // A code for any amount may have the amount 0 instead of none.
  const amount = Number(actual.amount) === 0 ? undefined : actual.amount;
  const fixed = actual.fixedAmount;
  if (fixed === undefined && actual.amount === undefined) return void missing.push('amount');
  const isAsRequested =
    requested.amount === undefined
      ? fixed !== true && amount === undefined
      : fixed !== false && Number(amount) === requested.amount;
  if (isAsRequested) return;
  if (requested.amount !== undefined && fixed === true && actual.amount === undefined)
    return void missing.push('amount');
  differences.push({
    field: 'amount',
    asked: { fixed: requested.amount !== undefined, amount: requested.amount },
    given: { fixed, amount: actual.amount },
  });
}

function compareParams(requested: NewQrCode, actual: QrCode, { differences, missing }: CreatedDiff): void {
  const expected = new Map(requested.customParams);
  if (!actual.customParams) {
    if (expected.size > 0) missing.push('customParams');
    return;
  }
  const received = new Map(Object.entries(actual.customParams));
  for (const name of new Set([...expected.keys(), ...received.keys()])) {
    if (expected.get(name) === received.get(name)) continue;
    differences.push({ field: 'customParam', name, ...bothSides(expected.get(name), received.get(name)) });
  }
}

function bothSides(asked: string | undefined, given: string | undefined) {
  return { ...(asked === undefined ? {} : { asked }), ...(given === undefined ? {} : { given }) };
}

const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/;

/** Whether two date-times are equal in any notation. One with a zone never equals one without. */
function isSameInstant(one: string | undefined, other: string | undefined): boolean {
  const [a, b] = [DATE_TIME.exec(one ?? ''), DATE_TIME.exec(other ?? '')];
  if (!a || !b || (a[1] === undefined) !== (b[1] === undefined)) return false;
  const at = ([text, zone]: RegExpExecArray) => Date.parse(zone === undefined ? `${text}Z` : text);
  return at(a) === at(b);
}
