import { isDay } from '../lib/calendar-day.ts';
import { ENVIRONMENTS } from '../model/environment.ts';
import { HISTORY_OUTCOMES, type HistoryEntry } from './history-entry.ts';

export const ACTIONS = ['check', 'cancel', 'create', 'erase', 'lost'] as const;

/** The history's filters, by their names in the URL's query, which may also hold the search's filters. */
export const HISTORY_FILTER_NAMES = [
  'find',
  'outcome',
  'action',
  'environment',
  'account',
  'from',
  'to',
  'job',
] as const;
export type HistoryFilterName = (typeof HISTORY_FILTER_NAMES)[number];

/** Filters as typed; an empty one is not set. Days are `2026-11-22` in the computer's zone. */
export type HistoryFilters = { readonly [Name in HistoryFilterName]?: string };

const isOneOf = (values: readonly string[]) => (text: string) => values.includes(text);

const VALIDATORS: Record<HistoryFilterName, (text: string) => boolean> = {
  find: (text) => text.length <= 200,
  outcome: isOneOf(HISTORY_OUTCOMES),
  action: isOneOf(ACTIONS),
  environment: isOneOf(ENVIRONMENTS),
  account: (text) => text.length <= 200,
  from: isDay,
  to: isDay,
  job: (text) => /^[1-9]\d{0,14}$/.test(text),
};

/** The filters that are set and valid. */
export function validHistoryFilters(given: HistoryFilters): HistoryFilters {
  const set = HISTORY_FILTER_NAMES.map((name) => [name, given[name] ?? ''] as const);
  return Object.fromEntries(set.filter(([name, text]) => text.trim() !== '' && VALIDATORS[name](text)));
}

/** Whether the last day is before the first one, so that nothing matches. */
export function isEmptyRange(filters: HistoryFilters): boolean {
  const { from, to } = validHistoryFilters(filters);
  return from !== undefined && to !== undefined && to < from;
}

type Matches = (line: HistoryEntry) => boolean;

const MATCHERS: Record<HistoryFilterName, (wanted: string) => Matches> = {
  find: (wanted) => {
    const lower = wanted.trim().toLowerCase();
    return ({ text }) => text.includes(lower);
  },
  outcome: (wanted) => (line) => line.kind === 'attempt' && line.outcome === wanted,
  action: (wanted) => (line) => line.kind !== 'unreadable' && line.record.action === wanted,
  environment: (wanted) => (line) => line.kind === 'attempt' && line.record.environment === wanted,
  account: (wanted) => (line) => line.kind === 'attempt' && line.record.accountName === wanted,
  from: (wanted) => {
    const at = startOfDay(wanted);
    return (line) => line.kind !== 'unreadable' && line.record.at >= at;
  },
  to: (wanted) => {
    const at = startOfDay(wanted, 1);
    return (line) => line.kind !== 'unreadable' && line.record.at < at;
  },
  job: (wanted) => {
    const jobId = Number(wanted);
    return (line) => line.kind === 'attempt' && line.record.jobId === jobId;
  },
};

/** Creates a predicate for the lines that match every filter. */
export function createMatcher(filters: HistoryFilters): Matches {
  const set = validHistoryFilters(filters);
  const matchers = HISTORY_FILTER_NAMES.flatMap((name) => {
    const wanted = set[name];
    return wanted === undefined ? [] : [MATCHERS[name](wanted)];
  });
  return (line) => matchers.every((matches) => matches(line));
}

/** The start of a day in the computer's zone (epoch ms), plus `later` days. Not every day has 24 hours. */
export function startOfDay(day: string, later = 0): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later).getTime();
}
