import { defineStorageItem } from '../browser/storage-item.ts';

/** The shortest interval between two notifications, in milliseconds. */
const THROTTLE_MS = 400;

/** Its value changes with each notification. */
const stored = defineStorageItem<number>('session', 'job-events', 0);

let pendingNotification: Promise<void> | undefined;

/** Notifies pages that a job has changed in the journal. Throttled; resolves after the notification. */
export function notifyJobChanged(): Promise<void> {
  pendingNotification ??= new Promise<void>((resolve) => setTimeout(resolve, THROTTLE_MS)).then(() => {
    pendingNotification = undefined;
    return stored.write(Date.now());
  });
  return pendingNotification;
}

/** Calls back with each notification. Returns the function that unsubscribes. */
export function onJobChanged(onChange: () => void): () => void {
  return stored.watch(() => onChange());
}
