import { type MessageKey, t } from '../i18n/i18n.ts';
import type { PaymentField } from '../qr-picture/payment-fields.ts';
import type { PictureContent } from '../qr-picture/payment-text.ts';
import { formatAmount } from './code-fields.ts';
import { escapeInvisibles } from './qr-code.ts';

/** A field with its label. The value is plain text from outside and never a link. */
export type PictureLine = readonly [label: string, value: string];

/** Merchant codes have no label, because operators do not know them. */
const LABELS: Readonly<Partial<Record<PaymentField, MessageKey>>> = {
  payee: 'detailPayee',
  upiId: 'detailUpiId',
  city: 'detailCity',
  amount: 'detailAmount',
  currency: 'detailAmount',
  reference: 'detailReference',
  billNumber: 'detailBillNumber',
  note: 'detailNote',
};

/** What a payment picture says, field by field. Empty for a picture of another kind, see {@link pictureNotes}. */
export function pictureLines(content: PictureContent): PictureLine[] {
  if (content.kind === 'other') return [];
  const { city, billNumber } = content.kind === 'emv' ? content : {};
  const lines: [MessageKey, string | undefined][] = [
    ['detailPayee', content.payee],
    ['detailUpiId', content.upiId],
    ['detailAmount', amountText(content)],
    ['detailReference', content.reference],
    ['detailBillNumber', billNumber],
    ['detailNote', content.note],
    ['detailCity', city],
  ];
  return lines.flatMap(([label, value]) =>
    value === undefined ? [] : [[t(label), escapeInvisibles(value)] as const],
  );
}

function amountText({
  amount,
  currency,
  repeated,
}: Exclude<PictureContent, { kind: 'other' }>): string | undefined {
  if (repeated.includes('amount')) return undefined;
  if (amount === undefined) return t('amountOpen');
  if (currency === undefined || currency === 'INR') return formatAmount(amount);
  // EMV names currencies by number. `5 840` would look like an amount.
  return /^\d+$/.test(currency) ? `${amount} (ISO 4217: ${currency})` : `${amount} ${currency}`;
}

/** What is unusual about a picture, in sentences: no payment, another action, repeated fields, a wrong checksum. */
export function pictureNotes(content: PictureContent): string[] {
  if (content.kind === 'other')
    return [content.text === '' ? t('notUpiEmpty') : t('notUpi', escapeInvisibles(content.text))];
  const notes: string[] = [];
  if (content.kind === 'upi' && content.action === 'mandate') notes.push(t('upiMandate'));
  else if (content.kind === 'upi' && !/^(?:pay)?$/.test(content.action))
    notes.push(t('upiOther', escapeInvisibles(content.action)));
  const labels = new Set(content.repeated.flatMap((field) => LABELS[field] ?? []));
  if (labels.size > 0) notes.push(t('repeatedField', [...labels].map((label) => t(label)).join(', ')));
  if (content.kind === 'emv' && content.checksum === 'wrong') notes.push(t('checksumWrong'));
  if (content.kind === 'emv' && content.checksum === 'missing') notes.push(t('checksumMissing'));
  return notes;
}
