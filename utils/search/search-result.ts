import type { AccountRef } from '../model/account.ts';
import type { GatewayFailure } from '../model/gateway-result.ts';
import type { SearchFilters } from './filters.ts';
import type { SearchResults } from './result-collector.ts';

/** A search that is running or has ended. It keeps the account and the filters that it was started with. */
export interface Found extends SearchResults {
  account: AccountRef;
  filters: SearchFilters;
  /** `stopped`: the operator stopped it or, if `failure` is set, a failure did. */
  state: 'searching' | 'done' | 'stopped';
  failure?: GatewayFailure | undefined;
  /** Epoch ms until which the search pauses at the gateway's request. */
  waitingUntil?: number | undefined;
}
