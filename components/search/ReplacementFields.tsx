import type { InputHTMLAttributes } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../../utils/i18n/i18n.ts';
import type { FormField, FormProblem, ReplacementForm } from '../../utils/qr-code/replacement-form.ts';
import type { Replacement, ReplacementActions } from '../../utils/stores/replacement-state.ts';
import { existingReplacementText, fieldTitle, formProblemText } from '../../utils/wording/replacement.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { RadioGroup } from '../ui/RadioGroup.tsx';
import { ParamFields } from './ParamFields.tsx';
import '../ui/report.css';

type TextField = Exclude<FormField, 'use' | 'amountKind' | 'params'>;

const CUSTOMER = ['customerName', 'customerEmail', 'customerMobile', 'customerId'] as const;
/** A time without a zone: the format of the browser's picker and of the gateway. */
const PICKABLE = /^(?:|\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)$/;

/** Invalid fields and radio groups. */
const INVALID = '[aria-invalid="true"], [role="radiogroup"]:has(.field-error) input';

interface ReplacementFieldsProps {
  replacement: Replacement;
  actions: Pick<ReplacementActions, 'change' | 'changeParam' | 'addParam' | 'removeParam' | 'ask'>;
  onClose: () => void;
}

/** The form of a replacement. Submitting opens the confirmation and sends nothing. */
export function ReplacementFields({ replacement, actions, onClose }: ReplacementFieldsProps) {
  const { form, problems, givenExpiry } = replacement;
  const { change } = actions;
  const before = existingReplacementText(replacement.before);
  const fields = useRef<HTMLFormElement>(null);
  const wasAsked = useRef(false);
  // Focuses the first invalid field, because the button is far below most fields.
  useEffect(() => {
    if (wasAsked.current) fields.current?.querySelector<HTMLElement>(INVALID)?.focus();
    wasAsked.current = false;
  }, [problems]);
  const text = (field: TextField) => ({ field, form, error: errorOf(problems, field), onChange: change });
  return (
    <form
      ref={fields}
      class="stack"
      autocomplete="off"
      // The browser's validation messages would appear instead of ours, and in the browser's language.
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
      <AmountAndUse form={form} problems={problems} onChange={change} />
      <TextInput
        {...text('expiry')}
        hint={t('expiryHint')}
        input={PICKABLE.test(givenExpiry) ? { type: 'datetime-local', step: 1 } : {}}
      />
      <Description text={form.description} error={errorOf(problems, 'description')} onChange={change} />
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

interface AmountAndUseProps {
  form: ReplacementForm;
  problems: readonly FormProblem[];
  onChange: (change: Partial<ReplacementForm>) => void;
}

function AmountAndUse({ form, problems, onChange }: AmountAndUseProps) {
  return (
    <>
      <div class="replacement-pair">
        <RadioGroup
          legend={fieldTitle('amountKind')}
          value={form.amountKind}
          options={[
            { value: 'fixed', label: t('amountFixed') },
            { value: 'any', label: t('amountOpen') },
          ]}
          error={errorOf(problems, 'amountKind')}
          onChange={(amountKind) => onChange({ amountKind })}
        />
        {form.amountKind === 'fixed' && (
          <TextInput
            field="amount"
            form={form}
            error={errorOf(problems, 'amount')}
            onChange={onChange}
            label={t('amountInRupees')}
            input={{ inputMode: 'decimal' }}
          />
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
        onChange={(use) => onChange({ use })}
      />
    </>
  );
}

interface DescriptionProps {
  text: string;
  error: string | undefined;
  onChange: (change: Partial<ReplacementForm>) => void;
}

function Description({ text, error, onChange }: DescriptionProps) {
  return (
    <Field
      label={fieldTitle('description')}
      error={error}
      control={(attributes) => (
        <textarea
          {...attributes}
          class="prose"
          rows={2}
          value={text}
          onInput={(event) => onChange({ description: event.currentTarget.value })}
        />
      )}
    />
  );
}

/** A field's label inside the group "Customer", where the name needs no prefix. */
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
