import type { Interval } from './stats.ts';
import type { Limit, Verdict } from './verdict.ts';

const HEADINGS = ['row', 'subject', 'peer', 'ratio [95 %]', 'limit', 'A/A [99 %]', 'verdict'];

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

function cellsOf({
  row,
  outcome,
  reason,
  unit = '',
  of,
  against,
  interval,
  control,
  limit,
}: Verdict): string[] {
  const amount = (value?: number) => (value === undefined ? '' : `${rounded(value)} ${unit}`);
  return [
    row,
    amount(of),
    amount(against),
    interval ? intervalText(interval) : '',
    limit ? limitText(limit) : '',
    control ? intervalText(control) : '',
    reason && outcome !== 'told' ? `${outcome}: ${reason}` : outcome,
  ];
}

function limitText(limit: Limit): string {
  return 'atLeast' in limit ? `≥ ${limit.atLeast}` : `≤ ${limit.atMost}`;
}

function intervalText({ value, low, high }: Interval): string {
  return `${rounded(value)} [${rounded(low)}, ${rounded(high)}]`;
}

/** Three significant digits. */
function rounded(value: number): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return value.toFixed(digits);
}
