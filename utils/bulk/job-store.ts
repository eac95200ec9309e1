import { isPendingDeadline } from '../enkash/retry-after.ts';
import { runDurableTransaction } from '../journal/database.ts';
import { appendRows } from '../journal/history-log.ts';
import type { Journal, WriteTransaction } from '../journal/schema.ts';
import type { Clock } from '../lib/clock.ts';
import type { AccountRef } from '../model/account.ts';
import {
  attemptHeader,
  type GetOperator,
  NO_OPERATOR,
  pickSummary,
  type QrCodeSummary,
} from '../model/attempt.ts';
import type { NewHistoryRow } from '../model/history-row.ts';
import type { JobSubject } from '../model/job.ts';
import { assertJobTransition, isFinalJob, type Job, type JobState } from '../model/job.ts';
import {
  assertItemTransition,
  ITEM_KINDS,
  type Item,
  type ItemKind,
  type ItemState,
  isFinalItem,
  type UnknownItem,
} from '../model/job-item.ts';
import type { Outcome } from '../model/outcome.ts';
import { unresolvedOutcome } from './item-transitions.ts';
import { jobKeyRange, readJob } from './job-reader.ts';

/** What a runner writes with. It loses it to the next runner, and then can't write any more. */
export interface Lease {
  jobId: number;
  epoch: number;
}

/** What became of an item. */
export interface ItemChange {
  number: number;
  state: ItemState;
  /** Name and amount, as the gateway told them last. */
  subject?: QrCodeSummary | undefined;
  /** Where it is known that the last sending that was written down has not left. */
  revertSend?: boolean;
}

export interface Commit {
  changes?: readonly ItemChange[];
  /** Items to be sent next: the ones that have waited long enough first, then those never sent. */
  claim?: number;
  /** Items never sent come first, as they have not met the failures that the job had. */
  pendingFirst?: boolean;
  state?: JobState;
}

export interface Committed {
  /** Now `sending` on disk. */
  claimed: Item[];
  /** Epoch milliseconds at which the next item has waited long enough, where one waits. */
  nextDue?: number | undefined;
}

export interface AcquiredLease {
  lease: Lease;
  /** Every item that is to be settled by a read. */
  unknown: UnknownItem[];
  /** How many items are not in a final state. */
  unfinished: number;
}

/** Items and their number by the kind of their state. */
export type Counts = Record<ItemKind, number>;

/** Thrown at a runner whose job has got another one, or is over. */
export class LeaseLostError extends Error {}

/** Thrown where a job is to be made while another one is not over. */
export class JobInProgressError extends Error {}

/** The journal's jobs. Every write has strict durability and follows the tables of legal transitions. */
export interface JobStore {
  create(
    account: AccountRef,
    codes: readonly JobSubject[],
    browserSession: string,
    reason?: string,
    column?: string,
  ): Promise<Job>;
  /** The job that is not over, if there is one. */
  open(): Promise<Job | undefined>;
  get(jobId: number): Promise<Job | undefined>;
  /**
   * Gives the job to a new runner, running or in the state given. Whatever an earlier runner was sending is `unknown`
   * from now on.
   */
  acquireLease(jobId: number, browserSession: string, state?: JobState): Promise<AcquiredLease>;
  /** Writes all of it or nothing. Ending a job settles what waits by what is known of it. */
  commit(lease: Lease, commit: Commit): Promise<Committed>;
  /** Counts a further sending of an item before it leaves; rejects where that failed, and then it may not leave. */
  recordResend(lease: Lease, number: number): Promise<void>;
  item(jobId: number, number: number): Promise<Item | undefined>;
  counts(jobId: number): Promise<Counts>;
  /** Notes what a check said of a code after its job. Its outcome stays what it is. */
  recordRecheck(jobId: number, number: number, status: string): Promise<void>;
  /** Removes the jobs that are over, where `before` is given only if they were by then (epoch ms); with `all`, every job. */
  deleteJobs(which: 'over' | 'all', before?: number): Promise<void>;
}

/** How many items are read at once where only their number is wanted. */
const COUNT_BATCH_SIZE = 1_000;

/** Keeps jobs in the journal. */
export function createJobStore(
  open: () => Promise<Journal>,
  clock: Clock,
  readOperator: GetOperator = NO_OPERATOR,
): JobStore {
  const write = async <Result>(work: (writing: WriteTransaction) => Promise<Result>) =>
    runDurableTransaction(await open(), ['jobs', 'items', 'history', 'chain'], work);

  async function loadOpenItems(writing: WriteTransaction, jobId: number, kind: ItemKind, count?: number) {
    const index = writing.objectStore('items').index('open');
    return (await index.getAll([jobId, kind], count)) as Item[];
  }

  async function saveItems(writing: WriteTransaction, job: Job, items: readonly Item[]): Promise<void> {
    const now = clock.now();
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

  async function claim(
    writing: WriteTransaction,
    jobId: number,
    count: number,
    pendingFirst: boolean,
  ): Promise<Committed> {
    const now = clock.now();
    const waiting = await loadOpenItems(writing, jobId, 'retry-scheduled');
    const notBefore = (item: Item) => (item.state.kind === 'retry-scheduled' ? item.state.retryAt : 0);
    const due = waiting.filter((item) => !isPendingDeadline(notBefore(item), now)).slice(0, count);
    const later = waiting.map(notBefore).filter((at) => isPendingDeadline(at, now));
    const wanted = pendingFirst ? count : count - due.length;
    const neverSent = wanted > 0 ? await loadOpenItems(writing, jobId, 'pending', wanted) : [];
    return {
      claimed: pendingFirst ? [...neverSent, ...due].slice(0, count) : [...due, ...neverSent],
      nextDue: later.length > 0 ? Math.min(...later) : undefined,
    };
  }

  return {
    async create(account, codes, browserSession, reason, column) {
      const named = await readOperator();
      return write(async (writing) => {
        if (await writing.objectStore('jobs').index('open').count()) throw new JobInProgressError();
        const { id, name, environment } = account;
        const job = {
          at: clock.now(),
          account: { id, name, environment },
          ...(reason ? { reason } : {}),
          ...(column ? { column } : {}),
          ...named,
          total: codes.length,
          state: { kind: 'running' },
          epoch: 0,
          revision: 1,
          browserSession,
          openFlag: 1,
        } satisfies Omit<Job, 'jobId'>;
        const jobId = await writing.objectStore('jobs').add(job as unknown as Job);
        await Promise.all(
          codes.map(({ qrCodeId, ...subject }, index) =>
            writing.objectStore('items').add({
              jobId,
              position: index + 1,
              qrCodeId,
              ...pickSummary(subject),
              state: { kind: 'pending' },
              open: 'pending',
              sendings: 0,
              revision: 1,
            } satisfies Item),
          ),
        );
        return { ...job, jobId };
      });
    },
    open: async () => (await (await open()).getFromIndex('jobs', 'open', 1)) as Job | undefined,
    get: async (jobId) => readJob(await open(), jobId),
    acquireLease: (jobId, browserSession, state = { kind: 'running' }) =>
      write(async (writing) => {
        const job = await loadOpenJob(writing, jobId);
        const revision = job.revision + 1;
        const interrupted = (await loadOpenItems(writing, jobId, 'in-flight')).map((item) =>
          transitionItem(item, { kind: 'unresolved', fallbackOutcome: INTERRUPTED_OUTCOME }, revision),
        );
        const unknown = [...(await loadOpenItems(writing, jobId, 'unresolved')), ...interrupted];
        await saveItems(writing, job, interrupted);
        const fencingToken = job.epoch + 1;
        const taken = transitionJob(job, state, clock.now());
        await writing.objectStore('jobs').put({ ...taken, epoch: fencingToken, revision, browserSession });
        const index = writing.objectStore('items').index('open');
        return {
          lease: { jobId, epoch: fencingToken },
          unknown: unknown as UnknownItem[],
          unfinished: await index.count(jobKeyRange(jobId)),
        };
      }),
    commit: (lease, { changes = [], claim: count = 0, pendingFirst = false, state }) =>
      write(async (writing) => {
        const job = await loadOpenJob(writing, lease.jobId, lease.epoch);
        const revision = job.revision + 1;
        const items = await Promise.all(
          changes.map(({ number }) => writing.objectStore('items').get([job.jobId, number])),
        );
        const result = changes.map((change, index) => {
          const item = items[index] as Item | undefined;
          if (!item) throw new Error('There is no such item.');
          const sendings = item.sendings - (change.revertSend ? 1 : 0);
          return transitionItem(
            { ...item, ...pickSummary(change.subject), sendings },
            change.state,
            revision,
          );
        });
        await saveItems(writing, job, result);
        const { claimed, nextDue } =
          count > 0 ? await claim(writing, job.jobId, count, pendingFirst) : { claimed: [] };
        const at = clock.now();
        const sending = claimed.map((item) => ({
          at,
          ...transitionItem(item, toInFlight(item.state), revision),
          sendings: item.sendings + 1,
        }));
        await saveItems(writing, job, sending);
        if (state?.kind === 'ended') await settleRemaining(writing, job, revision);
        const left =
          state?.kind === 'finished' &&
          (await writing.objectStore('items').index('open').count(jobKeyRange(job.jobId)));
        if (left) throw new Error('A job with unfinished items is not finished.');
        await writing.objectStore('jobs').put({ ...transitionJob(job, state ?? job.state, at), revision });
        return { claimed: sending, nextDue };
      }),
    recordResend: (lease, number) =>
      write(async (writing) => {
        await loadOpenJob(writing, lease.jobId, lease.epoch);
        const item = await writing.objectStore('items').get([lease.jobId, number]);
        if (item?.open !== 'in-flight') throw new LeaseLostError();
        await writing.objectStore('items').put({ ...item, sendings: item.sendings + 1 });
      }),
    item: async (jobId, number) => (await (await open()).get('items', [jobId, number])) as Item | undefined,
    async counts(jobId) {
      const counts: Counts = { ...ZERO_COUNTS };
      const journal = await open();
      for (let after = 0; ; after += COUNT_BATCH_SIZE) {
        const range = IDBKeyRange.bound([jobId, after], [jobId, after + COUNT_BATCH_SIZE], true);
        const items = (await journal.getAll('items', range)) as Item[];
        for (const { state } of items) counts[state.kind] += 1;
        if (items.length < COUNT_BATCH_SIZE) return counts;
      }
    },
    recordRecheck: (jobId, number, status) =>
      write(async (writing) => {
        const job = (await writing.objectStore('jobs').get(jobId)) as Job | undefined;
        const item = (await writing.objectStore('items').get([jobId, number])) as Item | undefined;
        if (!job || !item || !isFinalItem(item.state)) return;
        const revision = job.revision + 1;
        await writing.objectStore('items').put({ ...item, recheck: { status, at: clock.now() }, revision });
        await writing.objectStore('jobs').put({ ...job, revision });
      }),
    deleteJobs: (which, before = Number.POSITIVE_INFINITY) =>
      write(async (writing) => {
        const jobs = (await writing.objectStore('jobs').getAll()) as Job[];
        const isErasable = ({ state, finishedAt = 0 }: Job) =>
          which === 'all' || (isFinalJob(state) && finishedAt < before);
        for (const { jobId } of jobs.filter(isErasable)) {
          await writing.objectStore('jobs').delete(jobId);
          await writing.objectStore('items').delete(jobKeyRange(jobId));
        }
      }),
  };

  async function loadOpenJob(writing: WriteTransaction, jobId: number, epoch?: number): Promise<Job> {
    const job = (await writing.objectStore('jobs').get(jobId)) as Job | undefined;
    if (!job || isFinalJob(job.state) || (epoch !== undefined && job.epoch !== epoch))
      throw new LeaseLostError();
    return job;
  }

  async function settleRemaining(writing: WriteTransaction, job: Job, revision: number): Promise<void> {
    const left = [
      ...(await loadOpenItems(writing, job.jobId, 'retry-scheduled')),
      ...(await loadOpenItems(writing, job.jobId, 'unresolved')),
    ];
    await saveItems(
      writing,
      job,
      left.flatMap((item) => {
        const { state } = item;
        if (state.kind === 'unresolved')
          return [transitionItem(item, unresolvedOutcome(item, state.fallbackOutcome), revision)];
        return state.kind === 'retry-scheduled'
          ? [transitionItem(item, state.fallbackOutcome, revision)]
          : [];
      }),
    );
  }
}

/** What is known of an item whose sending was cut short: nothing. */
export const INTERRUPTED_OUTCOME: Outcome = { kind: 'unconfirmed', reason: 'interrupted' };

/** No item of any kind. */
export const ZERO_COUNTS = Object.fromEntries(ITEM_KINDS.map((kind) => [kind, 0])) as Readonly<Counts>;

function toInFlight(state: ItemState): ItemState {
  if (state.kind !== 'retry-scheduled') return { kind: 'in-flight' };
  const { retryAt: _, ...known } = state;
  return { ...known, kind: 'in-flight' };
}

function transitionItem(item: Item, state: ItemState, revision: number): Item {
  assertItemTransition(item.state, state);
  const { open: _, ...rest } = item;
  return { ...rest, state, revision, ...(isFinalItem(state) ? {} : { open: state.kind }) };
}

function transitionJob(job: Job, state: JobState, at: number): Job {
  assertJobTransition(job.state, state);
  const { openFlag: _, ...rest } = job;
  return isFinalJob(state) ? { ...rest, state, finishedAt: at } : { ...rest, state, openFlag: 1 };
}

/** An item that has ended, as the history shows it. */
function toHistoryRow(job: Job, item: Item, outcome: Outcome, finishedAt: number): NewHistoryRow {
  const { qrCodeId, sendings: sendCount, at = finishedAt } = item;
  return {
    ...attemptHeader(
      job.account,
      { qrCodeId, startedBy: 'workbench', reason: job.reason, column: job.column },
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
