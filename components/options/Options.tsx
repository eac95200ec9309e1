import type { ComponentChildren } from 'preact';
import type { Shortcut } from '../../utils/browser/shortcuts.ts';
import { t } from '../../utils/i18n/i18n.ts';
import type { AppState } from '../../utils/messaging/protocol.ts';
import { currentAccount } from '../../utils/stores/current-account.ts';
import type { GettingStartedActions, GettingStartedState } from '../../utils/stores/onboarding.ts';
import type { OptionsActions, OptionsState } from '../../utils/stores/options-state.ts';
import { unreadablePolicyText } from '../../utils/wording/policy.ts';
import { LoadError } from '../shared/LoadError.tsx';
import { AccountForm } from './AccountForm.tsx';
import { AccountList } from './AccountList.tsx';
import { BehaviourForm } from './BehaviourForm.tsx';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { DataSettings } from './DataSettings.tsx';
import { FIRST_STEPS_ID, GettingStarted } from './GettingStarted.tsx';
import { KeyboardHelp } from './KeyboardHelp.tsx';
import { LockSettings } from './LockSettings.tsx';
import '../shared/page.css';
import { VaultGate } from '../shared/VaultGate.tsx';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { ResultRegion } from './ResultRegion.tsx';
import { type SectionEntry, SectionIndex } from './SectionIndex.tsx';

interface OptionsProps {
  state: OptionsState;
  actions: OptionsActions;
  shortcuts: readonly Shortcut[];
  onChangeShortcuts: (() => void) | undefined;
  guide: { state: GettingStartedState; actions: GettingStartedActions };
}

export function Options({ state, actions, guide, shortcuts, onChangeShortcuts }: OptionsProps) {
  const { page, busy, confirmation } = state;
  const loadError = state.loadFailed && <LoadError onRetry={() => void actions.load()} />;
  if (!page)
    return (
      <main class="page stack">
        <h1>{t('settingsTitle')}</h1>
        {loadError}
      </main>
    );
  const policyText = unreadablePolicyText(page.policy);
  return (
    <main class="page settings stack">
      {loadError}
      <TitleRow page={page} guide={guide} onLock={() => void actions.lock()} />
      {policyText && <p class="report warning">{policyText}</p>}
      <ResultRegion report={state.report} />
      <div class="with-index">
        <SectionIndex sections={sectionsOf(page, guide)} />
        <div class="stack sections">
          <Accounts page={page} state={state} actions={actions} guide={guide} />
          <Section id="lock" title={t('lockTitle')}>
            <LockSettings
              page={page}
              busy={busy !== undefined}
              onProtect={actions.protect}
              onChange={(change) => void actions.updateSettings(change)}
            />
          </Section>
          <Section id="behaviour" title={t('behaviourTitle')}>
            <BehaviourForm
              settings={page.settings}
              policy={page.policy}
              onChange={(change) => void actions.updateSettings(change)}
            />
          </Section>
          <Section id="keyboard" title={t('keyboardTitle')}>
            <KeyboardHelp shortcuts={shortcuts} onChange={onChangeShortcuts} />
          </Section>
          <Section id="data" title={t('dataTitle')}>
            <DataSettings page={page} busy={busy !== undefined} actions={actions} />
          </Section>
        </div>
      </div>
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

/** The sections that the page has now, in their order. */
function sectionsOf(page: AppState, guide: OptionsProps['guide']): SectionEntry[] {
  return [
    ...(guide.state.open ? [{ id: FIRST_STEPS_ID, title: t('gettingStarted') }] : []),
    ...(guideHasForm(page, guide) ? [] : [{ id: 'accounts', title: t('accountsTitle') }]),
    { id: 'lock', title: t('lockTitle') },
    { id: 'behaviour', title: t('behaviourTitle') },
    { id: 'keyboard', title: t('keyboardTitle') },
    { id: 'data', title: t('dataTitle') },
  ];
}

/** The form for the first account is inside the first steps, if those are open. */
function guideHasForm({ accounts }: AppState, guide: OptionsProps['guide']): boolean {
  return guide.state.open && accounts.length === 0;
}

interface SectionProps extends SectionEntry {
  children: ComponentChildren;
}

function Section({ id, title, children }: SectionProps) {
  return (
    <section class="stack">
      <h2 id={id} tabIndex={-1}>
        {title}
      </h2>
      {children}
    </section>
  );
}

type PageProps = Pick<OptionsProps, 'guide'> & { page: AppState };

function TitleRow({ page: { vault }, guide, onLock }: PageProps & { onLock: () => void }) {
  return (
    <div class="row">
      <h1>{t('settingsTitle')}</h1>
      <span class="row end">
        {!guide.state.open && (
          <Button kind="plain" onClick={guide.actions.show}>
            {t('gettingStarted')}
          </Button>
        )}
        {vault.status === 'open' && vault.protection === 'passphrase' && (
          <Button onClick={onLock}>
            <Icon name="lock" />
            {t('lock')}
          </Button>
        )}
      </span>
    </div>
  );
}

/** The first steps and the accounts. */
function Accounts({ page, state, actions, guide }: PageProps & Pick<OptionsProps, 'state' | 'actions'>) {
  const current = currentAccount(page);
  const usable = page.vault.status === 'open' && current?.hasKeys ? current : undefined;
  const isFormInGuide = guideHasForm(page, guide);
  const form = <GatedAccountForm page={page} state={state} actions={actions} />;
  return (
    <>
      {guide.state.open && (
        <GettingStarted
          {...guide}
          account={usable}
          accountForm={isFormInGuide ? form : <p class="quiet">{t('stepAccountBelow')}</p>}
        />
      )}
      {!isFormInGuide && (
        <Section id="accounts" title={t('accountsTitle')}>
          <AccountList
            accounts={page.accounts}
            currentId={page.currentAccountId}
            onUse={(accountId) => void actions.use(accountId)}
            onEdit={actions.edit}
            onRemove={(account) => actions.ask({ about: 'remove', account })}
          />
          {form}
        </Section>
      )}
    </>
  );
}

function GatedAccountForm({
  page,
  state,
  actions,
}: { page: AppState } & Pick<OptionsProps, 'state' | 'actions'>) {
  const { accounts, policy, vault } = page;
  return (
    <VaultGate vault={vault} onUnlock={actions.unlock}>
      <AccountForm
        policy={policy}
        recommendPassphrase={vault.status === 'open' && vault.protection !== 'passphrase'}
        isFirst={accounts.length === 0}
        draft={state.draft}
        savedName={accounts.find(({ id }) => id === state.draft.id)?.name}
        problems={state.problems}
        busy={state.busy}
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
}
