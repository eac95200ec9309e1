import type { Clock } from '../lib/clock.ts';
import type { AccountRef } from '../model/account.ts';
import {
  type Attempt,
  type AttemptRequest,
  attemptHeader,
  type CancelAttempt,
  type CheckOutcome,
  type CreateAttempt,
  type GetOperator,
  NO_OPERATOR,
  pickSummary,
  type QrCodeSummary,
} from '../model/attempt.ts';
import type { CreateOutcome, Outcome } from '../model/outcome.ts';
import { runDurableTransaction } from './database.ts';
import { allocateAttemptId, appendRows } from './history-log.ts';
import type { Journal, WriteTransaction } from './schema.ts';

/** The outcome of a check, and the time at which it started (epoch milliseconds). */
export interface CheckRecord {
  at: number;
  outcome: CheckOutcome;
  subject?: QrCodeSummary | undefined;
}

type OpenAttempt = CancelAttempt | CreateAttempt;

/** The page that started a create, and the cancelled code that the new one replaces. */
export type CreateAttemptStart = Pick<AttemptRequest, 'startedBy'> & Pick<CreateAttempt, 'replaces'>;

/** The journal's attempts. An open attempt is a record of its own; with its outcome it becomes a row of the history. */
export interface AttemptStore {
  /** Writes a cancel ahead of its request. If this rejects, nothing may be sent. */
  beginCancel(account: AccountRef, start: AttemptRequest): Promise<CancelAttempt>;
  /** Writes a create ahead of its request. If this rejects, nothing may be sent. */
  beginCreate(account: AccountRef, start: CreateAttemptStart, subject: QrCodeSummary): Promise<CreateAttempt>;
  /** Counts a resend ahead of it. If this rejects, the request may not be sent again. */
  recordResend(attemptId: number): Promise<void>;
  /** Writes the outcome. A later call for the same attempt changes nothing: an outcome is final. */
  completeCancel(attemptId: number, outcome: Outcome, subject?: QrCodeSummary): Promise<void>;
  /** Writes the outcome of a create, with the ID of the new code. An outcome is final. */
  completeCreate(
    attemptId: number,
    outcome: CreateOutcome,
    code?: QrCodeSummary & { qrCodeId?: string | undefined },
  ): Promise<void>;
  /** Writes the outcome of an attempt whose request was not sent. */
  completeUnsent(attemptId: number, outcome: Outcome & CreateOutcome): Promise<void>;
  /** Writes a check as a row of the history. Resolves to its attempt ID. */
  recordCheck(account: AccountRef, start: AttemptRequest, check: CheckRecord): Promise<number>;
  /** The cancel with this attempt ID if it has no outcome yet. */
  findOpenCancel(attemptId: number): Promise<CancelAttempt | undefined>;
  /** The attempts without an outcome. */
  findOpen(): Promise<OpenAttempt[]>;
  /** The latest attempts of one account or of all, newest first, with and without an outcome. */
  findLatest(limit: number, accountId?: string): Promise<Attempt[]>;
}

/** Keeps attempts in the journal. Every write has strict durability: it is on disk before its call returns. */
export function createAttemptStore(
  open: () => Promise<Journal>,
  clock: Clock,
  getOperator: GetOperator = NO_OPERATOR,
): AttemptStore {
  const write = async <Result>(work: (writing: WriteTransaction) => Promise<Result>) =>
    runDurableTransaction(await open(), ['attempts', 'history', 'chain'], work);
  const add = async <T extends OpenAttempt>(attempt: Omit<T, 'attemptId'>) => {
    const named = { ...attempt, ...(await getOperator()) };
    return write((writing) => addOpen<T>(writing, named, clock.now()));
  };
  const complete = (attemptId: number, change: Completion) =>
    write((writing) => completeOpen(writing, attemptId, change, clock.now()));

  return {
    beginCancel: (account, start) =>
      add<CancelAttempt>({ ...attemptHeader(account, start, clock.now()), action: 'cancel', sendCount: 1 }),
    beginCreate: (account, start, subject) =>
      add<CreateAttempt>({
        ...attemptHeader(account, { ...start, qrCodeId: '' }, clock.now()),
        ...pickSummary(subject),
        replaces: start.replaces,
        action: 'create',
        sendCount: 1,
      }),
    recordResend: (attemptId) => write((writing) => countResend(writing, attemptId)),
    completeCancel: (attemptId, outcome, subject) =>
      complete(attemptId, { ...pickSummary(subject), outcome }),
    completeCreate: (attemptId, outcome, { qrCodeId, ...code } = {}) =>
      complete(attemptId, { ...pickSummary(code), ...(qrCodeId ? { qrCodeId } : {}), outcome }),
    completeUnsent: (attemptId, outcome) => complete(attemptId, { sendCount: 0, outcome }),
    async recordCheck(account, start, { at, outcome, subject }) {
      const who = { ...attemptHeader(account, start, at), ...(await getOperator()) };
      const check = { ...who, ...pickSummary(subject), outcome, action: 'check' } as const;
      return write(async (writing) => {
        const finishedAt = clock.now();
        return (await appendRows(writing, [{ ...check, finishedAt }], finishedAt)).attemptId;
      });
    },
    async findOpenCancel(attemptId) {
      const attempt = await (await open()).get('attempts', attemptId);
      return attempt?.action === 'cancel' ? attempt : undefined;
    },
    findOpen: async () => (await open()).getAll('attempts'),
    findLatest: async (limit, accountId) => findLatest(await open(), limit, accountId),
  };
}

/** The fields of an open attempt that its outcome adds or changes. */
type Completion = Partial<Omit<OpenAttempt, 'action'>>;

async function addOpen<T extends OpenAttempt>(
  writing: WriteTransaction,
  attempt: Omit<T, 'attemptId'>,
  now: number,
): Promise<T> {
  const numbered = { ...attempt, attemptId: await allocateAttemptId(writing, now) } as T;
  await writing.objectStore('attempts').add(numbered);
  return numbered;
}

async function countResend(writing: WriteTransaction, attemptId: number): Promise<void> {
  const attempt = await writing.objectStore('attempts').get(attemptId);
  if (attempt) await writing.objectStore('attempts').put({ ...attempt, sendCount: attempt.sendCount + 1 });
}

async function completeOpen(
  writing: WriteTransaction,
  attemptId: number,
  change: Completion,
  finishedAt: number,
): Promise<void> {
  const attempt = await writing.objectStore('attempts').get(attemptId);
  if (!attempt) return;
  await appendRows(writing, [{ ...attempt, ...change, finishedAt } as OpenAttempt], finishedAt);
  await writing.objectStore('attempts').delete(attemptId);
}

async function findLatest(journal: Journal, limit: number, accountId?: string): Promise<Attempt[]> {
  const reading = journal.transaction(['attempts', 'history']);
  const history = reading.objectStore('history');
  const all: Attempt[] = await reading.objectStore('attempts').getAll();
  const found = accountId ? all.filter((attempt) => attempt.accountId === accountId) : all;
  let cursor = await (accountId
    ? history.index('accountId').openCursor(accountId, 'prev')
    : history.openCursor(null, 'prev'));
  for (let rows = 0; cursor && rows < limit; rows += 1) {
    if ('attemptId' in cursor.value) found.push(cursor.value);
    cursor = await cursor.continue();
  }
  return found.toSorted((one, other) => other.attemptId - one.attemptId).slice(0, limit);
}
