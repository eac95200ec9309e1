import { type Cell, readCell, shownText } from './cell.ts';
import type { ListBuilder } from './list-builder.ts';
import type { LeftOutReason } from './reading.ts';
import type { Row } from './rows.ts';
import { columnLetter, type Table } from './table.ts';
import { isStrongId, scanWord } from './word.ts';

/** The length of the shortest ID, such as `PO_1`. */
const MIN_LENGTH = 4;

/** The heading of a column, or its letter if it has none. */
export function columnName({ columns }: Table, index: number): string {
  return columns[index]?.title || columnLetter(index);
}

/** The indices of all columns. */
export function everyColumn({ columns }: Table): number[] {
  return columns.map(({ index }) => index);
}

/** The text of a row for a report. */
export function rowText({ cells }: Row): string {
  return cells
    .map((cell) => cell.trim())
    .filter((cell) => cell !== '')
    .join(' · ');
}

/** Whether a row has an ID in any cell. */
export function hasId({ cells }: Row): boolean {
  return cells.some((cell) => idsIn(cell).length > 0);
}

/** Leaves out the IDs in the other cells of a row, with their headings. */
export function leaveOutOthers(
  { line, cells }: Row,
  table: Table,
  column: number | undefined,
  builder: ListBuilder,
): void {
  for (const [index, cell] of cells.entries()) {
    if (index === column) continue;
    for (const id of idsIn(cell))
      builder.leaveOut(line, id, true, { code: 'column', title: columnName(table, index) });
  }
}

/** Leaves out each ID of a row, or the whole row if it has none. */
export function leaveOutRow(
  row: Row,
  reason: LeftOutReason | undefined,
  builder: ListBuilder,
  table: Table,
): void {
  let found = false;
  for (const [index, cell] of row.cells.entries())
    for (const id of idsIn(cell)) {
      found = true;
      builder.leaveOut(row.line, id, true, reason ?? { code: 'column', title: columnName(table, index) });
    }
  if (!found && reason) builder.leaveOut(row.line, rowText(row), false, reason);
}

/**
 * Leaves out each ID of a hidden row. In columns that may hold the IDs, numbers, short IDs and damaged ones count too, as
 * in a shown row.
 */
export function leaveOutHidden(row: Row, columns: readonly number[], builder: ListBuilder): void {
  const found = new Set<string>();
  for (const [index, cell] of row.cells.entries())
    for (const id of columns.includes(index) ? idsMeant(readCell(cell, false)) : idsIn(cell)) found.add(id);
  for (const id of found) builder.leaveOut(row.line, id, true, { code: 'hidden' });
  if (found.size === 0) builder.leaveOut(row.line, rowText(row), false, { code: 'hidden' });
}

/** Leaves out the ID of a row by the words of the row, and the IDs in its other cells by their columns. */
export function leaveOutExcluded(
  row: Row,
  table: Table,
  column: number,
  reason: LeftOutReason,
  builder: ListBuilder,
): void {
  const ids = idsMeant(readCell(row.cells[column] ?? '', false));
  if (ids.length === 0) {
    leaveOutRow(row, reason, builder, table);
    return;
  }
  for (const id of ids) builder.leaveOut(row.line, id, true, reason);
  leaveOutOthers(row, table, column, builder);
}

/** The IDs in a cell that is not known to hold one. */
function idsIn(cell: string): string[] {
  if (cell.length < MIN_LENGTH || !/\d/.test(cell)) return [];
  const { text } = shownText(cell);
  if (isStrongId(text)) return [text];
  return text.split(/[\s,;|]+/).flatMap((raw) => {
    if (!/\d/.test(raw)) return [];
    const word = scanWord(raw);
    if (word.kind === 'id') return word.strength === 'strong' ? [word.qrCodeId] : [];
    if (word.kind === 'ids') return word.qrCodeIds;
    return word.kind === 'other' ? word.texts : [];
  });
}

/** The IDs in a cell that should hold one, with damaged ones. */
function idsMeant(cell: Cell): string[] {
  switch (cell.kind) {
    case 'blank':
      return [];
    case 'ids':
      return cell.found.map(({ qrCodeId }) => qrCodeId);
    case 'refused':
      return cell.problem.code === 'empty' ? [] : [cell.text];
    case 'left-out':
      return cell.texts;
  }
}
