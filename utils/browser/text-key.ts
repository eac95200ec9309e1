/**
 * A short key of a long text, such as the address of an image. The same function stands inside `findImageAreas`, because the
 * browser injects that one alone. FNV-1a with 32 bits, and the length.
 */
export function textKey(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return `${text.length}:${hash >>> 0}`;
}
