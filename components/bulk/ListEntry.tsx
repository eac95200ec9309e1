import { useMemo, useRef, useState } from 'preact/hooks';
import { formatCount, t } from '../../utils/i18n/i18n.ts';
import type { BulkActions, BulkState } from '../../utils/stores/bulk-state.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { useFocusIfBodyFocused } from '../ui/use-focus-if-body-focused.ts';
import { FileNotes } from './FileNotes.tsx';
import { ListNotes } from './ListNotes.tsx';
import { PartColumn } from './PartColumn.tsx';

/** Characters shown in the field. Browsers take seconds to lay out several million. */
const MAX_SHOWN = 500_000;

/** The form in which the operator pastes, drops or chooses a list of ids. */
export function ListEntry({ state, actions }: { state: BulkState; actions: BulkActions }) {
  const field = useRef<HTMLTextAreaElement>(null);
  useFocusIfBodyFocused(field);
  const { list, files, sources, parts } = state;
  const beginning = useMemo(() => beginningOf(state.text), [state.text]);
  const { over, ...dropTarget } = useDropTarget((transfer) => {
    const text = transfer.getData('text/plain');
    if (transfer.files.length > 0) void actions.readFiles([...transfer.files]);
    else if (text !== '') actions.setText(state.text === '' ? text : `${state.text.trimEnd()}\n${text}`);
  });
  return (
    <>
      <form
        class={over ? 'drop stack over' : 'drop stack'}
        onSubmit={(event) => {
          event.preventDefault();
          void actions.review();
        }}
        {...dropTarget}
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
        <FieldNotes state={state} isTruncated={beginning !== undefined} actions={actions} />
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
          <div class="row">
            <Button kind="primary" type="submit" busy={files.awaited}>
              {t('reviewList')}
            </Button>
            <FilePicker onFiles={(files) => void actions.readFiles(files)} />
          </div>
          <span class="quiet">{t('chooseFileHint')}</span>
        </div>
      </form>
      {list && <ListNotes list={list} parts={parts} onTake={actions.take} />}
    </>
  );
}

/** The handlers of an element on which the operator drops files or text; `over` is true during the drag. */
function useDropTarget(onTransfer: (transfer: DataTransfer) => void) {
  const [over, setOver] = useState(false);
  return {
    over,
    onDragOver(event: DragEvent) {
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop(event: DragEvent) {
      event.preventDefault();
      setOver(false);
      if (event.dataTransfer) onTransfer(event.dataTransfer);
    },
  };
}

function FilePicker({ onFiles }: { onFiles: (files: File[]) => void }) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button onClick={() => picker.current?.click()}>{t('chooseFile')}</Button>
      <input
        ref={picker}
        type="file"
        hidden
        multiple
        accept=".csv,.tsv,.txt,.xlsx,.ods,.eml,text/*"
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
    </>
  );
}

interface FieldNotesProps {
  state: BulkState;
  /** Whether the field shows only the beginning of the text. */
  isTruncated: boolean;
  actions: Pick<BulkActions, 'setText' | 'restoreStashedList'>;
}

function FieldNotes({ state, isTruncated, actions }: FieldNotesProps) {
  return (
    <>
      {isTruncated && (
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
    </>
  );
}

/** The first lines of a text that is too long for the field, else `undefined`. */
function beginningOf(text: string): string | undefined {
  if (text.length <= MAX_SHOWN) return undefined;
  const end = text.lastIndexOf('\n', MAX_SHOWN);
  return text.slice(0, end < 0 ? MAX_SHOWN : end + 1);
}

function lineCount(text: string): number {
  return text.trimEnd().split(/\r\n|\r|\n/).length;
}
