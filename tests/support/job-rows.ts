import type { Job } from '../../utils/model/job.ts';
import type { Item, ItemState } from '../../utils/model/job-item.ts';

const ACCOUNT = { id: 'main', name: 'Main counter', environment: 'UAT' } as const;
const SECOND_MS = 1_000;

/** A finished job and its items, as stored in the journal. */
export interface MadeJob {
  job: Job;
  items: Item[];
}

/** Makes a finished job of `count` codes. Of every hundred, 90 are cancelled; the others share a few reasons. */
export function makeFinishedJob(count: number, finishedAt: number): MadeJob {
  const at = finishedAt - count * SECOND_MS;
  const job: Job = {
    jobId: 1,
    at,
    account: ACCOUNT,
    total: count,
    state: { kind: 'finished' },
    finishedAt,
    epoch: 1,
    revision: count,
    browserSession: 'seeded',
  };
  const items = Array.from({ length: count }, (_, index): Item => {
    const sentAt = at + index * SECOND_MS;
    return {
      jobId: 1,
      position: index + 1,
      qrCodeId: `QR26LONG${String(index).padStart(6, '0')}`,
      qrName: `Counter ${index}`,
      amount: (index % 90) * 10,
      state: stateOf(index),
      sendings: 1,
      at: sentAt,
      finishedAt: sentAt + 120,
      revision: index + 1,
    };
  });
  return { job, items };
}

function stateOf(index: number): ItemState {
  const refused = { kind: 'rejected', httpStatus: 200, code: 2041, currentStatus: 'ACTIVE' } as const;
  switch (index % 100) {
    case 10:
    case 30:
    case 50:
      return { ...refused, message: 'Approval pending' };
    case 11:
    case 31:
      return { ...refused, message: `QR code ${index} is in settlement` };
    case 12:
    case 32:
    case 52:
      return { kind: 'not-found', message: 'No such QR code' };
    case 13:
    case 33:
      return { kind: 'unconfirmed', reason: 'timeout' };
    default:
      return { kind: 'cancelled', evidence: 'response', code: 0, message: 'Success' };
  }
}

/** Writes a job and these items of it to the journal of the page in which this runs. */
export async function putJob({ job, items }: MadeJob): Promise<void> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('journal');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const writing = database.transaction(['jobs', 'items'], 'readwrite');
  for (const item of items) writing.objectStore('items').put(item);
  writing.objectStore('jobs').put(job);
  await new Promise((resolve, reject) => {
    writing.oncomplete = resolve;
    writing.onerror = () => reject(writing.error);
  });
  database.close();
}

/** A job in parts that are short enough for one message to the page. */
export function* jobInParts({ job, items }: MadeJob, size = 5_000): Generator<MadeJob> {
  for (let from = 0; from < items.length; from += size) yield { job, items: items.slice(from, from + size) };
}
