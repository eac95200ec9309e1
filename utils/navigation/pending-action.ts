import { storedItem } from '../browser/storage-item.ts';
import type { StartedBy } from '../model/attempt-record.ts';

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
export type HandOver = CodeHandOver | TextHandOver | { action: 'review'; text: string } | { action: 'lost' };

/** The largest text that is handed over, in bytes of JSON: Chromium sends messages of up to 64 MiB. */
export const MAX_HAND_OVER_BYTES = 60_000_000;
/** The browser keeps 10 MB for a session, in all. */
const MAX_STORED_BYTES = 8_000_000;

/** Whether a text is small enough to be handed over. */
export function fitsHandOver(text: string): boolean {
  return sizeOf(text, MAX_HAND_OVER_BYTES) <= MAX_HAND_OVER_BYTES;
}

function sizeOf(text: string, max: number): number {
  return text.length > max ? text.length : new TextEncoder().encode(JSON.stringify(text)).byteLength;
}

/** Every window has a side panel of its own. */
export type HandOverTo = 'popup' | 'workbench' | `panel-${number}`;

interface Left {
  /** Missing if it is too large for the session's storage: then the worker that wrote this has it in memory. */
  handOver?: HandOver;
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

const inMemory = new Map<HandOverTo, HandOver>();

/**
 * Leaves something for a page. A text that is too large for the session's storage stays in the worker's memory, since
 * pieces of it would not fit either; if the browser stops the worker before the page takes it, the page gets `lost`.
 */
export async function leaveFor(page: HandOverTo, handOver: HandOver): Promise<void> {
  const isLarge = 'text' in handOver && sizeOf(handOver.text, MAX_STORED_BYTES) > MAX_STORED_BYTES;
  if (isLarge) inMemory.set(page, handOver);
  else inMemory.delete(page);
  await itemFor(page).write({ ...(isLarge ? {} : { handOver }), at: Date.now() });
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
  const handOver = left.handOver ?? inMemory.get(page) ?? { action: 'lost' };
  inMemory.delete(page);
  return Date.now() - left.at <= KEPT_FOR_MS ? handOver : null;
}

/** Calls back when something was left for a page that is open. */
export function watchHandOver(page: HandOverTo, onLeft: () => void): void {
  itemFor(page).watch((left) => left && onLeft());
}
