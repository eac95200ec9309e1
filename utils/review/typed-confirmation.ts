/** What is still missing before a typed confirmation counts. */
export type MissingConfirmation =
  | { code: 'nothing' }
  /** The word CANCEL. */
  | { code: 'word' }
  | { code: 'number' }
  /** The number that was typed is another one. */
  | { code: 'other-number'; typed: string };

const WORD = 'CANCEL';
/** What people and keyboards put between groups of digits; `2.987` too, as no part of a code is cancelled. */
const BETWEEN_DIGITS = /[\s.,'’_\u00a0\u2009\u202f\u066b\u066c\u060c-]/gu;
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;

/**
 * Compares what was typed with `CANCEL` and a number, as people type them: in small letters, with more spaces, with
 * separators in the Indian or Western way, in digits of any script. Returns what is missing, or nothing if all is there.
 */
export function missingConfirmation(typed: string, count: number): MissingConfirmation | undefined {
  const text = latinDigits(typed.normalize('NFKC').replace(INVISIBLE, '')).trim();
  if (text === '') return { code: 'nothing' };
  const [, word = '', rest = ''] =
    /^([^\d]*?)[\s:=-]*(\d.*)?$/su.exec(text.replace(/^["'“‘]+|["'”’.!]+$/gu, '')) ?? [];
  if (word.trim().toUpperCase() !== WORD) return { code: 'word' };
  const digits = rest.replace(BETWEEN_DIGITS, '');
  if (digits === '') return { code: 'number' };
  return digits === String(count) ? undefined : { code: 'other-number', typed: rest.trim() };
}

/** Digits of all scripts stand in blocks of ten, from nought to nine. */
function latinDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    let zero = digit.codePointAt(0) ?? 0;
    const code = zero;
    while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
    return String((code - zero) % 10);
  });
}
