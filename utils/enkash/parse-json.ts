/** Only a text with this many consecutive digits can contain a number that a double changes. */
const LONG_NUMBER = /\d[\d.]{15}/;

/**
 * Parses JSON; `undefined` if the text is not JSON. A number that a double would change (for example one of 16 to 19
 * digits) is returned as text, so that a reference or an amount is shown unchanged.
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
  return normalizeDecimal(String(value)) === normalizeDecimal(source) ? value : source;
}

/** A decimal number without trailing zeros; any other form unchanged. */
function normalizeDecimal(number: string): string {
  return /^-?\d+\.\d+$/.test(number) ? number.replace(/\.?0+$/, '') : number;
}
