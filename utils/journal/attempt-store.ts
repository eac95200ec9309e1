import type { Clock } from '../lib/clock.ts';
import {
  type Attempt,
  type AttemptAccount,
  type AttemptStart,
  type AttemptSubject,
  type CancelAttempt,
  type CreateAttempt,
  NOBODY_NAMED,
  nameAndAmount,
  type ReadOperator,
  whoAndWhat,
} from '../model/attempt-record.ts';
import { writeStrictly } from './database.ts';
import { addRows, numberAttempt } from './history-log.ts';
import type { Journal, Writing } from './schema.ts';

/** What came of a check, and when it was begun (epoch milliseconds). */
export interface CheckRecord<Checked> {
  at: number;
  outcome: Checked;
  subject?: AttemptSubject | undefined;
}

/** How the making of a code was begun, and the cancelled one that it stands in for. */
export type CreateAttemptStart = Pick<AttemptStart, 'startedBy'> & Pick<CreateAttempt<unknown>, 'replaces'>;

/**
 * The journal's attempts: while one is open it stands on its own, and with its outcome it becomes a row of the history.
 * What an outcome is, those who make attempts say.
 */
export interface AttemptStore<Cancelled, Checked, Created> {
  /** Writes a cancel down before it is sent; rejects where that failed, and then nothing may be sent. */
  begin(account: AttemptAccount, start: AttemptStart): Promise<CancelAttempt<Cancelled>>;
  /** Writes the making of a code down before it is sent; rejects where that failed, and then nothing may be sent. */
  beginCreate(
    account: AttemptAccount,
    start: CreateAttemptStart,
    subject: AttemptSubject,
  ): Promise<CreateAttempt<Created>>;
  /** Counts a further sending before it leaves; rejects where that failed, and then it may not leave. */
  noteSentAgain(attemptId: number): Promise<void>;
  /** Writes the outcome. An attempt that has one keeps it: a final outcome never changes. */
  settle(attemptId: number, outcome: Cancelled, subject?: AttemptSubject): Promise<void>;
  /** The same for the making of a code, with the id that the gateway gave it. */
  settleCreate(
    attemptId: number,
    outcome: Created,
    code?: AttemptSubject & { qrCodeId?: string | undefined },
  ): Promise<void>;
  /** Writes the outcome of an attempt of which nothing has left this computer. */
  settleUnsent(attemptId: number, outcome: Cancelled & Created): Promise<void>;
  recordCheck(account: AttemptAccount, start: AttemptStart, check: CheckRecord<Checked>): Promise<number>;
  /** A cancel that has no outcome yet. */
  stillOpen(attemptId: number): Promise<CancelAttempt<Cancelled> | undefined>;
  /** Attempts that were written down and have no outcome yet. */
  unfinished(): Promise<(CancelAttempt<Cancelled> | CreateAttempt<Created>)[]>;
  /** The newest attempts first, of one account or of all: open ones and those of the history. */
  latest(limit: number, accountId?: string): Promise<Attempt<Cancelled, Checked, Created>[]>;
}

/** Keeps attempts in the journal, each write with strict durability: on disk before the call returns. */
export function createAttemptStore<Cancelled, Checked, Created>(
  open: () => Promise<Journal>,
  clock: Clock,
  readOperator: ReadOperator = NOBODY_NAMED,
): AttemptStore<Cancelled, Checked, Created> {
  type Any = Attempt<Cancelled, Checked, Created>;
  type Open = CancelAttempt<Cancelled> | CreateAttempt<Created>;

  const write = async <Result>(work: (writing: Writing) => Promise<Result>) =>
    writeStrictly(await open(), ['attempts', 'history', 'chain'], work);

  const add = async <T extends Open>(attempt: Omit<T, 'attemptId'>) => {
    const named = { ...attempt, ...(await readOperator()) };
    return write(async (writing) => {
      const numbered = { ...named, attemptId: await numberAttempt(writing, clock.now()) } as T;
      await writing.objectStore('attempts').add(numbered);
      return numbered;
    });
  };

  /** Makes a row of an attempt that is still open. */
  const finish = (attemptId: number, change: Partial<Omit<Open, 'action'>>) =>
    write(async (writing) => {
      const attempt = (await writing.objectStore('attempts').get(attemptId)) as Open | undefined;
      if (!attempt) return;
      const finishedAt = clock.now();
      await addRows(writing, [{ ...attempt, ...change, finishedAt } as Open], finishedAt);
      await writing.objectStore('attempts').delete(attemptId);
    });

  return {
    begin: (account, start) =>
      add<CancelAttempt<Cancelled>>({
        ...whoAndWhat(account, start, clock.now()),
        action: 'cancel',
        sendings: 1,
      }),
    beginCreate: (account, start, subject) =>
      add<CreateAttempt<Created>>({
        ...whoAndWhat(account, { ...start, qrCodeId: '' }, clock.now()),
        ...nameAndAmount(subject),
        replaces: start.replaces,
        action: 'create',
        sendings: 1,
      }),
    noteSentAgain: (attemptId) =>
      write(async (writing) => {
        const attempt = await writing.objectStore('attempts').get(attemptId);
        if (attempt && 'sendings' in attempt)
          await writing.objectStore('attempts').put({ ...attempt, sendings: attempt.sendings + 1 });
      }),
    settle: (attemptId, outcome, subject) => finish(attemptId, { ...nameAndAmount(subject), outcome }),
    settleCreate: (attemptId, outcome, code = {}) =>
      finish(attemptId, {
        ...nameAndAmount(code),
        ...(code.qrCodeId ? { qrCodeId: code.qrCodeId } : {}),
        outcome,
      }),
    settleUnsent: (attemptId, outcome) => finish(attemptId, { sendings: 0, outcome }),
    async recordCheck(account, start, { at, outcome, subject }) {
      const who = { ...whoAndWhat(account, start, at), ...(await readOperator()) };
      return write(async (writing) => {
        const finishedAt = clock.now();
        const check = { ...who, ...nameAndAmount(subject), outcome } as const;
        const rows = [{ ...check, action: 'check', finishedAt }] as const;
        return (await addRows(writing, rows, finishedAt)).attemptId;
      });
    },
    async stillOpen(attemptId) {
      const attempt = await (await open()).get('attempts', attemptId);
      return attempt?.action === 'cancel' ? (attempt as CancelAttempt<Cancelled>) : undefined;
    },
    unfinished: async () => (await (await open()).getAll('attempts')) as Open[],
    async latest(limit, accountId) {
      const reading = (await open()).transaction(['attempts', 'history']);
      const history = reading.objectStore('history');
      const all = (await reading.objectStore('attempts').getAll()) as Any[];
      const found = accountId ? all.filter((attempt) => attempt.accountId === accountId) : all;
      let cursor = await (accountId
        ? history.index('accountId').openCursor(accountId, 'prev')
        : history.openCursor(null, 'prev'));
      for (let rows = 0; cursor && rows < limit; rows += 1) {
        if ('attemptId' in cursor.value) found.push(cursor.value as Any);
        cursor = await cursor.continue();
      }
      return found.toSorted((one, other) => other.attemptId - one.attemptId).slice(0, limit);
    },
  };
}
