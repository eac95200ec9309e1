import { isPendingDeadline } from '../enkash/retry-after.ts';
import type { WriteTransaction } from '../journal/schema.ts';
import { pickSummary, type QrCodeSummary } from '../model/attempt.ts';
import type { Job, JobState } from '../model/job.ts';
import type { Item, ItemState } from '../model/job-item.ts';
import { unresolvedOutcome } from './item-transitions.ts';
import { loadOpenItems, saveItems, transitionItem } from './job-items.ts';
import { type Lease, LeaseLostError, loadOpenJob, transitionJob } from './job-lease.ts';
import { jobKeyRange } from './job-reader.ts';

/** The next state of an item. */
export interface ItemChange {
  number: number;
  state: ItemState;
  /** Name and amount, as the gateway last returned them. */
  subject?: QrCodeSummary | undefined;
  /** Whether the last recorded send did not leave, so that it is not counted. */
  revertSend?: boolean;
}

/** The writes of one transaction. */
export interface Commit {
  changes?: readonly ItemChange[];
  /** How many items to claim for sending: first those whose retry is due, then those never sent. */
  claim?: number;
  /** Claims items that were never sent first, as they have not met the failures that the job had. */
  pendingFirst?: boolean;
  state?: JobState;
}

export interface Committed {
  /** The claimed items, now `in-flight` on disk. */
  claimed: Item[];
  /** Epoch milliseconds at which the next retry is due, if one is scheduled. */
  nextDue?: number | undefined;
}

/**
 * Writes the changes, claims items and sets the job's state. Throws {@link LeaseLostError} if the lease is lost, and any
 * error if a transition is not allowed; the caller's transaction then writes nothing.
 */
export async function commitToJob(
  writing: WriteTransaction,
  lease: Lease,
  { changes = [], claim: count = 0, pendingFirst = false, state }: Commit,
  now: number,
): Promise<Committed> {
  const job = await loadOpenJob(writing, lease.jobId, lease.epoch);
  const revision = job.revision + 1;
  await saveItems(writing, job, await applyChanges(writing, job, changes, revision), now);
  const { claimed, nextDue } =
    count > 0 ? await claimItems(writing, job.jobId, count, pendingFirst, now) : { claimed: [] };
  const inFlight = claimed.map((item) => ({
    at: now,
    ...transitionItem(item, toInFlight(item.state), revision),
    sendings: item.sendings + 1,
  }));
  await saveItems(writing, job, inFlight, now);
  if (state?.kind === 'ended') await settleRemaining(writing, job, revision, now);
  if (state?.kind === 'finished') await assertNoOpenItems(writing, job.jobId);
  await writing.objectStore('jobs').put({ ...transitionJob(job, state ?? job.state, now), revision });
  return { claimed: inFlight, nextDue };
}

/** Counts one more send of an item. Throws {@link LeaseLostError} if the item is not in flight. */
export async function recordResend(writing: WriteTransaction, lease: Lease, number: number): Promise<void> {
  await loadOpenJob(writing, lease.jobId, lease.epoch);
  const item = await writing.objectStore('items').get([lease.jobId, number]);
  if (item?.open !== 'in-flight') throw new LeaseLostError();
  await writing.objectStore('items').put({ ...item, sendings: item.sendings + 1 });
}

async function applyChanges(
  writing: WriteTransaction,
  { jobId }: Job,
  changes: readonly ItemChange[],
  revision: number,
): Promise<Item[]> {
  const items = await Promise.all(
    changes.map(({ number }) => writing.objectStore('items').get([jobId, number])),
  );
  return changes.map(({ state, subject, revertSend }, index) => {
    const item = items[index];
    if (!item) throw new Error('There is no such item.');
    const sendings = item.sendings - (revertSend ? 1 : 0);
    return transitionItem({ ...item, ...pickSummary(subject), sendings }, state, revision);
  });
}

async function claimItems(
  writing: WriteTransaction,
  jobId: number,
  count: number,
  pendingFirst: boolean,
  now: number,
): Promise<Committed> {
  const scheduled = await loadOpenItems(writing, jobId, 'retry-scheduled');
  const retryAt = ({ state }: Item) => (state.kind === 'retry-scheduled' ? state.retryAt : 0);
  const due = scheduled.filter((item) => !isPendingDeadline(retryAt(item), now)).slice(0, count);
  const later = scheduled.map(retryAt).filter((at) => isPendingDeadline(at, now));
  const missing = pendingFirst ? count : count - due.length;
  const neverSent = missing > 0 ? await loadOpenItems(writing, jobId, 'pending', missing) : [];
  return {
    claimed: pendingFirst ? [...neverSent, ...due].slice(0, count) : [...due, ...neverSent],
    nextDue: later.length > 0 ? Math.min(...later) : undefined,
  };
}

/** Keeps the fallback outcome of an item that is sent again. */
function toInFlight(state: ItemState): ItemState {
  if (state.kind !== 'retry-scheduled') return { kind: 'in-flight' };
  const { retryAt: _, ...known } = state;
  return { ...known, kind: 'in-flight' };
}

/** Gives every open item that was sent its fallback outcome. */
async function settleRemaining(
  writing: WriteTransaction,
  job: Job,
  revision: number,
  now: number,
): Promise<void> {
  const remaining = [
    ...(await loadOpenItems(writing, job.jobId, 'retry-scheduled')),
    ...(await loadOpenItems(writing, job.jobId, 'unresolved')),
  ];
  const settled = remaining.flatMap((item) => {
    const { state } = item;
    if (state.kind === 'unresolved')
      return [transitionItem(item, unresolvedOutcome(item, state.fallbackOutcome), revision)];
    return state.kind === 'retry-scheduled' ? [transitionItem(item, state.fallbackOutcome, revision)] : [];
  });
  await saveItems(writing, job, settled, now);
}

async function assertNoOpenItems(writing: WriteTransaction, jobId: number): Promise<void> {
  const count = await writing.objectStore('items').index('open').count(jobKeyRange(jobId));
  if (count > 0) throw new Error(`Cannot finish job ${jobId}: open items remain.`);
}
