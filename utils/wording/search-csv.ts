import type { SearchHit } from '../enkash/search.ts';
import type { AccountRef } from '../model/account.ts';
import { toCsv, toTsvRow } from './csv.ts';
import { usageLabel } from './qr-code.ts';

/** The columns of a search's results, for a code, as EnKash gave it, without anything of customers. */
export function foundCells(code: SearchHit, { name, environment }: AccountRef) {
  return { ...cellsOf(code), account: name, environment };
}

/** The codes that were found. */
export function searchCsv(rows: readonly SearchHit[], account: AccountRef): string {
  return toCsv(rows.map((row) => foundCells(row, account)));
}

/** One code as a row for a spreadsheet: id, name, amount, status, uses, reference, created; separated by tabs. */
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
