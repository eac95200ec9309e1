import { base64url } from 'jose';

/**
 * Whether a text is the one base64url form of its bytes. Decoders skip white space and the last letter's unused bits,
 * so without this a sealed text could be changed and still open.
 */
export function isCanonicalBase64Url(text: string): boolean {
  try {
    return base64url.encode(base64url.decode(text)) === text;
  } catch {
    return false;
  }
}

/** Whether a compact JWE has its five parts, each in its one form (RFC 7516 § 7.1). */
export function isCanonicalCompactJwe(sealed: string): boolean {
  const parts = sealed.split('.');
  return parts.length === 5 && parts.every(isCanonicalBase64Url);
}
