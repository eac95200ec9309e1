import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { useVirtualRows } from './use-virtual-rows.ts';
import './virtual-table.css';

export interface Column<Row> {
  title: string;
  /** Its width in CSS: all are fixed, or they would jump with the rows that scroll in. One may be `auto`. */
  width: string;
  cell: (row: Row) => ComponentChildren;
}

interface VirtualTableProps<Row> {
  label: string;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
}

/** A table of any length that scrolls in a box of its own; only what is in sight, and a little more, is drawn. */
export function VirtualTable<Row>({ label, rows, columns }: VirtualTableProps<Row>) {
  const box = useRef<HTMLElement>(null);
  const virtualizer = useVirtualRows(box, rows.length);
  const drawn = virtualizer.getVirtualItems();
  const above = drawn[0]?.start ?? 0;
  const below = virtualizer.getTotalSize() - (drawn.at(-1)?.end ?? 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
    <section ref={box} class="virtual-table" aria-label={label} tabIndex={0}>
      <table aria-label={label} aria-rowcount={rows.length + 1}>
        <colgroup>
          {columns.map(({ title, width }) => (
            <col key={title} style={{ width }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map(({ title }) => (
              <th key={title} scope="col">
                {title}
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
                <tr key={key} ref={virtualizer.measureElement} data-index={index} aria-rowindex={index + 2}>
                  {columns.map(({ title, cell }) => (
                    <td key={title}>{cell(row)}</td>
                  ))}
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
