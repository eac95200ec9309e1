import { appendRows } from '../journal/history-log.ts';
import type { WriteTransaction } from '../journal/schema.ts';
import { attemptHeader, pickSummary } from '../model/attempt.ts';
import type { NewHistoryRow } from '../model/history-row.ts';
import type { Job } from '../model/job.ts';
import {
  assertItemTransition,
  type Item,
  type ItemKind,
  type ItemState,
  isFinalItem,
} from '../model/job-item.ts';
import type { Outcome } from '../model/outcome.ts';

/** Loads the items in an open state, in the order of the list; at most `count` of them. */
export async function loadOpenItems(
  writing: WriteTransaction,
  jobId: number,
  kind: ItemKind,
  count?: number,
): Promise<Item[]> {
  const index = writing.objectStore('items').index('open');
  return index.getAll([jobId, kind], count);
}

/** Returns the item in its next state. Throws if the table of transitions does not allow it. */
export function transitionItem(item: Item, state: ItemState, revision: number): Item {
  assertItemTransition(item.state, state);
  const { open: _, ...rest } = item;
  return { ...rest, state, revision, ...(isFinalItem(state) ? {} : { open: state.kind }) };
}

/** Saves items, and appends a row to the history for each one that is final. `now` is epoch milliseconds. */
export async function saveItems(
  writing: WriteTransaction,
  job: Job,
  items: readonly Item[],
  now: number,
): Promise<void> {
  const rows: NewHistoryRow[] = [];
  await Promise.all(
    items.map((item) => {
      if (!isFinalItem(item.state)) return writing.objectStore('items').put(item);
      rows.push(toHistoryRow(job, item, item.state, now));
      return writing.objectStore('items').put({ ...item, finishedAt: now });
    }),
  );
  if (rows.length > 0) await appendRows(writing, rows, now);
}

/** Records the status that a check found after the job. The item's outcome stays. Ignores an item that is not final. */
export async function recordRecheck(
  writing: WriteTransaction,
  jobId: number,
  number: number,
  recheck: { status: string; at: number },
): Promise<void> {
  const job = await writing.objectStore('jobs').get(jobId);
  const item = await writing.objectStore('items').get([jobId, number]);
  if (!job || !item || !isFinalItem(item.state)) return;
  const revision = job.revision + 1;
  await writing.objectStore('items').put({ ...item, recheck, revision });
  await writing.objectStore('jobs').put({ ...job, revision });
}

function toHistoryRow(job: Job, item: Item, outcome: Outcome, finishedAt: number): NewHistoryRow {
  const { qrCodeId, sendings: sendCount, at = finishedAt } = item;
  return {
    ...attemptHeader(
      job.account,
      { qrCodeId, startedBy: job.startedBy ?? 'workbench', reason: job.reason, column: job.column },
      at,
    ),
    ...(job.operator ? { operator: job.operator } : {}),
    ...pickSummary(item),
    action: 'cancel',
    jobId: job.jobId,
    sendCount,
    outcome,
    finishedAt,
  };
}
