/** The kinds of picture that are read, the kinds that are refused by name, and all others. */
export type PictureKind = 'png' | 'jpeg' | 'webp' | 'gif' | 'heic' | 'pdf' | 'svg' | 'other';

/** The brands of HEIC, HEIF and AVIF in the first box of the file (ISO/IEC 23008-12, AV1 Image File Format). */
const HEIF_BRANDS = /^(hei[cfmsx]|hev[cmsx]|mif1|msf1|avi[fs])/;
/** What a PDF reader skips before the header, by the note 13 of the PDF 1.7 reference. */
const PDF_HEADER_WITHIN = 1024;

/**
 * The kind of a picture by its first bytes; give at least 1,024 of them if the file has as many. An SVG picture is text
 * and has no fixed first bytes, so its file name counts too.
 */
export function pictureKindOf(bytes: Uint8Array, fileName = ''): PictureKind {
  const start = latin1(bytes.subarray(0, PDF_HEADER_WITHIN));
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (start.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (start.startsWith('RIFF') && start.slice(8, 12) === 'WEBP') return 'webp';
  if (/^GIF8[79]a/.test(start)) return 'gif';
  if (start.slice(4, 8) === 'ftyp' && HEIF_BRANDS.test(start.slice(8))) return 'heic';
  if (start.includes('%PDF-')) return 'pdf';
  if (isSvg(start, fileName)) return 'svg';
  return 'other';
}

function isSvg(start: string, fileName: string): boolean {
  if (/<svg[\s>]/i.test(start)) return true;
  return /\.svgz?$/i.test(fileName) && (/^(\xef\xbb\xbf)?\s*</.test(start) || start.startsWith('\x1f\x8b'));
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
