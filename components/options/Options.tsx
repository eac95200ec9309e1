import type { Shortcut } from '../../utils/browser/shortcuts.ts';
import { t } from '../../utils/i18n/i18n.ts';
import type { GettingStartedActions, GettingStartedState } from '../../utils/stores/onboarding.ts';
import type { OptionsActions, OptionsState } from '../../utils/stores/options.ts';
import { currentAccount } from '../../utils/stores/popup.ts';
import { unreadablePolicyText } from '../../utils/wording/policy.ts';
import { LoadError } from '../shared/LoadError.tsx';
import { AccountForm } from './AccountForm.tsx';
import { AccountList } from './AccountList.tsx';
import { BehaviourForm } from './BehaviourForm.tsx';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { DataSettings } from './DataSettings.tsx';
import { GettingStarted } from './GettingStarted.tsx';
import { KeyboardHelp } from './KeyboardHelp.tsx';
import { LockSettings } from './LockSettings.tsx';
import '../shared/page.css';
import { VaultGate } from '../shared/VaultGate.tsx';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { ResultRegion } from './ResultRegion.tsx';

interface OptionsProps {
  state: OptionsState;
  actions: OptionsActions;
  shortcuts: readonly Shortcut[];
  onChangeShortcuts: (() => void) | undefined;
  guide: { state: GettingStartedState; actions: GettingStartedActions };
}

/** The settings page. */
export function Options({ state, actions, guide, shortcuts, onChangeShortcuts }: OptionsProps) {
  const { page, loadFailed, draft, problems, busy, report, confirmation } = state;
  const silence = loadFailed && <LoadError onRetry={() => void actions.load()} />;
  const title = <h1>{t('settingsTitle')}</h1>;
  if (!page)
    return (
      <main class="page stack">
        {title}
        {silence}
      </main>
    );
  const policyText = unreadablePolicyText(page.policy);
  const edited = page.accounts.find(({ id }) => id === draft.id);
  const current = currentAccount(page);
  const usable = page.vault.status === 'open' && current?.hasKeys ? current : undefined;
  const guideHasForm = guide.state.open && page.accounts.length === 0;
  const accountForm = (
    <VaultGate vault={page.vault} onUnlock={actions.unlock}>
      <AccountForm
        policy={page.policy}
        recommendPassphrase={page.vault.status === 'open' && page.vault.protection !== 'passphrase'}
        isFirst={page.accounts.length === 0}
        draft={draft}
        savedName={edited?.name}
        problems={problems}
        busy={busy}
        onChange={actions.changeDraft}
        onSave={() => void actions.save()}
        codeToTry={state.codeToTry}
        check={state.check}
        onCodeToTry={actions.setCodeToTry}
        onCheck={() => void actions.checkConnection()}
        onNew={actions.newDraft}
      />
    </VaultGate>
  );
  return (
    <main class="page settings stack">
      {silence}
      <div class="row">
        {title}
        <span class="row end">
          {!guide.state.open && (
            <Button kind="plain" onClick={guide.actions.show}>
              {t('gettingStarted')}
            </Button>
          )}
          {page.vault.status === 'open' && page.vault.protection === 'passphrase' && (
            <Button onClick={() => void actions.lock()}>
              <Icon name="lock" />
              {t('lock')}
            </Button>
          )}
        </span>
      </div>
      {policyText && <p class="report warning">{policyText}</p>}
      <ResultRegion report={report} />
      {guide.state.open && (
        <GettingStarted
          {...guide}
          account={usable}
          accountForm={guideHasForm ? accountForm : <p class="quiet">{t('stepAccountBelow')}</p>}
        />
      )}
      {!guideHasForm && (
        <section class="stack">
          <h2>{t('accountsTitle')}</h2>
          <AccountList
            accounts={page.accounts}
            currentId={page.currentAccountId}
            onUse={(accountId) => void actions.use(accountId)}
            onEdit={actions.edit}
            onRemove={(account) => actions.ask({ about: 'remove', account })}
          />
          {accountForm}
        </section>
      )}
      <section class="stack">
        <h2>{t('lockTitle')}</h2>
        <LockSettings
          page={page}
          busy={busy !== undefined}
          onProtect={actions.protect}
          onChange={(change) => void actions.updateSettings(change)}
        />
      </section>
      <section class="stack">
        <h2>{t('behaviourTitle')}</h2>
        <BehaviourForm
          settings={page.settings}
          policy={page.policy}
          onChange={(change) => void actions.updateSettings(change)}
        />
      </section>
      <section class="stack">
        <h2>{t('keyboardTitle')}</h2>
        <KeyboardHelp shortcuts={shortcuts} onChange={onChangeShortcuts} />
      </section>
      <section class="stack">
        <h2>{t('dataTitle')}</h2>
        <DataSettings page={page} busy={busy !== undefined} actions={actions} />
      </section>
      {confirmation && (
        <ConfirmDialog
          confirmation={confirmation}
          onKeep={() => actions.ask(undefined)}
          onConfirm={() => void actions.confirm()}
        />
      )}
    </main>
  );
}
