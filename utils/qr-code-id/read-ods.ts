import { numberCell } from './number-text.ts';
import { createCellText } from './ods-text.ts';
import { createRowCollector, MAX_COLUMNS, type RowCollector } from './row-collector.ts';
import type { Sheet, SheetCell, SheetRow } from './sheet.ts';
import type { Spreadsheet } from './spreadsheet.ts';
import { readXml, type XmlHandler } from './xml-events.ts';
import { type Zip, ZipError } from './zip.ts';

type Pause = () => Promise<void>;
type Attributes = Readonly<Record<string, string>>;

const CONTENT = 'content.xml';
const MANIFEST = 'META-INF/manifest.xml';
const SHEETS = 'office:spreadsheet';
/** The element of a table that mirrors another file. Such a table is left out: it is not a sheet of this file. */
const FOREIGN = 'table:table-source';

/** Opens an OpenDocument spreadsheet (OASIS ODF 1.3). Throws {@link ZipError}: `password` if it is encrypted. */
export async function openOds(zip: Zip, pause: Pause): Promise<Spreadsheet> {
  if (await isEncrypted(zip, pause)) throw new ZipError('password');
  const sheets = await readSheets(zip, pause);
  if (sheets.length === 0) throw new ZipError('damaged');
  return {
    sheets: sheets.map(({ name, hidden }) => ({ name, hidden })),
    async read(index) {
      const sheet = sheets[index];
      if (!sheet) throw new RangeError(`There is no sheet ${index}`);
      const read = await readTable(zip, sheet.table, pause);
      return { name: sheet.name, ...(sheet.hidden && { hidden: true }), ...read };
    },
  };
}

async function isEncrypted(zip: Zip, pause: Pause): Promise<boolean> {
  let encrypted = false;
  await readXml(zip, MANIFEST, pause, {
    close() {},
    text() {},
    open(name) {
      if (name === 'manifest:encryption-data') encrypted = true;
    },
  });
  return encrypted;
}

/** Wraps a handler and calls its `table` at the start of each table that is a sheet. */
function sheetTables(
  handler: XmlHandler & { table?(number: number, attributes: Attributes): void },
): XmlHandler {
  const path: string[] = [];
  let number = -1;
  return {
    open(name, attributes) {
      if (name === 'table:table' && path.at(-1) === SHEETS) {
        number += 1;
        handler.table?.(number, attributes);
      }
      path.push(name);
      handler.open(name, attributes);
    },
    close(name) {
      path.pop();
      handler.close(name);
    },
    text: handler.text,
  };
}

async function readSheets(zip: Zip, pause: Pause) {
  const hiddenStyles = new Set<string>();
  const tables: { table: number; name: string; style: string; foreign: boolean }[] = [];
  let style = '';
  const found = await readXml(
    zip,
    CONTENT,
    pause,
    sheetTables({
      close() {},
      text() {},
      table(table, attributes) {
        const { 'table:name': name = '', 'table:style-name': styleName = '' } = attributes;
        tables.push({ table, name, style: styleName, foreign: false });
      },
      open(name, attributes) {
        const last = tables.at(-1);
        if (name === 'style:style') style = attributes['style:name'] ?? '';
        if (name === 'style:table-properties' && attributes['table:display'] === 'false')
          hiddenStyles.add(style);
        if (name === FOREIGN && last) last.foreign = true;
      },
    }),
  );
  if (!found) throw new ZipError('damaged');
  return tables
    .filter(({ foreign }) => !foreign)
    .map((sheet) => ({ table: sheet.table, name: sheet.name, hidden: hiddenStyles.has(sheet.style) }));
}

async function readTable(
  zip: Zip,
  tableNumber: number,
  pause: Pause,
): Promise<Pick<Sheet, 'rows' | 'hiddenColumns'>> {
  const rows = createRowCollector();
  const table = createTableHandler(rows);
  let isInTable = false;
  let depth = 0;
  await readXml(
    zip,
    CONTENT,
    pause,
    sheetTables({
      table: (number) => {
        isInTable = number === tableNumber;
        depth = 0;
      },
      open(name, attributes) {
        if (!isInTable) return;
        depth += 1;
        if (depth > 1) table.open(name, attributes);
      },
      close(name) {
        if (!isInTable) return;
        depth -= 1;
        if (depth > 0) table.close(name);
        else isInTable = false;
      },
      text(text) {
        if (isInTable) table.text(text);
      },
    }),
  );
  return rows.finish();
}

const HIDDEN: Readonly<Record<string, SheetRow['hidden']>> = { collapse: 'hidden', filter: 'filtered' };

/** Collects the rows and cells of one table. A row or cell may be repeated. */
function createTableHandler(rows: RowCollector): XmlHandler {
  let nextRow = 1;
  let nextColumn = 0;
  let row:
    | { count: number; hidden: SheetRow['hidden']; cells: { column: number; cell: SheetCell }[] }
    | undefined;
  let cell: Attributes | undefined;
  const text = createCellText();
  function closeRow() {
    if (!row) return;
    // About a million empty rows follow the last row with text.
    for (let copy = 0; row.cells.length > 0 && copy < row.count; copy += 1) {
      rows.open(nextRow + copy, row.hidden);
      for (const each of row.cells) rows.add(each.column, each.cell);
    }
    nextRow += row.count;
    row = undefined;
  }
  function closeCell(attributes: Attributes) {
    const count = repeated(attributes, 'columns');
    const read = readCell(attributes, text.finish());
    if (read && nextColumn + count > MAX_COLUMNS) throw new ZipError('damaged');
    for (let copy = 0; read && copy < count; copy += 1)
      row?.cells.push({ column: nextColumn + copy, cell: read });
    nextColumn += count;
    cell = undefined;
  }
  return {
    open(name, attributes) {
      if (cell) return text.open(name, attributes);
      if (name === 'table:table-column') {
        const count = repeated(attributes, 'columns');
        if (HIDDEN[attributes['table:visibility'] ?? ''])
          rows.hideColumns(nextColumn, nextColumn + count - 1);
        nextColumn += count;
      } else if (name === 'table:table-row') {
        row = {
          count: repeated(attributes, 'rows'),
          hidden: HIDDEN[attributes['table:visibility'] ?? ''],
          cells: [],
        };
        nextColumn = 0;
      } else if (row && CELLS.has(name)) {
        cell = attributes;
        text.start();
      }
    },
    close(name) {
      if (cell && CELLS.has(name) && !text.isNested()) closeCell(cell);
      else if (cell) text.close(name);
      else if (name === 'table:table-row') closeRow();
    },
    text(part) {
      if (cell) text.add(part);
    },
  };
}

const CELLS: ReadonlySet<string> = new Set(['table:table-cell', 'table:covered-table-cell']);

/** The number of copies that a row or cell stands for. Throws {@link ZipError} `damaged` for an invalid number. */
function repeated(attributes: Attributes, what: 'rows' | 'columns'): number {
  const count = Number(attributes[`table:number-${what}-repeated`] ?? 1);
  if (!Number.isInteger(count) || count < 1) throw new ZipError('damaged');
  return count;
}

/** A cell by its value. `shown` is the text that the program showed when it wrote the file. */
function readCell(attributes: Attributes, shown: string): SheetCell | undefined {
  const type = attributes['calcext:value-type'] ?? attributes['office:value-type'];
  switch (type) {
    case 'float':
    case 'currency':
    case 'percentage':
      return shownNumber(Number(attributes['office:value']), shown);
    case 'date':
      return { text: attributes['office:date-value'] ?? shown, kind: 'date' };
    case 'time':
      return { text: shown, kind: 'date' };
    case 'boolean':
      return { text: attributes['office:boolean-value'] === 'true' ? 'TRUE' : 'FALSE', kind: 'boolean' };
    case 'error':
      return { text: shown, kind: 'error' };
    case 'string': {
      const text = attributes['office:string-value'] ?? shown;
      return text === '' ? undefined : { text, kind: 'text' };
    }
    default:
      return withoutValue(attributes, shown);
  }
}

function withoutValue(attributes: Attributes, shown: string): SheetCell | undefined {
  if (shown !== '') return { text: shown, kind: 'text' };
  const formula = attributes['table:formula'];
  // The prefix names the language of the formula.
  return formula === undefined ? undefined : { text: formula.replace(/^\w+:/, ''), kind: 'formula' };
}

/** A number as a cell. If its format shows leading zeros or letters, as in `00123` and `QR00123`, the shown text counts. */
function shownNumber(value: number, shown: string): SheetCell {
  const cell = numberCell(value);
  const isShownSo =
    !cell.damaged && new RegExp(`^[A-Za-z-]*0*${cell.text}$`).test(shown) && /^\d+$/.test(cell.text);
  return isShownSo ? { ...cell, text: shown } : cell;
}
