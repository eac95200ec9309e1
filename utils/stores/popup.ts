import { createStore } from 'zustand/vanilla';
import type { Send } from '../messaging/protocol.ts';
import type { PendingAction } from '../navigation/pending-action.ts';
import { createAccountActions } from './account-actions.ts';
import { isReady } from './current-account.ts';
import { isCountdown } from './planned-state.ts';
import { createCancelSlice } from './popup-cancel.ts';
import { createEntrySlice, runPendingAction } from './popup-entry.ts';
import { createPageSlice } from './popup-page.ts';
import { createScanSlice } from './popup-scan.ts';
import {
  EMPTY_RESULT,
  type PopupActions,
  type PopupContext,
  type PopupState,
  type PopupStore,
} from './popup-state.ts';

/** Loaded with the first result: the popup is drawn without it. */
function followPlanned(context: PopupContext): void {
  // Another code on screen must not hide the button that stops a countdown.
  if (hasCountdown(context.get())) return;
  context.set({ planned: undefined });
  void import('./popup-planned.ts').then((planned) => planned.followPlanned(context));
}

function hasCountdown({ planned, page }: PopupState): boolean {
  const jobs = planned?.store.getState().jobs ?? [];
  return isReady(page) && jobs.some((job) => isCountdown(job) && job.account.id === page?.currentAccountId);
}

const INITIAL_STATE: PopupState = {
  ...EMPTY_RESULT,
  page: undefined,
  loadFailed: false,
  text: '',
  accepted: undefined,
  partOf: undefined,
  note: undefined,
  startedBy: 'popup',
  busy: undefined,
  dialog: undefined,
  recent: [],
  retryAtByCode: {},
  find: undefined,
  planned: undefined,
};

/** Builds the popup's store: its state and its actions. */
export function createPopupStore(
  send: Send,
  consumePendingAction: () => Promise<PendingAction | null> = () =>
    send('consumePendingAction', { page: 'popup' }),
): PopupStore {
  const store = createStore<PopupState>(() => INITIAL_STATE);
  const context: PopupContext = { send, consumePendingAction, get: store.getState, set: store.setState };
  const actions: PopupActions = {
    ...createAccountActions(send, () => {
      context.set(EMPTY_RESULT);
      return actions.load();
    }),
    ...createPageSlice(context, () => actions.consumePendingAction()),
    ...createEntrySlice(context),
    ...createCancelSlice(context),
    ...createScanSlice(context, (qrCodeId) => actions.checkId(qrCodeId)),
    consumePendingAction: () => runPendingAction(context, actions),
  };
  store.subscribe(({ page, find, about }, before) => {
    find?.actions.syncAccount(page);
    if (about !== before.about) followPlanned(context);
  });
  return Object.assign(store, { actions });
}
