import type { AccountView } from '../messaging/protocol.ts';
import type { GatewayFailure } from '../model/gateway-result.ts';
import type { SearchFilters } from './filters.ts';
import type { SearchResults } from './result-collector.ts';

/** A search that is being made, or was. Pinned to the account and the filters it was begun with. */
export interface Found extends SearchResults {
  account: Pick<AccountView, 'id' | 'name' | 'environment'>;
  filters: SearchFilters;
  /** `stopped`: the operator stopped it, or (with `failure`) something was in the way. */
  state: 'searching' | 'done' | 'stopped';
  failure?: GatewayFailure | undefined;
  /** Epoch ms until which searching is held back at the gateway's request. */
  waitingUntil?: number | undefined;
}
