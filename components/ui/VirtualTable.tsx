import type { ComponentChildren, HTMLAttributes } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { useVirtualRows } from './use-virtual-rows.ts';
import './virtual-table.css';

export interface Column<Row> {
  title: string;
  /** Its width in CSS: all are fixed, or they would jump with the rows that scroll in. One may be `auto`. */
  width: string;
  cell: (row: Row) => ComponentChildren;
  /** How the rows are sorted by this column now. */
  sorted?: 'ascending' | 'descending' | 'none';
  /** Sorts by this column; its heading is a button then. */
  onSort?: () => void;
}

/** What makes a table one whose rows are worked with: it is a grid then, with one row that the keyboard is at. */
interface Grid<Row> {
  /** The index of the row that the keyboard is at, or -1; it is scrolled into sight when it becomes another row. */
  cursor: number;
  /** Where rows can be selected. */
  isSelected?: (row: Row) => boolean;
  /** Where rows stand below others that can be opened: it is a tree then. A row with `open` is such another one. */
  treePosition?: (row: Row) => { level: number; open?: boolean };
  /** Whether a row is the one that somebody was led to. */
  isCurrent?: (row: Row) => boolean;
  onClick: (row: Row, event: MouseEvent) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

interface VirtualTableProps<Row> {
  label: string;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  grid?: Grid<Row>;
  /** Names a row, where the same one may come as another object. */
  keyOf?: (row: Row) => unknown;
  /** What fills a row that is one cell all across, such as a heading; nothing for all others. */
  fullWidthCell?: (row: Row) => ComponentChildren;
}

/** A table of any length that scrolls in a box of its own; only what is in sight, and a little more, is drawn. */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { label, rows, columns, grid, keyOf = identity, fullWidthCell } = props;
  const box = useRef<HTMLElement>(null);
  const id = useId();
  const virtualizer = useVirtualRows(box, rows.length);
  const cursor = grid?.cursor ?? -1;
  // Only where it is another row: one that is moved by sorting, or by rows that come in, does not take the page along.
  const row = rows[cursor];
  const rowAtCursor = row === undefined ? undefined : keyOf(row);
  const scrolledTo = useRef<unknown>(undefined);
  useLayoutEffect(() => {
    if (rowAtCursor !== undefined && rowAtCursor !== scrolledTo.current) virtualizer.scrollToIndex(cursor);
    scrolledTo.current = rowAtCursor;
  }, [virtualizer, cursor, rowAtCursor]);
  const drawn = virtualizer.getVirtualItems();
  const above = drawn[0]?.start ?? 0;
  const below = virtualizer.getTotalSize() - (drawn.at(-1)?.end ?? 0);
  return (
    // What scrolls has to be reached by the keyboard; of a grid, the table itself is.
    <section ref={box} class="virtual-table" aria-label={label} {...(grid ? {} : { tabIndex: 0 })}>
      <table
        aria-label={label}
        aria-rowcount={rows.length + 1}
        {...(grid && {
          role: grid.treePosition ? 'treegrid' : 'grid',
          tabIndex: 0,
          'aria-multiselectable': grid.isSelected && true,
          'aria-activedescendant': cursor < 0 ? undefined : `${id}-${cursor}`,
          onKeyDown: grid.onKeyDown,
        })}
      >
        <colgroup>
          {columns.map(({ width }, index) => (
            <col key={index} style={{ width }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map(({ title, sorted, onSort }, index) => (
              <th key={index} scope="col" aria-sort={sorted}>
                {onSort ? (
                  <button type="button" class="sort" onClick={onSort}>
                    {title}
                  </button>
                ) : (
                  title
                )}
              </th>
            ))}
          </tr>
        </thead>
        <Spacer height={above} columns={columns.length} />
        <tbody class="drawn">
          {drawn.map(({ key, index }) => {
            const row = rows[index];
            return (
              row !== undefined && (
                <tr
                  key={key}
                  ref={virtualizer.measureElement}
                  data-index={index}
                  aria-rowindex={index + 2}
                  {...(grid && rowOfGrid(grid, row, index === cursor, `${id}-${index}`))}
                >
                  <Cells row={row} columns={columns} across={fullWidthCell?.(row)} />
                </tr>
              )
            );
          })}
        </tbody>
        <Spacer height={below} columns={columns.length} />
      </table>
    </section>
  );
}

interface CellsProps<Row> {
  row: Row;
  columns: readonly Column<Row>[];
  across: ComponentChildren;
}

function Cells<Row>({ row, columns, across }: CellsProps<Row>) {
  if (across !== undefined) return <td colSpan={columns.length}>{across}</td>;
  return (
    <>
      {columns.map(({ cell }, index) => (
        <td key={index}>{cell(row)}</td>
      ))}
    </>
  );
}

/** Stands for the rows that are not drawn. */
function Spacer({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null;
  return (
    <tbody class="spacer" aria-hidden="true">
      <tr>
        <td colSpan={columns} style={{ height: `${height}px` }} />
      </tr>
    </tbody>
  );
}

function rowOfGrid<Row>(grid: Grid<Row>, row: Row, atCursor: boolean, id: string) {
  const place = grid.treePosition?.(row);
  const current = grid.isCurrent?.(row) === true;
  return {
    id,
    class: [atCursor && 'cursor', current && 'chosen'].filter(Boolean).join(' ') || undefined,
    'aria-selected': grid.isSelected?.(row),
    'aria-level': place?.level,
    'aria-expanded': place?.open,
    'aria-current': current || undefined,
    onClick: (event: MouseEvent) => grid.onClick(row, event),
  } satisfies HTMLAttributes<HTMLTableRowElement>;
}

function identity<Row>(row: Row): unknown {
  return row;
}
