/** A field that a payment text may state. */
export type PaymentField =
  | 'payee'
  | 'upiId'
  | 'amount'
  | 'currency'
  | 'reference'
  | 'note'
  | 'city'
  | 'billNumber'
  | 'merchantCode';

export interface Payment {
  payee?: string;
  upiId?: string;
  /** In rupees if `currency` is `INR` or missing. A text is unchanged because it is no plain number. */
  amount?: number | string;
  /** `INR`, or the currency as the text states it. */
  currency?: string;
  reference?: string;
  note?: string;
  merchantCode?: string;
  /** Fields that are stated more than once with different values. None of the values is taken. */
  repeated: PaymentField[];
}

/** A QR code of the largest size holds 7,089 digits. A longer text comes from no picture. */
export const MAX_TEXT_LENGTH = 8_000;
/** No field of the two specifications is longer. A longer one is cut, with an ellipsis. */
const MAX_FIELD_LENGTH = 300;
const PLAIN_AMOUNT = /^\d{1,12}(?:\.\d{1,6})?$/;
/** Values that programs write for a missing value. */
const NO_VALUE = /^(?:null|undefined|none|nil)?$/i;

/** Collects the fields of a text. Missing values are ignored, and fields with several different values are reported. */
export function fieldCollector() {
  const values = new Map<PaymentField, Set<string>>();
  return {
    add(field: PaymentField, value: string | undefined): void {
      const text = value?.trim() ?? '';
      if (NO_VALUE.test(text)) return;
      const stated = values.get(field) ?? new Set();
      values.set(field, stated.add(text));
    },
    finish(): { fields: Partial<Record<PaymentField, string>>; repeated: PaymentField[] } {
      const fields: Partial<Record<PaymentField, string>> = {};
      const repeated: PaymentField[] = [];
      for (const [field, [first, ...others]] of values)
        if (others.length > 0) repeated.push(field);
        else if (first !== undefined) fields[field] = capped(first, MAX_FIELD_LENGTH);
      return { fields, repeated };
    },
  };
}

/** The beginning of a text, with an ellipsis if it is longer than the limit. A character of two units stays whole. */
export function capped(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const isSplit = /[\ud800-\udbff]/.test(text.charAt(limit - 1));
  return `${text.slice(0, isSplit ? limit - 1 : limit)}…`;
}

/**
 * An amount as a number if it is a plain one, otherwise its text. Zero is no amount: programs write `0.00` if the
 * customer may pay any amount.
 */
export function readAmount(text: string | undefined): number | string | undefined {
  if (text === undefined || !PLAIN_AMOUNT.test(text)) return text;
  const amount = Number(text);
  return amount === 0 ? undefined : amount;
}

/** A property, or nothing if there is no value. */
export function stated<Key extends string, Value>(
  key: Key,
  value: Value | undefined,
): { [Each in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [Each in Key]?: Value });
}
