import type { Clock } from '../lib/clock.ts';
import { createSlicer } from '../lib/time-slice.ts';
import { decodeIdFile, MAX_FILE_BYTES } from './decode-file.ts';
import { kindByBytes, kindOfText, kindOfZip, type UnreadKind } from './file-kind.ts';
import type { Spreadsheet } from './spreadsheet.ts';
import { openZip, type Zip, ZipError } from './zip.ts';

/** A file that the operator chose or dropped. A `File` is one. */
export interface ChosenFile {
  name: string;
  size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** The reason why a file was not read. */
export type ListFileProblem =
  | { code: 'not-text' }
  | { code: 'file-too-large'; limit: number }
  /** The file was moved, deleted or changed after it was chosen, or it is a folder. */
  | { code: 'unreadable' }
  /** The file is truncated, differs from its checksum, or violates its format. */
  | { code: 'damaged' }
  /** The unpacked content does not fit in memory. */
  | { code: 'unpacked-too-large' }
  | { code: 'kind'; kind: UnreadKind }
  /** The file is a mail without plain text. */
  | { code: 'mail-without-text' }
  | { code: 'attachment' };

export type ListFile =
  /** `attachments` are the names of a mail's attachments, which are not read. */
  | { kind: 'text'; text: string; attachments?: string[] }
  | { kind: 'spreadsheet'; spreadsheet: Spreadsheet }
  | { kind: 'problem'; problem: ListFileProblem };

/**
 * Reads a chosen file by its content, regardless of its name. Returns the text of a text file or a mail, an open
 * spreadsheet, or the problem of the file.
 */
export async function readListFile(file: ChosenFile, clock: Clock): Promise<ListFile> {
  if (file.size > MAX_FILE_BYTES) return problem({ code: 'file-too-large', limit: MAX_FILE_BYTES });
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    return problem({ code: 'unreadable' });
  }
  const kind = kindByBytes(bytes);
  if (kind === 'zip') return openSpreadsheet(bytes, clock);
  if (kind) return problem({ code: 'kind', kind });
  const decoded = decodeIdFile(bytes);
  if (!decoded.ok) return problem(decoded.problem);
  const textKind = kindOfText(decoded.text);
  if (textKind === 'mail') return readMail(bytes);
  if (textKind !== 'text') return problem({ code: 'kind', kind: textKind });
  return { kind: 'text', text: decoded.text };
}

/** The problem of an error while reading a file. Any error besides {@link ZipError} means a damaged file. */
export function fileProblem(error: unknown): ListFileProblem {
  if (!(error instanceof ZipError)) return { code: 'damaged' };
  if (error.problem === 'password') return { code: 'kind', kind: 'password' };
  return error.problem === 'too-large' ? { code: 'unpacked-too-large' } : { code: 'damaged' };
}

function problem(each: ListFileProblem): ListFile {
  return { kind: 'problem', problem: each };
}

async function openSpreadsheet(bytes: Uint8Array<ArrayBuffer>, clock: Clock): Promise<ListFile> {
  const pause = createSlicer(clock);
  try {
    const zip = openZip(bytes);
    const kind = kindOfZip(zip.names, await mimeType(zip));
    if (kind !== 'xlsx' && kind !== 'ods') return problem({ code: 'kind', kind });
    const { openOds, openXlsx } = await import('./spreadsheets.ts');
    const spreadsheet = await (kind === 'xlsx' ? openXlsx(zip, pause) : openOds(zip, pause));
    return { kind: 'spreadsheet', spreadsheet };
  } catch (error) {
    return problem(fileProblem(error));
  }
}

async function mimeType(zip: Zip): Promise<string> {
  let type = '';
  for await (const part of zip.read('mimetype') ?? []) type += new TextDecoder().decode(part);
  return type;
}

/** The text of a mail as its reader sees it: decoded, with folded lines joined. */
async function readMail(bytes: Uint8Array<ArrayBuffer>): Promise<ListFile> {
  const { default: PostalMime } = await import('postal-mime');
  const mail = await PostalMime.parse(bytes);
  if (!mail.text?.trim()) return problem({ code: 'mail-without-text' });
  const attachments = mail.attachments.map(({ filename }) => filename ?? '');
  return {
    kind: 'text',
    text: mail.text,
    ...(attachments.length > 0 && { attachments }),
  };
}
