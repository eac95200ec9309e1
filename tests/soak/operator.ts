import type { CancelAttempt } from '../../utils/model/attempt.ts';
import type { Job } from '../../utils/model/job.ts';
import type { Item } from '../../utils/model/job-item.ts';
import type { ChromiumSession } from '../harness/chromium.ts';

/** All that the extension has on disk about a job. */
export interface JournalOnDisk {
  job: Job;
  items: Item[];
  attempts: CancelAttempt[];
}

interface ExtensionPage {
  chrome: { runtime: { sendMessage(message: unknown): Promise<unknown> } };
}

/** Asks the extension's background what one of its pages would ask, from a page that is open just for that. */
export async function ask<Answer>(session: ChromiumSession, name: string, request: object): Promise<Answer> {
  const page = await session.openPage('popup.html');
  try {
    const answer = await page.evaluate(
      (message) => (globalThis as unknown as ExtensionPage).chrome.runtime.sendMessage(message),
      { name, request },
    );
    return answer as Answer;
  } finally {
    await page.close();
  }
}

/** Reads the journal as it is on disk, without the extension's help: on a page of its that has no script. */
export async function readJournal(session: ChromiumSession): Promise<JournalOnDisk> {
  const page = await session.openPage('manifest.json');
  try {
    const found = (await page.evaluate(readStores)) as Partial<JournalOnDisk> | undefined;
    if (!found?.job) throw new Error('The journal has no job: the browser has thrown its database away.');
    return found as JournalOnDisk;
  } finally {
    await page.close();
  }
}

/** Runs in the page. */
async function readStores(): Promise<unknown> {
  const done = <Result>(request: IDBRequest<Result>): Promise<Result> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const journal = await done(indexedDB.open('journal'));
  try {
    // One transaction, so that the three tell of the same moment.
    const reading = journal.transaction(['jobs', 'items', 'history']);
    const [jobs, items, attempts] = await Promise.all(
      ['jobs', 'items', 'history'].map((name) => done(reading.objectStore(name).getAll())),
    );
    const job = jobs?.at(-1);
    const ofJob = ({ jobId }: { jobId?: number }) => jobId === job?.jobId;
    return { job, items: items?.filter(ofJob), attempts: attempts?.filter(ofJob) };
  } finally {
    journal.close();
  }
}
