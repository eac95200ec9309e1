import type { SearchHit } from '../enkash/search.ts';
import type { Clock } from '../lib/clock.ts';
import type { AccountRef } from '../model/account.ts';
import { usageLabel } from './code-fields.ts';
import { type CsvParts, csvOf, toTsvRow } from './csv.ts';

/** The cells of a code that a search found, by column: EnKash's values, without customer data. */
export function foundCells(code: SearchHit, { name, environment }: AccountRef) {
  return { ...cellsOf(code), account: name, environment };
}

/** The results of a search as CSV, in parts. */
export function searchCsv(rows: readonly SearchHit[], account: AccountRef, clock: Clock): Promise<CsvParts> {
  return csvOf(rows, (row) => foundCells(row, account), clock);
}

/** A code as a tab-separated row: id, name, amount, status, uses, reference, created. */
export function rowText(code: SearchHit): string {
  return toTsvRow(Object.values(cellsOf(code)));
}

function cellsOf(code: SearchHit): Record<string, string | number> {
  const { qrCodeId, qrName, amount, status, referenceNumber, createdOn } = code;
  return {
    qrCodeId,
    name: qrName ?? '',
    amount: amount ?? '',
    status: status ?? '',
    uses: usageLabel(code) ?? '',
    reference: referenceNumber ?? '',
    created: createdOn ?? '',
  };
}
