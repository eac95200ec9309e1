import { getAccounts } from '../../../utils/accounts/account-store.ts';
import type { QrCode } from '../../../utils/enkash/qr-code.ts';
import type { AccountRef } from '../../../utils/model/account.ts';
import { pickSummary } from '../../../utils/model/attempt.ts';
import {
  type PendingCodeAction,
  postPendingAction,
  type TargetSurface,
} from '../../../utils/navigation/pending-action.ts';
import { readSettings, requiresConfirmation } from '../../../utils/settings/settings.ts';
import { cancelNotice } from '../../../utils/wording/notice.ts';
import { notify } from '../browser/show-notification.ts';
import { startJob } from '../messages/start-job.ts';
import type { Services } from '../services.ts';

/** The wait if the operator has chosen none for lists. */
const LEAST_WAIT_SECONDS = 10;

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

/**
 * Reads the code. If it is ACTIVE, plans a cancel that starts after a countdown, which the page shows. If it is CANCELLED
 * already, only tells so. Else opens the confirmation. Returns whether a page has something to show.
 */
export async function cancelWithoutConfirmation(
  services: Services,
  account: AccountRef,
  start: Pick<PendingCodeAction, 'qrCodeId' | 'startedBy'>,
  place: TargetSurface,
): Promise<boolean> {
  const { qrCodeId } = start;
  const read = await services.qrCodes.read(account, qrCodeId);
  const code = read.kind === 'answered' ? read.payload : undefined;
  if (code?.status === 'CANCELLED') {
    await notify(() => cancelNotice({ kind: 'already-cancelled' }, qrCodeId, account));
    return false;
  }
  const isCounting = code?.status === 'ACTIVE' && (await startCountdown(services, account, start, code));
  // Without a known status, or a countdown, ask before cancelling.
  await postPendingAction(
    place,
    isCounting ? { action: 'countdown', ...start } : { action: 'cancel', ...start },
  );
  return true;
}

/** A cancel without a confirmation always waits, so that the operator can stop it. Returns whether it was planned. */
async function startCountdown(
  services: Services,
  { id: accountId }: AccountRef,
  { qrCodeId, startedBy }: Pick<PendingCodeAction, 'qrCodeId' | 'startedBy'>,
  code: QrCode,
): Promise<boolean> {
  const waitSeconds = (await readSettings()).waitBeforeCancelling || LEAST_WAIT_SECONDS;
  const codes = [{ qrCodeId, ...pickSummary(code) }];
  return (await startJob(services, { accountId, codes, startedBy, waitSeconds })).ok;
}
