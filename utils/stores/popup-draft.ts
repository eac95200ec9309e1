import { defineStorageItem } from '../browser/storage-item.ts';
import type { PopupState, PopupStore } from './popup.ts';

const draft = defineStorageItem<string>('session', 'popup-draft', '');

/**
 * Puts back what was typed into the popup before it was closed or locked, and keeps, in memory only, what is
 * typed from now on. What has had its result is not kept.
 */
export async function persistDraft(store: PopupStore): Promise<void> {
  let kept = await draft.read();
  if (kept) store.setState({ text: kept });
  store.subscribe((state) => {
    const text = draftText(state);
    if (text === kept) return;
    kept = text;
    void draft.write(text);
  });
}

/** A code that is only asked about, or could not be read, is still to be dealt with; it is in no list yet. */
function draftText({ text, about, qrCode, statusLine, report, dialog, busy }: PopupState): string {
  if (about?.qrCodeId !== text) return text;
  if (busy === 'cancelling') return '';
  const isAsked = busy === 'reading' || (dialog !== undefined && report === undefined);
  const hasResult = qrCode !== undefined || statusLine !== undefined;
  return hasResult && !isAsked ? '' : text;
}
