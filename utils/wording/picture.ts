import { type MessageKey, plural, t } from '../i18n/i18n.ts';
import type { PayeeComparison } from '../qr-picture/payee-check.ts';
import type { PaymentField } from '../qr-picture/payment-fields.ts';
import type { PictureContent } from '../qr-picture/payment-text.ts';
import { escapeInvisibles, formatAmount } from './qr-code.ts';

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

/** The warning of a forged sticker; nothing if no difference is known. */
export function payeeWarning(comparison: PayeeComparison): string | undefined {
  if (comparison === 'different-payee') return `${t('payeeDiffers')} ${t('stickerAdvice')}`;
  if (comparison === 'different-upi-id') return `${t('upiIdDiffers')} ${t('stickerAdvice')}`;
  return undefined;
}

/** The result of a search that found no equal picture. */
export interface NotAmong {
  /** How many QR codes were read and compared. */
  compared: number;
  /** How many had no picture, or one that could not be read. */
  withoutPicture: number;
  /** Whether reading stopped before the last code. */
  isIncomplete: boolean;
}

/** Says that no equal picture was found, and which codes the search left open. Never that the code is another's. */
export function notAmongText({ compared, withoutPicture, isIncomplete }: NotAmong): string {
  return [
    plural('findNotAmong', compared),
    withoutPicture > 0 ? plural('findWithoutPicture', withoutPicture) : '',
    isIncomplete ? t('findIncomplete') : '',
    withoutPicture === 0 && !isIncomplete ? t('findNotAmongNext') : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** The reason why a file or a pasted picture gives no text. */
export type PictureProblem = 'no-code' | 'heic' | 'pdf' | 'svg' | 'other' | 'too-large';

const PICTURE_PROBLEMS: Readonly<Record<PictureProblem, MessageKey>> = {
  'no-code': 'pictureNoCode',
  heic: 'pictureHeic',
  pdf: 'pictureOpenAndScan',
  svg: 'pictureOpenAndScan',
  other: 'pictureRefused',
  'too-large': 'pictureTooLarge',
};

export function pictureProblemText(problem: PictureProblem): string {
  return t(PICTURE_PROBLEMS[problem]);
}

/** The reason why a page, or a picture on it, could not be read. */
export type PageProblem = 'no-code' | 'not-captured' | 'needs-click' | 'out-of-view';

const PAGE_PROBLEMS: Readonly<Record<PageProblem, MessageKey>> = {
  'no-code': 'pageNoCode',
  'not-captured': 'pageNotCaptured',
  'needs-click': 'pageNeedsClick',
  'out-of-view': 'pictureCutOff',
};

export function pageProblemText(problem: PageProblem): string {
  return t(PAGE_PROBLEMS[problem]);
}

/** The reason why the camera read nothing. */
export type CameraProblem = 'refused' | 'missing' | 'timed-out';

const CAMERA_PROBLEMS: Readonly<Record<CameraProblem, MessageKey>> = {
  refused: 'cameraRefused',
  missing: 'cameraMissing',
  'timed-out': 'cameraTimedOut',
};

export function cameraProblemText(problem: CameraProblem): string {
  return t(CAMERA_PROBLEMS[problem]);
}
