import type { AppState } from '../messaging/protocol.ts';
import type { Attempt } from '../model/attempt.ts';
import { isReady } from './current-account.ts';
import { EMPTY_RESULT, type PopupActions, type PopupContext } from './popup-state.ts';

/** Attempts of an account that are searched for its latest codes. */
const RECENT_SCAN_LIMIT = 40;
const RECENT_SHOWN = 5;

/** The page's accounts, settings and lock, and the recent codes. `onReady` runs if the load has made the page ready. */
export function createPageSlice(
  context: PopupContext,
  onReady: () => Promise<void>,
): Pick<PopupActions, 'load' | 'loadRecent'> {
  return {
    load: () => loadPage(context, onReady),
    loadRecent: () => loadRecent(context),
  };
}

async function loadPage(context: PopupContext, onReady: () => Promise<void>): Promise<void> {
  const { send, get, set } = context;
  const wasReady = isReady(get().page);
  let page: AppState;
  try {
    page = await send('getAppState', {});
  } catch {
    return set({ loadFailed: true });
  }
  const before = get().page;
  set({ page, loadFailed: false });
  // The result belongs to the other account. An open dialog names its own account, and stays.
  if (before && before.currentAccountId !== page.currentAccountId) set({ ...EMPTY_RESULT, recent: [] });
  // A lock closes the dialog: the code may have changed by the time of the unlock.
  if (page.vault.status !== 'open') return set({ ...EMPTY_RESULT, dialog: undefined });
  if (!isReady(page)) return;
  await loadRecent(context);
  // Only a page that has just opened, or was just unlocked, takes the pending action.
  if (!wasReady) await onReady();
}

/** Loads the recent codes of the current account. */
export async function loadRecent({ send, get, set }: PopupContext): Promise<void> {
  const accountId = get().page?.currentAccountId;
  if (!accountId) return;
  const attempts = await send('getRecentAttempts', { accountId, limit: RECENT_SCAN_LIMIT });
  // The current account may have changed in the meantime.
  if (get().page?.currentAccountId === accountId)
    set({ recent: latestPerCode(attempts).slice(0, RECENT_SHOWN) });
}

function latestPerCode(attempts: readonly Attempt[]): Attempt[] {
  const seen = new Set<string>();
  // A create without an id names no code that could be checked.
  return attempts.filter(({ qrCodeId }) => qrCodeId !== '' && !seen.has(qrCodeId) && seen.add(qrCodeId));
}
