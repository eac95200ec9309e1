import { base64url } from 'jose';

/**
 * Whether a text is the canonical base64url form of its bytes. Decoders ignore white space and the last letter's unused
 * bits. Without this check, a changed text could still decrypt.
 */
export function isCanonicalBase64Url(text: string): boolean {
  try {
    return base64url.encode(base64url.decode(text)) === text;
  } catch {
    return false;
  }
}

/** Whether a compact JWE has its five parts, each in canonical form (RFC 7516 § 7.1). */
export function isCanonicalCompactJwe(jwe: string): boolean {
  const parts = jwe.split('.');
  return parts.length === 5 && parts.every(isCanonicalBase64Url);
}
