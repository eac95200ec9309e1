import { dateText, numberCell } from './number-text.ts';
import { createRowCollector, type RowCollector } from './row-collector.ts';
import type { Sheet, SheetCell } from './sheet.ts';
import type { Style } from './xlsx-parts.ts';
import {
  type Attributes,
  createTextFilter,
  isTrue,
  localName,
  type Pause,
  unescapeText,
} from './xlsx-xml.ts';
import { readXml } from './xml-events.ts';
import { type Zip, ZipError } from './zip.ts';

/** A cell as in the file. */
interface RawCell {
  type: string;
  style: number;
  value: string | undefined;
  inline: string;
  formula: string | undefined;
}

/** The parts of the workbook that cells refer to. */
interface CellContext {
  strings: readonly string[];
  styles: readonly Style[];
  dates: 1900 | 1904;
}

/** Creates the conversion of cells. It throws {@link ZipError} `damaged` for a missing shared text. */
export function cellReader({ strings, styles, dates }: CellContext) {
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

/** Reads the rows of a worksheet. Throws {@link ZipError} if it is missing, damaged or too large. */
export async function readWorksheet(
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
