import { readFileSync } from 'node:fs';
import type { ChosenFile } from '../../utils/qr-code-id/read-file.ts';
import { makeZip } from './make-zip.ts';

const FOLDER = new URL('../spreadsheets/', import.meta.url);
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** One of the files written by LibreOffice Calc. */
export function calcFile(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(name, FOLDER)));
}

/** Bytes as a chosen file. */
export function chosen(name: string, content: Uint8Array<ArrayBuffer> | string): ChosenFile {
  return new File([content], name);
}

export interface XlsxParts {
  /** The content of `worksheet`. */
  sheet: string;
  strings?: string;
  styles?: string;
  workbook?: string;
}

/** The minimum parts of a workbook with one sheet. */
export function xlsxParts({ sheet, strings = '', styles = '', workbook = '' }: XlsxParts) {
  const relation = (id: string, kind: string, target: string) =>
    `<Relationship Id="${id}" Type="${RELATIONS}/${kind}" Target="${target}"/>`;
  return {
    '[Content_Types].xml': `${HEAD}<Types/>`,
    '_rels/.rels': `${HEAD}<Relationships>${relation('r1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `${HEAD}<workbook ${MAIN} xmlns:r="${RELATIONS}">${workbook}<sheets><sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships>${relation('r1', 'worksheet', '/xl/worksheets/sheet1.xml')}${relation('r2', 'sharedStrings', 'sharedStrings.xml')}${relation('r3', 'styles', 'styles.xml')}</Relationships>`,
    'xl/worksheets/sheet1.xml': `${HEAD}<worksheet ${MAIN}>${sheet}</worksheet>`,
    'xl/sharedStrings.xml': `${HEAD}<sst ${MAIN}>${strings}</sst>`,
    'xl/styles.xml': `${HEAD}<styleSheet ${MAIN}>${styles}</styleSheet>`,
  };
}

export function xlsxFile(parts: XlsxParts): Uint8Array<ArrayBuffer> {
  return makeZip(xlsxParts(parts));
}

const ODS_TYPE = 'application/vnd.oasis.opendocument.spreadsheet';

/** An OpenDocument spreadsheet with this content of `office:spreadsheet`. */
export function odsFile(
  spreadsheet: string,
  more: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const content = `<office:document-content><office:body><office:spreadsheet>${spreadsheet}</office:spreadsheet></office:body></office:document-content>`;
  return makeZip({ mimetype: ODS_TYPE, 'content.xml': content, ...more });
}
