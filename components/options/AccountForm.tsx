import { t } from '../../utils/i18n/i18n.ts';
import type { AccountError } from '../../utils/messaging/protocol.ts';
import { ACCOUNT_COLOURS, type AccountColour } from '../../utils/model/account.ts';
import type { Policy } from '../../utils/settings/policy.ts';
import type { AccountDraft, OptionsState } from '../../utils/stores/options-state.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { RadioGroup } from '../ui/RadioGroup.tsx';
import { ConnectionCheck } from './ConnectionCheck.tsx';

interface AccountFormProps {
  draft: AccountDraft;
  /** The saved name of the edited account; `undefined` for a new one. */
  savedName: string | undefined;
  problems: readonly AccountError[];
  busy: OptionsState['busy'];
  codeToTry: OptionsState['codeToTry'];
  check: OptionsState['check'];
  policy: Policy;
  /** Whether this is the first account. Then the form has no colours, because there is nothing to distinguish, and no heading. */
  isFirst?: boolean;
  /** Whether the keys are not protected by a passphrase. */
  recommendPassphrase: boolean;
  onChange: (change: Partial<AccountDraft>) => void;
  onSave: () => void;
  onCodeToTry: (text: string) => void;
  onCheck: () => void;
  onNew: () => void;
}

/** The form for an account and its keys. Saved keys are never shown again. */
export function AccountForm(props: AccountFormProps) {
  const { draft, savedName, problems, busy, policy, onChange, onSave, onCheck, onNew } = props;
  const errorOf = (field: AccountError['field']) => problemText(problems, field, draft);
  const editing = savedName !== undefined;
  return (
    <form
      class="card stack"
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        onSave();
      }}
    >
      {!props.isFirst && <h3>{editing ? t('editAccountTitle', savedName) : t('addAccount')}</h3>}
      <Field
        label={t('accountName')}
        hint={t('accountNameHint')}
        error={errorOf('name')}
        control={(attributes) => (
          <input
            {...attributes}
            value={draft.name}
            onInput={(event) => onChange({ name: event.currentTarget.value })}
          />
        )}
      />
      <RadioGroup
        legend={t('environment')}
        value={draft.environment}
        options={[
          { value: 'UAT', label: t('uatLong'), disabled: !policy.environments.includes('UAT') },
          { value: 'LIVE', label: t('liveLong'), disabled: !policy.environments.includes('LIVE') },
        ]}
        error={errorOf('environment')}
        onChange={(environment) => onChange({ environment })}
      />
      {!props.isFirst && <ColourChoice colour={draft.colour} onChange={onChange} />}
      <KeyFields
        draft={draft}
        hint={editing ? t('keepBlank') : undefined}
        errorOf={errorOf}
        onChange={onChange}
      />
      {errorOf('vault') && (
        <p class="field-error" role="alert">
          {errorOf('vault')}
        </p>
      )}
      <CodeToTryField codeToTry={props.codeToTry} onCodeToTry={props.onCodeToTry} />
      {props.recommendPassphrase && <p class="quiet">{t('recommendPassphrase')}</p>}
      <FormButtons busy={busy} isNew={!editing} onCheck={onCheck} onNew={onNew} />
      {props.check && <ConnectionCheck shown={props.check} />}
    </form>
  );
}

interface FormButtonsProps extends Pick<AccountFormProps, 'busy' | 'onCheck' | 'onNew'> {
  isNew: boolean;
}

function FormButtons({ busy, isNew, onCheck, onNew }: FormButtonsProps) {
  return (
    <div class="row">
      <Button kind="primary" type="submit" busy={busy !== undefined}>
        {busy === 'saving' ? t('saving') : t('saveAccount')}
      </Button>
      <Button busy={busy !== undefined} onClick={onCheck}>
        {busy === 'checking' ? t('checking') : t('checkConnection')}
      </Button>
      {!isNew && (
        <Button kind="plain" onClick={onNew}>
          {t('addAnother')}
        </Button>
      )}
    </div>
  );
}

interface KeyFieldsProps extends Pick<AccountFormProps, 'draft' | 'onChange'> {
  /** Replaces the hints of both fields. */
  hint: string | undefined;
  errorOf: (field: AccountError['field']) => string | undefined;
}

function KeyFields({ draft, hint, errorOf, onChange }: KeyFieldsProps) {
  return (
    <>
      <Field
        label={t('accessKey')}
        hint={hint ?? t('accessKeyHint')}
        error={errorOf('accessKey')}
        control={(attributes) => (
          <input
            {...attributes}
            value={draft.accessKey}
            spellcheck={false}
            autocomplete="off"
            onInput={(event) => onChange({ accessKey: event.currentTarget.value })}
          />
        )}
      />
      <RadioGroup
        legend={t('signIn')}
        value={draft.authMethod}
        options={[
          { value: 'secret-key', label: t('secretKey') },
          { value: 'authorization-token', label: t('authorizationToken') },
        ]}
        onChange={(authMethod) => onChange({ authMethod, secret: '' })}
      />
      <Field
        label={secretLabel(draft)}
        hint={hint ?? t('writeOnlyHint')}
        error={errorOf('secret')}
        control={(attributes) => (
          <input
            {...attributes}
            type="password"
            value={draft.secret}
            autocomplete="new-password"
            onInput={(event) => onChange({ secret: event.currentTarget.value })}
          />
        )}
      />
    </>
  );
}

function CodeToTryField({ codeToTry, onCodeToTry }: Pick<AccountFormProps, 'codeToTry' | 'onCodeToTry'>) {
  return (
    <Field
      label={t('tryIdLabel')}
      hint={t('tryIdHint')}
      error={codeToTry.error}
      control={(attributes) => (
        <input
          {...attributes}
          class="code"
          value={codeToTry.text}
          spellcheck={false}
          autocomplete="off"
          onInput={(event) => onCodeToTry(event.currentTarget.value)}
        />
      )}
    />
  );
}

function ColourChoice({
  colour,
  onChange,
}: Pick<AccountDraft, 'colour'> & Pick<AccountFormProps, 'onChange'>) {
  return (
    <RadioGroup
      legend={t('colour')}
      value={colour}
      options={ACCOUNT_COLOURS.map((value) => ({ value, label: colourName(value) }))}
      onChange={(chosen) => onChange({ colour: chosen })}
    />
  );
}

function colourName(colour: AccountColour): string {
  switch (colour) {
    case 'blue':
      return t('colourBlue');
    case 'green':
      return t('colourGreen');
    case 'orange':
      return t('colourOrange');
    case 'purple':
      return t('colourPurple');
    case 'grey':
      return t('colourGrey');
  }
}

function secretLabel({ authMethod }: AccountDraft): string {
  return authMethod === 'secret-key' ? t('secretKey') : t('authorizationToken');
}

function problemText(
  problems: readonly AccountError[],
  field: AccountError['field'],
  { authMethod }: AccountDraft,
): string | undefined {
  const problem = problems.find((candidate) => candidate.field === field);
  switch (problem?.code) {
    case 'forbidden':
      return t('environmentForbidden');
    case 'closed':
      return t('vaultClosed');
    case 'taken':
      return t('nameTaken');
    case 'too-long':
      return t('nameTooLong', String(problem.limit));
    case 'not-printable':
      return t('notPrintable');
    case 'required':
      if (field === 'name') return t('nameRequired');
      if (field === 'accessKey') return t('accessKeyRequired');
      return authMethod === 'secret-key' ? t('secretRequired') : t('tokenRequired');
    default:
      return undefined;
  }
}
