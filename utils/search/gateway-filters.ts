import { FIELDS, type FilterFields, type GatewayFilters } from '../enkash/search.ts';
import { isDay } from '../lib/calendar-day.ts';
import type { FilterName, SearchFilters } from './filters.ts';

const DAY_MS = 86_400_000;

/** A filter that can be sent to the gateway. It has one field or two. */
type SentFilter = keyof typeof FIELDS;
const SENT_FILTERS = Object.keys(FIELDS) as SentFilter[];

/** The filter fields of this extension for each sent filter. */
const OURS: Readonly<Record<SentFilter, readonly FilterName[]>> = {
  status: ['status'],
  created: ['createdFrom', 'createdTo'],
  amount: ['amountFrom', 'amountTo'],
};

/** How each filter is sent: the index of its names in `FIELDS`, or `none` after the gateway refused them. */
export type FilterWays = Readonly<
  Record<SentFilter, { way: number | 'none' /** Whether a second way was tried. */; changed: boolean }>
>;

/** How filters are sent at first. */
export const FIRST_WAYS: FilterWays = {
  status: { way: 0, changed: false },
  created: { way: 0, changed: false },
  amount: { way: 0, changed: false },
};

/**
 * The filters to send. Days are widened by one on either side, because EnKash publishes neither the gateway's zone nor
 * whether the last day counts. Amounts are widened by a rupee, because the gateway may exclude the ends of a range. Text
 * and use are not sent. The text may stand in any of several fields, but the gateway would require it in all of them.
 */
export function requestFilters(filters: SearchFilters, ways: FilterWays = FIRST_WAYS): SearchFilters {
  return widenDates(filters, ways, 1);
}

/**
 * The filters that show whether the gateway ignored one: a code that does not pass them should not have come. They are
 * wider by one more day, because the gateway's days may begin half a day before or after this computer's.
 */
export function expectedFilters(filters: SearchFilters, ways: FilterWays = FIRST_WAYS): SearchFilters {
  return widenDates(filters, ways, 2);
}

function widenDates(filters: SearchFilters, ways: FilterWays, days: number): SearchFilters {
  const { status, createdFrom, createdTo, amountFrom, amountTo } = filters;
  const wide: Record<SentFilter, SearchFilters> = {
    status: withoutUnset({ status }),
    created: withoutUnset({
      createdFrom: shiftDay(createdFrom, -days),
      createdTo: shiftDay(createdTo, days),
    }),
    amount: isValue(fieldsOf('amount', ways))
      ? oneAmount(filters)
      : withoutUnset({ amountFrom: below(amountFrom), amountTo: above(amountTo) }),
  };
  return Object.assign({}, ...SENT_FILTERS.map((name) => (fieldsOf(name, ways) ? wide[name] : {})));
}

/** The filters to send, with the gateway's names. */
export function gatewayFilters(filters: SearchFilters, ways: FilterWays = FIRST_WAYS): GatewayFilters {
  const sent = requestFilters(filters, ways);
  const named: Record<string, string | number> = {};
  for (const name of SENT_FILTERS) {
    const fields = fieldsOf(name, ways);
    if (!fields) continue;
    const values = OURS[name].map((field) => sent[field]);
    const names = isValue(fields) ? [fields.value] : [fields.from, fields.to];
    for (const [end, field] of names.entries()) {
      const text = values[end];
      if (text !== undefined) named[field] = name === 'amount' ? Number(text) : text;
    }
  }
  return named;
}

/** The ways to try after the gateway ignored some filters; nothing if each of them was tried another way. */
export function waysAfterIgnoring(
  filters: SearchFilters,
  ways: FilterWays,
  ignored: readonly FilterName[],
): FilterWays | undefined {
  return withOtherWays(filters, ways, (name) => OURS[name].some((field) => ignored.includes(field)));
}

/** The ways to try after the gateway refused a search: other names, then fewer filters; nothing if no filter is left. */
export function waysAfterRefusal(filters: SearchFilters, ways: FilterWays): FilterWays | undefined {
  const others = withOtherWays(filters, ways, () => true);
  if (others) return others;
  const isSent = (name: SentFilter) => isSentIn(gatewayFilters(filters, ways), name, ways);
  const left = SENT_FILTERS.filter(isSent);
  // The gateway most likely knows the status, so that filter is dropped last.
  const dropped = left.filter((name) => name !== 'status');
  return left.length > 0 ? without(ways, dropped.length > 0 ? dropped : left) : undefined;
}

/** The filters that are set and no longer sent, because the gateway refused them. */
export function refusedFilters(filters: SearchFilters, ways: FilterWays): FilterName[] {
  return SENT_FILTERS.filter((name) => ways[name].way === 'none')
    .flatMap((name) => OURS[name])
    .filter((field) => filters[field] !== undefined);
}

function withOtherWays(
  filters: SearchFilters,
  ways: FilterWays,
  isMeant: (name: SentFilter) => boolean,
): FilterWays | undefined {
  const changed: Partial<Record<SentFilter, FilterWays[SentFilter]>> = {};
  for (const name of SENT_FILTERS) {
    const { way, changed: wasChanged } = ways[name];
    if (wasChanged || way === 'none' || !isMeant(name)) continue;
    const other: FilterWays = { ...ways, [name]: { way: way + 1, changed: true } };
    if (isSentIn(gatewayFilters(filters, other), name, other)) changed[name] = other[name];
  }
  return Object.keys(changed).length > 0 ? { ...ways, ...changed } : undefined;
}

function without(ways: FilterWays, names: readonly SentFilter[]): FilterWays {
  return { ...ways, ...Object.fromEntries(names.map((name) => [name, { way: 'none', changed: true }])) };
}

function isSentIn(sent: GatewayFilters, name: SentFilter, ways: FilterWays): boolean {
  const fields = fieldsOf(name, ways);
  return fields !== undefined && Object.values(fields).some((field) => field in sent);
}

function fieldsOf(name: SentFilter, ways: FilterWays): FilterFields | undefined {
  const { way } = ways[name];
  return way === 'none' ? undefined : FIELDS[name][way];
}

function isValue(fields: FilterFields | undefined): fields is { value: keyof GatewayFilters } {
  return fields !== undefined && 'value' in fields;
}

function oneAmount({ amountFrom, amountTo }: SearchFilters): SearchFilters {
  const isOne = amountFrom !== undefined && amountTo !== undefined && +amountFrom === +amountTo;
  return isOne ? { amountFrom, amountTo } : {};
}

/** `undefined` below 0, because a range that excludes its end would exclude 0. */
function below(amount: string | undefined): string | undefined {
  const lower = amount === undefined ? -1 : Math.floor(Number(amount)) - 1;
  return lower < 0 ? undefined : String(lower);
}

function above(amount: string | undefined): string | undefined {
  return amount === undefined ? undefined : String(Math.ceil(Number(amount)) + 1);
}

/** `undefined` if the result has no four-digit year. */
function shiftDay(day: string | undefined, days: number): string | undefined {
  if (day === undefined) return undefined;
  const beside = new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
  return isDay(beside) ? beside : undefined;
}

function withoutUnset(filters: { readonly [Name in FilterName]?: string | undefined }): SearchFilters {
  return Object.fromEntries(Object.entries(filters).filter(([, text]) => text !== undefined));
}
