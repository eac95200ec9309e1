/** The largest file that is read, in bytes. 10,000 ids with everything around them fit many times over. */
export const MAX_FILE_BYTES = 20 * 1024 * 1024;

export type DecodedFile =
  | { ok: true; text: string }
  | { ok: false; problem: { code: 'not-text' } | { code: 'file-too-large'; limit: number } };

const SAMPLE_BYTES = 4096;

/**
 * Turns the bytes of a chosen file into text: UTF-8 or UTF-16 with or without a byte order mark, else
 * Windows-1252 as older spreadsheets save. Anything with bytes no text has is refused before it is read.
 */
export function decodeIdFile(bytes: Uint8Array): DecodedFile {
  if (bytes.byteLength > MAX_FILE_BYTES)
    return { ok: false, problem: { code: 'file-too-large', limit: MAX_FILE_BYTES } };
  const encoding = encodingOf(bytes);
  if (!encoding) return { ok: false, problem: { code: 'not-text' } };
  return { ok: true, text: new TextDecoder(encoding).decode(bytes) };
}

function encodingOf(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const nulls = { even: 0, odd: 0 };
  for (const [index, byte] of sample.entries()) {
    if (byte === 0) nulls[index % 2 === 0 ? 'even' : 'odd'] += 1;
    else if (byte < 9 || (byte > 13 && byte < 32 && byte !== 26 && byte !== 27)) return undefined;
  }
  if (nulls.odd > sample.length / 4 && nulls.even === 0) return 'utf-16le';
  if (nulls.even > sample.length / 4 && nulls.odd === 0) return 'utf-16be';
  if (nulls.even + nulls.odd > 0) return undefined;
  return isUtf8(bytes) ? 'utf-8' : 'windows-1252';
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
