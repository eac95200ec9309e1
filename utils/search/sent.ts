import type { GatewayFilters } from '../enkash/search.ts';
import type { SearchFilters } from './filters.ts';

const DAY_MS = 86_400_000;

/**
 * The filters that the gateway is asked to apply, as wide as it is asked to. Days are widened by one on either side,
 * since neither its zone nor whether its last day counts is published; a range of amounts can only be sent where it
 * is one amount. Text and use are not sent: text is looked for in several fields at once, and the gateway would want
 * it in each.
 */
export function sentFilters({ status, createdFrom, createdTo, amountFrom, amountTo }: SearchFilters) {
  const oneAmount = amountFrom !== undefined && amountTo !== undefined && +amountFrom === +amountTo;
  return {
    ...(status === undefined ? {} : { status }),
    ...(createdFrom === undefined ? {} : { createdFrom: dayBeside(createdFrom, -1) }),
    ...(createdTo === undefined ? {} : { createdTo: dayBeside(createdTo, 1) }),
    ...(oneAmount ? { amountFrom, amountTo } : {}),
  } satisfies SearchFilters;
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

function dayBeside(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}
