/** One line of a text. */
export interface TextLine {
  /** The number in the pasted text or in the file, from 1. */
  line: number;
  text: string;
  /** A row that a web page does not show. */
  hidden?: true;
}

const LINE_BREAK = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;
/** Byte order marks at the start of a line. A text that is joined from several files has them at each file start. */
const MARKS_AT_START = /^\ufeff+(?=[^\ufeff]|$)/;

/** Splits a text at every kind of line break. */
export function linesOf(text: string): TextLine[] {
  return text.split(LINE_BREAK).map((content, index) => ({
    line: index + 1,
    text: content.startsWith('\ufeff') ? content.replace(MARKS_AT_START, '') : content,
  }));
}

/** Whether a text is RTF, as word processors copy and save it. */
export function isRichText(text: string): boolean {
  return text.startsWith('{\\rtf');
}

const QUOTED_PRINTABLE = /^content-transfer-encoding:\s*quoted-printable\s*$/im;
const BASE64 = /^content-transfer-encoding:\s*base64\s*$/im;

/**
 * Decodes a saved mail. Joins soft line breaks of quoted-printable, which cut IDs in two, and decodes base64 parts of
 * text. Lines keep their numbers. Other texts are returned unchanged.
 */
export function decodeMail(lines: readonly TextLine[]): readonly TextLine[] {
  const text = lines.map((each) => each.text).join('\n');
  if (QUOTED_PRINTABLE.test(text) || isQuotedPrintable(text)) return decodeQuotedPrintable(lines);
  return BASE64.test(text) ? decodeBase64Parts(lines) : lines;
}

/** Whether a text without the header is quoted-printable: each `=` ends a line or begins an octet, and both occur. */
function isQuotedPrintable(text: string): boolean {
  return /=\n/.test(text) && /=[\dA-F]{2}/.test(text) && !/=(?!\n|$|[\dA-F]{2})/.test(text);
}

function decodeQuotedPrintable(lines: readonly TextLine[]): TextLine[] {
  const decoded: TextLine[] = [];
  let open: TextLine | undefined;
  for (const { line, text } of lines) {
    const joined: TextLine = open ? { line: open.line, text: open.text + text } : { line, text };
    const isOpen = /=[ \t]*$/.test(text) && !/=[\dA-F]{2}$/i.test(text);
    if (isOpen) joined.text = joined.text.replace(/=[ \t]*$/, '');
    else decoded.push({ line: joined.line, text: decodeOctets(joined.text) });
    open = isOpen ? joined : undefined;
  }
  if (open) decoded.push({ line: open.line, text: decodeOctets(open.text) });
  return decoded;
}

function decodeOctets(text: string): string {
  return text.replace(/(?:=[\dA-F]{2})+/gi, (octets) => {
    const bytes = octets
      .slice(1)
      .split('=')
      .map((octet) => Number.parseInt(octet, 16));
    return new TextDecoder().decode(Uint8Array.from(bytes));
  });
}

function decodeBase64Parts(lines: readonly TextLine[]): TextLine[] {
  const decoded: TextLine[] = [];
  let isBase64 = false;
  let isBody = false;
  let part: TextLine[] = [];
  const finish = () => {
    decoded.push(...decodePart(part));
    part = [];
  };
  for (const each of lines) {
    if (/^--\S/.test(each.text)) {
      finish();
      isBase64 = false;
      isBody = false;
    }
    if (BASE64.test(each.text)) isBase64 = true;
    if (isBase64 && isBody && /^[A-Za-z0-9+/=]+$/.test(each.text)) part.push(each);
    else decoded.push(each);
    if (isBase64 && each.text === '') isBody = true;
  }
  finish();
  return decoded;
}

/** Decodes a base64 part. All its lines get the number of its first line, because the file has other line breaks. */
function decodePart(part: readonly TextLine[]): TextLine[] {
  const [first] = part;
  if (!first) return [];
  try {
    const octets = atob(part.map(({ text }) => text).join(''));
    const bytes = Uint8Array.from(octets, (octet) => octet.charCodeAt(0));
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return linesOf(text).map((each) => ({ line: first.line, text: each.text }));
  } catch {
    return [...part];
  }
}

const MARKUP = /<(?:!doctype html|html|table|tr|tbody|workbook)[\s>]/i;

/** Whether a text is a web page or a table of one. Spreadsheet programs also write such files with other extensions. */
export function isMarkup(text: string): boolean {
  return MARKUP.test(text) && /<(?:td|th|cell|p|div|li|br)[\s/>]/i.test(text);
}

/** The separator after each cell of a web page's table. */
const CELL_END = '\t';
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  zwnj: '\u200c',
  zwj: '\u200d',
  lrm: '\u200e',
  rlm: '\u200f',
  shy: '\u00ad',
};

const HIDDEN = /^<[^>]*(?:display:\s*none|\shidden(?=[\s=>]))/i;

/** The text of a web page as a browser shows it, with tabs between cells and each block as a line. */
export function textOfMarkup(text: string): TextLine[] {
  const lines: TextLine[] = [];
  let line = 1;
  let current: TextLine | undefined;
  const end = () => {
    if (current && current.text.trim() !== '') lines.push(current);
    current = undefined;
  };
  const pieces = text
    .replace(/<!--[\s\S]*?-->|<(script|style|title|xml)\b[\s\S]*?<\/\1\s*>/gi, (piece) =>
      piece.replace(/[^\n]+/g, ''),
    )
    .split(/(<[^>]*>)/);
  let hidden = false;
  for (const piece of pieces) {
    const name = /^<(\/?[a-z][a-z0-9]*)/i.exec(piece.replace(/^<(\/?)[a-z]+:/i, '<$1'))?.[1]?.toLowerCase();
    if (name === undefined) {
      if (piece.trim() !== '') {
        const before = piece.length - piece.trimStart().length;
        current ??= {
          line: line + breaksIn(piece.slice(0, before)),
          text: '',
          ...(hidden ? { hidden: true as const } : {}),
        };
      }
      if (current) current.text += decodeEntities(piece.replace(/\s+/g, ' '));
    } else if (/^\/?(?:tr|row|p|div|li|h\d|table|ul|ol|br|dt|dd|body|html|worksheet)$/.test(name)) end();
    else if (/^\/(?:td|th|cell)$/.test(name)) {
      current ??= { line, text: '', ...(hidden ? { hidden: true as const } : {}) };
      current.text += CELL_END;
    }
    if (name !== undefined && /^\/?(?:tr|row)$/.test(name)) hidden = HIDDEN.test(piece);
    line += breaksIn(piece);
  }
  end();
  return lines.map((each) => ({ ...each, text: each.text.replace(/ *\t */g, '\t').replace(/\t$/, '') }));
}

function breaksIn(text: string): number {
  return text.match(/\r\n|[\n\r]/g)?.length ?? 0;
}

function decodeEntities(text: string): string {
  return text.replace(/&(#x[\da-f]+|#\d+|[a-z]+);/gi, (entity, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()] ?? entity;
    const code = name[1]?.toLowerCase() === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : entity;
  });
}
