import { getAccounts } from '../../../utils/accounts/account-store.ts';
import type { AccountRef } from '../../../utils/model/account.ts';
import { showPopup } from '../../../utils/navigation/open-page.ts';
import {
  type PendingCodeAction,
  postPendingAction,
  type TargetSurface,
} from '../../../utils/navigation/pending-action.ts';
import { readSettings, requiresConfirmation } from '../../../utils/settings/settings.ts';
import { cancelNotice } from '../../../utils/wording/notice.ts';
import { notify } from '../browser/notifications.ts';
import type { Services } from '../services.ts';

export async function loadCurrentAccount({
  accounts,
}: Pick<Services, 'accounts'>): Promise<AccountRef | undefined> {
  const { currentId } = await getAccounts();
  return currentId === null ? undefined : accounts.find(currentId);
}

/** The current account if it may cancel without a question now; else `undefined`. */
export async function accountForDirectCancel(services: Services): Promise<AccountRef | undefined> {
  const account = await loadCurrentAccount(services);
  // If the keys are locked, the action waits in the popup, which asks after unlocking.
  if ((await services.vault.state()).status !== 'open') return undefined;
  return account &&
    !requiresConfirmation(await readSettings(), await services.readPolicy(), account.environment)
    ? account
    : undefined;
}

/** Reads the code. Cancels it if it is ACTIVE, sends nothing more if it is CANCELLED already, and else opens the confirmation. */
export async function cancelWithoutConfirmation(
  { qrCodes }: Services,
  account: AccountRef,
  start: Pick<PendingCodeAction, 'qrCodeId' | 'startedBy'>,
  place: TargetSurface,
): Promise<void> {
  const { qrCodeId } = start;
  const read = await qrCodes.read(account, qrCodeId);
  const status = read.kind === 'answered' ? read.payload.status : undefined;
  if (status === 'CANCELLED')
    return notify(() => cancelNotice({ kind: 'already-cancelled' }, qrCodeId, account));
  if (status === 'ACTIVE') {
    await qrCodes.cancel(account, start);
    return;
  }
  // Without a known status, ask before cancelling.
  await postPendingAction(place, { action: 'cancel', ...start });
  if (place === 'popup') await showPopup();
}
