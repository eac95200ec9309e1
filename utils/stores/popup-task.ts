import { memoizeByLocale } from '../i18n/i18n.ts';
import type { AccountView } from '../messaging/protocol.ts';
import { currentAccount, isReady } from './current-account.ts';
import { loadRecent } from './popup-page.ts';
import { noResponseReport } from './popup-results.ts';
import type { PopupContext, PopupState } from './popup-state.ts';

/**
 * Runs a task for an account, one at a time, and shows its result. If the account is no longer current or the vault was
 * locked, the result is dropped: nothing is shown under an account that it does not belong to.
 */
export async function runForAccount(
  context: PopupContext,
  busy: NonNullable<PopupState['busy']>,
  task: (account: AccountView) => Promise<Partial<PopupState>>,
  account = currentAccount(context.get().page),
): Promise<void> {
  const { get, set } = context;
  if (!account || get().busy) return;
  set({ busy });
  const result = await task(account).catch(() => ({ report: memoizeByLocale(noResponseReport) }));
  // Close the dialog as soon as the result arrives, so that it cannot be confirmed twice.
  set({ dialog: undefined, ...(isCurrentAndReady(context, account) && result), busy: undefined });
  // The result stands even if the list of recent codes cannot be loaded.
  await loadRecent(context).catch(() => undefined);
}

/** Whether this is the current account and its keys are available. */
export function isCurrentAndReady({ get }: PopupContext, { id }: AccountView): boolean {
  const { page } = get();
  return isReady(page) && page?.currentAccountId === id;
}
