/** Only a text with so many digits in a row can hold a number that a double does not hold exactly. */
const LONG_NUMBER = /\d[\d.]{15}/;

/**
 * Parses JSON; `undefined` if the text is not JSON. A number that a double would change (of 16 to 19 digits, say) is
 * kept as the text that was sent, so that a reference or an amount is shown as it came.
 */
export function parseJson(text: string): unknown {
  try {
    return LONG_NUMBER.test(text) ? JSON.parse(text, keepExact) : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function keepExact(_name: string, value: unknown, { source }: { source?: string } = {}): unknown {
  if (typeof value !== 'number' || source === undefined) return value;
  return digitsOf(String(value)) === digitsOf(source) ? value : source;
}

/** A plain decimal number without what does not change its value; any other form as it is. */
function digitsOf(number: string): string {
  return /^-?\d+\.\d+$/.test(number) ? number.replace(/\.?0+$/, '') : number;
}
