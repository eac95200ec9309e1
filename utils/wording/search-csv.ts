import type { FoundCode } from '../enkash/search.ts';
import { csvOf, tabbedRow } from './csv.ts';
import type { AccountNamed } from './gateway.ts';
import { usesText } from './qr-code.ts';

/** The codes that were found, as EnKash gave them, without anything of customers. */
export function searchCsv(rows: readonly FoundCode[], { name, environment }: AccountNamed): string {
  return csvOf(rows.map((row) => ({ ...cellsOf(row), account: name, environment })));
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
