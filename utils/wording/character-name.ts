import { type MessageKey, t } from '../i18n/i18n.ts';

/** Characters with a common name. */
const COMMON: Readonly<Record<string, MessageKey>> = {
  '\t': 'characterTab',
  '\n': 'characterLineBreak',
  '\r': 'characterLineBreak',
  ' ': 'characterSpace',
};

/** Unicode's names, which are not translated. */
const NAMES: Readonly<Record<string, string>> = {
  '\u0000': 'NULL',
  '\u00a0': 'NO-BREAK SPACE',
  '\u00ad': 'SOFT HYPHEN',
  '\u200b': 'ZERO WIDTH SPACE',
  '\u200c': 'ZERO WIDTH NON-JOINER',
  '\u200d': 'ZERO WIDTH JOINER',
  '\u200e': 'LEFT-TO-RIGHT MARK',
  '\u200f': 'RIGHT-TO-LEFT MARK',
  '\u202a': 'LEFT-TO-RIGHT EMBEDDING',
  '\u202b': 'RIGHT-TO-LEFT EMBEDDING',
  '\u202c': 'POP DIRECTIONAL FORMATTING',
  '\u202d': 'LEFT-TO-RIGHT OVERRIDE',
  '\u202e': 'RIGHT-TO-LEFT OVERRIDE',
  '\u2060': 'WORD JOINER',
  '\u2066': 'LEFT-TO-RIGHT ISOLATE',
  '\u2067': 'RIGHT-TO-LEFT ISOLATE',
  '\u2068': 'FIRST STRONG ISOLATE',
  '\u2069': 'POP DIRECTIONAL ISOLATE',
  '\ufeff': 'BYTE ORDER MARK',
};

const FAMILIES: readonly (readonly [RegExp, MessageKey])[] = [
  [/\p{Script=Cyrillic}/u, 'characterCyrillic'],
  [/\p{Script=Greek}/u, 'characterGreek'],
  [/\p{Script=Devanagari}/u, 'characterDevanagari'],
  [/[\uff01-\uff5e]/u, 'characterFullWidth'],
  [/\p{Dash}/u, 'characterDash'],
  [/\p{Cc}/u, 'characterControl'],
  [/\p{Cf}/u, 'characterInvisible'],
  [/\p{Nd}/u, 'characterDigit'],
  [/\p{L}/u, 'characterLetter'],
];

/**
 * Names a character so that the user can find it even if it is invisible: `“/”`, `U+200B ZERO WIDTH SPACE`,
 * `“а” U+0430 CYRILLIC LETTER`.
 */
export function characterName(character: string): string {
  const codePoint = character.codePointAt(0) ?? 0;
  if (codePoint > 0x20 && codePoint < 0x7f) return `“${character}”`;
  const hex = `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
  const common = COMMON[character];
  const known = common ? t(common) : NAMES[character];
  if (known) return `${hex} ${known}`;
  const family = FAMILIES.find(([pattern]) => pattern.test(character))?.[1];
  const visible = /[\p{L}\p{N}\p{P}\p{S}]/u.test(character) ? `“${character}” ` : '';
  return `${visible}${hex}${family ? ` ${t(family)}` : ''}`;
}
