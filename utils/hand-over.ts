import type { StartedBy } from './journal/attempt.ts';
import { storedItem } from './stored-item.ts';

/** What is to be done with one code, and where that was asked for. */
export interface CodeHandOver {
  action: 'check' | 'cancel';
  qrCodeId: string;
  startedBy: Exclude<StartedBy, 'popup' | 'workbench'>;
}

/** A text that is meant for one code. The page reads it, and shows why if it holds no id for sure. */
export interface TextHandOver extends Omit<CodeHandOver, 'qrCodeId'> {
  text: string;
  /** What was selected, if that is only a part of the word that the text is. */
  partOf?: { selected: string; word: string };
}

/** What the context menu, a key, the address bar or another page leaves for a page that is about to open. */
export type HandOver = CodeHandOver | TextHandOver | { action: 'review'; text: string };

/** The most that is handed over, in bytes: the browser keeps 10 MB for a session, and twice that would never fit. */
const MAX_BYTES = 8_000_000;

/** Whether a text is small enough to be handed over. */
export function fitsHandOver(text: string): boolean {
  return text.length <= MAX_BYTES && new TextEncoder().encode(JSON.stringify(text)).byteLength <= MAX_BYTES;
}

/** Every window has a side panel of its own. */
export type HandOverTo = 'popup' | 'workbench' | `panel-${number}`;

interface Left {
  handOver: HandOver;
  /** Epoch milliseconds. */
  at: number;
}

const itemFor = (page: HandOverTo) => storedItem<Left | null>('session', `hand-over:${page}`, null);

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
  return itemFor(page).write({ handOver, at: Date.now() });
}

let taking: Promise<unknown> = Promise.resolve();

/** Takes what was left, so that it is done once only, whoever else asks for it meanwhile. */
export async function takeHandOver(page: HandOverTo): Promise<HandOver | null> {
  await deciding;
  const taken = taking.then(() => take(page));
  taking = taken.catch(() => undefined);
  return taken;
}

async function take(page: HandOverTo): Promise<HandOver | null> {
  const left = await itemFor(page).read();
  if (!left) return null;
  await itemFor(page).remove();
  return Date.now() - left.at <= KEPT_FOR_MS ? left.handOver : null;
}

/** Calls back when something was left for a page that is open. */
export function watchHandOver(page: HandOverTo, onLeft: () => void): void {
  itemFor(page).watch((left) => left && onLeft());
}
