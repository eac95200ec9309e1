import { isDay } from '../calendar-day.ts';
import type { GatewayFilters } from '../enkash/search.ts';
import type { SearchFilters } from './filters.ts';

const DAY_MS = 86_400_000;

/**
 * The filters that the gateway is asked to apply, as wide as it is asked to. Days are widened by one on either side,
 * since neither its zone nor whether its last day counts is published; a range of amounts can only be sent where it
 * is one amount. Text and use are not sent: text is looked for in several fields at once, and the gateway would want
 * it in each.
 */
export function sentFilters(filters: SearchFilters): SearchFilters {
  return widened(filters, 1);
}

/** What a code has to pass, or a filter was ignored: the gateway's days may begin half a day before ours, or after. */
export function expectedFilters(filters: SearchFilters): SearchFilters {
  return widened(filters, 2);
}

function widened(filters: SearchFilters, days: number): SearchFilters {
  const { status, createdFrom, createdTo, amountFrom, amountTo } = filters;
  const oneAmount = amountFrom !== undefined && amountTo !== undefined && +amountFrom === +amountTo;
  const [first, last] = [dayBeside(createdFrom, -days), dayBeside(createdTo, days)];
  return {
    ...(status === undefined ? {} : { status }),
    ...(first === undefined ? {} : { createdFrom: first }),
    ...(last === undefined ? {} : { createdTo: last }),
    ...(oneAmount ? { amountFrom, amountTo } : {}),
  };
}

/** The same under the gateway's names. */
export function gatewayFilters(filters: SearchFilters): GatewayFilters {
  const { status, createdFrom, createdTo, amountFrom } = sentFilters(filters);
  return {
    ...(status === undefined ? {} : { status }),
    ...(createdFrom === undefined ? {} : { fromDate: createdFrom }),
    ...(createdTo === undefined ? {} : { toDate: createdTo }),
    ...(amountFrom === undefined ? {} : { amount: Number(amountFrom) }),
  };
}

/** Nothing beside the first or the last day that can be written. */
function dayBeside(day: string | undefined, days: number): string | undefined {
  if (day === undefined) return undefined;
  const beside = new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
  return isDay(beside) ? beside : undefined;
}
