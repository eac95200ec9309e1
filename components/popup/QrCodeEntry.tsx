import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { formatCount, t } from '../../utils/i18n/i18n.ts';
import { loadEntryReader, loadedEntryReader } from '../../utils/qr-code-id/entry-reader.ts';
import type { ParsedInput } from '../../utils/qr-code-id/parse-entry.ts';
import type { PopupState } from '../../utils/stores/popup-state.ts';
import { idNoteText, leftOutText } from '../../utils/wording/left-out.ts';
import { escapeInvisibles } from '../../utils/wording/qr-code.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';

interface QrCodeEntryProps {
  text: string;
  /** The text that the operator has confirmed to be an id. */
  accepted: string | undefined;
  /** A remark on how the id was found in the text, if it needs one. */
  remark: string | undefined;
  error: string | undefined;
  busy: 'checking' | 'reading' | 'cancelling' | undefined;
  onText: (text: string) => void;
  /** Accepts an offered text as the id. */
  onAccept: (qrCodeId: string) => void;
  onCheck: () => void;
  onCancel: () => void;
  /** Cancels at a time. */
  onCancelLater: () => void;
  onReview: () => void;
  onScan: () => void;
}

/** The field for a QR code's id with its buttons. Shows the found id before anything is sent. */
export function QrCodeEntry(props: QrCodeEntryProps) {
  const { text, accepted, remark, error, busy, onText, onAccept, onCheck, onReview, ...more } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  const entry = useEntry(text);
  const offered = entry?.kind === 'none' && accepted !== text.trim() ? entry.offered : [];
  const several = entry?.kind === 'several';
  useEffect(() => {
    field.current?.focus();
    // Selects a restored draft, so that the next input replaces it.
    field.current?.select();
  }, []);
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (several) onReview();
        else onCheck();
      }}
    >
      <Field
        label={t('qrCodeIdLabel')}
        hint={remark ?? hintOf(entry, text)}
        error={error}
        control={(attributes) => (
          <textarea
            {...attributes}
            ref={field}
            rows={several ? 3 : 1}
            spellcheck={false}
            autocomplete="off"
            autocapitalize="off"
            value={text}
            onInput={(event) => onText(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
              event.preventDefault();
              if (!event.repeat) event.currentTarget.form?.requestSubmit();
            }}
          />
        )}
      />
      {offered.map((each) => (
        <p class="row" key={each.text}>
          <span>
            <bdi class="code">{escapeInvisibles(each.text)}</bdi> – {leftOutText(each.reason)}
          </span>
          <Button onClick={() => onAccept(each.text)}>{t('useAnyway', escapeInvisibles(each.text))}</Button>
        </p>
      ))}
      <EntryButtons entry={entry} busy={busy} {...more} />
    </form>
  );
}

interface EntryButtonsProps extends Pick<QrCodeEntryProps, 'busy' | 'onCancel' | 'onCancelLater' | 'onScan'> {
  entry: ParsedInput | undefined;
}

function EntryButtons({ entry, busy, onCancel, onCancelLater, onScan }: EntryButtonsProps) {
  return (
    <div class="entry-buttons">
      {entry?.kind === 'several' ? (
        <Button kind="primary" type="submit">
          {t('reviewIds', formatCount(entry.ids.length))}
        </Button>
      ) : (
        <>
          <Button kind="primary" type="submit" busy={busy !== undefined}>
            {busy === 'checking' ? t('checking') : t('checkStatus')}
          </Button>
          <Button kind="danger" busy={busy !== undefined} onClick={onCancel}>
            {busy === 'reading' ? t('reading') : t('cancelQrCodeDots')}
          </Button>
          <Button busy={busy !== undefined} onClick={onCancelLater}>
            {t('cancelLater')}
          </Button>
          <Button busy={busy !== undefined} onClick={onScan}>
            {t('scanPage')}
          </Button>
        </>
      )}
    </div>
  );
}

function hintOf(entry: ParsedInput | undefined, text: string): string {
  if (entry?.kind === 'several')
    return t(entry.caseVariants ? 'severalFoundCase' : 'severalFound', formatCount(entry.ids.length));
  if (entry?.kind === 'one' && entry.note) return `${t('idFound', entry.qrCodeId)} ${idNoteText(entry.note)}`;
  if (entry?.kind !== 'one' || entry.qrCodeId === text) return t('qrCodeIdHint');
  if (entry.occurrences > 1) return t('idFoundTwice', entry.qrCodeId, formatCount(entry.occurrences));
  return t('idFound', entry.qrCodeId);
}

/** The parsed text; `undefined` until the parser is loaded. */
function useEntry(text: string): ParsedInput | undefined {
  const [readEntry, setReader] = useState(loadedEntryReader);
  useEffect(() => {
    void loadEntryReader().then((reader) => setReader(() => reader));
  }, []);
  return useMemo(() => readEntry?.(text), [readEntry, text]);
}

/** The remark on an id found in a part of a word, or in a text that may mean something else. */
export function remarkOn({ partOf, note }: Pick<PopupState, 'partOf' | 'note'>): string | undefined {
  const sentences = [
    ...(partOf ? [t('selectedPart', escapeInvisibles(partOf.selected), escapeInvisibles(partOf.word))] : []),
    ...(note ? [idNoteText(note)] : []),
  ];
  return sentences.length > 0 ? sentences.join(' ') : undefined;
}
