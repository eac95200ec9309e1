/** The widths of a column, and its place in the order in which columns give way in a narrow table. */
export interface ColumnWidth {
  /** The width (rem) if there is room. */
  width: number;
  /** The least width (rem); default: `width`. */
  min?: number;
  /** Whether the column also takes the room that is left over. One column of a table should. */
  grows?: boolean;
  /** The order in which columns give way in a narrow table: 1 is the first. A column without it always stays. */
  givesWay?: number;
  /** Whether the content moves into the column before if this column gives way. Otherwise it is left out. */
  folds?: boolean;
}

/** A column that stays, with its width. */
export interface FittedColumn<C extends ColumnWidth> {
  column: C;
  /** Its place among all columns. */
  index: number;
  /** The width (rem); `undefined` if the column takes the rest. */
  width: number | undefined;
  /** The columns whose content has moved into this one. */
  folded: C[];
}

/**
 * Fits columns into a width (rem): columns give way by their order until the least widths fit; then every column gets a
 * width between its least and its own. If even the columns that always stay do not fit, all of them become narrower.
 */
export function fitColumns<C extends ColumnWidth>(
  columns: readonly C[],
  available: number,
): FittedColumn<C>[] {
  const stays = stayingColumns(columns, available);
  const fitted: FittedColumn<C>[] = [];
  const widths = sharedWidths(columns.filter(stays), available);
  columns.forEach((column, index) => {
    if (stays(column)) fitted.push({ column, index, width: widths(column), folded: [] });
    else if (column.folds) fitted.at(-1)?.folded.push(column);
  });
  return fitted;
}

const leastOf = ({ width, min = width }: ColumnWidth) => min;

function stayingColumns<C extends ColumnWidth>(
  columns: readonly C[],
  available: number,
): (column: C) => boolean {
  const gone = new Set<C>();
  const byOrder = columns
    .filter(({ givesWay }) => givesWay !== undefined)
    .toSorted((one, other) => (one.givesWay ?? 0) - (other.givesWay ?? 0));
  for (const column of byOrder) {
    if (sum(columns.filter((each) => !gone.has(each)).map(leastOf)) <= available) break;
    gone.add(column);
  }
  return (column) => !gone.has(column);
}

function sharedWidths(
  columns: readonly ColumnWidth[],
  available: number,
): (column: ColumnWidth) => number | undefined {
  const least = sum(columns.map(leastOf));
  const wanted = sum(columns.map(({ width }) => width));
  if (least > available) return (column) => (leastOf(column) * available) / least;
  const share = wanted <= available ? 1 : (available - least) / (wanted - least);
  return (column) => (column.grows ? undefined : leastOf(column) + (column.width - leastOf(column)) * share);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
