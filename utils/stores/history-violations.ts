import { type HistoryEntry, timestampOf } from '../history/history-entry.ts';
import type { IntegrityViolation, RowViolation } from '../journal/hash-chain.ts';

export const NO_VIOLATIONS = {
  violationsBySequence: new Map<never, never>(),
  times: new Map<never, never>(),
};

/** The row that shows each break (for missing rows, the one after them), and when it and its neighbours were started. */
export function indexViolations(breaks: readonly IntegrityViolation[], lines: readonly HistoryEntry[]) {
  const violationsBySequence = new Map<number, RowViolation>();
  const neighbours = new Set<number>();
  for (const found of breaks) {
    if (found.kind === 'lost') continue;
    const row = found.kind === 'missing' ? found.to + 1 : found.row;
    violationsBySequence.set(row, found);
    neighbours.add(row);
    if (found.kind === 'missing') neighbours.add(found.from - 1);
  }
  const times = new Map<number, number>();
  for (const line of lines) {
    const { row } = line.record;
    const at = timestampOf(line);
    if (row !== undefined && at !== undefined && neighbours.has(row)) times.set(row, at);
  }
  return { violationsBySequence, times };
}
