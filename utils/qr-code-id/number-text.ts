import type { SheetCell } from './sheet.ts';

/** The precision of numbers in spreadsheets. Further digits become zeros. */
const MAX_DIGITS = 15;

/** A number of a spreadsheet as a cell. `format` is its number format in Excel's notation, if any. */
export function numberCell(value: number, format?: string): SheetCell {
  if (!Number.isFinite(value)) return { text: String(value), kind: 'error' };
  if (isCorruptedId(value))
    return { text: value.toExponential(MAX_DIGITS - 1).toUpperCase(), kind: 'number', damaged: true };
  // The rounding removes binary digits that the spreadsheet doesn't show.
  const plain = plainDigits(Number(value.toPrecision(MAX_DIGITS)));
  return { text: (format !== undefined && withFormat(plain, format)) || plain, kind: 'number' };
}

function isCorruptedId(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) >= 10 ** MAX_DIGITS;
}

function plainDigits(value: number): string {
  return Number.isInteger(value) ? BigInt(value).toString() : String(value);
}

/** A format of only digit placeholders and fixed text, such as `00000000` and `"QR"0000-0000`. */
const FIXED_FORMAT = /^(?:"[^"]*"|\\.|[-0# ()])+$/u;
const FORMAT_PART = /"([^"]*)"|\\(.)|(.)/gu;

/** The digits in a fixed format. `undefined` if the number is not whole or the format is not fixed. */
function withFormat(digits: string, format: string): string | undefined {
  const [positive = ''] = format.split(';');
  if (!/^\d+$/.test(digits) || !FIXED_FORMAT.test(positive) || !/[0#]/.test(positive)) return undefined;
  const parts = [...positive.matchAll(FORMAT_PART)].map(([, quoted, escaped, sign = '']) => ({
    fixed: quoted ?? escaped,
    sign,
  }));
  const first = parts.findIndex(({ fixed, sign }) => fixed === undefined && '0#'.includes(sign));
  let remaining = digits === '0' ? '' : digits;
  let text = '';
  for (const [at, { fixed, sign }] of [...parts.entries()].reverse()) {
    if (fixed !== undefined || !'0#'.includes(sign)) {
      text = (fixed ?? sign) + text;
      continue;
    }
    const digit = at === first ? remaining : remaining.slice(-1);
    remaining = remaining.slice(0, -1);
    text = (digit || (sign === '0' ? '0' : '')) + text;
  }
  return text;
}

const DAY_MS = 86_400_000;
/** Day 0 of the two date systems. The 1900 system counts 29 February 1900, which did not exist, as day 60. */
const EPOCHS = { 1900: Date.UTC(1899, 11, 30), 1904: Date.UTC(1904, 0, 1) };

/** A date or a time of day in ISO 8601, from the number of days that a spreadsheet stores. */
export function dateText(serial: number, system: keyof typeof EPOCHS): string {
  const day = system === 1900 && serial >= 1 && serial < 60 ? serial + 1 : serial;
  const moment = new Date(EPOCHS[system] + Math.round(day * 86_400) * 1_000);
  if (Number.isNaN(moment.getTime())) return String(serial);
  const iso = moment.toISOString();
  if (serial >= 0 && serial < 1) return iso.slice(11, 19);
  return moment.getTime() % DAY_MS === 0 ? iso.slice(0, 10) : iso.slice(0, 19);
}

/** The built-in number formats that show a date or a time (ECMA-376 18.8.30). */
const BUILT_IN_DATES = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
] as const;

/** Whether a number format shows a date or a time. `code` is `undefined` for a built-in format. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return BUILT_IN_DATES.some(([first, last]) => id >= first && id <= last);
  const signs = code
    .replace(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/giu, '')
    .replace(/general/giu, '');
  return /[ymdhs]/i.test(signs);
}
