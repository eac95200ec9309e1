const SIGNS = '0123456789ABCDEFGHJKMNPQRSTUVWXYZ';
const LENGTH_AFTER_YEAR = 10;

/** Makes an id such as `QR26A7F3K9M2X1` with a random number generator. */
export function makeQrCodeId(number: (below: number) => number): string {
  let id = `QR${24 + number(3)}`;
  for (let at = 0; at < LENGTH_AFTER_YEAR; at += 1) id += SIGNS.charAt(number(SIGNS.length));
  return id;
}
