import { dateText, isDateFormat, numberCell } from './number-text.ts';
import { createRowCollector, type RowCollector } from './row-collector.ts';
import type { Sheet, SheetCell } from './sheet.ts';
import type { Spreadsheet } from './spreadsheet.ts';
import { readXml, type XmlHandler } from './xml-events.ts';
import { type Zip, ZipError } from './zip.ts';

type Pause = () => Promise<void>;
type Attributes = Readonly<Record<string, string>>;

/** The part that locates the workbook. */
const ROOT_RELATIONS = '_rels/.rels';

/** Opens an Excel workbook (ECMA-376, also in its strict form). Throws {@link ZipError} if it is damaged. */
export async function openXlsx(zip: Zip, pause: Pause): Promise<Spreadsheet> {
  const [main] = (await readRelations(zip, '', ROOT_RELATIONS, pause)).filter(isOf('officeDocument'));
  const path = main?.target ?? 'xl/workbook.xml';
  const { sheets, date1904 } = await readWorkbook(zip, path, pause);
  const relations = await readRelations(zip, path, relationsOf(path), pause);
  const isWorksheet = isOf('worksheet');
  const worksheets = sheets.flatMap((sheet) => {
    const part = relations.find(({ id }) => id === sheet.relation);
    return part && isWorksheet(part) ? [{ ...sheet, target: part.target }] : [];
  });
  if (worksheets.length === 0) throw new ZipError('damaged');
  return {
    sheets: worksheets.map(({ name, hidden }) => ({ name, hidden })),
    async read(index) {
      const sheet = worksheets[index];
      if (!sheet) throw new RangeError(`There is no sheet ${index}`);
      const strings = await readStrings(zip, relations.find(isOf('sharedStrings'))?.target, pause);
      const styles = await readStyles(zip, relations.find(isOf('styles'))?.target, pause);
      const toCell = cellReader({ strings, styles, dates: date1904 ? 1904 : 1900 });
      const read = await readWorksheet(zip, sheet.target, toCell, pause);
      return { name: sheet.name, ...(sheet.hidden && { hidden: true }), ...read };
    },
  };
}

interface Relation {
  id: string;
  type: string;
  target: string;
}

/** Matches relations by the end of their type, because the strict form has other namespaces. */
function isOf(kind: string): (relation: Relation) => boolean {
  return ({ type }) => type.endsWith(`/${kind}`);
}

function relationsOf(path: string): string {
  const slash = path.lastIndexOf('/') + 1;
  return `${path.slice(0, slash)}_rels/${path.slice(slash)}.rels`;
}

async function readRelations(zip: Zip, from: string, path: string, pause: Pause): Promise<Relation[]> {
  const relations: Relation[] = [];
  await readXml(zip, path, pause, {
    ...IGNORES_ALL,
    open(name, { Id = '', Type = '', Target = '' }) {
      if (localName(name) === 'Relationship')
        relations.push({ id: Id, type: Type, target: resolvePath(from, Target) });
    },
  });
  return relations;
}

function resolvePath(from: string, target: string): string {
  return decodeURI(new URL(target, `https://package.invalid/${from}`).pathname).slice(1);
}

const IGNORES_ALL: XmlHandler = { open() {}, close() {}, text() {} };

/** The name without its prefix, which varies between programs. */
function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

const isTrue = (value: string | undefined) => value === '1' || value === 'true';

async function readWorkbook(zip: Zip, path: string, pause: Pause) {
  const sheets: { name: string; hidden: boolean; relation: string | undefined }[] = [];
  let date1904 = false;
  const found = await readXml(zip, path, pause, {
    ...IGNORES_ALL,
    open(name, attributes) {
      const local = localName(name);
      if (local === 'workbookPr') date1904 = isTrue(attributes.date1904);
      if (local !== 'sheet') return;
      const relation = Object.keys(attributes).find((each) => each.endsWith(':id'));
      sheets.push({
        name: attributes.name ?? '',
        hidden: (attributes.state ?? 'visible') !== 'visible',
        relation: relation && attributes[relation],
      });
    },
  });
  if (!found) throw new ZipError('damaged');
  return { sheets, date1904 };
}

/** The shared texts, which cells refer to by index. */
async function readStrings(zip: Zip, path: string | undefined, pause: Pause): Promise<string[]> {
  const strings: string[] = [];
  if (path === undefined) return strings;
  let text = '';
  const inside = createTextFilter();
  await readXml(zip, path, pause, {
    open(name) {
      const local = localName(name);
      inside.open(local);
      if (local === 'si') text = '';
    },
    close(name) {
      const local = localName(name);
      inside.close(local);
      if (local === 'si') strings.push(unescapeText(text));
    },
    text(part) {
      if (inside.isShown()) text += part;
    },
  });
  return strings;
}

/** Separates the text of a cell from the reading aid above it (`rPh`). */
function createTextFilter() {
  let inText = false;
  let inPhonetic = false;
  return {
    open(local: string) {
      if (local === 't') inText = true;
      if (local === 'rPh') inPhonetic = true;
    },
    close(local: string) {
      if (local === 't') inText = false;
      if (local === 'rPh') inPhonetic = false;
    },
    isShown: () => inText && !inPhonetic,
  };
}

/** Replaces escapes of characters that XML can't hold, such as `_x001F_` (ECMA-376 22.9.2.19). */
function unescapeText(text: string): string {
  return text.replace(/_x([\dA-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

interface Style {
  isDate: boolean;
  format: string | undefined;
}

async function readStyles(zip: Zip, path: string | undefined, pause: Pause): Promise<Style[]> {
  const formats = new Map<number, string>();
  const styles: Style[] = [];
  let inCells = false;
  if (path === undefined) return styles;
  await readXml(zip, path, pause, {
    ...IGNORES_ALL,
    open(name, { numFmtId = '0', formatCode = '' }) {
      const local = localName(name);
      const id = Number(numFmtId);
      if (local === 'numFmt') formats.set(id, formatCode);
      if (local === 'cellXfs') inCells = true;
      if (local !== 'xf' || !inCells) return;
      const format = formats.get(id);
      styles.push({ isDate: isDateFormat(id, format), format });
    },
    close(name) {
      if (localName(name) === 'cellXfs') inCells = false;
    },
  });
  return styles;
}

/** A cell as in the file. */
interface RawCell {
  type: string;
  style: number;
  value: string | undefined;
  inline: string;
  formula: string | undefined;
}

interface CellContext {
  strings: readonly string[];
  styles: readonly Style[];
  dates: 1900 | 1904;
}

function cellReader({ strings, styles, dates }: CellContext) {
  function number(value: string, style: Style | undefined): SheetCell {
    if (style?.isDate) return { text: dateText(Number(value), dates), kind: 'date' };
    return numberCell(Number(value), style?.format);
  }
  return ({ type, style, value, inline, formula }: RawCell): SheetCell | undefined => {
    if (type === 'inlineStr') return textCell(unescapeText(inline));
    if (value === undefined)
      return formula === undefined ? undefined : { text: `=${formula}`, kind: 'formula' };
    switch (type) {
      case 's': {
        const text = strings[Number(value)];
        if (text === undefined) throw new ZipError('damaged');
        return textCell(text);
      }
      case 'str':
        return textCell(unescapeText(value));
      case 'b':
        return { text: isTrue(value) ? 'TRUE' : 'FALSE', kind: 'boolean' };
      case 'e':
        return { text: value, kind: 'error' };
      case 'd':
        return { text: value, kind: 'date' };
      default:
        return value.trim() === '' ? undefined : number(value, styles[style]);
    }
  };
}

function textCell(text: string): SheetCell | undefined {
  return text === '' ? undefined : { text, kind: 'text' };
}

type ReadCells = Pick<Sheet, 'rows' | 'hiddenColumns'>;

async function readWorksheet(
  zip: Zip,
  path: string,
  toCell: (raw: RawCell) => SheetCell | undefined,
  pause: Pause,
): Promise<ReadCells> {
  const rows = createRowCollector();
  const filter = createFilterReader();
  const cells = createCellHandler(rows, toCell);
  const found = await readXml(zip, path, pause, {
    open(name, attributes) {
      const local = localName(name);
      cells.open(local, attributes);
      filter.open(local, attributes);
      if (local === 'col' && isTrue(attributes.hidden))
        rows.hideColumns(Number(attributes.min) - 1, Number(attributes.max) - 1);
    },
    close(name) {
      cells.close(localName(name));
    },
    text: cells.text,
  });
  if (!found) throw new ZipError('damaged');
  const read = rows.finish();
  for (const row of read.rows) if (row.hidden && filter.covers(row.number)) row.hidden = 'filtered';
  return read;
}

/** Finds the rows of an active filter, which follows the rows in the file. */
function createFilterReader() {
  let range: [number, number] | undefined;
  let inUse = false;
  return {
    open(local: string, { ref = '' }: Attributes) {
      if (local === 'filterColumn') inUse = true;
      const rows = local === 'autoFilter' && /^\$?[A-Z]+\$?(\d+):\$?[A-Z]+\$?(\d+)$/.exec(ref);
      if (rows) range = [Number(rows[1]), Number(rows[2])];
    },
    covers: (row: number) => inUse && range !== undefined && row > range[0] && row <= range[1],
  };
}

/** Collects the rows and cells of a worksheet. The file may omit the numbers of rows and columns. */
function createCellHandler(rows: RowCollector, toCell: (raw: RawCell) => SheetCell | undefined) {
  let row = 0;
  let column = -1;
  let cell: RawCell | undefined;
  let part: 'value' | 'formula' | undefined;
  const inside = createTextFilter();
  return {
    open(local: string, { r, t = 'n', s = '0', hidden }: Attributes) {
      inside.open(local);
      if (local === 'row') {
        row = r === undefined ? row + 1 : Number(r);
        column = -1;
        rows.open(row, isTrue(hidden) ? 'hidden' : undefined);
      } else if (local === 'c') {
        column = r === undefined ? column + 1 : columnNumber(r);
        cell = { type: t, style: Number(s), value: undefined, inline: '', formula: undefined };
      } else if (cell && local === 'v') {
        part = 'value';
        cell.value = '';
      } else if (cell && local === 'f') {
        part = 'formula';
        cell.formula = '';
      }
    },
    close(local: string) {
      inside.close(local);
      if (local === 'v' || local === 'f') part = undefined;
      if (local !== 'c' || !cell) return;
      rows.add(column, toCell(cell));
      cell = undefined;
    },
    text(text: string) {
      if (!cell) return;
      if (part === 'value') cell.value += text;
      else if (part === 'formula') cell.formula += text;
      else if (inside.isShown()) cell.inline += text;
    },
  };
}

/** The index of a cell's column: 0 for `A1`, 27 for `AB12`. */
function columnNumber(reference: string): number {
  let number = 0;
  for (const letter of reference) {
    const value = letter.charCodeAt(0) - 64;
    if (value < 1 || value > 26) break;
    number = number * 26 + value;
  }
  return number - 1;
}
