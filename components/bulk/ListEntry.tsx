import { useMemo, useRef, useState } from 'preact/hooks';
import { formatCount, t } from '../../utils/i18n/i18n.ts';
import type { BulkActions, BulkState } from '../../utils/stores/bulk-state.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { useFocusIfBodyFocused } from '../ui/use-focus-if-body-focused.ts';
import { FileNotes } from './FileNotes.tsx';
import { ListNotes } from './ListNotes.tsx';
import { PartColumn } from './PartColumn.tsx';

/** The most characters of a text that can be edited in the field. Browsers take seconds to lay out several million. */
const MAX_EDITABLE = 500_000;
/** Characters shown of a longer text: more than fit on a screen, and little enough to be drawn at once. */
const BEGINNING = 20_000;

type EnteredList = Pick<BulkState, 'text' | 'stashedList' | 'list' | 'files' | 'sources' | 'parts'>;

interface ListEntryProps {
  state: EnteredList & Pick<BulkState, 'review'>;
  actions: BulkActions;
}

/**
 * The form in which the operator pastes, drops or chooses a list of ids. A review of a long list changes the tab thousands
 * of times. The form is rendered only if the list itself changes, because a comparison of its text takes milliseconds.
 */
export function ListEntry({ state, actions }: ListEntryProps) {
  const { text, stashedList, list, files, sources, parts } = state;
  const isReviewed = state.review !== undefined;
  return useMemo(
    () => (
      <ListForm
        state={{ text, stashedList, list, files, sources, parts }}
        isReviewed={isReviewed}
        actions={actions}
      />
    ),
    [text, stashedList, list, files, sources, parts, isReviewed, actions, t('language')],
  );
}

interface ListFormProps {
  state: EnteredList;
  isReviewed: boolean;
  actions: BulkActions;
}

function ListForm({ state, isReviewed, actions }: ListFormProps) {
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
              rows={isReviewed ? 4 : 8}
              spellcheck={false}
              readOnly={beginning !== undefined}
              value={beginning ?? state.text}
              onInput={(event) => actions.setText(event.currentTarget.value)}
              onPaste={(event) => pasteLongText(event, actions.setText)}
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

/**
 * Takes a pasted text that is too long for the field. The browser would lay out all of it before the page could show its
 * beginning. Line breaks become `\n`, as in any field.
 */
function pasteLongText(
  event: ClipboardEvent & { currentTarget: HTMLTextAreaElement },
  setText: BulkActions['setText'],
): void {
  const { value, selectionStart, selectionEnd, readOnly } = event.currentTarget;
  const pasted = event.clipboardData?.getData('text/plain') ?? '';
  const length = value.length - (selectionEnd - selectionStart) + pasted.length;
  if (readOnly || length <= MAX_EDITABLE) return;
  event.preventDefault();
  const text = pasted.replace(/\r\n?/g, '\n');
  setText(value.slice(0, selectionStart) + text + value.slice(selectionEnd));
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
  state: Pick<BulkState, 'text' | 'stashedList'>;
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
  if (text.length <= MAX_EDITABLE) return undefined;
  const end = text.lastIndexOf('\n', BEGINNING);
  return text.slice(0, end < 0 ? BEGINNING : end + 1);
}

function lineCount(text: string): number {
  return text.trimEnd().split(/\r\n|\r|\n/).length;
}
