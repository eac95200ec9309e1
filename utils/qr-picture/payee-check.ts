import type { PictureContent } from './payment-text.ts';

/** Whether a picture pays the payee of other pictures. `unknown` is no warning, and `same` is no proof. */
export type PayeeComparison = 'same' | 'different-payee' | 'different-upi-id' | 'unknown';

/** With fewer other codes, a difference says little. */
const MIN_OTHERS = 2;
/** EMV names have at most 25 characters, and programs cut longer ones. A shorter beginning is another name. */
const MIN_CUT_NAME = 18;

interface Payee {
  upiId: string | undefined;
  /** The part of the UPI ID after `@`, which names the bank or app. */
  handle: string | undefined;
  name: string | undefined;
}

/**
 * Compares the payee of a picture with those of the account's own codes, because a forged sticker over a merchant's
 * code pays someone else.
 *
 * 1. `unknown` if the picture has no UPI ID, or fewer than two other codes have one.
 * 2. `same` if another code has the same UPI ID, whatever the names: the money goes to the same place.
 * 3. If the other codes share their UPI IDs (on average at least two codes each), another UPI ID differs:
 *    `different-payee` if the codes share their names in the same sense and the name differs too, otherwise
 *    `different-upi-id`.
 * 4. If each code has its own UPI ID, as in static codes of PhonePe, a new one says nothing. Then name and handle are
 *    compared, each only if the other codes share it in the sense of 3. Another name is `different-payee`, another
 *    handle `different-upi-id`. `same` if name and handle are known and neither differs; otherwise `unknown`.
 *
 * UPI IDs, handles and names are compared without case. Names are compared without spacing and punctuation too.
 */
export function comparePayee(content: PictureContent, others: readonly PictureContent[]): PayeeComparison {
  const payee = payeeOf(content);
  const known = others.map(payeeOf).filter(({ upiId }) => upiId !== undefined);
  if (payee.upiId === undefined || known.length < MIN_OTHERS) return 'unknown';
  const upiIds = known.flatMap(({ upiId }) => upiId ?? []);
  if (upiIds.includes(payee.upiId)) return 'same';
  const names = known.flatMap(({ name }) => name ?? []);
  const isOtherName =
    payee.name !== undefined && isShared(names) && !names.some((name) => isSameName(name, payee.name ?? ''));
  if (isShared(upiIds)) return isOtherName ? 'different-payee' : 'different-upi-id';
  const handles = known.flatMap(({ handle }) => handle ?? []);
  const isKnownHandle = handles.includes(payee.handle ?? '');
  if (isOtherName) return 'different-payee';
  if (!isKnownHandle) return isShared(handles) ? 'different-upi-id' : 'unknown';
  return payee.name !== undefined && isShared(names) ? 'same' : 'unknown';
}

/** Whether values are each that of two codes on average. */
function isShared(values: readonly string[]): boolean {
  return values.length >= MIN_OTHERS && new Set(values).size * 2 <= values.length;
}

function payeeOf(content: PictureContent): Payee {
  if (content.kind === 'other') return { upiId: undefined, handle: undefined, name: undefined };
  const upiId = content.upiId?.trim().toLowerCase() || undefined;
  const at = upiId?.lastIndexOf('@') ?? -1;
  return {
    upiId,
    handle: at >= 0 ? upiId?.slice(at + 1) : undefined,
    name: bareName(content.payee ?? '') || undefined,
  };
}

function bareName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '');
}

function isSameName(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short === long || (short.length >= MIN_CUT_NAME && long.startsWith(short));
}
