import type { NewQrCode } from '../enkash/create.ts';
import { ACTIVE, type QrCode } from '../enkash/qr-code.ts';

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
