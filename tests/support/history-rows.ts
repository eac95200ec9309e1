import { type ChainHead, chainHash, EMPTY_CHAIN } from '../../utils/journal/hash-chain.ts';
import type { HistoryRow } from '../../utils/model/history-row.ts';

const MINUTE_MS = 60_000;
/** Above the job numbers of real jobs in tests. */
const FIRST_JOB = 5_001;
const SHOPS = ['Tea', 'Books', 'Paan', 'Saris', 'Sweets'];

/** A valid history, as stored in the journal. */
export interface MadeHistory {
  ends: ChainHead;
  rows: HistoryRow[];
}

/**
 * Makes a history of `count` rows, one a minute, the newest at `until` (epoch ms): checks and cancels from the popup and the
 * menu; fifty of every hundred rows belong to one job.
 */
export function makeHistory(count: number, until: number): MadeHistory {
  let ends = EMPTY_CHAIN;
  const rows = Array.from({ length: count }, (_, index) => {
    const content = { ...contentOf(index, until - (count - 1 - index) * MINUTE_MS), row: index + 1 };
    const hash = chainHash(ends.hash, content);
    ends = { ...ends, row: content.row, attemptId: content.row, hash };
    return { ...content, hash } as HistoryRow;
  });
  return { ends, rows };
}

function contentOf(index: number, at: number) {
  const base = {
    attemptId: index + 1,
    at,
    finishedAt: at + 120 + (index % 7) * 90,
    accountId: index % 3 === 0 ? 'main' : 'other',
    accountName: index % 3 === 0 ? 'Main counter' : 'Chandni Chowk',
    environment: index % 4 === 0 ? 'LIVE' : 'UAT',
    qrCodeId: `QR26HIST${String(index).padStart(6, '0')}`,
    qrName: `${SHOPS[index % SHOPS.length]} ${index}`,
    amount: (index % 90) * 10,
  };
  if (index % 100 >= 50) {
    const jobId = FIRST_JOB + Math.floor(index / 100);
    const account = { accountId: 'main', accountName: 'Main counter', environment: 'UAT' };
    const job = { ...base, ...account, startedBy: 'workbench', jobId, reason: `Printed wrong ${jobId}` };
    return { ...job, action: 'cancel', sendCount: 1, outcome: outcomeOf(index) };
  }
  if (index % 2 === 0)
    return { ...base, startedBy: 'popup', action: 'check', outcome: { kind: 'status', status: 'ACTIVE' } };
  return { ...base, startedBy: 'menu', action: 'cancel', sendCount: 1, outcome: outcomeOf(index) };
}

function outcomeOf(index: number) {
  if (index % 25 === 1)
    return {
      kind: 'rejected',
      httpStatus: 200,
      code: 2041,
      message: 'Approval pending',
      currentStatus: 'ACTIVE',
    };
  if (index % 25 === 3) return { kind: 'cancelled', evidence: 'check' };
  return { kind: 'cancelled', evidence: 'response', code: 0, message: 'Success' };
}

/** Writes rows and the chain's ends to the journal of the page in which this runs. The first part replaces all rows. */
export async function putHistory({ ends, rows }: MadeHistory): Promise<void> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('journal');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const writing = database.transaction(['history', 'chain'], 'readwrite');
  if (rows[0]?.row === 1) writing.objectStore('history').clear();
  for (const row of rows) writing.objectStore('history').put(row);
  writing.objectStore('chain').put(ends, 'ends');
  await new Promise((resolve, reject) => {
    writing.oncomplete = resolve;
    writing.onerror = () => reject(writing.error);
  });
  database.close();
}

/** The history in parts that are short enough for one message to the page. */
export function* inParts({ ends, rows }: MadeHistory, size = 5_000): Generator<MadeHistory> {
  for (let from = 0; from < rows.length; from += size) yield { ends, rows: rows.slice(from, from + size) };
}
