import { useRef, useState } from 'preact/hooks';
import { t } from '../../utils/i18n.ts';
import type { BulkActions, BulkState, FileProblem } from '../../utils/views/bulk-state.ts';
import { literal } from '../../utils/wording/qr-code.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { ColumnChoice } from './ColumnChoice.tsx';
import { ListNotes } from './ListNotes.tsx';
import { useFocusWhenLost } from './use-focus-when-lost.ts';

/** Where a list of ids is pasted, chosen or dropped. */
export function ListEntry({ state, actions }: { state: BulkState; actions: BulkActions }) {
  const picker = useRef<HTMLInputElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const [over, setOver] = useState(false);
  useFocusWhenLost(field);
  const { list, fileProblem } = state;
  async function read(file: File | undefined) {
    if (file) actions.readFile(new Uint8Array(await file.arrayBuffer()));
  }
  return (
    <>
      <form
        class={over ? 'drop stack over' : 'drop stack'}
        onSubmit={(event) => {
          event.preventDefault();
          void actions.review();
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
              ref={field}
              rows={state.review ? 4 : 8}
              spellcheck={false}
              value={state.text}
              onInput={(event) => actions.setText(event.currentTarget.value)}
            />
          )}
        />
        {state.otherList !== undefined && (
          <p class="row">
            {t('listPutAside')} <Button onClick={actions.swapLists}>{t('listBringBack')}</Button>
          </p>
        )}
        {state.choice ? (
          <ColumnChoice
            choice={state.choice}
            chosen={state.column ?? (list?.ok ? list.column : undefined)}
            onChoose={actions.chooseColumn}
          />
        ) : (
          list?.ok &&
          list.columns.length > 1 && (
            <p class="row">
              <span>{t('columnFound', literal(list.columnName))}</span>{' '}
              <Button onClick={actions.offerColumns}>{t('columnOther')}</Button>
            </p>
          )
        )}
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
      {list && <ListNotes list={list} onTake={actions.take} />}
    </>
  );
}

function fileProblemText(problem: FileProblem): string {
  if (problem.code === 'not-text') return t('fileNotText');
  return t('fileTooLarge', String(Math.floor(problem.limit / 2 ** 20)));
}
