// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { MAX_ROWS_DRAWN } from './use-virtual-rows.ts';
import { type Column, VirtualTable } from './VirtualTable.tsx';

afterEach(cleanup);

const columns: Column<number>[] = [
  { title: 'Number', width: 4, cell: (row) => row },
  { title: 'Square', width: 10, grows: true, cell: (row) => row * row },
];
const rowsOf = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const drawnRows = () => [...document.querySelectorAll<HTMLTableRowElement>('tbody.drawn tr')];

describe('a long table', () => {
  it('renders few of its 10,000 rows, and states their number', () => {
    render(<VirtualTable label="Numbers" rows={rowsOf(10_000)} columns={columns} />);
    expect(drawnRows().length).toBeGreaterThan(5);
    expect(document.querySelectorAll('tr').length).toBeLessThanOrEqual(MAX_ROWS_DRAWN);
    expect(screen.getByRole('table', { name: 'Numbers' }).getAttribute('aria-rowcount')).toBe('10001');
    expect(drawnRows()[0]?.getAttribute('aria-rowindex')).toBe('2');
  });

  it('renders the rows scrolled into view, with their index', async () => {
    render(<VirtualTable label="Numbers" rows={rowsOf(10_000)} columns={columns} />);
    const box = screen.getByRole('region', { name: 'Numbers' });
    Object.defineProperty(box, 'scrollHeight', { value: 600_000 });
    box.scrollTop = 300_000;
    fireEvent.scroll(box);
    await waitFor(() => expect(Number(drawnRows()[0]?.cells[0]?.textContent)).toBeGreaterThan(4_000));
    const [first] = drawnRows();
    expect(first?.getAttribute('aria-rowindex')).toBe(String(Number(first?.cells[0]?.textContent) + 1));
    expect(document.querySelectorAll('tr').length).toBeLessThanOrEqual(MAX_ROWS_DRAWN);
  });

  it('is focusable and stays a table', () => {
    render(<VirtualTable label="Numbers" rows={rowsOf(3)} columns={columns} />);
    expect(screen.getByRole('region', { name: 'Numbers' }).tabIndex).toBe(0);
    expect(screen.getAllByRole('columnheader').map((header) => header.textContent)).toEqual([
      'Number',
      'Square',
    ]);
    expect(drawnRows().map((row) => row.textContent)).toEqual(['11', '24', '39']);
  });

  it('updates if rows are added or removed', () => {
    const { rerender } = render(<VirtualTable label="Numbers" rows={rowsOf(3)} columns={columns} />);
    rerender(<VirtualTable label="Numbers" rows={[7]} columns={columns} />);
    expect(drawnRows().map((row) => row.textContent)).toEqual(['749']);
    rerender(<VirtualTable label="Numbers" rows={[]} columns={columns} />);
    expect(drawnRows()).toHaveLength(0);
  });
});

describe('a grid', () => {
  function renderGrid(cursor: number, onSort = vi.fn()) {
    const grid = { cursor, isSelected: (row: number) => row === 2, onClick: vi.fn(), onKeyDown: vi.fn() };
    const [number, square] = columns as [Column<number>, Column<number>];
    const sortable = [{ ...number, sorted: 'descending', onSort } as const, square];
    const table = <VirtualTable label="Numbers" rows={rowsOf(3)} columns={sortable} grid={grid} />;
    return { ...grid, onSort, ...render(table) };
  }

  it('exposes its active row and its selected rows', () => {
    renderGrid(1);
    const table = screen.getByRole('grid', { name: 'Numbers' });
    expect(table.tabIndex).toBe(0);
    const row = document.getElementById(String(table.getAttribute('aria-activedescendant')));
    expect(row?.textContent).toBe('24');
    expect(drawnRows().map((each) => each.getAttribute('aria-selected'))).toEqual(['false', 'true', 'false']);
  });

  it('exposes no active row if there is none', () => {
    renderGrid(-1);
    expect(screen.getByRole('grid').hasAttribute('aria-activedescendant')).toBe(false);
  });

  it('reports clicks and keys, and sorts by its headings', () => {
    const { onClick, onKeyDown, onSort } = renderGrid(0);
    fireEvent.click(drawnRows()[2] as HTMLElement);
    expect(onClick).toHaveBeenCalledWith(3, expect.anything());
    fireEvent.keyDown(screen.getByRole('grid'), { key: 'ArrowDown' });
    expect(onKeyDown).toHaveBeenCalledTimes(1);
    expect(screen.getByRole('columnheader', { name: 'Number' }).getAttribute('aria-sort')).toBe('descending');
    fireEvent.click(screen.getByRole('button', { name: 'Number' }));
    expect(onSort).toHaveBeenCalledTimes(1);
  });
});

describe('a treegrid', () => {
  it('exposes levels and expansion, and has rows of one cell', () => {
    const onClick = vi.fn();
    render(
      <VirtualTable
        label="Numbers"
        rows={[10, 1, 2]}
        columns={columns}
        fullWidthCell={(row) => (row === 10 ? 'All of them' : undefined)}
        grid={{
          cursor: 1,
          treePosition: (row) => (row === 10 ? { level: 1, open: true } : { level: 2 }),
          isCurrent: (row) => row === 2,
          onClick,
          onKeyDown: () => undefined,
        }}
      />,
    );
    const tree = screen.getByRole('treegrid', { name: 'Numbers' });
    expect(tree.hasAttribute('aria-multiselectable')).toBe(false);
    const [heading, first, second] = drawnRows();
    expect([heading?.cells.length, heading?.cells[0]?.colSpan]).toEqual([1, 2]);
    expect([heading, first].map((row) => row?.getAttribute('aria-level'))).toEqual(['1', '2']);
    expect([heading, first].map((row) => row?.getAttribute('aria-expanded'))).toEqual(['true', null]);
    expect(first?.hasAttribute('aria-selected')).toBe(false);
    expect([first?.className, second?.className]).toEqual(['cursor', 'chosen']);
    expect(second?.getAttribute('aria-current')).toBe('true');
    fireEvent.click(heading?.cells[0] as HTMLElement);
    expect(onClick.mock.calls[0]?.[0]).toBe(10);
  });

  it('scrolls to the initial active row once, even if the row becomes another object', () => {
    const scrollTo = vi.spyOn(Element.prototype, 'scrollTo');
    const rowsOf = () => Array.from({ length: 500 }, (_, id) => ({ id }));
    const table = () => (
      <VirtualTable
        label="Numbers"
        rows={rowsOf()}
        columns={[{ title: 'Number', width: 10, cell: ({ id }) => id }]}
        keyOf={({ id }) => id}
        grid={{ cursor: 400, onClick: () => undefined, onKeyDown: () => undefined }}
      />
    );
    const { rerender } = render(table());
    const calls = scrollTo.mock.calls.length;
    expect(calls).toBeGreaterThan(0);
    rerender(table());
    expect(scrollTo.mock.calls.length).toBe(calls);
    scrollTo.mockRestore();
  });
});
