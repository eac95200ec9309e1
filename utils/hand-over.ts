import { storage } from 'wxt/utils/storage';

/** What the context menu, or another page, leaves for a page that is about to open. */
export type HandOver = { action: 'check' | 'cancel'; qrCodeId: string } | { action: 'review'; ids: string[] };

const forPopup = storage.defineItem<HandOver | null>('session:hand-over:popup', { fallback: null });
const forWorkbench = storage.defineItem<HandOver | null>('session:hand-over:workbench', { fallback: null });

export type HandOverTo = 'popup' | 'workbench';

const items = { popup: forPopup, workbench: forWorkbench };

export function leaveFor(page: HandOverTo, handOver: HandOver): Promise<void> {
  return items[page].setValue(handOver);
}

/** Takes what was left, so that it is done once only. */
export async function takeHandOver(page: HandOverTo): Promise<HandOver | null> {
  const handOver = await items[page].getValue();
  if (handOver) await items[page].removeValue();
  return handOver;
}

/** Calls back when something is left while the page is open; answers how to stop that. */
export function watchHandOver(page: HandOverTo, onLeft: () => void): () => void {
  return items[page].watch((handOver) => handOver && onLeft());
}
