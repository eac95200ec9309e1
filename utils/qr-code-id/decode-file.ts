/** The maximum size of a file in bytes: 100,000 rows of 200 characters. */
export const MAX_FILE_BYTES = 20 * 1024 * 1024;

export type DecodedFile =
  | { ok: true; text: string }
  | { ok: false; problem: { code: 'not-text' } | { code: 'file-too-large'; limit: number } };

/** A PDF begins with text, so it is recognized by its signature. */
const PDF = '%PDF-';
// biome-ignore lint/suspicious/noControlCharactersInRegex: no text holds these characters
const CONTROL_CHARACTERS = /[\u0000-\u0008\u000e-\u0019\u001c-\u001f\ufffe\uffff]/;

/**
 * Decodes the bytes of a chosen file as UTF-8 or UTF-16 with or without a byte order mark, else as Windows-1252, which
 * older spreadsheet programs write. A file with control characters that no text holds is refused as `not-text`.
 */
export function decodeIdFile(bytes: Uint8Array): DecodedFile {
  if (bytes.byteLength > MAX_FILE_BYTES)
    return { ok: false, problem: { code: 'file-too-large', limit: MAX_FILE_BYTES } };
  for (const encoding of detectEncodings(bytes)) {
    const text = decode(bytes, encoding);
    if (text !== undefined && !CONTROL_CHARACTERS.test(text) && !text.startsWith(PDF))
      return { ok: true, text };
  }
  return { ok: false, problem: { code: 'not-text' } };
}

/** In UTF-16 each ASCII character has a zero byte. Text in other encodings has none. */
function detectEncodings(bytes: Uint8Array): string[] {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return ['utf-16le'];
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return ['utf-16be'];
  const firstZero = bytes.indexOf(0);
  if (firstZero >= 0) return [firstZero % 2 === 1 ? 'utf-16le' : 'utf-16be'];
  return ['utf-8', 'windows-1252'];
}

function decode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
