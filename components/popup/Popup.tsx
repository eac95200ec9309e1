import { t } from '../../utils/i18n/i18n.ts';
import type { AccountView } from '../../utils/messaging/protocol.ts';
import { currentAccount } from '../../utils/stores/current-account.ts';
import type { PopupActions, PopupState } from '../../utils/stores/popup-state.ts';
import { AccountBar } from '../shared/AccountBar.tsx';
import { LoadError } from '../shared/LoadError.tsx';
import { PageLinks } from './PageLinks.tsx';
import './popup.css';
import { VaultGate } from '../shared/VaultGate.tsx';
import { useLazy } from '../ui/use-lazy.ts';
import { QrCodeEntry } from './QrCodeEntry.tsx';
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
        {state.isIncomplete && <LoadError text={t('pageIncomplete')} onRetry={() => location.reload()} />}
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
  const Results = useLazy(() => import('./Results.tsx').then((file) => file.Results));
  const line = state.statusLine?.();
  return (
    <>
      <QrCodeEntry
        text={state.text}
        accepted={state.accepted}
        origin={state}
        error={state.fieldError?.()}
        busy={state.busy}
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
      <p role="status" class={line === state.report?.().title ? 'visually-hidden' : 'status-line'}>
        {line}
      </p>
      {Results && <Results state={state} actions={actions} onOpenSettings={onOpenSettings} />}
      <RecentList
        attempts={state.recent}
        environment={account.environment}
        onChoose={(qrCodeId) => void actions.checkId(qrCodeId)}
      />
    </>
  );
}
