/** Passphrases are this long at least, in Unicode code points. */
export const MIN_PASSPHRASE_LENGTH = 12;

/** The one form of a passphrase, however a keyboard composes its letters (NFKC). */
export function normalizePassphrase(passphrase: string): string {
  return passphrase.normalize('NFKC');
}

/** Whether a passphrase is long enough once it is in its one form. */
export function isLongEnough(passphrase: string): boolean {
  return [...normalizePassphrase(passphrase)].length >= MIN_PASSPHRASE_LENGTH;
}
