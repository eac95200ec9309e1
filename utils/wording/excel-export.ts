import type { JobView } from '../bulk/job-view.ts';
import type { SearchHit } from '../enkash/search.ts';
import type { HistoryEntry } from '../history/history-entry.ts';
import type { Clock } from '../lib/clock.ts';
import type { AccountRef } from '../model/account.ts';
import type { Review } from '../review/review.ts';
import { resultCells, reviewCells } from './bulk-csv.ts';
import { historyCells } from './history-csv.ts';
import { foundCells } from './search-csv.ts';
import { type Row, xlsxOf } from './xlsx.ts';

/** The media type of an Excel workbook. */
export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The CSV exports as Excel workbooks, in parts. Import this module on demand: it includes a ZIP library. */
export const excelExports = {
  review: (review: Review, clock: Clock) =>
    xlsxOf('Review', review.lines, (line) => withAmount(reviewCells(line, review)), clock),
  results: ({ job, items }: Pick<JobView, 'job' | 'items'>, clock: Clock) =>
    xlsxOf('Results', items, (item) => withAmount(resultCells(item, job)), clock),
  search: (rows: readonly SearchHit[], account: AccountRef, clock: Clock) =>
    xlsxOf('QR codes', rows, (row) => withAmount(foundCells(row, account)), clock),
  history: (lines: readonly HistoryEntry[], clock: Clock) =>
    xlsxOf('History', lines, (line) => withAmount(historyCells(line)), clock),
};

/** A decimal number that a spreadsheet stores exactly. */
const PLAIN_AMOUNT = /^-?\d{1,12}(?:\.\d{1,2})?$/;

/** Converts an amount that EnKash gives as a text to a number, so that a spreadsheet can add it up. */
function withAmount(row: Row): Row {
  const { amount } = row;
  return typeof amount === 'string' && PLAIN_AMOUNT.test(amount) ? { ...row, amount: Number(amount) } : row;
}
