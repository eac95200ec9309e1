/** The longest text of the gateway's that is passed on; longer ones are cut and say so. */
export const MAX_TEXT_LENGTH = 1_000;

/** The half that is left at a cut through a character beyond U+FFFF. */
const LONE_HIGH_SURROGATE = /[\ud800-\udbff]$/;

/** Cuts a text to {@link MAX_TEXT_LENGTH} characters and says how many more there were: `… +1,00,000`. */
export function truncate(text: string): string {
  if (text.length <= MAX_TEXT_LENGTH) return text;
  const start = text.slice(0, MAX_TEXT_LENGTH).replace(LONE_HIGH_SURROGATE, '');
  return `${start}… +${(text.length - start.length).toLocaleString('en-IN')}`;
}
