import * as v from 'valibot';
import { MAX_TEXT_LENGTH } from './cap-text.ts';
import { ACTIVE, parseQrCode, type QrCode } from './qr-code.ts';

/**
 * The create call. The portal names what it takes (name, single or multiple use, fixed amount, amount, description,
 * expiry, customer, custom params), "the same fields as in QrCodeResponse". Which of them it demands, how long they
 * may be and how a time is written is not published: all that is assumed of it stands in this file.
 */

/** The most characters of a name and of a customer's field, of a description, and of a custom param. Assumed. */
export const MAX_NAME = 200;
export const MAX_DESCRIPTION = MAX_TEXT_LENGTH;
export const MAX_PARAM = 200;
/** As many custom params as are read of a code. */
export const MAX_PARAMS = 100;

const textUpTo = (limit: number) => v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(limit)));

/** A QR code as it is asked for. What is left out is not sent. */
export const NewQrCode = v.strictObject({
  qrName: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_NAME)),
  multipleUse: v.boolean(),
  /** Rupees; left out where the customer chooses the amount. */
  amount: v.optional(v.pipe(v.number(), v.finite(), v.gtValue(0))),
  description: textUpTo(MAX_DESCRIPTION),
  /** A date-time as the gateway writes it: `2026-12-31T23:59:00`. */
  expiry: textUpTo(MAX_PARAM),
  customerName: textUpTo(MAX_NAME),
  customerEmail: textUpTo(MAX_NAME),
  customerMobile: textUpTo(MAX_NAME),
  customerId: textUpTo(MAX_NAME),
  /** Names and values in their order. */
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

/** Fields that are sent, and compared with what comes back, as texts. */
const TEXT_FIELDS = [
  'qrName',
  'description',
  'expiry',
  'customerName',
  'customerEmail',
  'customerMobile',
  'customerId',
] as const;

/** What is sent for it. */
export function serializeCreate({ amount, customParams, ...rest }: NewQrCode): string {
  return JSON.stringify({
    ...rest,
    fixedAmount: amount !== undefined,
    ...(amount === undefined ? {} : { amount }),
    ...(customParams.length === 0 ? {} : { customParams: Object.fromEntries(customParams) }),
  });
}

/** A code that the gateway says it has created. */
export type CreatedQrCode = QrCode & { qrCodeId: string };

/** Reads the answer's payload; `undefined` where it names no id, so that it is not told what was created. */
export function parseCreated(payload: unknown): CreatedQrCode | undefined {
  const qrCode = parseQrCode(payload);
  return qrCode?.qrCodeId ? (qrCode as CreatedQrCode) : undefined;
}

export type ComparedField = (typeof TEXT_FIELDS)[number] | 'multipleUse' | 'amount' | 'status';

/** Something that was asked for, or given, of a code's amount. `fixed` without an amount: one that is not told. */
export type AmountValue = { fixed: boolean | undefined; amount: number | string | undefined };

/** One field in which a code is not as it was asked for; a side that is absent said nothing of it. */
export type Difference =
  | { field: (typeof TEXT_FIELDS)[number] | 'status'; asked?: string; given?: string }
  | { field: 'multipleUse'; asked: boolean; given: boolean }
  | { field: 'amount'; asked: AmountValue; given: AmountValue }
  | { field: 'customParam'; name: string; asked?: string; given?: string };

export interface CreatedDiff {
  differences: Difference[];
  /** Fields that were asked for and of which the answer says nothing. */
  missing: (ComparedField | 'customParams')[];
}

/** Compares what was asked for with the code that came of it, field by field. */
export function compareCreated(requested: NewQrCode, actual: QrCode): CreatedDiff {
  const comparison: CreatedDiff = { differences: [], missing: [] };
  const { differences, missing } = comparison;
  if (actual.status === undefined) missing.push('status');
  else if (actual.status !== ACTIVE)
    differences.push({ field: 'status', asked: ACTIVE, given: actual.status });
  for (const field of TEXT_FIELDS) {
    const wanted = requested[field];
    const got = actual[field] === undefined || actual[field] === '' ? undefined : String(actual[field]);
    if (wanted !== undefined && got === undefined) missing.push(field);
    else if (wanted !== got && !(field === 'expiry' && isSameInstant(wanted, got)))
      differences.push({ field, ...bothSides(wanted, got) });
  }
  if (actual.multipleUse === undefined) missing.push('multipleUse');
  else if (actual.multipleUse !== requested.multipleUse)
    differences.push({ field: 'multipleUse', asked: requested.multipleUse, given: actual.multipleUse });
  compareAmounts(requested, actual, comparison);
  compareParams(requested, actual, comparison);
  return comparison;
}

function compareAmounts(asked: NewQrCode, given: QrCode, { differences, missing }: CreatedDiff): void {
  // Of a code for any amount, none may as well be written as 0.
  const amount = Number(given.amount) === 0 ? undefined : given.amount;
  const fixed = given.fixedAmount;
  if (fixed === undefined && given.amount === undefined) return void missing.push('amount');
  const isAsAsked =
    asked.amount === undefined
      ? fixed !== true && amount === undefined
      : fixed !== false && Number(amount) === asked.amount;
  if (isAsAsked) return;
  if (asked.amount !== undefined && fixed === true && given.amount === undefined)
    return void missing.push('amount');
  differences.push({
    field: 'amount',
    asked: { fixed: asked.amount !== undefined, amount: asked.amount },
    given: { fixed, amount: given.amount },
  });
}

function compareParams(asked: NewQrCode, given: QrCode, { differences, missing }: CreatedDiff): void {
  const wanted = new Map(asked.customParams);
  if (!given.customParams) {
    if (wanted.size > 0) missing.push('customParams');
    return;
  }
  const got = new Map(Object.entries(given.customParams));
  for (const name of new Set([...wanted.keys(), ...got.keys()])) {
    if (wanted.get(name) === got.get(name)) continue;
    differences.push({ field: 'customParam', name, ...bothSides(wanted.get(name), got.get(name)) });
  }
}

function bothSides(asked: string | undefined, given: string | undefined) {
  return { ...(asked === undefined ? {} : { asked }), ...(given === undefined ? {} : { given }) };
}

const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/;

/** Whether two date-times are the same, however they are written. One with a zone is not held against one without. */
function isSameInstant(one: string | undefined, other: string | undefined): boolean {
  const [a, b] = [DATE_TIME.exec(one ?? ''), DATE_TIME.exec(other ?? '')];
  if (!a || !b || (a[1] === undefined) !== (b[1] === undefined)) return false;
  const at = ([text, zone]: RegExpExecArray) => Date.parse(zone === undefined ? `${text}Z` : text);
  return at(a) === at(b);
}
