const NAMES: Readonly<Record<string, string>> = {
  '\u0000': 'NULL',
  '\t': 'TAB',
  '\n': 'LINE BREAK',
  '\r': 'LINE BREAK',
  ' ': 'SPACE',
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

const FAMILIES: readonly (readonly [RegExp, string])[] = [
  [/\p{Script=Cyrillic}/u, 'CYRILLIC LETTER'],
  [/\p{Script=Greek}/u, 'GREEK LETTER'],
  [/\p{Script=Devanagari}/u, 'DEVANAGARI CHARACTER'],
  [/[\uff01-\uff5e]/u, 'FULL-WIDTH CHARACTER'],
  [/\p{Dash}/u, 'DASH'],
  [/\p{Cc}/u, 'CONTROL CHARACTER'],
  [/\p{Cf}/u, 'INVISIBLE CHARACTER'],
  [/\p{Nd}/u, 'NON-LATIN DIGIT'],
  [/\p{L}/u, 'LETTER OUTSIDE A–Z'],
];

/**
 * Names a character so that a person can find it even where it can't be seen:
 * `“/”`, `U+200B ZERO WIDTH SPACE`, `“а” U+0430 CYRILLIC LETTER`.
 */
export function characterName(character: string): string {
  const codePoint = character.codePointAt(0) ?? 0;
  if (codePoint > 0x20 && codePoint < 0x7f) return `“${character}”`;
  const hex = `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
  const known = NAMES[character];
  if (known) return `${hex} ${known}`;
  const family = FAMILIES.find(([pattern]) => pattern.test(character))?.[1];
  const visible = /[\p{L}\p{N}\p{P}\p{S}]/u.test(character) ? `“${character}” ` : '';
  return `${visible}${hex}${family ? ` ${family}` : ''}`;
}
