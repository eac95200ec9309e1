import { t } from '../../utils/i18n/i18n.ts';
import { isKnownStatus } from '../../utils/qr-code/despite.ts';
import type { PopupActions, PopupState } from '../../utils/stores/popup-state.ts';
import { Countdown } from '../shared/Countdown.tsx';
import { QrCodeDetails } from '../shared/QrCodeDetails.tsx';
import { ResultMessage } from '../shared/ResultMessage.tsx';
import { Button } from '../ui/Button.tsx';
import { CancelDialog } from './CancelDialog.tsx';
import { remarkOn } from './entry-words.ts';
import { PlannedForCode } from './PlannedForCode.tsx';

interface ResultsProps {
  state: PopupState;
  actions: PopupActions;
  onOpenSettings: () => void;
}

/** What a check or a cancel shows: the wait that EnKash asked for, the report, the code with what waits for it, and the question before a cancel. */
export function Results({ state, actions, onOpenSettings }: ResultsProps) {
  const { dialog, about, qrCode, busy, planned } = state;
  const report = state.report?.();
  const waits = Object.values(state.retryAtByCode);
  const waitingUntil = busy && waits.length > 0 ? Math.max(...waits) : undefined;
  return (
    <>
      {waitingUntil !== undefined && !dialog && <Countdown until={waitingUntil} />}
      {report && (
        <ResultMessage
          report={report}
          account={about?.account}
          qrCodeId={qrCode ? undefined : about?.qrCodeId}
          onCheckAgain={() => void (about && actions.checkId(about.qrCodeId))}
          onCancelAnyway={() => void actions.requestCancel()}
          onOpenSettings={onOpenSettings}
        />
      )}
      {qrCode && !report && !isKnownStatus(qrCode.status) && (
        <div class="report warning">
          <p>{t('unknownStatusNote')}</p>
          <div class="row">
            <Button onClick={() => void actions.requestCancel()}>{t('cancelAnywayDots')}</Button>
          </div>
        </div>
      )}
      {planned && (
        <PlannedForCode
          store={planned.store}
          qrCodeId={qrCode && planned.qrCodeId === about?.qrCodeId ? undefined : planned.qrCodeId}
        />
      )}
      {about && qrCode && <QrCodeDetails qrCodeId={about.qrCodeId} qrCode={qrCode} />}
      {dialog && (
        <CancelDialog
          {...dialog}
          remark={remarkOn(state)}
          busy={busy === 'cancelling'}
          waitingUntil={waitingUntil}
          reasonRequired={state.page?.policy.requireReason === true}
          onKeep={actions.dismissDialog}
          onConfirm={(reason, start) => void actions.confirmCancel(reason, start)}
        />
      )}
    </>
  );
}
