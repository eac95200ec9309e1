/** The minimum length of a passphrase, in Unicode code points. */
export const MIN_PASSPHRASE_LENGTH = 12;

/** Normalizes a passphrase (NFKC), so that it does not depend on how a keyboard composes its letters. */
export function normalizePassphrase(passphrase: string): string {
  return passphrase.normalize('NFKC');
}

/** Whether a passphrase is long enough after normalization. */
export function isLongEnough(passphrase: string): boolean {
  return [...normalizePassphrase(passphrase)].length >= MIN_PASSPHRASE_LENGTH;
}
