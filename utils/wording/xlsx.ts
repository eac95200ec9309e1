import { strToU8, Zip, ZipDeflate } from 'fflate';
import type { Clock } from '../lib/clock.ts';
import type { Rows } from '../lib/persistent-vector.ts';
import { runInTimeSlices } from '../lib/time-slice.ts';

type Cell = string | number;
/** The cells of a row by the titles of their columns. */
export type Row = Readonly<Record<string, Cell>>;

/** Excel's limit of rows in a sheet, without the heading. */
const MAX_ROWS = 1_048_576 - 1;
/** Excel reports a file with a longer text as damaged. */
const MAX_TEXT = 32_767;
/** Spreadsheets store this many significant digits, and replace further ones by zeros. */
const MAX_DIGITS = 15;
/** The limits of a column's width, in characters. */
const WIDTH = { least: 10, most: 60 };
/** The number of rows that determine the widths. */
const SAMPLE_SIZE = 100;
/** The DEFLATE level, 0 to 9: a tenth larger than at level 9, in half the time. */
const COMPRESSION_LEVEL = 3;

/**
 * Rows as an Excel workbook (ECMA-376), in parts. `cellsOf` returns the cells of an item in the order of their columns.
 * Texts are inline strings in cells of the format Text, so that no spreadsheet converts one to a formula, a date or a
 * number. Works in time slices, so that the page stays responsive. Continues in further sheets beyond the limit of rows.
 */
export async function xlsxOf<Item>(
  sheetName: string,
  items: Rows<Item>,
  cellsOf: (item: Item) => Row,
  clock: Clock,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const zip = new Zip((error, part) => {
    if (error) throw error;
    parts.push(part as Uint8Array<ArrayBuffer>);
  });
  const names = sheetNames(sheetName, items.length);
  for (const [name, text] of Object.entries(fixedParts(names))) addText(zip, name, text);
  for (const index of names.keys()) {
    const sheet = new ZipDeflate(sheetPath(index), { level: COMPRESSION_LEVEL });
    zip.add(sheet);
    const sheetItems = items.slice(index * MAX_ROWS, (index + 1) * MAX_ROWS);
    await writeSheet(sheetItems, cellsOf, clock, (text, isLast) => sheet.push(strToU8(text), isLast));
  }
  zip.end();
  return parts;
}

function sheetNames(name: string, count: number): string[] {
  const sheets = Math.max(1, Math.ceil(count / MAX_ROWS));
  return Array.from({ length: sheets }, (_, index) => (index === 0 ? name : `${name} ${index + 1}`));
}

const sheetPath = (index: number) => `xl/worksheets/sheet${index + 1}.xml`;

async function writeSheet<Item>(
  items: readonly Item[],
  cellsOf: (item: Item) => Row,
  clock: Clock,
  push: (text: string, isLast: boolean) => void,
): Promise<void> {
  const sample = items.slice(0, SAMPLE_SIZE).map(cellsOf);
  const titles = Object.keys(sample[0] ?? {});
  push(`${HEAD}<worksheet ${MAIN}>${FROZEN_HEADING}${columnsXml(titles, sample)}<sheetData>`, false);
  if (titles.length > 0) push(rowXml(1, titles, STYLES.heading), false);
  let number = 1;
  await runInTimeSlices(items, clock, (batch) => {
    let text = '';
    for (const item of batch) {
      number += 1;
      text += rowXml(number, Object.values(cellsOf(item)), STYLES.text);
    }
    push(text, false);
  });
  push('</sheetData></worksheet>', true);
}

function rowXml(number: number, cells: readonly Cell[], style: number): string {
  let text = `<row r="${number}">`;
  for (const [column, cell] of cells.entries()) {
    const reference = `${columnLetters(column)}${number}`;
    if (cell === '') continue;
    text += isExact(cell)
      ? `<c r="${reference}"><v>${cell}</v></c>`
      : `<c r="${reference}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${textXml(String(cell))}</t></is></c>`;
  }
  return `${text}</row>`;
}

/** Whether a spreadsheet stores all digits of a number. */
function isExact(cell: Cell): cell is number {
  return typeof cell === 'number' && Number.isFinite(cell) && Number(cell.toPrecision(MAX_DIGITS)) === cell;
}

const NOT_IN_XML =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML can't contain or changes
  /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|_(?=x[\dA-Fa-f]{4}_)/g;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** A text as XML. Characters that XML can't contain become `_x001F_` (ECMA-376 22.9.2.19). */
function textXml(text: string): string {
  const cut = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1)}…` : text;
  return cut
    .replace(
      NOT_IN_XML,
      (character) => `_x${character.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}_`,
    )
    .replace(/[&<>]/g, (character) => String(ENTITIES[character]));
}

/** The name of a column in a spreadsheet: A, B … Z, AA. */
function columnLetters(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : columnLetters(Math.floor(column / 26) - 1) + letter;
}

function columnsXml(titles: readonly string[], sample: readonly Row[]): string {
  if (titles.length === 0) return '';
  const columns = titles.map((title, index) => {
    const longest = sample.reduce((most, row) => Math.max(most, String(row[title]).length), title.length);
    const width = Math.min(WIDTH.most, Math.max(WIDTH.least, longest + 2));
    return `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`;
  });
  return `<cols>${columns.join('')}</cols>`;
}

function addText(zip: Zip, name: string, text: string): void {
  const file = new ZipDeflate(name, { level: COMPRESSION_LEVEL });
  zip.add(file);
  file.push(strToU8(text), true);
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const CONTENT = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const FROZEN_HEADING =
  '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>';

/** The formats of cells by their number in {@link STYLE_SHEET}. 49 is the built-in number format Text. */
const STYLES = { text: 1, heading: 2 };
const STYLE_SHEET = `${HEAD}<styleSheet ${MAIN}><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

function fixedParts(names: readonly string[]): Record<string, string> {
  const sheets = names.map((name, index) => {
    const id = index + 1;
    return {
      type: `<Override PartName="/${sheetPath(index)}" ContentType="${CONTENT}.worksheet+xml"/>`,
      relation: `<Relationship Id="rId${id}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${id}.xml"/>`,
      sheet: `<sheet name="${textXml(name)}" sheetId="${id}" r:id="rId${id}"/>`,
    };
  });
  const all = (part: keyof (typeof sheets)[number]) => sheets.map((each) => each[part]).join('');
  return {
    '[Content_Types].xml': `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${CONTENT}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${CONTENT}.styles+xml"/>${all('type')}</Types>`,
    '_rels/.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${HEAD}<workbook ${MAIN} xmlns:r="${OFFICE}"><sheets>${all('sheet')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${all('relation')}<Relationship Id="rIdStyles" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': STYLE_SHEET,
  };
}
