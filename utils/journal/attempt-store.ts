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

/** A check's outcome, and when it was begun (epoch milliseconds). */
export interface CheckRecord {
  at: number;
  outcome: CheckOutcome;
  subject?: QrCodeSummary | undefined;
}

type OpenAttempt = CancelAttempt | CreateAttempt;

/** How the making of a code was begun, and the cancelled one that it stands in for. */
export type CreateAttemptStart = Pick<AttemptRequest, 'startedBy'> & Pick<CreateAttempt, 'replaces'>;

/**
 * The journal's attempts: while one is open it stands on its own, and with its outcome it becomes a row of the history.
 */
export interface AttemptStore {
  /** Writes a cancel down before it is sent; rejects where that failed, and then nothing may be sent. */
  beginCancel(account: AccountRef, start: AttemptRequest): Promise<CancelAttempt>;
  /** Writes the making of a code down before it is sent; rejects where that failed, and then nothing may be sent. */
  beginCreate(account: AccountRef, start: CreateAttemptStart, subject: QrCodeSummary): Promise<CreateAttempt>;
  /** Counts a further sending before it leaves; rejects where that failed, and then it may not leave. */
  recordResend(attemptId: number): Promise<void>;
  /** Writes the outcome. An attempt that has one keeps it: a final outcome never changes. */
  completeCancel(attemptId: number, outcome: Outcome, subject?: QrCodeSummary): Promise<void>;
  /** The same for the making of a code, with the id that the gateway gave it. */
  completeCreate(
    attemptId: number,
    outcome: CreateOutcome,
    code?: QrCodeSummary & { qrCodeId?: string | undefined },
  ): Promise<void>;
  /** Writes the outcome of an attempt of which nothing has left this computer. */
  completeUnsent(attemptId: number, outcome: Outcome & CreateOutcome): Promise<void>;
  recordCheck(account: AccountRef, start: AttemptRequest, check: CheckRecord): Promise<number>;
  /** A cancel that has no outcome yet. */
  findOpenCancel(attemptId: number): Promise<CancelAttempt | undefined>;
  /** Attempts that were written down and have no outcome yet. */
  findOpen(): Promise<(CancelAttempt | CreateAttempt)[]>;
  /** The newest attempts first, of one account or of all: open ones and those of the history. */
  findLatest(limit: number, accountId?: string): Promise<Attempt[]>;
}

/** Keeps attempts in the journal, each write with strict durability: on disk before the call returns. */
export function createAttemptStore(
  open: () => Promise<Journal>,
  clock: Clock,
  readOperator: GetOperator = NO_OPERATOR,
): AttemptStore {
  const write = async <Result>(work: (writing: WriteTransaction) => Promise<Result>) =>
    runDurableTransaction(await open(), ['attempts', 'history', 'chain'], work);

  const add = async <T extends OpenAttempt>(attempt: Omit<T, 'attemptId'>) => {
    const named = { ...attempt, ...(await readOperator()) };
    return write(async (writing) => {
      const numbered = { ...named, attemptId: await allocateAttemptId(writing, clock.now()) } as T;
      await writing.objectStore('attempts').add(numbered);
      return numbered;
    });
  };

  /** Makes a row of an attempt that is still open. */
  const complete = (attemptId: number, change: Partial<Omit<OpenAttempt, 'action'>>) =>
    write(async (writing) => {
      const attempt = await writing.objectStore('attempts').get(attemptId);
      if (!attempt) return;
      const finishedAt = clock.now();
      await appendRows(writing, [{ ...attempt, ...change, finishedAt } as OpenAttempt], finishedAt);
      await writing.objectStore('attempts').delete(attemptId);
    });

  return {
    beginCancel: (account, start) =>
      add<CancelAttempt>({
        ...attemptHeader(account, start, clock.now()),
        action: 'cancel',
        sendCount: 1,
      }),
    beginCreate: (account, start, subject) =>
      add<CreateAttempt>({
        ...attemptHeader(account, { ...start, qrCodeId: '' }, clock.now()),
        ...pickSummary(subject),
        replaces: start.replaces,
        action: 'create',
        sendCount: 1,
      }),
    recordResend: (attemptId) =>
      write(async (writing) => {
        const attempt = await writing.objectStore('attempts').get(attemptId);
        if (attempt && 'sendCount' in attempt)
          await writing.objectStore('attempts').put({ ...attempt, sendCount: attempt.sendCount + 1 });
      }),
    completeCancel: (attemptId, outcome, subject) =>
      complete(attemptId, { ...pickSummary(subject), outcome }),
    completeCreate: (attemptId, outcome, code = {}) =>
      complete(attemptId, {
        ...pickSummary(code),
        ...(code.qrCodeId ? { qrCodeId: code.qrCodeId } : {}),
        outcome,
      }),
    completeUnsent: (attemptId, outcome) => complete(attemptId, { sendCount: 0, outcome }),
    async recordCheck(account, start, { at, outcome, subject }) {
      const who = { ...attemptHeader(account, start, at), ...(await readOperator()) };
      return write(async (writing) => {
        const finishedAt = clock.now();
        const check = { ...who, ...pickSummary(subject), outcome } as const;
        const rows = [{ ...check, action: 'check', finishedAt }] as const;
        return (await appendRows(writing, rows, finishedAt)).attemptId;
      });
    },
    async findOpenCancel(attemptId) {
      const attempt = await (await open()).get('attempts', attemptId);
      return attempt?.action === 'cancel' ? attempt : undefined;
    },
    findOpen: async () => await (await open()).getAll('attempts'),
    async findLatest(limit, accountId) {
      const reading = (await open()).transaction(['attempts', 'history']);
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
    },
  };
}
