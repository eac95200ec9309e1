import { storedItem } from './stored-item.ts';

/** What the context menu, or another page, leaves for a page that is about to open. */
export type HandOver = { action: 'check' | 'cancel'; qrCodeId: string } | { action: 'review'; ids: string[] };

export type HandOverTo = 'popup' | 'workbench';

const items = {
  popup: storedItem<HandOver | null>('session', 'hand-over:popup', null),
  workbench: storedItem<HandOver | null>('session', 'hand-over:workbench', null),
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
  return items[page].write(handOver);
}

/** Takes what was left, so that it is done once only. */
export async function takeHandOver(page: HandOverTo): Promise<HandOver | null> {
  await deciding;
  const handOver = await items[page].read();
  if (handOver) await items[page].remove();
  return handOver;
}
