import { amountText, intervalText, limitText, outcomeText } from './figures.ts';
import type { Verdict } from './verdict.ts';

const HEADINGS = ['row', 'subject', 'peer', 'result [95 %]', 'limit', 'A/A [99 %]', 'verdict'];

/** The verdicts as a table for a terminal. */
export function reportOf(verdicts: readonly Verdict[]): string {
  const lines = [HEADINGS, ...verdicts.map(cellsOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  return lines
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** 1 if a row failed, 2 if none failed but one is void, otherwise 0. */
export function exitCodeOf(verdicts: readonly Verdict[]): number {
  if (verdicts.some(({ outcome }) => outcome === 'FAIL')) return 1;
  return verdicts.some(({ outcome }) => outcome === 'VOID') ? 2 : 0;
}

function cellsOf(verdict: Verdict): string[] {
  const { row, unit, of, against, interval, control, limit } = verdict;
  return [
    row,
    amountText(of, unit),
    amountText(against, unit),
    intervalText(interval),
    limitText(limit),
    intervalText(control),
    outcomeText(verdict),
  ];
}
