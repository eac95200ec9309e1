/** A kind of file that may hold ids but is not supported. The operator has to save the list as another kind. */
export type UnreadKind =
  | 'old-excel'
  | 'binary-excel'
  | 'password'
  | 'document'
  | 'numbers'
  | 'archive'
  | 'pdf'
  | 'rtf'
  | 'web-page'
  | 'xml'
  | 'image';

/** A kind of spreadsheet that is supported. */
export type SpreadsheetKind = 'xlsx' | 'ods';

/** The bytes of each kind at the offset `at` (https://en.wikipedia.org/wiki/List_of_file_signatures). */
const SIGNATURES: readonly { kind: UnreadKind; at?: number; begins: string }[] = [
  { kind: 'pdf', begins: '%PDF-' },
  { kind: 'rtf', begins: '{\\rtf' },
  { kind: 'image', begins: '\x89PNG\r\n\x1a\n' },
  { kind: 'image', begins: '\xff\xd8\xff' },
  { kind: 'image', begins: 'GIF87a' },
  { kind: 'image', begins: 'GIF89a' },
  { kind: 'image', at: 8, begins: 'WEBP' },
  { kind: 'image', at: 4, begins: 'ftyphei' },
  { kind: 'image', at: 4, begins: 'ftypmif1' },
  { kind: 'image', at: 4, begins: 'ftypavif' },
  { kind: 'image', begins: 'II*\0' },
  { kind: 'image', begins: 'MM\0*' },
  { kind: 'image', at: 6, begins: '\0\0\0\0' },
  { kind: 'archive', begins: '\x1f\x8b\x08' },
  { kind: 'archive', begins: '7z\xbc\xaf\x27\x1c' },
  { kind: 'archive', begins: 'Rar!\x1a\x07' },
  { kind: 'archive', begins: 'PK\x05\x06' },
  // Excel 2 to 4 wrote their records without a container.
  { kind: 'old-excel', begins: '\x09\x00\x04\x00' },
  { kind: 'old-excel', begins: '\x09\x02\x06\x00' },
  { kind: 'old-excel', begins: '\x09\x04\x06\x00' },
];
const BITMAP = 'BM';
const ZIP = 'PK\x03\x04';
/** The container of Microsoft's older formats and of newer ones with a password (MS-CFB, MS-OFFCRYPTO). */
const COMPOUND = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1';

/** The kind of a file by its bytes, regardless of its name. `kindOfZip` tells the kinds of ZIP archives apart. */
export function kindByBytes(bytes: Uint8Array): UnreadKind | 'zip' | undefined {
  const begins = (signature: string, at = 0) =>
    [...signature].every((sign, index) => bytes[at + index] === sign.charCodeAt(0));
  if (begins(ZIP)) return 'zip';
  if (begins(COMPOUND)) return kindOfCompound(bytes);
  return SIGNATURES.find(({ kind, at, begins: signature }) => {
    // A bitmap's signature may begin a text, so its reserved zero bytes are checked too.
    if (kind === 'image' && at === 6) return begins(BITMAP) && begins(signature, at);
    return begins(signature, at);
  })?.kind;
}

/** The streams that identify the kind of a compound file. */
const STREAMS: readonly { kind: UnreadKind; name: string }[] = [
  { kind: 'password', name: 'EncryptedPackage' },
  { kind: 'old-excel', name: 'Workbook' },
  { kind: 'old-excel', name: 'Book' },
];

function kindOfCompound(bytes: Uint8Array): UnreadKind {
  const text = new TextDecoder('latin1').decode(bytes);
  const holds = (name: string) => text.includes(`${[...name].join('\0')}\0\0\0`);
  return STREAMS.find(({ name }) => holds(name))?.kind ?? 'document';
}

/** The kind of an archive by the names of its files. `type` is the text of the file `mimetype` of OpenDocument. */
export function kindOfZip(names: readonly string[], type: string): SpreadsheetKind | UnreadKind {
  const has = (pattern: RegExp) => names.some((name) => pattern.test(name));
  if (type.startsWith('application/vnd.oasis.opendocument.spreadsheet')) return 'ods';
  if (type.startsWith('application/vnd.oasis.opendocument.')) return 'document';
  if (has(/(?:^|\/)Index\/Document\.iwa$|^Index\.zip$|\.iwa$/)) return 'numbers';
  if (!has(/^\[Content_Types\]\.xml$/i)) return 'archive';
  if (has(/^xl\/workbook\.bin$/i)) return 'binary-excel';
  if (has(/^(?:word|ppt|visio)\//i)) return 'document';
  return has(/(?:^|\/)workbook\.xml$/i) ? 'xlsx' : 'archive';
}

const WEB_PAGE =
  /^(?:<\?xml[^>]*>|<!--[\s\S]*?-->|\s)*<(?:!doctype\s+html|html|head|body|meta|title|style|script|table|div|p|span)\b/i;
const XML = /^\s*<(?:\?xml|[\w-]+:[\w-]+|svg|workbook)\b/i;
const HEADER = /^[!-9;-~]+:[ \t]?.*(?:\r?\n[ \t].*)*\r?\n/;
/** Headers of a mail or of a web page that is saved as a mail. */
const MAIL_HEADERS =
  /^(?:mime-version|content-transfer-encoding|received|message-id|return-path|x-mailer):/im;
const PAGE_IN_MAIL = /^content-type:\s*multipart\/related;[^:]*type="?text\/html/im;

/** The kind of a text by its beginning. */
export function kindOfText(text: string): 'text' | 'mail' | 'web-page' | 'xml' {
  if (WEB_PAGE.test(text)) return 'web-page';
  if (XML.test(text)) return 'xml';
  const headers = mailHeaders(text);
  if (!MAIL_HEADERS.test(headers)) return 'text';
  // Browsers and Excel save a single-file web page in this form.
  return PAGE_IN_MAIL.test(headers) && /^(?:snapshot-)?content-location:/im.test(text) ? 'web-page' : 'mail';
}

/** The headers at the beginning of a text, if an empty line follows them; else an empty text. */
function mailHeaders(text: string): string {
  let headers = '';
  let rest = text.slice(0, MAX_HEADERS);
  // In an mbox file each mail begins with such a line.
  rest = rest.replace(/^From .*\r?\n/, '');
  for (let header = HEADER.exec(rest); header; header = HEADER.exec(rest)) {
    headers += header[0];
    rest = rest.slice(header[0].length);
  }
  return /^\r?\n/.test(rest) ? headers : '';
}

/** The maximum length of headers. Mails that passed many servers have about 20 kB of them. */
const MAX_HEADERS = 100_000;
