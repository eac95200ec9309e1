import type { FullHistory } from '../history/history-follower.ts';
import { CSV_FILE, historyCsv, historyJson, JSON_FILE } from '../wording/history-export.ts';
import { matchingLines } from './history-lines.ts';
import type { HistoryActions, HistoryContext, HistoryState } from './history-state.ts';

/** The exports: CSV and Excel hold the lines that pass the filters, JSON everything. */
export function createExportSlice(
  context: HistoryContext,
  readAll: () => Promise<FullHistory | undefined>,
): Pick<HistoryActions, 'exportCsv' | 'exportExcel' | 'exportJson'> {
  const { index, clock, download } = context;
  return {
    exportCsv: () =>
      runExport(context, 'csv', async () => {
        // Rows that are not read yet may match too.
        if (!(await readAll())) return;
        download(CSV_FILE, 'text/csv', await historyCsv(matchingLines(context), clock));
      }),
    exportExcel: () =>
      runExport(context, 'excel', async () => {
        if (!(await readAll())) return;
        const { excelExports, XLSX_TYPE } = await import('../wording/excel-export.ts');
        const file = await excelExports.history(matchingLines(context), clock);
        download('qr-cancel-history.xlsx', XLSX_TYPE, file);
      }),
    exportJson: () =>
      runExport(context, 'json', async () => {
        const history = await readAll();
        if (!history) return;
        download(JSON_FILE, 'application/json', await historyJson(history, index.open, clock));
      }),
  };
}

async function runExport(
  { get, set }: HistoryContext,
  exporting: HistoryState['exporting'],
  task: () => Promise<void>,
): Promise<void> {
  if (get().exporting) return;
  set({ exporting });
  try {
    await task();
  } finally {
    set({ exporting: undefined });
  }
}
