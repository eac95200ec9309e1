import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../../utils/i18n/i18n.ts';
import type { AccountView } from '../../utils/messaging/protocol.ts';
import type { GettingStartedActions, GettingStartedState } from '../../utils/stores/onboarding.ts';
import './getting-started.css';
import { QrCodeDetails } from '../shared/QrCodeDetails.tsx';
import { ResultMessage } from '../shared/ResultMessage.tsx';
import { Badge } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { ConnectionCheck } from './ConnectionCheck.tsx';

/** The id of the heading. */
export const FIRST_STEPS_ID = 'first-steps';

interface GettingStartedProps {
  state: GettingStartedState;
  actions: GettingStartedActions;
  /** The current account, if its keys are available. */
  account: AccountView | undefined;
  /** The form of the first step, shown while there is no account. */
  accountForm: ComponentChildren;
}

/** The first steps: add an account, check its connection, read one QR code. No step changes a code. */
export function GettingStarted({ state, actions, account, accountForm }: GettingStartedProps) {
  const { hasTestedConnection, hasReadCode } = state;
  const next = useRef<HTMLButtonElement>(null);
  const previousAccount = useRef(account);
  useEffect(() => {
    // The account form had the focus and has been removed.
    if (account && !previousAccount.current) next.current?.focus();
    previousAccount.current = account;
  }, [account]);
  return (
    <section class="card stack" aria-labelledby={FIRST_STEPS_ID}>
      <div class="row">
        <h2 id={FIRST_STEPS_ID} tabIndex={-1}>
          {t('gettingStarted')}
        </h2>
        <span class="end">
          <Button kind="plain" onClick={() => void actions.hide()}>
            {t('hideGettingStarted')}
          </Button>
        </span>
      </div>
      <ol class="steps">
        <Step title={t('stepAccount')} done={account !== undefined}>
          {account ? (
            <p class="quiet">{t('stepAccountDone', account.name, account.environment)}</p>
          ) : (
            accountForm
          )}
        </Step>
        <Step title={t('stepTest')} done={hasTestedConnection}>
          <p class="quiet">{t('stepTestText')}</p>
          {account && (
            <div class="row">
              <Button
                buttonRef={next}
                busy={state.busy !== undefined}
                {...(!hasTestedConnection && { kind: 'primary' })}
                onClick={() => void actions.checkConnection(account)}
              >
                {state.busy === 'checking-connection' ? t('checking') : t('checkConnectionOf', account.name)}
              </Button>
            </div>
          )}
          {state.connection && <ConnectionCheck shown={state.connection} />}
          {state.notChecked && <ResultMessage report={state.notChecked} account={account} />}
        </Step>
        <Step title={t('stepTry')} done={hasReadCode}>
          <p class="quiet">{t('stepTryText')}</p>
          {account && <TryForm state={state} actions={actions} account={account} />}
        </Step>
      </ol>
      {account && hasTestedConnection && hasReadCode && <p role="status">{t('gettingStartedDone')}</p>}
    </section>
  );
}

function Step({ title, done, children }: { title: string; done: boolean; children: ComponentChildren }) {
  return (
    <li>
      <div class="stack">
        <div class="row">
          <h3>{title}</h3>
          {done && <Badge tone="success">{t('stepDone')}</Badge>}
        </div>
        {children}
      </div>
    </li>
  );
}

type TryFormProps = Pick<GettingStartedProps, 'state' | 'actions'> & { account: AccountView };

function TryForm({ state, actions, account }: TryFormProps) {
  const { busy, found, report } = state;
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void actions.check(account);
      }}
    >
      <Field
        label={t('qrCodeIdLabel')}
        hint={t('qrCodeIdHint')}
        error={state.fieldError}
        control={(attributes) => (
          <input
            {...attributes}
            class="code"
            value={state.text}
            spellcheck={false}
            autocomplete="off"
            onInput={(event) => actions.setText(event.currentTarget.value)}
          />
        )}
      />
      <div class="row">
        <Button
          type="submit"
          busy={busy !== undefined}
          {...(state.hasTestedConnection && !state.hasReadCode && { kind: 'primary' })}
        >
          {busy === 'checking' ? t('checking') : t('checkStatus')}
        </Button>
      </div>
      <p role="status" class="found">
        {found?.statusLine}
      </p>
      {report && <ResultMessage report={report} account={account} />}
      {found && <QrCodeDetails {...found} />}
    </form>
  );
}
