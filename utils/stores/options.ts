import { createStore } from 'zustand/vanilla';
import { t } from '../i18n/i18n.ts';
import type { AppState } from '../messaging/protocol.ts';
import { createAccountActions } from './account-actions.ts';
import { createAccountFormSlice } from './options-account.ts';
import { createConfirmationSlice } from './options-confirmation.ts';
import { createHistorySlice } from './options-history.ts';
import { createProtectionSlice } from './options-protection.ts';
import {
  EMPTY_DRAFT,
  NOTHING_CHECKED,
  type OptionsActions,
  type OptionsContext,
  type OptionsDeps,
  type OptionsState,
  type OptionsStore,
  type SettingsChange,
} from './options-state.ts';
import { failure } from './options-tasks.ts';

const INITIAL_STATE: OptionsState = {
  page: undefined,
  loadFailed: false,
  draft: EMPTY_DRAFT,
  problems: [],
  busy: undefined,
  ...NOTHING_CHECKED,
  report: undefined,
  confirmation: undefined,
};

/** Builds the settings page's store: its state and its actions. */
export function createOptionsStore(deps: OptionsDeps): OptionsStore {
  const store = createStore<OptionsState>(() => INITIAL_STATE);
  const load = () => loadPage(context);
  const context: OptionsContext = { ...deps, get: store.getState, set: store.setState, load };
  const actions: OptionsActions = {
    ...createAccountActions(deps.send, load),
    ...createAccountFormSlice(context),
    ...createProtectionSlice(context),
    ...createHistorySlice(context),
    ...createConfirmationSlice(context),
    load,
    updateSettings: (change) => updateSettings(context, change),
  };
  return Object.assign(store, { actions });
}

async function loadPage({ send, set }: OptionsContext): Promise<void> {
  let page: AppState;
  try {
    page = await send('getAppState', {});
  } catch {
    return set({ loadFailed: true });
  }
  set({ page, loadFailed: false });
  // A lock clears the keys in the draft.
  if (page.vault.status === 'locked') set({ draft: EMPTY_DRAFT, ...NOTHING_CHECKED });
}

async function updateSettings({ send, set, load }: OptionsContext, change: SettingsChange): Promise<void> {
  // The last report is in the language before.
  if (change.language) set({ report: undefined });
  try {
    await send('updateSettings', change);
  } catch {
    set({ report: failure([], t('notSaved', t('noAnswerFromBackground'))) });
  }
  await load();
}
