import type { FoundCode } from '../enkash/search.ts';
import { csvOf, tabbedRow } from './csv.ts';
import type { AccountNamed } from './gateway.ts';
import { usesText } from './qr-code.ts';

/** The columns of a search's results, for a code, as EnKash gave it, without anything of customers. */
export function foundCells(code: FoundCode, { name, environment }: AccountNamed) {
  return { ...cellsOf(code), account: name, environment };
}

/** The codes that were found. */
export function searchCsv(rows: readonly FoundCode[], account: AccountNamed): string {
  return csvOf(rows.map((row) => foundCells(row, account)));
}

/** One code as a row for a spreadsheet: id, name, amount, status, uses, reference, created; separated by tabs. */
export function rowText(code: FoundCode): string {
  return tabbedRow(Object.values(cellsOf(code)));
}

function cellsOf(code: FoundCode): Record<string, string | number> {
  const { qrCodeId, qrName, amount, status, referenceNumber, createdOn } = code;
  return {
    qrCodeId,
    name: qrName ?? '',
    amount: amount ?? '',
    status: status ?? '',
    uses: usesText(code) ?? '',
    reference: referenceNumber ?? '',
    created: createdOn ?? '',
  };
}
