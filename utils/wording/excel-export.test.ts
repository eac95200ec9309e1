import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { CANCELLED, idOf, jobOf, REJECTED, reviewOf } from '../../tests/fixtures/bulk.ts';
import { textOfFile } from '../../tests/support/text-of-file.ts';
import { systemClock } from '../lib/clock.ts';
import { readListFile } from '../qr-code-id/read-file.ts';
import { resultsCsv, reviewCsv } from './bulk-csv.ts';
import { excelExports } from './excel-export.ts';
import { searchCsv } from './search-csv.ts';

const ACCOUNT = { id: 'a1', name: 'Chandni Chowk', environment: 'UAT' } as const;

async function rowsOf(parts: Uint8Array<ArrayBuffer>[]) {
  const file = await readListFile(new File(parts, 'export.xlsx'), systemClock);
  if (file.kind !== 'spreadsheet') throw new Error(JSON.stringify(file));
  const { rows } = await file.spreadsheet.read(0);
  return rows.map(({ cells }) => cells);
}
const textsOf = (rows: Awaited<ReturnType<typeof rowsOf>>) =>
  rows.map((cells) => cells.map((cell) => cell?.text ?? ''));
/** The rows of a CSV without its byte order mark and the empty cells at the ends of rows, which a workbook leaves out. */
const csvRows = (parts: readonly Uint8Array[]) =>
  Papa.parse<string[]>(textOfFile(parts).slice(1)).data.map((row) => {
    const last = row.findLastIndex((cell) => cell !== '');
    return row.slice(0, last + 1);
  });

describe('an export to Excel', () => {
  it('has the same rows of a review as the CSV', async () => {
    const review = reviewOf([
      { kind: 'to-cancel' },
      { kind: 'duplicate', firstLine: 'a.csv:1' },
      { kind: 'not-found' },
    ]);
    const rows = await rowsOf(await excelExports.review(review, systemClock));
    expect(textsOf(rows)).toEqual(csvRows(await reviewCsv(review, systemClock)));
  });

  it('has the same results of a job as the CSV, with ids as texts', async () => {
    const view = jobOf([CANCELLED, REJECTED], { kind: 'finished' });
    const rows = await rowsOf(await excelExports.results(view, systemClock));
    expect(textsOf(rows)).toEqual(csvRows(await resultsCsv(view, systemClock)));
    expect(rows[1]?.[1]).toEqual({ text: idOf(1), kind: 'text' });
  });

  it('has the results of a search, with amounts as numbers if a spreadsheet stores them exactly', async () => {
    const found = [500, '1200.50', '12345678901234567', 'free'].map((amount, index) => ({
      qrCodeId: `0${index}`,
      amount,
    }));
    const rows = await rowsOf(await excelExports.search(found, ACCOUNT, systemClock));
    expect(rows.slice(1).map((cells) => [cells[0], cells[2]])).toEqual([
      [
        { text: '00', kind: 'text' },
        { text: '500', kind: 'number' },
      ],
      [
        { text: '01', kind: 'text' },
        { text: '1200.5', kind: 'number' },
      ],
      [
        { text: '02', kind: 'text' },
        { text: '12345678901234567', kind: 'text' },
      ],
      [
        { text: '03', kind: 'text' },
        { text: 'free', kind: 'text' },
      ],
    ]);
    expect(textsOf(rows)[0]).toEqual(csvRows(await searchCsv(found, ACCOUNT, systemClock))[0]);
  });
});
