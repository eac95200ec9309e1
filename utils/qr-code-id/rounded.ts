/** The number of digits that spreadsheets keep. Further digits become zeros. */
const KEPT_DIGITS = 15;
/** Fewer zeros may be part of the ID. */
const SURE_ZEROS = 3;

/**
 * Finds the numbers that a spreadsheet has rounded: more than 15 digits with only zeros after the 15th. Numbers with one
 * or two such zeros count only if all long numbers end in them.
 */
export function roundedNumbers(ids: readonly string[]): Set<string> {
  const long = ids.filter((id) => /^\d+$/.test(id) && id.length > KEPT_DIGITS);
  const ending = long.filter((id) => /^0+$/.test(id.slice(KEPT_DIGITS)));
  const all = ending.length >= 2 && ending.length === long.length;
  return new Set(ending.filter((id) => all || id.length - KEPT_DIGITS >= SURE_ZEROS));
}
