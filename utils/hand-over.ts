import { storage } from 'wxt/utils/storage';

/** What the context menu, or another page, leaves for a page that is about to open. */
export type HandOver = { action: 'check' | 'cancel'; qrCodeId: string } | { action: 'review'; ids: string[] };

export type HandOverTo = 'popup' | 'workbench';

const items = {
  popup: storage.defineItem<HandOver | null>('session:hand-over:popup', { fallback: null }),
  workbench: storage.defineItem<HandOver | null>('session:hand-over:workbench', { fallback: null }),
};

let deciding: Promise<unknown> = Promise.resolve();

/**
 * Makes {@link takeHandOver} wait until it is decided what to leave: a popup that had to be opened within
 * the click itself would else look before there is anything.
 */
export function decideHandOver(decision: Promise<unknown>): void {
  deciding = decision.catch(() => undefined);
}

export function leaveFor(page: HandOverTo, handOver: HandOver): Promise<void> {
  return items[page].setValue(handOver);
}

/** Takes what was left, so that it is done once only. */
export async function takeHandOver(page: HandOverTo): Promise<HandOver | null> {
  await deciding;
  const handOver = await items[page].getValue();
  if (handOver) await items[page].removeValue();
  return handOver;
}
