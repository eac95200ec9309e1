import type { Environment } from '../model/environment.ts';

/** The part that a typed confirmation lacks. */
export type MissingConfirmation =
  | { code: 'nothing' }
  /** The word CANCEL. */
  | { code: 'word' }
  | { code: 'number' }
  /** The typed number is another one. */
  | { code: 'other-number'; typed: string };

const WORD = 'CANCEL';
/** More codes than this are confirmed with a phrase that holds their number. In LIVE, every job is. */
const MAX_WITHOUT_PHRASE = 20;
/** Separators between groups of digits. `2.987` counts as 2,987, because no fraction of a code is cancelled. */
const BETWEEN_DIGITS = /[\s.,'’_\u00a0\u2009\u202f\u066b\u066c\u060c-]/gu;
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;

/** The phrase to type before so many codes are cancelled, such as `CANCEL 2987`; none for a few codes in UAT. */
export function requiredPhrase(count: number, environment: Environment | undefined): string | undefined {
  return count > MAX_WITHOUT_PHRASE || environment === 'LIVE' ? `${WORD} ${count}` : undefined;
}

/**
 * Compares a typed text with `CANCEL` and a number. Accepts small letters, extra spaces, Indian and Western separators
 * and digits of any script. Returns the missing part, or nothing if the confirmation is complete.
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

/** Converts the digits of all scripts to ASCII. Unicode encodes each script's digits as a block from zero to nine. */
function latinDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    let zero = digit.codePointAt(0) ?? 0;
    const code = zero;
    while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
    return String((code - zero) % 10);
  });
}
