import { t } from '../../utils/i18n/i18n.ts';
import type { AccountView } from '../../utils/messaging/protocol.ts';
import { isKnownStatus } from '../../utils/qr-code/despite.ts';
import { currentAccount } from '../../utils/stores/current-account.ts';
import type { PopupActions, PopupState } from '../../utils/stores/popup-state.ts';
import { AccountBar } from '../shared/AccountBar.tsx';
import { Countdown } from '../shared/Countdown.tsx';
import { LoadError } from '../shared/LoadError.tsx';
import { CancelDialog } from './CancelDialog.tsx';
import { PageLinks } from './PageLinks.tsx';
import { PlannedPart } from './planned-parts.tsx';
import './popup.css';
import { QrCodeDetails } from '../shared/QrCodeDetails.tsx';
import { ResultMessage } from '../shared/ResultMessage.tsx';
import { VaultGate } from '../shared/VaultGate.tsx';
import { Button } from '../ui/Button.tsx';
import { QrCodeEntry, remarkOn } from './QrCodeEntry.tsx';
import { RecentList } from './RecentList.tsx';
import { ScannedPage } from './ScannedPage.tsx';
import { SetupPrompt } from './SetupPrompt.tsx';

interface PopupProps {
  state: PopupState;
  actions: PopupActions;
  onOpenSettings: () => void;
  /** Absent if the page is the side panel already. */
  onOpenPanel?: (() => void) | undefined;
}

/** The popup: one field, one result, the most recent codes. */
export function Popup({ state, actions, onOpenSettings, onOpenPanel }: PopupProps) {
  const account = currentAccount(state.page);
  return (
    <div class="popup">
      <AccountBar
        page={state.page}
        account={account}
        onUse={(accountId) => void actions.use(accountId)}
        onLock={() => void actions.lock()}
        onOpenPanel={onOpenPanel}
      />
      <main class="stack">
        <h1 class="visually-hidden">{t('extensionName')}</h1>
        {state.loadFailed && <LoadError onRetry={() => void actions.load()} />}
        {state.page && !account && (
          <SetupPrompt title={t('addAccountTitle')} text={t('addAccountText')} onOpen={onOpenSettings} />
        )}
        {state.page && account && (
          <VaultGate vault={state.page.vault} onUnlock={actions.unlock}>
            {account.hasKeys ? (
              <Ready account={account} state={state} actions={actions} onOpenSettings={onOpenSettings} />
            ) : (
              <SetupPrompt
                title={t('keysMissingTitle')}
                text={t('keysMissingText', account.name)}
                onOpen={onOpenSettings}
              />
            )}
          </VaultGate>
        )}
      </main>
      <PageLinks />
    </div>
  );
}

function Ready({ account, state, actions, onOpenSettings }: PopupProps & { account: AccountView }) {
  const { dialog, about, qrCode, busy, planned } = state;
  const report = state.report?.();
  const line = state.statusLine?.();
  const remark = remarkOn(state);
  const waits = Object.values(state.retryAtByCode);
  const waitingUntil = busy && waits.length > 0 ? Math.max(...waits) : undefined;
  return (
    <>
      <QrCodeEntry
        text={state.text}
        accepted={state.accepted}
        remark={remark}
        error={state.fieldError?.()}
        busy={busy}
        onText={actions.setText}
        onAccept={actions.accept}
        onCheck={() => void actions.check()}
        onCancel={() => void actions.requestCancel()}
        onCancelLater={() => void actions.requestCancel(true)}
        onReview={() => void actions.review()}
        onScan={() => void actions.scanPage()}
      />
      {state.find && (
        <ScannedPage store={state.find} onCheck={(qrCodeId) => void actions.checkId(qrCodeId)} />
      )}
      {waitingUntil !== undefined && !dialog && <Countdown until={waitingUntil} />}
      <p role="status" class={line === report?.title ? 'visually-hidden' : 'status-line'}>
        {line}
      </p>
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
        <PlannedPart
          store={planned.store}
          qrCodeId={qrCode && planned.qrCodeId === about?.qrCodeId ? undefined : planned.qrCodeId}
        />
      )}
      {about && qrCode && <QrCodeDetails qrCodeId={about.qrCodeId} qrCode={qrCode} />}
      <RecentList
        attempts={state.recent}
        environment={account.environment}
        onChoose={(qrCodeId) => void actions.checkId(qrCodeId)}
      />
      {dialog && (
        <CancelDialog
          {...dialog}
          remark={remark}
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
