import * as v from 'valibot';
import { MAX_TEXT_LENGTH } from './cap-text.ts';
import { parseQrCode, type QrCode } from './qr-code.ts';

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
