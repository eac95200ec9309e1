import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { formatCount, t } from '../../utils/i18n/i18n.ts';
import { loadEntryReader, loadedEntryReader } from '../../utils/qr-code-id/entry-reader.ts';
import type { ParsedInput } from '../../utils/qr-code-id/parse-entry.ts';
import type { PopupState } from '../../utils/stores/popup-state.ts';
import { escapeInvisibles } from '../../utils/wording/qr-code.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';

interface QrCodeEntryProps {
  text: string;
  /** The text that the operator has confirmed to be an id. */
  accepted: string | undefined;
  /** How the id was found in a text. */
  origin: Pick<PopupState, 'partOf' | 'note'>;
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
  const { text, accepted, origin, error, busy, onText, onAccept, onCheck, onReview, ...more } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  const entry = useEntry(text);
  const words = useEntryWords();
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
        hint={words?.remarkOn(origin) ?? words?.hintOf(entry, text) ?? t('qrCodeIdHint')}
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
      {words &&
        offered.map((each) => (
          <p class="row" key={each.text}>
            <span>
              <bdi class="code">{escapeInvisibles(each.text)}</bdi> – {words.leftOutText(each.reason)}
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

/** The parsed text; `undefined` until the parser is loaded. */
function useEntry(text: string): ParsedInput | undefined {
  const [readEntry, setReader] = useState(loadedEntryReader);
  useEffect(() => {
    void loadEntryReader().then((reader) => setReader(() => reader));
  }, []);
  return useMemo(() => readEntry?.(text), [readEntry, text]);
}

type EntryWords = typeof import('./entry-words.ts');

/** The sentences about the text; `undefined` until they are loaded. */
function useEntryWords(): EntryWords | undefined {
  const [words, setWords] = useState<EntryWords>();
  useEffect(() => {
    void import('./entry-words.ts').then(setWords);
  }, []);
  return words;
}
