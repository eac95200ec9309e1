// @vitest-environment happy-dom
import { cleanup, render, screen, within } from '@testing-library/preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Column, VirtualTable } from './VirtualTable.tsx';

const COLUMNS: Column<number>[] = [
  { title: 'Number', width: 10, cell: (row) => row },
  { title: 'Name', width: 12, givesWay: 2, folds: true, cell: (row) => `number ${row}` },
  { title: 'Square', width: 10, grows: true, cell: (row) => row * row },
  { title: 'Cube', width: 10, givesWay: 1, cell: (row) => row ** 3 },
];

let width = 0;
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockImplementation(() => width);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function draw(px: number, columns = COLUMNS) {
  width = px;
  render(<VirtualTable label="Numbers" rows={[2]} columns={columns} />);
  const texts = (role: string) => screen.getAllByRole(role).map(({ textContent }) => textContent);
  return { headings: texts('columnheader'), cells: texts('cell') };
}

it('shows every column if there is room', () => {
  expect(draw(16 * 42)).toEqual({
    headings: ['Number', 'Name', 'Square', 'Cube'],
    cells: ['2', 'number 2', '4', '8'],
  });
});

it('leaves out the column that gives way first, and says that there are more', () => {
  expect(draw(16 * 41).headings).toEqual(['Number', 'Name', 'Square']);
  expect(screen.getByRole('table').getAttribute('aria-colcount')).toBe('4');
});

it('moves a column’s content into the one before', () => {
  expect(draw(16 * 20)).toEqual({ headings: ['Number', 'Square'], cells: ['2number 2', '4'] });
  const [, square] = within(screen.getByRole('table')).getAllByRole('columnheader');
  expect(square?.getAttribute('aria-colindex')).toBe('3');
});

it('keeps the column by which it is sorted', () => {
  const sorted = COLUMNS.map((column) =>
    column.title === 'Cube' ? { ...column, sorted: 'ascending' as const } : column,
  );
  expect(draw(16 * 30, sorted).headings).toEqual(['Number', 'Square', 'Cube']);
});
