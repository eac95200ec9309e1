import type { StartedBy } from './journal/attempt.ts';
import { storedItem } from './stored-item.ts';

/** What is to be done with one code, and where that was asked for. */
export interface CodeHandOver {
  action: 'check' | 'cancel';
  qrCodeId: string;
  startedBy: Exclude<StartedBy, 'popup' | 'workbench'>;
}

/** What the context menu, a key, the address bar or another page leaves for a page that is about to open. */
export type HandOver = CodeHandOver | { action: 'review'; text: string };

export type HandOverTo = 'popup' | 'workbench';

interface Left {
  handOver: HandOver;
  /** Epoch milliseconds. */
  at: number;
}

const items = {
  popup: storedItem<Left | null>('session', 'hand-over:popup', null),
  workbench: storedItem<Left | null>('session', 'hand-over:workbench', null),
};

/** What was asked for longer ago than this is not sprung on somebody who opens the page for another reason. */
const KEPT_FOR_MS = 10 * 60_000;

let deciding: Promise<unknown> = Promise.resolve();

/**
 * Makes {@link takeHandOver} wait until it is decided what to leave: a popup that had to be opened within
 * the click itself would else look before there is anything.
 */
export function decideHandOver(decision: Promise<unknown>): void {
  deciding = decision.catch(() => undefined);
}

export function leaveFor(page: HandOverTo, handOver: HandOver): Promise<void> {
  return items[page].write({ handOver, at: Date.now() });
}

/** Takes what was left, so that it is done once only. */
export async function takeHandOver(page: HandOverTo): Promise<HandOver | null> {
  await deciding;
  const left = await items[page].read();
  if (!left) return null;
  await items[page].remove();
  return Date.now() - left.at <= KEPT_FOR_MS ? left.handOver : null;
}
