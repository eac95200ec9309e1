import { useRef, useState } from 'preact/hooks';
import { t } from '../utils/i18n.ts';
import type { WorkbenchActions, WorkbenchState } from '../utils/views/workbench.ts';
import { IdListReview } from './IdListReview.tsx';
import { Button } from './ui/Button.tsx';
import { Field } from './ui/Field.tsx';

/** A list of ids, pasted, chosen or dropped, and what it holds. */
export function BulkTab({ state, actions }: { state: WorkbenchState; actions: WorkbenchActions }) {
  const picker = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const { fileProblem } = state;
  async function read(file: File | undefined) {
    if (file) actions.readFile(new Uint8Array(await file.arrayBuffer()));
  }
  return (
    <div class="stack">
      <form
        class={over ? 'drop stack over' : 'drop stack'}
        onSubmit={(event) => {
          event.preventDefault();
          actions.review();
        }}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void read(event.dataTransfer?.files[0]);
        }}
      >
        <Field
          label={t('qrCodeIds')}
          hint={t('qrCodeIdsHint')}
          error={fileProblem && fileProblemText(fileProblem)}
          control={(attributes) => (
            <textarea
              {...attributes}
              rows={8}
              spellcheck={false}
              value={state.text}
              onInput={(event) => actions.setText(event.currentTarget.value)}
            />
          )}
        />
        <div class="row">
          <Button kind="primary" type="submit">
            {t('reviewList')}
          </Button>
          <Button onClick={() => picker.current?.click()}>{t('chooseFile')}</Button>
          <input
            ref={picker}
            type="file"
            hidden
            accept=".csv,.tsv,.txt,text/*"
            onChange={(event) => {
              void read(event.currentTarget.files?.[0]);
              event.currentTarget.value = '';
            }}
          />
        </div>
      </form>
      {state.list && <IdListReview list={state.list} onOpen={(qrCodeId) => void actions.open(qrCodeId)} />}
    </div>
  );
}

function fileProblemText(problem: NonNullable<WorkbenchState['fileProblem']>): string {
  if (problem.code === 'not-text') return t('fileNotText');
  return t('fileTooLarge', String(Math.floor(problem.limit / 2 ** 20)));
}
