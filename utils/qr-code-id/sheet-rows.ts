import type { Row } from './rows.ts';
import type { Sheet, SheetCell } from './sheet.ts';

type Mark = 'damaged' | 'date' | 'error' | 'formula';

/** The rows of a sheet with the kinds of their cells. A hidden sheet is read too, because the operator has chosen it. */
export function sheetRows(sheet: Sheet): Row[] {
  return sheet.rows.map(({ number, cells, hidden }) => ({
    line: number,
    cells: Array.from(cells, (cell) => cell?.text ?? ''),
    marks: marksOf(cells),
    hidden: hidden !== undefined,
  }));
}

function marksOf(cells: readonly (SheetCell | undefined)[]): Map<number, Mark> {
  const marks = new Map<number, Mark>();
  for (const [column, cell] of cells.entries()) {
    if (!cell) continue;
    if (cell.damaged) marks.set(column, 'damaged');
    else if (cell.kind === 'date' || cell.kind === 'error' || cell.kind === 'formula')
      marks.set(column, cell.kind);
  }
  return marks;
}
