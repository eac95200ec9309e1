import { isAhead } from '../enkash/retry-after.ts';
import { writeStrictly } from '../journal/database.ts';
import { addRows } from '../journal/history-log.ts';
import type { Journal, Writing } from '../journal/schema.ts';
import type { Clock } from '../lib/clock.ts';
import {
  type AttemptAccount,
  type AttemptSubject,
  NOBODY_NAMED,
  nameAndAmount,
  type ReadOperator,
  whoAndWhat,
} from '../model/attempt-record.ts';
import type { HistoryEntry } from '../model/history-row.ts';
import { assertJobTransition, isOver, type Job, type JobState } from '../model/job.ts';
import {
  assertItemTransition,
  type Item,
  type ItemKind,
  type ItemState,
  isFinal,
  type UnknownItem,
} from '../model/job-item.ts';
import type { JobSubject } from '../model/job-record.ts';
import type { Outcome } from '../model/outcome.ts';
import { leftUnknown } from './item-transitions.ts';
import { ofJob, readJob } from './job-reader.ts';

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
  subject?: AttemptSubject | undefined;
  /** Where it is known that the last sending that was written down has not left. */
  takeBackSending?: boolean;
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

export interface TakenOver {
  lease: Lease;
  /** Every item that is to be settled by a read. */
  unknown: UnknownItem[];
  /** How many items are not in a final state. */
  unfinished: number;
}

/** Items and their number by the kind of their state. */
export type Counts = Record<ItemKind, number>;

/** Thrown at a runner whose job has got another one, or is over. */
export class Superseded extends Error {}

/** Thrown where a job is to be made while another one is not over. */
export class JobUnderWay extends Error {}

/** The journal's jobs. Every write has strict durability and follows the tables of legal transitions. */
export interface JobStore {
  create(
    account: AttemptAccount,
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
  takeOver(jobId: number, browserSession: string, state?: JobState): Promise<TakenOver>;
  /** Writes all of it or nothing. Ending a job settles what waits by what is known of it. */
  commit(lease: Lease, commit: Commit): Promise<Committed>;
  /** Counts a further sending of an item before it leaves; rejects where that failed, and then it may not leave. */
  noteSentAgain(lease: Lease, number: number): Promise<void>;
  item(jobId: number, number: number): Promise<Item | undefined>;
  counts(jobId: number): Promise<Counts>;
  /** Notes what a check said of a code after its job. Its outcome stays what it is. */
  noteCheckedLater(jobId: number, number: number, status: string): Promise<void>;
  /** Removes the jobs that are over, where `before` is given only if they were by then (epoch ms); with `all`, every job. */
  erase(which: 'over' | 'all', before?: number): Promise<void>;
}

/** How many items are read at once where only their number is wanted. */
const COUNTED_AT_ONCE = 1_000;

/** Keeps jobs in the journal. */
export function createJobStore(
  open: () => Promise<Journal>,
  clock: Clock,
  readOperator: ReadOperator = NOBODY_NAMED,
): JobStore {
  const write = async <Result>(work: (writing: Writing) => Promise<Result>) =>
    writeStrictly(await open(), ['jobs', 'items', 'history', 'chain'], work);

  async function unfinished(writing: Writing, jobId: number, kind: ItemKind, count?: number) {
    const index = writing.objectStore('items').index('open');
    return (await index.getAll([jobId, kind], count)) as Item[];
  }

  async function putAll(writing: Writing, job: Job, items: readonly Item[]): Promise<void> {
    const now = clock.now();
    const rows: HistoryEntry[] = [];
    await Promise.all(
      items.map((item) => {
        if (!isFinal(item.state)) return writing.objectStore('items').put(item);
        rows.push(rowOf(job, item, item.state, now));
        return writing.objectStore('items').put({ ...item, finishedAt: now });
      }),
    );
    if (rows.length > 0) await addRows(writing, rows, now);
  }

  async function claim(
    writing: Writing,
    jobId: number,
    count: number,
    pendingFirst: boolean,
  ): Promise<Committed> {
    const now = clock.now();
    const waiting = await unfinished(writing, jobId, 'waiting');
    const notBefore = (item: Item) => (item.state.kind === 'waiting' ? item.state.notBefore : 0);
    const due = waiting.filter((item) => !isAhead(notBefore(item), now)).slice(0, count);
    const later = waiting.map(notBefore).filter((at) => isAhead(at, now));
    const wanted = pendingFirst ? count : count - due.length;
    const fresh = wanted > 0 ? await unfinished(writing, jobId, 'pending', wanted) : [];
    return {
      claimed: pendingFirst ? [...fresh, ...due].slice(0, count) : [...due, ...fresh],
      nextDue: later.length > 0 ? Math.min(...later) : undefined,
    };
  }

  return {
    async create(account, codes, browserSession, reason, column) {
      const named = await readOperator();
      return write(async (writing) => {
        if (await writing.objectStore('jobs').index('open').count()) throw new JobUnderWay();
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
          open: 1,
        } satisfies Omit<Job, 'jobId'>;
        const jobId = await writing.objectStore('jobs').add(job as unknown as Job);
        await Promise.all(
          codes.map(({ qrCodeId, ...subject }, index) =>
            writing.objectStore('items').add({
              jobId,
              number: index + 1,
              qrCodeId,
              ...nameAndAmount(subject),
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
    takeOver: (jobId, browserSession, state = { kind: 'running' }) =>
      write(async (writing) => {
        const job = await openJob(writing, jobId);
        const revision = job.revision + 1;
        const cutShort = (await unfinished(writing, jobId, 'sending')).map((item) =>
          changed(item, { kind: 'unknown', otherwise: INTERRUPTED }, revision),
        );
        const unknown = [...(await unfinished(writing, jobId, 'unknown')), ...cutShort];
        await putAll(writing, job, cutShort);
        const epoch = job.epoch + 1;
        const taken = withState(job, state, clock.now());
        await writing.objectStore('jobs').put({ ...taken, epoch, revision, browserSession });
        const index = writing.objectStore('items').index('open');
        return {
          lease: { jobId, epoch },
          unknown: unknown as UnknownItem[],
          unfinished: await index.count(ofJob(jobId)),
        };
      }),
    commit: (lease, { changes = [], claim: count = 0, pendingFirst = false, state }) =>
      write(async (writing) => {
        const job = await openJob(writing, lease.jobId, lease.epoch);
        const revision = job.revision + 1;
        const items = await Promise.all(
          changes.map(({ number }) => writing.objectStore('items').get([job.jobId, number])),
        );
        const result = changes.map((change, index) => {
          const item = items[index] as Item | undefined;
          if (!item) throw new Error('There is no such item.');
          const sendings = item.sendings - (change.takeBackSending ? 1 : 0);
          return changed({ ...item, ...nameAndAmount(change.subject), sendings }, change.state, revision);
        });
        await putAll(writing, job, result);
        const { claimed, nextDue } =
          count > 0 ? await claim(writing, job.jobId, count, pendingFirst) : { claimed: [] };
        const at = clock.now();
        const sending = claimed.map((item) => ({
          at,
          ...changed(item, asSending(item.state), revision),
          sendings: item.sendings + 1,
        }));
        await putAll(writing, job, sending);
        if (state?.kind === 'ended') await closeEnded(writing, job, revision);
        const left =
          state?.kind === 'finished' &&
          (await writing.objectStore('items').index('open').count(ofJob(job.jobId)));
        if (left) throw new Error('A job with unfinished items is not finished.');
        await writing.objectStore('jobs').put({ ...withState(job, state ?? job.state, at), revision });
        return { claimed: sending, nextDue };
      }),
    noteSentAgain: (lease, number) =>
      write(async (writing) => {
        await openJob(writing, lease.jobId, lease.epoch);
        const item = await writing.objectStore('items').get([lease.jobId, number]);
        if (item?.open !== 'sending') throw new Superseded();
        await writing.objectStore('items').put({ ...item, sendings: item.sendings + 1 });
      }),
    item: async (jobId, number) => (await (await open()).get('items', [jobId, number])) as Item | undefined,
    async counts(jobId) {
      const counts: Counts = { ...NO_ITEMS };
      const journal = await open();
      for (let after = 0; ; after += COUNTED_AT_ONCE) {
        const range = IDBKeyRange.bound([jobId, after], [jobId, after + COUNTED_AT_ONCE], true);
        const items = (await journal.getAll('items', range)) as Item[];
        for (const { state } of items) counts[state.kind] += 1;
        if (items.length < COUNTED_AT_ONCE) return counts;
      }
    },
    noteCheckedLater: (jobId, number, status) =>
      write(async (writing) => {
        const job = (await writing.objectStore('jobs').get(jobId)) as Job | undefined;
        const item = (await writing.objectStore('items').get([jobId, number])) as Item | undefined;
        if (!job || !item || !isFinal(item.state)) return;
        const revision = job.revision + 1;
        await writing
          .objectStore('items')
          .put({ ...item, checkedLater: { status, at: clock.now() }, revision });
        await writing.objectStore('jobs').put({ ...job, revision });
      }),
    erase: (which, before = Number.POSITIVE_INFINITY) =>
      write(async (writing) => {
        const jobs = (await writing.objectStore('jobs').getAll()) as Job[];
        const isToGo = ({ state, finishedAt = 0 }: Job) =>
          which === 'all' || (isOver(state) && finishedAt < before);
        for (const { jobId } of jobs.filter(isToGo)) {
          await writing.objectStore('jobs').delete(jobId);
          await writing.objectStore('items').delete(ofJob(jobId));
        }
      }),
  };

  async function openJob(writing: Writing, jobId: number, epoch?: number): Promise<Job> {
    const job = (await writing.objectStore('jobs').get(jobId)) as Job | undefined;
    if (!job || isOver(job.state) || (epoch !== undefined && job.epoch !== epoch)) throw new Superseded();
    return job;
  }

  async function closeEnded(writing: Writing, job: Job, revision: number): Promise<void> {
    const left = [
      ...(await unfinished(writing, job.jobId, 'waiting')),
      ...(await unfinished(writing, job.jobId, 'unknown')),
    ];
    await putAll(
      writing,
      job,
      left.flatMap((item) => {
        const { state } = item;
        if (state.kind === 'unknown') return [changed(item, leftUnknown(item, state.otherwise), revision)];
        return state.kind === 'waiting' ? [changed(item, state.otherwise, revision)] : [];
      }),
    );
  }
}

/** What is known of an item whose sending was cut short: nothing. */
export const INTERRUPTED: Outcome = { kind: 'unconfirmed', reason: 'interrupted' };

export const NO_ITEMS: Readonly<Counts> = {
  pending: 0,
  sending: 0,
  unknown: 0,
  waiting: 0,
  cancelled: 0,
  'already-cancelled': 0,
  rejected: 0,
  'not-found': 0,
  'not-sent': 0,
  unconfirmed: 0,
};

function asSending(state: ItemState): ItemState {
  if (state.kind !== 'waiting') return { kind: 'sending' };
  const { notBefore: _, ...known } = state;
  return { ...known, kind: 'sending' };
}

function changed(item: Item, state: ItemState, revision: number): Item {
  assertItemTransition(item.state, state);
  const { open: _, ...rest } = item;
  return { ...rest, state, revision, ...(isFinal(state) ? {} : { open: state.kind }) };
}

function withState(job: Job, state: JobState, at: number): Job {
  assertJobTransition(job.state, state);
  const { open: _, ...rest } = job;
  return isOver(state) ? { ...rest, state, finishedAt: at } : { ...rest, state, open: 1 };
}

/** An item that has ended, as the history shows it. */
function rowOf(job: Job, item: Item, outcome: Outcome, finishedAt: number): HistoryEntry {
  const { qrCodeId, sendings, at = finishedAt } = item;
  return {
    ...whoAndWhat(
      job.account,
      { qrCodeId, startedBy: 'workbench', reason: job.reason, column: job.column },
      at,
    ),
    ...(job.operator ? { operator: job.operator } : {}),
    ...nameAndAmount(item),
    action: 'cancel',
    jobId: job.jobId,
    sendings,
    outcome,
    finishedAt,
  };
}
