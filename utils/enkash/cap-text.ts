/** The maximum length of a text from the gateway, in UTF-16 code units; a longer text is cut. */
export const MAX_TEXT_LENGTH = 1_000;

/** Half a surrogate pair, left by a cut through a character beyond U+FFFF. */
const LONE_HIGH_SURROGATE = /[\ud800-\udbff]$/;

/** Cuts a text to {@link MAX_TEXT_LENGTH} and appends the number of removed characters: `… +1,00,000`. */
export function truncate(text: string): string {
  if (text.length <= MAX_TEXT_LENGTH) return text;
  const start = text.slice(0, MAX_TEXT_LENGTH).replace(LONE_HIGH_SURROGATE, '');
  return `${start}… +${(text.length - start.length).toLocaleString('en-IN')}`;
}
