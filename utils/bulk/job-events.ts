import { storedItem } from '../browser/storage-item.ts';

/** Pages look at the journal again at most this often. */
const TELL_EVERY_MS = 400;

/** Changes with every change of the job under way that pages ought to look at. */
const stored = storedItem<number>('session', 'bulk-progress', 0);

let told: Promise<void> | undefined;

/** Lets pages know that the journal of a job has moved on; of many changes in a row they are told now and then. */
export function noteBulkProgress(): Promise<void> {
  told ??= new Promise<void>((resolve) => setTimeout(resolve, TELL_EVERY_MS)).then(() => {
    told = undefined;
    return stored.write(Date.now());
  });
  return told;
}

/** Calls back with every change; answers how to stop that. */
export function watchBulkProgress(onChange: () => void): () => void {
  return stored.watch(() => onChange());
}
