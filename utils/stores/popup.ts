import { createStore } from 'zustand/vanilla';
import type { Send } from '../messaging/protocol.ts';
import type { PendingAction } from '../navigation/pending-action.ts';
import { createAccountActions } from './account-actions.ts';
import { isReady } from './current-account.ts';
import { isCountdown } from './planned-state.ts';
import { createEntrySlice } from './popup-entry.ts';
import { createPageSlice } from './popup-page.ts';
import {
  EMPTY_RESULT,
  type PopupActions,
  type PopupContext,
  type PopupState,
  type PopupStore,
  type RequestActions,
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

/**
 * The actions whose code is loaded once the page is ready, or earlier if one is used: the popup is drawn without it. If the
 * text or the account has changed while it was loaded, the action was meant for the earlier one and does nothing.
 */
function createRequestActions(
  { get }: PopupContext,
  importRequests: () => Promise<RequestActions>,
): RequestActions {
  let loaded: RequestActions | undefined;
  let loading: Promise<RequestActions> | undefined;
  const load = () => {
    loading ??= importRequests().then((requests) => {
      loaded = requests;
      return requests;
    });
    return loading;
  };
  const subject = () => JSON.stringify([get().text, get().page?.currentAccountId]);
  const run = async (action: (requests: RequestActions) => Promise<void>): Promise<void> => {
    if (loaded) return action(loaded);
    const meant = subject();
    const requests = await load();
    if (subject() === meant) await action(requests);
  };
  return {
    check: () => run((requests) => requests.check()),
    checkId: (qrCodeId) => run((requests) => requests.checkId(qrCodeId)),
    review: () => run((requests) => requests.review()),
    requestCancel: (isLater) => run((requests) => requests.requestCancel(isLater)),
    confirmCancel: (reason, start) => run((requests) => requests.confirmCancel(reason, start)),
    scanPage: (image) => run((requests) => requests.scanPage(image)),
    async consumePendingAction() {
      const requests = await load();
      // The keys were locked meanwhile: the action waits for the unlock.
      if (isReady(get().page)) await requests.consumePendingAction();
    },
  };
}

const INITIAL_STATE: PopupState = {
  ...EMPTY_RESULT,
  page: undefined,
  loadFailed: false,
  isIncomplete: false,
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
    ...createRequestActions(context, () =>
      import('./popup-requests.ts').then(({ createRequestSlices }) => createRequestSlices(context, actions)),
    ),
    dismissDialog: () => context.set({ dialog: undefined }),
    setWaits: (retryAtByCode) => context.set({ retryAtByCode }),
  };
  store.subscribe(({ page, find, about }, before) => {
    find?.actions.syncAccount(page);
    if (about !== before.about) followPlanned(context);
  });
  return Object.assign(store, { actions });
}
