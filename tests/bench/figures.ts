import type { Interval } from './stats.ts';
import type { Limit, Verdict } from './verdict.ts';

/** A number as a person reads it: whole numbers as they are, others with three digits. */
export function rounded(value: number): string {
  if (Number.isInteger(value)) return String(value);
  const size = Math.abs(value);
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
  return value.toFixed(digits);
}

/** A median with its unit; empty without a value. */
export function amountText(value: number | undefined, unit = ''): string {
  return value === undefined ? '' : `${rounded(value)} ${unit}`.trimEnd();
}

export function limitText(limit: Limit | undefined): string {
  if (!limit) return '';
  return 'atLeast' in limit ? `≥ ${limit.atLeast}` : `≤ ${limit.atMost}`;
}

/** An estimate with its interval in brackets; empty without one. */
export function intervalText(interval: Interval | undefined): string {
  if (!interval) return '';
  const { value, low, high } = interval;
  return `${rounded(value)} [${rounded(low)}, ${rounded(high)}]`;
}

/** The outcome, with its reason unless the row only informs. */
export function outcomeText({ outcome, reason }: Pick<Verdict, 'outcome' | 'reason'>): string {
  return reason && outcome !== 'told' ? `${outcome}: ${reason}` : outcome;
}
