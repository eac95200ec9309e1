import {
  EMPTY_SELECTION,
  extendTo,
  move,
  moveCursor,
  type Selection,
  selectAll,
  toggle,
} from '../search/selection.ts';
import { nextSort, sortRows } from '../search/sort.ts';
import { searchCsv } from '../wording/search-csv.ts';
import type { SearchActions, SearchContext } from './search-state.ts';

type RowActions = Pick<
  SearchActions,
  'sortBy' | 'toggle' | 'extendTo' | 'move' | 'selectAll' | 'selectNone' | 'exportCsv' | 'exportExcel'
>;

/** The rows of the results: their order, the selection and the export. */
export function createRowsSlice(context: SearchContext): RowActions {
  const { get, set, clock, download } = context;
  return {
    sortBy(column) {
      const { found, selection } = get();
      const sort = nextSort(get().sort, column);
      const rows = sortRows(found?.rows ?? [], sort);
      set({ sort, rows, selection: moveCursor(selection, selection.cursor) });
    },
    toggle: (qrCodeId) => select(context, (selection) => toggle(selection, qrCodeId)),
    extendTo: (qrCodeId) => select(context, (selection, order) => extendTo(selection, order, qrCodeId)),
    move: (step, extend) => select(context, (selection, order) => move(selection, order, step, extend)),
    selectAll: () => select(context, selectAll),
    selectNone: () => set({ selection: EMPTY_SELECTION }),
    async exportCsv() {
      const { found, rows } = get();
      if (found) download('qr-codes.csv', 'text/csv', await searchCsv(rows, found.account, clock));
    },
    exportExcel: () => exportExcel(context),
  };
}

function select(
  { get, set }: SearchContext,
  change: (selection: Selection, order: readonly string[]) => Selection,
): void {
  const { selection, rows } = get();
  const order = rows.map(({ qrCodeId }) => qrCodeId);
  set({ selection: change(selection, order) });
}

async function exportExcel({ get, clock, download }: SearchContext): Promise<void> {
  const { found, rows } = get();
  if (!found) return;
  const { excelExports, XLSX_TYPE } = await import('../wording/excel-export.ts');
  download('qr-codes.xlsx', XLSX_TYPE, await excelExports.search(rows, found.account, clock));
}
