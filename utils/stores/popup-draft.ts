import { defineStorageItem } from '../browser/storage-item.ts';
import type { PopupState, PopupStore } from './popup-state.ts';

const draft = defineStorageItem<string>('session', 'popup-draft', '');

/**
 * Restores the popup's text after it was closed or locked, and stores each change of it, in memory only. A text whose
 * code has a result is not stored.
 */
export async function persistDraft(store: PopupStore): Promise<void> {
  let stored = await draft.read();
  if (stored) store.setState({ text: stored });
  store.subscribe((state) => {
    const text = draftText(state);
    if (text === stored) return;
    stored = text;
    void draft.write(text);
  });
}

/** Keeps a code whose dialog is open or whose read failed: it is in no list yet, so a closed popup would lose it. */
function draftText({ text, about, qrCode, statusLine, report, dialog, busy }: PopupState): string {
  if (about?.qrCodeId !== text) return text;
  if (busy === 'cancelling') return '';
  const isUnconfirmed = busy === 'reading' || (dialog !== undefined && report === undefined);
  const hasResult = qrCode !== undefined || statusLine !== undefined;
  return hasResult && !isUnconfirmed ? '' : text;
}
