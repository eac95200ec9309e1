/** Spreadsheets keep this many digits of a number and put zeros in place of the others. */
const KEPT_DIGITS = 15;
/** Fewer zeros than these may be an ID's own. */
const SURE_ZEROS = 3;

/**
 * Numbers that a spreadsheet has rounded: more than 15 digits with nothing but zeros behind the 15th. With one or two
 * such zeros, all numbers of that length have to end so.
 */
export function roundedNumbers(ids: readonly string[]): Set<string> {
  const long = ids.filter((id) => /^\d+$/.test(id) && id.length > KEPT_DIGITS);
  const ending = long.filter((id) => /^0+$/.test(id.slice(KEPT_DIGITS)));
  const all = ending.length >= 2 && ending.length === long.length;
  return new Set(ending.filter((id) => all || id.length - KEPT_DIGITS >= SURE_ZEROS));
}
