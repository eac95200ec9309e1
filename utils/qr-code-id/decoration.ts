/** Boxes, ticks, crosses, pointers and stars. Faces, circles and framed letters may replace a character of an ID. */
const MARKS = String.raw`\u25a0-\u25c8\u2600-\u26ff\u2700-\u2775\u2794-\u27bf\u2b00-\u2b54\u{1f300}-\u{1f5ff}\u{1f680}-\u{1f6ff}\u{1f7e0}-\u{1f7eb}`;
const KEY = String.raw`[0-9#*]\ufe0f?\u20e3`;
const SIGN = String.raw`[${MARKS}][\u{1f3fb}-\u{1f3ff}\ufe0e\ufe0f\u200d]*`;
const LINK_SPACE = '%(?:20|09|0A|0D|C2%A0|E2%80%8[BCDEF]|EF%BB%BF)';
const ENTITY =
  '&(?:nbsp|ensp|emsp|thinsp|zwnj|zwj|lrm|rlm|shy|quot|apos|lt|gt|#(?:160|8203|32|34|39)|#x(?:a0|200b|20|22|27))(?:;|$)';
const PIECE = `${SIGN}|${LINK_SPACE}|${ENTITY}`;
/** A digit as a sign numbers the ID behind it. At the end, it may be the last character of the ID. */
const AT_START = new RegExp(`^(?:${KEY}|${PIECE})+`, 'iu');
const AT_END = new RegExp(`(?:${PIECE})+$`, 'iu');
const MAY_HOLD = /[%&\u2000-\u{10ffff}]/u;

/**
 * Removes decoration from both ends of a word and returns both. Decoration are signs such as `✅`, encoded spaces (`%20`)
 * and HTML entities (`&nbsp;`). Returns `undefined` if there is none.
 */
export function withoutDecoration(word: string): { text: string; decoration: string } | undefined {
  if (word.length > MAX_LENGTH || !MAY_HOLD.test(word)) return undefined;
  const before = AT_START.exec(word)?.[0] ?? '';
  const rest = word.slice(before.length);
  const behind = AT_END.exec(rest)?.[0] ?? '';
  if (before === '' && behind === '') return undefined;
  const text = behind === '' ? rest : rest.slice(0, -behind.length);
  return { text, decoration: [before, behind].filter((each) => each !== '').join(' ') };
}

/** Longer words are not searched. An ID has at most 64 characters. */
const MAX_LENGTH = 200;
