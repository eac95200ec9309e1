import { defineStorageItem } from '../browser/storage-item.ts';

/** Pages look at the journal again at most this often. */
const THROTTLE_MS = 400;

/** Changes with every change of the job under way that pages ought to look at. */
const stored = defineStorageItem<number>('session', 'job-events', 0);

let pendingNotification: Promise<void> | undefined;

/** Lets pages know that the journal of a job has moved on; of many changes in a row they are told now and then. */
export function notifyJobChanged(): Promise<void> {
  pendingNotification ??= new Promise<void>((resolve) => setTimeout(resolve, THROTTLE_MS)).then(() => {
    pendingNotification = undefined;
    return stored.write(Date.now());
  });
  return pendingNotification;
}

/** Calls back with every change; answers how to stop that. */
export function onJobChanged(onChange: () => void): () => void {
  return stored.watch(() => onChange());
}
