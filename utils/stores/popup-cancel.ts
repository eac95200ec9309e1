import type { QrCode } from '../enkash/qr-code.ts';
import { memoizeByLocale } from '../i18n/i18n.ts';
import type { Request, Send } from '../messaging/protocol.ts';
import type { GatewayResult } from '../model/gateway-result.ts';
import type { WaitSeconds, WallTime } from '../model/planned-time.ts';
import type { CancelResult } from '../qr-code/cancel.ts';
import { despiteOf } from '../qr-code/despite.ts';
import { checkCode, isOutdated, parseEnteredId } from './popup-check.ts';
import {
  alreadyCancelled,
  outcomeResult,
  readResult,
  resultForOtherAccount,
  unknownOutcomeReport,
} from './popup-results.ts';
import {
  type CancelQuestion,
  EMPTY_RESULT,
  type PopupActions,
  type PopupContext,
  type PopupState,
} from './popup-state.ts';
import { isCurrentAndReady, runForAccount } from './popup-task.ts';

/** The cancel of one code: a fresh read, the dialog, and one request after the confirmation. */
export function createCancelSlice(
  context: PopupContext,
): Pick<PopupActions, 'requestCancel' | 'confirmCancel'> {
  return {
    requestCancel: (isLater) => requestCancel(context, isLater),
    confirmCancel: (reason, start) => confirmCancel(context, reason, start),
  };
}

/** Reads the code in the field, then opens the dialog unless the read rules a cancel out. */
async function requestCancel(context: PopupContext, isLater = false): Promise<void> {
  const qrCodeId = await parseEnteredId(context);
  if (!qrCodeId) return;
  await runForAccount(context, 'reading', async (account) => {
    const read = await context.send('getQrCode', { accountId: account.id, qrCodeId });
    // Another picture was chosen in the meantime: the dialog would ask about a code that is not in it.
    if (isOutdated(context, qrCodeId)) return {};
    const result = readResult(qrCodeId, account, read);
    if (read.kind === 'answered' && read.payload.status === 'CANCELLED')
      return {
        ...result,
        report: memoizeByLocale(alreadyCancelled),
        statusLine: () => alreadyCancelled().title,
      };
    if (blocksConfirmation(read)) return result;
    const dialog = { qrCodeId, account, read, ...(isLater && { isLater }) };
    return read.kind === 'answered' ? { ...result, dialog } : { dialog };
  });
  // The code of that picture was found during the read.
  if (isOutdated(context, qrCodeId) && context.get().accepted) await checkCode(context, context.get().text);
}

/** Reads after which a cancel is pointless: it could not be sent either, or the code does not exist. */
function blocksConfirmation(read: GatewayResult<QrCode>): boolean {
  if (read.kind === 'not-sent') return read.reason !== 'unreachable' && read.reason !== 'auth-unavailable';
  return read.kind === 'not-found' || read.kind === 'unauthorized';
}

async function confirmCancel(
  context: PopupContext,
  reason: string | undefined,
  start: WallTime | undefined,
): Promise<void> {
  const { get, set } = context;
  const { dialog, busy } = get();
  if (!dialog || busy) return;
  const { qrCodeId, account } = dialog;
  const waitSeconds = waitOf(context, dialog);
  if (start || waitSeconds > 0) {
    const { planCancel } = await import('./popup-planned.ts');
    // The dialog was closed, or confirmed a second time, while the code was loaded.
    if (get().dialog !== dialog || get().busy) return;
    return planCancel(context, dialog, { reason, start, waitSeconds });
  }
  set({ about: { qrCodeId, account } });
  await runForAccount(context, 'cancelling', () => sendCancel(context, dialog, reason), account);
}

/** The wait before this cancel. A code that is not known to be active is cancelled at once: after a wait it would be left alone. */
function waitOf({ get }: PopupContext, { read }: CancelQuestion): WaitSeconds {
  const settings = get().page?.settings;
  const isActive = read.kind === 'answered' && read.payload.status === 'ACTIVE';
  return isActive && settings?.waitForSingle ? settings.waitBeforeCancelling : 0;
}

/** Sends the cancel that the dialog asked about. If its account is no longer current, the report names that account. */
async function sendCancel(
  context: PopupContext,
  { qrCodeId, account, read }: CancelQuestion,
  reason: string | undefined,
): Promise<Partial<PopupState>> {
  const { send, get, set } = context;
  const result = await cancelWithRecovery(send, {
    accountId: account.id,
    qrCodeId,
    startedBy: get().startedBy,
    reason,
    despite: despiteOf(read),
  }).then(
    ({ outcome, qrCode }) => outcomeResult(outcome, account, qrCode),
    () => ({ report: memoizeByLocale(unknownOutcomeReport) }),
  );
  if (!isCurrentAndReady(context, account))
    set({ ...EMPTY_RESULT, ...resultForOtherAccount(result.report, qrCodeId, account) });
  return { about: { qrCodeId, account }, ...result };
}

/** Sends the cancel. If the background dies during it, asks its successor for the outcome; rejects if that has none. */
async function cancelWithRecovery(send: Send, request: Request<'cancelQrCode'>): Promise<CancelResult> {
  const pressedAt = Date.now();
  try {
    return await send('cancelQrCode', request);
  } catch (failure) {
    const { accountId, qrCodeId } = request;
    const last = await send('getLastCancel', { accountId, qrCodeId });
    // An earlier cancel of the same code does not show the outcome of this one.
    if (last?.action !== 'cancel' || !last.outcome || last.at < pressedAt) throw failure;
    return { outcome: last.outcome, attemptId: last.attemptId };
  }
}
