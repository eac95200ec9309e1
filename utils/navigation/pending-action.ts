import { defineStorageItem } from '../browser/storage-item.ts';
import type { StartedBy } from '../model/attempt.ts';

/** What is to be done with one code, and where that was asked for. */
export interface PendingCodeAction {
  action: 'check' | 'cancel';
  qrCodeId: string;
  startedBy: Exclude<StartedBy, 'popup' | 'workbench'>;
}

/** A text that is meant for one code. The page reads it, and shows why if it holds no id for sure. */
export interface TextHandOver extends Omit<PendingCodeAction, 'qrCodeId'> {
  text: string;
  /** What was selected, if that is only a part of the word that the text is. */
  partOf?: { selected: string; word: string };
}

/** What the context menu, a key, the address bar or another page leaves for a page that is about to open. */
export type PendingAction =
  | PendingCodeAction
  | TextHandOver
  | { action: 'review'; text: string }
  | { action: 'lost' };

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
export type TargetSurface = 'popup' | 'workbench' | `panel-${number}`;

interface StoredAction {
  /** Missing if it is too large for the session's storage: then the worker that wrote this has it in memory. */
  handOver?: PendingAction;
  /** Epoch milliseconds. */
  at: number;
}

const storageItemFor = (page: TargetSurface) =>
  defineStorageItem<StoredAction | null>('session', `pending-action:${page}`, null);

/** What was asked for longer ago than this is not sprung on somebody who opens the page for another reason. */
const TTL_MS = 10 * 60_000;

let pendingDecision: Promise<unknown> = Promise.resolve();

/**
 * Makes {@link consumePendingAction} wait until it is decided what to leave: a popup that had to be opened within
 * the click itself would else look before there is anything.
 */
export function holdPendingActions(decision: Promise<unknown>): void {
  pendingDecision = decision.catch(() => undefined);
}

const inMemory = new Map<TargetSurface, PendingAction>();

/**
 * Leaves something for a page. A text that is too large for the session's storage stays in the worker's memory, since
 * pieces of it would not fit either; if the browser stops the worker before the page takes it, the page gets `lost`.
 */
export async function postPendingAction(page: TargetSurface, handOver: PendingAction): Promise<void> {
  const isLarge = 'text' in handOver && sizeOf(handOver.text, MAX_STORED_BYTES) > MAX_STORED_BYTES;
  if (isLarge) inMemory.set(page, handOver);
  else inMemory.delete(page);
  await storageItemFor(page).write({ ...(isLarge ? {} : { handOver }), at: Date.now() });
}

let consuming: Promise<unknown> = Promise.resolve();

/** Takes what was left, so that it is done once only, whoever else asks for it meanwhile. */
export async function consumePendingAction(page: TargetSurface): Promise<PendingAction | null> {
  await pendingDecision;
  const taken = consuming.then(() => consume(page));
  consuming = taken.catch(() => undefined);
  return taken;
}

async function consume(page: TargetSurface): Promise<PendingAction | null> {
  const left = await storageItemFor(page).read();
  if (!left) return null;
  await storageItemFor(page).remove();
  const handOver = left.handOver ?? inMemory.get(page) ?? { action: 'lost' };
  inMemory.delete(page);
  return Date.now() - left.at <= TTL_MS ? handOver : null;
}

/** Calls back when something was left for a page that is open. */
export function onPendingAction(page: TargetSurface, onLeft: () => void): void {
  storageItemFor(page).watch((left) => left && onLeft());
}
