import { describe, expect, it } from 'vitest';
import { type ColumnWidth, fitColumns } from './fit-columns.ts';

interface Named extends ColumnWidth {
  name: string;
}
const COLUMNS: Named[] = [
  { name: 'id', width: 10, min: 8 },
  { name: 'name', width: 12, min: 8, grows: true },
  { name: 'amount', width: 8, min: 6, givesWay: 2, folds: true },
  { name: 'reference', width: 8, givesWay: 1 },
  { name: 'status', width: 10, min: 6 },
];

const fitted = (available: number) =>
  fitColumns(COLUMNS, available).map(({ column, width, folded }) =>
    [column.name, width, ...folded.map(({ name }) => name)].join(' '),
  );

describe('columns in a width', () => {
  it('have their own width if there is room, and one takes the rest', () => {
    expect(fitted(60)).toEqual(['id 10', 'name ', 'amount 8', 'reference 8', 'status 10']);
  });

  it('become narrower before one gives way', () => {
    expect(fitted(36)).toEqual(['id 8', 'name ', 'amount 6', 'reference 8', 'status 6']);
    expect(fitted(42)).toEqual(['id 9', 'name ', 'amount 7', 'reference 8', 'status 8']);
  });

  it('give way in their order', () => {
    expect(fitted(35).map((column) => column.split(' ')[0])).toEqual(['id', 'name', 'amount', 'status']);
  });

  it('move their content into the column before, if they are to', () => {
    expect(fitted(27)).toEqual(['id 9', 'name  amount', 'status 8']);
  });

  it('never take more than the width', () => {
    for (let available = 5; available < 80; available += 0.5) {
      const all = fitColumns(COLUMNS, available);
      const used = all.reduce((total, { width, column }) => total + (width ?? column.min ?? 0), 0);
      expect(used).toBeLessThanOrEqual(available + 1e-9);
    }
  });

  it('keep the columns that always stay', () => {
    expect(fitted(11).map((column) => column.split(' ')[0])).toEqual(['id', 'name', 'status']);
  });
});
