import type { ComponentChildren, HTMLAttributes } from 'preact';
import { useId, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Rows } from '../../utils/lib/persistent-vector.ts';
import { type ColumnWidth, type FittedColumn, fitColumns } from './fit-columns.ts';
import { useInnerWidth } from './use-inner-width.ts';
import { useVirtualRows } from './use-virtual-rows.ts';
import './virtual-table.css';

/** Fixed widths keep columns from jumping as rows scroll in. */
export interface Column<Row> extends ColumnWidth {
  title: string;
  cell: (row: Row) => ComponentChildren;
  /** The current sort order of this column. */
  sorted?: 'ascending' | 'descending' | 'none';
  /** Sorts by this column. If set, the heading is a button. */
  onSort?: () => void;
}

/** Makes the table an ARIA grid with one active row for the keyboard. */
interface Grid<Row> {
  /** The index of the active row, or -1. The table scrolls to it if another row becomes active. */
  cursor: number;
  /** If set, rows can be selected. */
  isSelected?: (row: Row) => boolean;
  /** If set, the table is a treegrid. Rows with `open` can be expanded. */
  treePosition?: (row: Row) => { level: number; open?: boolean };
  /** Whether a row is the target of the link that opened the page. */
  isCurrent?: (row: Row) => boolean;
  onClick: (row: Row, event: MouseEvent) => void;
  onKeyDown: (event: KeyboardEvent) => void;
  /** The id of the text that explains the keys. */
  describedBy?: string;
}

interface VirtualTableProps<Row> {
  label: string;
  rows: Rows<Row>;
  columns: readonly Column<Row>[];
  grid?: Grid<Row>;
  /** A row's identity, if the same row may be another object later. */
  keyOf?: (row: Row) => unknown;
  /** The content of a row that spans all columns, such as a heading; `undefined` for other rows. */
  fullWidthCell?: (row: Row) => ComponentChildren;
}

type Fitted<Row> = FittedColumn<Column<Row>>;

/**
 * A table of any length in a scroll container. Renders only the visible rows and a few around them, and only the columns
 * that fit into its width.
 */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { label, rows, columns, grid, keyOf = identity, fullWidthCell } = props;
  const box = useRef<HTMLElement>(null);
  const id = useId();
  const virtualizer = useVirtualRows(box, rows.length);
  const width = useInnerWidth(box);
  const fitted = useMemo(() => fitColumns(columns.map(unlessSorted), width), [columns, width]);
  const cursor = grid?.cursor ?? -1;
  const row = cursor < 0 ? undefined : rows.at(cursor);
  useScrollToRow(virtualizer, cursor, row === undefined ? undefined : keyOf(row));
  const drawn = virtualizer.getVirtualItems();
  const above = drawn[0]?.start ?? 0;
  const below = virtualizer.getTotalSize() - (drawn.at(-1)?.end ?? 0);
  return (
    // A scroll container must be focusable. In a grid, the table itself is.
    <section ref={box} class="virtual-table" aria-label={label} {...(grid ? {} : { tabIndex: 0 })}>
      <table
        aria-label={label}
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length}
        {...(grid && {
          role: grid.treePosition ? 'treegrid' : 'grid',
          tabIndex: 0,
          'aria-multiselectable': grid.isSelected && true,
          'aria-activedescendant': cursor < 0 ? undefined : `${id}-${cursor}`,
          'aria-describedby': grid.describedBy,
          onKeyDown: grid.onKeyDown,
        })}
      >
        <colgroup>
          {fitted.map(({ index, width: rem }) => (
            <col key={index} style={{ width: rem === undefined ? 'auto' : `${rem}rem` }} />
          ))}
        </colgroup>
        <Headings columns={fitted} />
        <Spacer height={above} columns={fitted.length} />
        <tbody class="drawn">
          {drawn.map(({ key, index }) => {
            const row = rows.at(index);
            return (
              row !== undefined && (
                <tr
                  key={key}
                  ref={virtualizer.measureElement}
                  data-index={index}
                  aria-rowindex={index + 2}
                  {...(grid && gridRowAttributes(grid, row, index === cursor, `${id}-${index}`))}
                >
                  <Cells row={row} columns={fitted} across={fullWidthCell?.(row)} />
                </tr>
              )
            );
          })}
        </tbody>
        <Spacer height={below} columns={fitted.length} />
      </table>
    </section>
  );
}

/** Scrolls only if another row becomes active, not if sorting or new rows move the active one. */
function useScrollToRow(virtualizer: ReturnType<typeof useVirtualRows>, index: number, key: unknown): void {
  const scrolledTo = useRef<unknown>(undefined);
  useLayoutEffect(() => {
    if (key !== undefined && key !== scrolledTo.current) virtualizer.scrollToIndex(index);
    scrolledTo.current = key;
  }, [virtualizer, index, key]);
}

/** The column by which the table is sorted does not give way. */
function unlessSorted<Row>(column: Column<Row>): Column<Row> {
  if (column.sorted === undefined || column.sorted === 'none') return column;
  const { givesWay, ...rest } = column;
  return rest;
}

function Headings<Row>({ columns }: { columns: readonly Fitted<Row>[] }) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        {columns.map(({ column: { title, sorted, onSort }, index }) => (
          <th key={index} scope="col" aria-sort={sorted} aria-colindex={index + 1}>
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
  );
}

interface CellsProps<Row> {
  row: Row;
  columns: readonly Fitted<Row>[];
  across: ComponentChildren;
}

function Cells<Row>({ row, columns, across }: CellsProps<Row>) {
  if (across !== undefined) return <td colSpan={columns.length}>{across}</td>;
  return (
    <>
      {columns.map(({ column, index, folded }) => (
        <td key={index} aria-colindex={index + 1}>
          {column.cell(row)}
          {folded.map((gone) => (
            <div key={gone.title} class="folded">
              {gone.cell(row)}
            </div>
          ))}
        </td>
      ))}
    </>
  );
}

/** Empty space instead of the rows that are not rendered. */
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

function gridRowAttributes<Row>(grid: Grid<Row>, row: Row, atCursor: boolean, id: string) {
  const position = grid.treePosition?.(row);
  const current = grid.isCurrent?.(row) === true;
  return {
    id,
    class: [atCursor && 'cursor', current && 'chosen'].filter(Boolean).join(' ') || undefined,
    'aria-selected': grid.isSelected?.(row),
    'aria-level': position?.level,
    'aria-expanded': position?.open,
    'aria-current': current || undefined,
    onClick: (event: MouseEvent) => grid.onClick(row, event),
  } satisfies HTMLAttributes<HTMLTableRowElement>;
}

function identity<Row>(row: Row): unknown {
  return row;
}
