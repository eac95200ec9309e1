import { t } from '../utils/i18n.ts';
import type { Shortcut } from '../utils/shortcuts.ts';
import type { OptionsActions, OptionsState } from '../utils/views/options.ts';
import { AccountForm } from './AccountForm.tsx';
import { AccountList } from './AccountList.tsx';
import { BehaviourForm } from './BehaviourForm.tsx';
import { KeyboardHelp } from './KeyboardHelp.tsx';
import { LockSettings } from './LockSettings.tsx';
import { OptionsQuestion } from './OptionsQuestion.tsx';
import './page.css';
import { ReportBox } from './ReportBox.tsx';
import { Button } from './ui/Button.tsx';
import { VaultGate } from './VaultGate.tsx';

interface OptionsProps {
  state: OptionsState;
  actions: OptionsActions;
  shortcuts: readonly Shortcut[];
  onChangeShortcuts: (() => void) | undefined;
  onExport: () => void;
}

/** The settings page. */
export function Options({ state, actions, shortcuts, onChangeShortcuts, onExport }: OptionsProps) {
  const { page, draft, problems, busy, report, asking } = state;
  if (!page) return <main class="page" aria-busy="true" />;
  const edited = page.accounts.find(({ id }) => id === draft.id);
  return (
    <main class="page stack">
      <div class="row">
        <h1>{t('settingsTitle')}</h1>
        {page.vault.status === 'open' && page.vault.protection === 'passphrase' && (
          <span class="end">
            <Button onClick={() => void actions.lock()}>{t('lock')}</Button>
          </span>
        )}
      </div>
      <div class="report-place">{report && <ReportBox report={report} />}</div>
      <section class="stack">
        <h2>{t('accountsTitle')}</h2>
        <AccountList
          accounts={page.accounts}
          currentId={page.currentId}
          onUse={(accountId) => void actions.use(accountId)}
          onEdit={actions.edit}
          onRemove={(account) => actions.ask({ about: 'remove', account })}
        />
        <VaultGate vault={page.vault} onUnlock={actions.unlock}>
          <AccountForm
            policy={page.policy}
            recommendPassphrase={page.vault.status === 'open' && page.vault.protection !== 'passphrase'}
            draft={draft}
            savedName={edited?.name}
            problems={problems}
            busy={busy}
            onChange={actions.changeDraft}
            onSave={() => void actions.save()}
            onTest={() => void actions.test()}
            onNew={actions.startNew}
          />
        </VaultGate>
      </section>
      <section class="stack">
        <h2>{t('lockTitle')}</h2>
        <LockSettings
          page={page}
          busy={busy !== undefined}
          onProtect={actions.protect}
          onChange={(change) => void actions.changeSettings(change)}
        />
      </section>
      <section class="stack">
        <h2>{t('behaviourTitle')}</h2>
        <BehaviourForm
          settings={page.settings}
          policy={page.policy}
          onChange={(change) => void actions.changeSettings(change)}
        />
      </section>
      <section class="stack">
        <h2>{t('keyboardTitle')}</h2>
        <KeyboardHelp shortcuts={shortcuts} onChange={onChangeShortcuts} />
      </section>
      <section class="stack">
        <h2>{t('dataTitle')}</h2>
        <div class="card stack">
          <p>{t('dataText')}</p>
          <div class="row">
            <Button onClick={onExport}>{t('exportHistory')}</Button>
            <Button kind="danger" onClick={() => actions.ask({ about: 'erase' })}>
              {t('eraseHistory')}
            </Button>
            <Button kind="danger" onClick={() => actions.ask({ about: 'forget' })}>
              {t('forgetEverything')}
            </Button>
          </div>
        </div>
      </section>
      {asking && (
        <OptionsQuestion
          asking={asking}
          onKeep={() => actions.ask(undefined)}
          onConfirm={() => void actions.confirm()}
        />
      )}
    </main>
  );
}
