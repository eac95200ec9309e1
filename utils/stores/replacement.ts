import { createStore } from 'zustand/vanilla';
import type { AppState } from '../messaging/protocol.ts';
import { createConfirmationSlice } from './replacement-confirmation.ts';
import { createEntrySlice } from './replacement-entry.ts';
import { createResultSlice } from './replacement-result.ts';
import type {
  ReplacementActions,
  ReplacementContext,
  ReplacementDeps,
  ReplacementState,
  ReplacementStore,
} from './replacement-state.ts';

/** Builds the store of a replacement. Only `confirm` sends a create request. */
export function createReplacementStore(deps: ReplacementDeps): ReplacementStore {
  const store = createStore<ReplacementState>(() => ({ replacement: undefined }));
  const context: ReplacementContext = {
    ...deps,
    get: () => store.getState().replacement,
    set(change) {
      const { replacement } = store.getState();
      if (replacement) store.setState({ replacement: { ...replacement, ...change } });
    },
    replace: (replacement) => store.setState({ replacement }),
  };
  const actions: ReplacementActions = {
    ...createEntrySlice(context),
    ...createConfirmationSlice(context),
    ...createResultSlice(context, () => close(context)),
    follow: (page) => follow(context, page),
    close: () => close(context),
  };
  return Object.assign(store, { actions });
}

function follow(context: ReplacementContext, page: AppState | undefined): void {
  const replacement = context.get();
  if (!replacement) return;
  const isOtherAccount = page?.currentAccountId !== replacement.account.id;
  if (!['form', 'asking'].includes(replacement.stage)) context.set({ elsewhere: isOtherAccount });
  else if (page?.vault.status !== 'open' || isOtherAccount) close(context);
}

/** Not while the request is being sent: its result must be shown. */
function close({ get, replace }: ReplacementContext): void {
  if (get()?.stage !== 'sending') replace(undefined);
}
