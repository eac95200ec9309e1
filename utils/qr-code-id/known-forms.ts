/** Things other than QR codes whose IDs are recognized by their form. */
export type OtherThing =
  | 'order'
  | 'payment'
  | 'customer'
  | 'transaction'
  | 'ticket'
  | 'reference'
  | 'address'
  | 'upi';

/**
 * The forms of IDs of payment gateways and bookkeeping programs: `pay_29QQoUBi66xm2f`, `order_9A33XWu170gUtm`,
 * `ORD123456`, `VCH20261122001`. Short prefixes count only before an underscore, a hyphen or digits alone.
 */
const FORMS: readonly (readonly [OtherThing, RegExp])[] = [
  ['payment', /^(?:pay|pymt|payment|rfnd|refund|setl|trf|disp|payout|pout)[_-](?=\w*\d)\w+$/i],
  ['payment', /^(?:PAY|PYMT|PAYMENT|RFND|REFUND|SETL)\d{4,}$/i],
  ['order', /^(?:order|ord|inv|invoice|bill|po|so)[_-](?=\w*\d)[\w-]+$/i],
  ['order', /^(?:ORD|ORDER|INV|INVOICE|BILL)\d{3,}$/i],
  ['order', /^(?:ORD|ORDER)(?=[A-Z]*\d)[A-Z\d]{4,}$/],
  ['customer', /^(?:cust|customer|user|usr|acc|mer|merchant|vendor|emp)[_-](?=\w*\d)[\w-]+$/i],
  ['customer', /^(?:CUST|CUSTOMER|MER|MERCHANT|USR|USER|EMP)\d{3,}$/i],
  ['transaction', /^(?:txn|trx|tran|trans|transaction|utr|rrn)[_-](?=\w*\d)[\w-]+$/i],
  ['transaction', /^(?:TXN|TRX|TRAN|TRANS|UTR|RRN)(?:ID|REF|NO)?\d{3,}$/i],
  ['transaction', /^(?:TXN|UTR|RRN)(?=[A-Z]*\d)[A-Z\d]{5,}$/],
  ['ticket', /^(?:tck|tkt|ticket|case|issue|req|inc|sr)[_-](?=\w*\d)[\w-]+$/i],
  ['ticket', /^(?:TCK|TKT|TICKET|CASE|ISSUE|INC)\d{3,}$/i],
  [
    'reference',
    /^(?:ref|vch|voucher|rcpt|receipt|awb|sub|plan|plink|item|token|key|sess|session)[_-](?=\w*\d)[\w-]+$/i,
  ],
  ['reference', /^(?:REF|VCH|VOUCHER|RCPT|RECEIPT|AWB|SUB|PLAN)\d{3,}$/i],
];

/** The prefixes of all forms. Most words have none of them, so they need no further check. */
const BEGINNING =
  /^(?:pay|pymt|pout|rfnd|refund|setl|trf|disp|ord|inv|bill|po|so|cust|us|acc|mer|vendor|emp|tr|tx|utr|rrn|tck|tkt|ticket|case|issue|req|inc|sr|ref|vch|voucher|rcpt|receipt|awb|sub|plan|plink|item|token|key|sess)/i;

/** Whether a word has a prefix of other things' IDs. */
export function mayBeOtherThing(word: string): boolean {
  return BEGINNING.test(word);
}

/** The thing that has IDs of this form; `undefined` if a text may be the ID of a QR code. */
export function otherThing(word: string): OtherThing | undefined {
  return mayBeOtherThing(word) ? FORMS.find(([, form]) => form.test(word))?.[0] : undefined;
}
