import type { InputHTMLAttributes } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../../utils/i18n/i18n.ts';
import type { FormField, FormProblem, ReplacementForm } from '../../utils/qr-code/replacement-form.ts';
import type { Replacement, ReplacementActions } from '../../utils/stores/replacement.ts';
import { existingReplacementText, fieldTitle, formProblemText } from '../../utils/wording/replacement.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { RadioGroup } from '../ui/RadioGroup.tsx';
import { ParamFields } from './ParamFields.tsx';
import '../ui/report.css';

type TextField = Exclude<FormField, 'use' | 'amountKind' | 'params'>;

const CUSTOMER = ['customerName', 'customerEmail', 'customerMobile', 'customerId'] as const;
/** A time without a zone, as pickers give it and the gateway writes it. */
const PICKABLE = /^(?:|\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)$/;

/** Fields and choices that are not as they must be. */
const WRONG = '[aria-invalid="true"], [role="radiogroup"]:has(.field-error) input';

interface ReplacementFieldsProps {
  replacement: Replacement;
  actions: Pick<ReplacementActions, 'change' | 'changeParam' | 'addParam' | 'removeParam' | 'ask'>;
  onClose: () => void;
}

/** The form of a replacement. Nothing is sent from here: its button leads to the question. */
export function ReplacementFields({ replacement, actions, onClose }: ReplacementFieldsProps) {
  const { form, problems, givenExpiry } = replacement;
  const { change } = actions;
  const before = existingReplacementText(replacement.before);
  const fields = useRef<HTMLFormElement>(null);
  const wasAsked = useRef(false);
  // The button is far below most of the fields.
  useEffect(() => {
    if (wasAsked.current) fields.current?.querySelector<HTMLElement>(WRONG)?.focus();
    wasAsked.current = false;
  }, [problems]);
  const text = (field: TextField) => ({ field, form, error: errorOf(problems, field), onChange: change });
  return (
    <form
      ref={fields}
      class="stack"
      autocomplete="off"
      // The browser's own bubbles would come before our sentences, and in its own language.
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        wasAsked.current = true;
        const picker = event.currentTarget.querySelector<HTMLInputElement>('input[type="datetime-local"]');
        actions.ask(picker?.validity.badInput);
      }}
    >
      {before !== undefined && <p class="report warning">{before}</p>}
      <TextInput {...text('qrName')} />
      <div class="replacement-pair">
        <RadioGroup
          legend={fieldTitle('amountKind')}
          value={form.amountKind}
          options={[
            { value: 'fixed', label: t('amountFixed') },
            { value: 'any', label: t('amountOpen') },
          ]}
          error={errorOf(problems, 'amountKind')}
          onChange={(amountKind) => change({ amountKind })}
        />
        {form.amountKind === 'fixed' && (
          <TextInput {...text('amount')} label={t('amountInRupees')} input={{ inputMode: 'decimal' }} />
        )}
      </div>
      <RadioGroup
        legend={fieldTitle('use')}
        value={form.use}
        options={[
          { value: 'single', label: t('usesSingle') },
          { value: 'multiple', label: t('usesMultiple') },
        ]}
        error={errorOf(problems, 'use')}
        onChange={(use) => change({ use })}
      />
      <TextInput
        {...text('expiry')}
        hint={t('expiryHint')}
        input={PICKABLE.test(givenExpiry) ? { type: 'datetime-local', step: 1 } : {}}
      />
      <Field
        label={fieldTitle('description')}
        error={errorOf(problems, 'description')}
        control={(attributes) => (
          <textarea
            {...attributes}
            class="prose"
            rows={2}
            value={form.description}
            onInput={(event) => change({ description: event.currentTarget.value })}
          />
        )}
      />
      <fieldset class="replacement-group stack">
        <legend>{t('customerFields')}</legend>
        <div class="replacement-pair">
          {CUSTOMER.map((field) => (
            <TextInput key={field} {...text(field)} label={customerTitle(field)} />
          ))}
        </div>
      </fieldset>
      <ParamFields params={form.params} problems={problems} actions={actions} />
      <div class="actions">
        <Button onClick={onClose}>{t('close')}</Button>
        <Button kind="primary" type="submit">
          {t('createDots')}
        </Button>
      </div>
    </form>
  );
}

/** In a group that is called after the customer, the customer's name is just that. */
function customerTitle(field: (typeof CUSTOMER)[number]): string {
  return field === 'customerName' ? t('customerName') : fieldTitle(field);
}

function errorOf(problems: readonly FormProblem[], field: FormField): string | undefined {
  const problem = problems.find((each) => each.field === field);
  return problem && formProblemText(problem);
}

interface TextInputProps {
  field: TextField;
  form: ReplacementForm;
  error: string | undefined;
  onChange: (change: Partial<ReplacementForm>) => void;
  label?: string;
  hint?: string;
  input?: InputHTMLAttributes;
}

function TextInput({ field, form, error, onChange, label, hint, input }: TextInputProps) {
  return (
    <Field
      label={label ?? fieldTitle(field)}
      hint={hint}
      error={error}
      control={(attributes) => (
        <input
          type="text"
          {...input}
          {...attributes}
          autocomplete="off"
          spellcheck={false}
          value={form[field]}
          onInput={(event) => onChange({ [field]: event.currentTarget.value })}
        />
      )}
    />
  );
}
