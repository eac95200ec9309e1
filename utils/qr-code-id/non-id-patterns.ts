const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}';
/** 22-11-2026, 22-Nov-2026, 22Nov2026, Nov-22-2026, 2026-11-22, 2026-11-22T10:30 */
const DATE = new RegExp(
  `^(?:\\d{1,2}(?:-\\d{1,2}-|-?${MONTH}-?)\\d{2,4}|${MONTH}-?\\d{1,2}-\\d{2,4}|\\d{4}-(?:\\d{1,2}|${MONTH})-\\d{1,2}(?:T.*)?)$`,
  'i',
);
/** Words with the characters of an id that are known to be something else. */
const NON_ID_PATTERNS: readonly RegExp[] = [
  DATE,
  // Ranges of hours: 9am-5pm, 10-12pm
  /^\d{1,4}(?:am|pm)?-\d{1,4}(?:am|pm)$/i,
  // Amounts: Rs500, INR1000, 500INR
  /^(?:rs|inr|usd)\d+$|^\d+(?:rs|inr|usd)$/i,
  // Telephone numbers written in groups: 98765-43210
  /^\d{3,5}-\d{3,7}(?:-\d{3,5})?$/,
  // The mark in a data: address
  /^base64$/i,
];
/** GSTIN, PAN and IFSC as the Indian authorities define them. */
const TAX_NUMBER =
  /^(?:\d{2}[A-Z]{5}\d{4}[A-Z][A-Z\d]Z[A-Z\d]|[A-Z]{3}[ABCFGHLJPT][A-Z]\d{4}[A-Z]|[A-Z]{4}0[A-Z\d]{6})$/;
/** All patterns in one, which is much faster. */
const UNLIKE_ID = new RegExp(NON_ID_PATTERNS.map(({ source }) => source).join('|'), 'i');
/** A time, a date with slashes, an amount or an e-mail address, which has letters and digits but is no damaged id. */
const NON_ID_FRAGMENT = /^\d{1,4}[:./]|^(?:rs|inr|₹)|@|^\d[\d.,]*[a-z]{2,3}$/i;
/** An Indian mobile number with or without country code, or a date of eight digits. */
const NON_ID_NUMBERS = /^(?:91|0)?[6-9]\d{9}$|^(?:19|20)\d\d(?:0[1-9]|1[0-2])[0-3]\d$/;
/** A shorter number in prose is an amount, a year or a postal code. */
const MIN_NUMBER_LENGTH = 8;

/** Whether a word in a text is a date, a time, an amount, a tax number or similar. */
export function isKnownNonId(word: string): boolean {
  return UNLIKE_ID.test(word) || TAX_NUMBER.test(word);
}

/** Whether a text is exactly a date. */
export function isDate(text: string): boolean {
  return DATE.test(text);
}

/** Whether a number in a text is a telephone number, a date or too short for an id. */
export function isKnownNonIdNumber(digits: string): boolean {
  return digits.length < MIN_NUMBER_LENGTH || NON_ID_NUMBERS.test(digits);
}

/** Whether an invalid id is a time, a date, an amount or an e-mail address. */
export function isKnownNonIdFragment(text: string): boolean {
  return NON_ID_FRAGMENT.test(text);
}
