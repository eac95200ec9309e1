import type { ImageOnPage } from '../browser/capture-tab.ts';
import { defineStorageItem } from '../browser/storage-item.ts';
import { createMutex } from '../lib/mutex.ts';
import type { StartedBy } from '../model/attempt.ts';

/** An action on one code, and the place from which the operator started it. */
export interface PendingCodeAction {
  action: 'check' | 'cancel';
  qrCodeId: string;
  startedBy: Exclude<StartedBy, 'popup' | 'workbench'>;
}

/** A text that stands for one code. The page parses it, and shows the problem if it contains no unambiguous id. */
export interface TextHandOver extends Omit<PendingCodeAction, 'qrCodeId'> {
  text: string;
  /** The selected part, if `text` is the whole word around a partial selection. */
  partOf?: { selected: string; word: string };
}

/** A click on a page or on an image of it, whose QR code is to be found. It holds no picture and no address. */
export interface FindAction {
  action: 'find';
  image: ImageOnPage;
}

/** A code that is cancelled after a countdown, which the page shows. */
export interface CountdownAction extends Omit<PendingCodeAction, 'action'> {
  action: 'countdown';
}

/** An action that the context menu, a shortcut, the address bar or another page posts for a page that is about to open. */
export type PendingAction =
  | PendingCodeAction
  | TextHandOver
  | FindAction
  | CountdownAction
  | { action: 'review'; text: string }
  | { action: 'lost' };

/** The largest text of an action, in bytes of JSON. Chromium sends messages of up to 64 MiB. */
export const MAX_HAND_OVER_BYTES = 60_000_000;
/** `storage.session` has a quota of 10 MB in all. */
const MAX_STORED_BYTES = 8_000_000;

/** Whether a text is small enough for an action. */
export function fitsHandOver(text: string): boolean {
  return sizeOf(text, MAX_HAND_OVER_BYTES) <= MAX_HAND_OVER_BYTES;
}

function sizeOf(text: string, max: number): number {
  return text.length > max ? text.length : new TextEncoder().encode(JSON.stringify(text)).byteLength;
}

/** The page that an action is for. Each window has its own side panel. */
export type TargetSurface = 'popup' | 'workbench' | `panel-${number}`;

interface StoredAction {
  /** Absent if it is too large for the session storage: then the worker that posted it has it in memory. */
  handOver?: PendingAction;
  /** Epoch milliseconds. */
  at: number;
}

const storageItemFor = (page: TargetSurface) =>
  defineStorageItem<StoredAction | null>('session', `pending-action:${page}`, null);

/** An older action is discarded: by then the operator may open the page for another reason. */
const TTL_MS = 10 * 60_000;

let pendingDecision: Promise<unknown> = Promise.resolve();

/**
 * Makes {@link consumePendingAction} wait until `decision` settles. A popup that had to be opened within the click would
 * otherwise look for its action before it is posted.
 */
export function holdPendingActions(decision: Promise<unknown>): void {
  pendingDecision = decision.catch(() => undefined);
}

/** A page must not remove an action that is posted while it consumes an earlier one. */
const runExclusive = createMutex();

const inMemory = new Map<TargetSurface, PendingAction>();

/**
 * Posts an action for a page; it replaces an earlier one. A text that is too large for the session storage stays in the
 * worker's memory. If the browser stops the worker before the page consumes the action, the page gets `lost`.
 */
export async function postPendingAction(page: TargetSurface, handOver: PendingAction): Promise<void> {
  const isLarge = 'text' in handOver && sizeOf(handOver.text, MAX_STORED_BYTES) > MAX_STORED_BYTES;
  await runExclusive(async () => {
    if (isLarge) inMemory.set(page, handOver);
    else inMemory.delete(page);
    await storageItemFor(page).write({ ...(isLarge ? {} : { handOver }), at: Date.now() });
  });
}

/** Returns the action for a page and removes it. Concurrent calls return it only once. */
export async function consumePendingAction(page: TargetSurface): Promise<PendingAction | null> {
  await pendingDecision;
  return runExclusive(() => consume(page));
}

async function consume(page: TargetSurface): Promise<PendingAction | null> {
  const stored = await storageItemFor(page).read();
  if (!stored) return null;
  await storageItemFor(page).remove();
  const handOver = stored.handOver ?? inMemory.get(page) ?? { action: 'lost' };
  inMemory.delete(page);
  return Date.now() - stored.at <= TTL_MS ? handOver : null;
}

/** Calls `onPosted` if an action is posted for a page that is open. */
export function onPendingAction(page: TargetSurface, onPosted: () => void): void {
  storageItemFor(page).watch((stored) => stored && onPosted());
}
