import type { CancelAttempt } from '../../utils/model/attempt.ts';
import type { Job } from '../../utils/model/job.ts';
import type { Item } from '../../utils/model/job-item.ts';
import type { ChromiumSession } from '../harness/chromium.ts';

/** The extension's stored data about a job. */
export interface JournalOnDisk {
  job: Job;
  items: Item[];
  attempts: CancelAttempt[];
}

interface ExtensionPage {
  chrome: { runtime: { sendMessage(message: unknown): Promise<unknown> } };
}

/** Sends a message to the extension's background from a temporary page. */
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

/** Reads the journal from disk without the extension's code, on one of its pages that has no script. */
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
    // One transaction, so that the three stores are consistent.
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
