import { loadEntryReader } from '../qr-code-id/entry-reader.ts';
import { currentAccount } from './current-account.ts';
import { createCancelSlice } from './popup-cancel.ts';
import { createCheckSlice } from './popup-check.ts';
import { createScanSlice } from './popup-scan.ts';
import type { PopupActions, PopupContext, RequestActions } from './popup-state.ts';

/** The actions that read the field or send a request. */
export function createRequestSlices(context: PopupContext, actions: PopupActions): RequestActions {
  return {
    ...createCheckSlice(context),
    ...createCancelSlice(context),
    ...createScanSlice(context, actions.checkId),
    consumePendingAction: () => runPendingAction(context, actions),
  };
}

/**
 * Takes the pending action, if any, and starts its check or cancel. Several ids go to the workbench. Nothing is
 * cancelled before it is confirmed.
 */
async function runPendingAction(context: PopupContext, actions: PopupActions): Promise<void> {
  const { consumePendingAction, get, set } = context;
  const handOver = await consumePendingAction();
  if (!handOver || handOver.action === 'review' || handOver.action === 'lost') return;
  if (handOver.action === 'find') return actions.scanPage(handOver.image);
  const { startedBy } = handOver;
  if ('qrCodeId' in handOver) {
    actions.setText(handOver.qrCodeId);
    set({ accepted: handOver.qrCodeId, startedBy });
  } else {
    actions.setText(handOver.text);
    set({ partOf: handOver.partOf, startedBy });
    if ((await loadEntryReader())(handOver.text).kind === 'several') return actions.review();
  }
  if (handOver.action === 'countdown') {
    const account = currentAccount(get().page);
    return set({ about: account && { qrCodeId: handOver.qrCodeId, account } });
  }
  await (handOver.action === 'check' ? actions.check() : actions.requestCancel());
}
