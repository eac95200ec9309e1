import { t } from '../../utils/i18n/i18n.ts';
import type { FormProblem, ParamField } from '../../utils/qr-code/replacement-form.ts';
import type { ReplacementActions } from '../../utils/stores/replacement-state.ts';
import { formProblemText } from '../../utils/wording/replacement.ts';
import { Button } from '../ui/Button.tsx';

interface ParamFieldsProps {
  params: readonly ParamField[];
  problems: readonly FormProblem[];
  actions: Pick<ReplacementActions, 'changeParam' | 'addParam' | 'removeParam'>;
}

/** The custom params: a list of names and values. */
export function ParamFields({ params, problems, actions }: ParamFieldsProps) {
  const own = problems.filter(({ field }) => field === 'params');
  const errorAt = (index: number | undefined) => own.find((problem) => problem.index === index);
  return (
    <fieldset class="replacement-group stack">
      <legend>{t('customParams')}</legend>
      {params.map((param, index) => (
        <div key={index} class="field replacement-param">
          <input
            type="text"
            autocomplete="off"
            spellcheck={false}
            aria-label={t('paramName', String(index + 1))}
            aria-invalid={errorAt(index) !== undefined}
            placeholder={t('detailName')}
            value={param.name}
            onInput={(event) => actions.changeParam(index, { name: event.currentTarget.value })}
          />
          <input
            type="text"
            autocomplete="off"
            spellcheck={false}
            aria-label={t('paramValue', String(index + 1))}
            placeholder={t('paramValueShort')}
            value={param.value}
            onInput={(event) => actions.changeParam(index, { value: event.currentTarget.value })}
          />
          <Button
            kind="plain"
            label={t('paramRemove', String(index + 1))}
            onClick={() => actions.removeParam(index)}
          >
            {t('remove')}
          </Button>
          <Problem problem={errorAt(index)} />
        </div>
      ))}
      <Problem problem={errorAt(undefined)} />
      <div class="row">
        <Button onClick={actions.addParam}>{t('paramAdd')}</Button>
      </div>
    </fieldset>
  );
}

function Problem({ problem }: { problem: FormProblem | undefined }) {
  return problem ? (
    <p class="field-error" role="alert">
      {formProblemText(problem)}
    </p>
  ) : null;
}
