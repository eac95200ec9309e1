import { useMemo, useRef, useState } from 'preact/hooks';
import { formatCount, t } from '../../utils/i18n/i18n.ts';
import type { BulkActions, BulkState } from '../../utils/stores/bulk-state.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { useFocusIfBodyFocused } from '../ui/use-focus-if-body-focused.ts';
import { FileNotes } from './FileNotes.tsx';
import { ListNotes } from './ListNotes.tsx';
import { PartColumn } from './PartColumn.tsx';

/** A browser takes seconds to draw a text of several million characters in a field. */
const MAX_SHOWN = 500_000;

/** Where a list of ids is pasted, chosen or dropped. */
export function ListEntry({ state, actions }: { state: BulkState; actions: BulkActions }) {
  const picker = useRef<HTMLInputElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const [over, setOver] = useState(false);
  useFocusIfBodyFocused(field);
  const { list, files, sources, parts } = state;
  const beginning = useMemo(() => beginningOf(state.text), [state.text]);
  function take(transfer: DataTransfer) {
    const text = transfer.getData('text/plain');
    if (transfer.files.length > 0) void actions.readFiles([...transfer.files]);
    else if (text !== '') actions.setText(state.text === '' ? text : `${state.text.trimEnd()}\n${text}`);
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
          if (event.dataTransfer) take(event.dataTransfer);
        }}
      >
        <Field
          label={t('qrCodeIds')}
          hint={t('qrCodeIdsHint')}
          control={(attributes) => (
            <textarea
              {...attributes}
              ref={field}
              rows={state.review ? 4 : 8}
              spellcheck={false}
              readOnly={beginning !== undefined}
              value={beginning ?? state.text}
              onInput={(event) => actions.setText(event.currentTarget.value)}
            />
          )}
        />
        {beginning !== undefined && (
          <p class="row" role="note">
            {t('fieldCut', formatCount(lineCount(state.text)))}{' '}
            <Button onClick={() => actions.setText('')}>{t('clearList')}</Button>
          </p>
        )}
        {state.stashedList !== undefined && (
          <p class="row">
            {t('listPutAside')} <Button onClick={actions.restoreStashedList}>{t('listBringBack')}</Button>
          </p>
        )}
        {parts.map((part, index) => (
          <PartColumn
            key={part.firstLine}
            part={part}
            number={index}
            of={parts.length > 1 ? part.name : undefined}
            actions={actions}
          />
        ))}
        <FileNotes files={files} sources={sources} actions={actions} />
        <div class="row">
          <Button kind="primary" type="submit" busy={files.awaited}>
            {t('reviewList')}
          </Button>
          <Button onClick={() => picker.current?.click()}>{t('chooseFile')}</Button>
          <input
            ref={picker}
            type="file"
            hidden
            multiple
            accept=".csv,.tsv,.txt,.xlsx,.ods,.eml,text/*"
            onChange={(event) => {
              void actions.readFiles([...(event.currentTarget.files ?? [])]);
              event.currentTarget.value = '';
            }}
          />
          <span class="quiet">{t('chooseFileHint')}</span>
        </div>
      </form>
      {list && <ListNotes list={list} parts={parts} onTake={actions.take} />}
    </>
  );
}

/** The first lines of a text that is too long for the field; nothing if it is not. */
function beginningOf(text: string): string | undefined {
  if (text.length <= MAX_SHOWN) return undefined;
  const end = text.lastIndexOf('\n', MAX_SHOWN);
  return text.slice(0, end < 0 ? MAX_SHOWN : end + 1);
}

function lineCount(text: string): number {
  return text.trimEnd().split(/\r\n|\r|\n/).length;
}
