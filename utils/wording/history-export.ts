import type { HistoryEntry } from '../history/history-entry.ts';
import type { FullHistory } from '../history/history-follower.ts';
import type { Clock } from '../lib/clock.ts';
import { runInTimeSlices } from '../lib/time-slice.ts';
import { type CsvParts, csvOf } from './csv.ts';
import { historyCells } from './history-csv.ts';

export const CSV_FILE = 'qr-cancel-history.csv';
export const JSON_FILE = 'qr-cancel-history.json';

/** Lines of the history as CSV, in their order. In parts, so that the page stays responsive. */
export function historyCsv(lines: readonly HistoryEntry[], clock: Clock): Promise<CsvParts> {
  return csvOf(lines, historyCells, clock);
}

/**
 * The complete history as JSON, in parts: the journal's rows, oldest first, each with its hash, and both ends of the
 * chain. `docs/history.md` explains how to verify it.
 */
export async function historyJson(
  { ends, isHeadMissing, lines }: FullHistory,
  open: readonly HistoryEntry[],
  clock: Clock,
): Promise<string[]> {
  const { firstSequence, previousHash, row, hash } = ends;
  const head = {
    format: 'qr-cancel-history',
    version: 1,
    exportedAt: new Date(clock.now()).toISOString(),
    // If the head is missing, the ends come from the rows themselves and prove nothing.
    chain: isHeadMissing ? null : { first: firstSequence, before: previousHash, row, hash },
    open: open.map(({ record }) => record),
  };
  const parts = [`${JSON.stringify(head, undefined, 2).slice(0, -2)},\n  "rows": [`];
  await runInTimeSlices(lines.toReversed(), clock, (batch) => {
    const rows = batch.map(({ record }) => JSON.stringify(record)).join(',\n');
    parts.push(`${parts.length === 1 ? '' : ','}\n${rows}`);
  });
  return [...parts, '\n  ]\n}\n'];
}
