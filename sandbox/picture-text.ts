import { emvText } from './emv-text.ts';
import type { Environment } from './environment.ts';
import { MERCHANTS } from './merchants.ts';
import type { QrCode } from './seed.ts';

/** What a payment needs to know. A missing part does not stand in the text. */
export interface Payment {
  upiId: string;
  payee: string;
  categoryCode: string;
  reference?: string;
  note?: string;
  /** In rupees, such as `250.00`. Without it the payer enters the amount. */
  amount?: string;
}

/** The texts by the dialect that draws them. Each keeps the merchant, and the amount if it is fixed. */
const FORMS = {
  'picture-id-in-pa': ({ reference: id, ...payment }) =>
    upiText({ ...payment, upiId: `${id}@${payment.upiId.split('@')[1]}` }),
  'picture-reference-in-tr': ({ reference: id, ...payment }) =>
    upiText({ ...payment, reference: referenceUnlike(String(id)) }),
  'picture-without-id': ({ reference: _, note: __, ...payment }) => upiText(payment),
  'picture-emv': emvText,
} as const satisfies Record<string, (payment: Payment) => string>;

/** A dialect that changes what the pictures say. */
export type PictureTextDialect = keyof typeof FORMS;

/**
 * The text that the sandbox's picture of a QR code bears: a `upi://pay` link with the id in `tr`, or the form of the first
 * of `dialects` (the names of those that are on) that changes pictures. A code keeps the picture with which it was made, so
 * pass the fields that it had then.
 */
export function pictureTextOf(
  code: QrCode,
  environment: Environment,
  dialects: readonly string[] = [],
): string {
  const form = dialects.find((name): name is PictureTextDialect => Object.hasOwn(FORMS, name));
  const payment = paymentOf(code, environment);
  return form === undefined ? upiText(payment) : FORMS[form](payment);
}

function paymentOf(code: QrCode, environment: Environment): Payment {
  const { name, upiId, categoryCode } = MERCHANTS[environment];
  const { qrCodeId, description, qrName, fixedAmount, amount } = code;
  const note = description ?? qrName;
  return {
    upiId,
    payee: name,
    categoryCode,
    reference: qrCodeId,
    ...(typeof note === 'string' && { note }),
    ...(fixedAmount !== false && typeof amount === 'number' && { amount: amount.toFixed(2) }),
  };
}

/** A link that UPI apps open: NPCI's UPI linking specification 1.6. */
export function upiText({ upiId, payee, categoryCode, reference, note, amount }: Payment): string {
  const fields = { pn: payee, mc: categoryCode, tr: reference, tn: note, am: amount, cu: 'INR' };
  const written = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : `&${name}=${encodeURIComponent(value)}`,
  );
  return `upi://pay?pa=${upiId}${written.join('')}`;
}

/** A number of the merchant's own that is the same for the same id, and shares no part with it. */
function referenceUnlike(id: string): string {
  let mixed = 0;
  for (const sign of id) mixed = (Math.imul(mixed, 31) + sign.charCodeAt(0)) >>> 0;
  return `SU${String(mixed).padStart(10, '0')}`;
}
