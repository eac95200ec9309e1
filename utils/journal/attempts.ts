import type { Clock } from '../clock.ts';
import type {
  Attempt,
  AttemptAccount,
  AttemptBase,
  AttemptStart,
  AttemptSubject,
  CancelAttempt,
  CheckAttempt,
} from './attempt.ts';
import { nameAndAmount } from './attempt.ts';
import type { Journal } from './database.ts';

/** The journal's attempts. What an outcome is, those who make attempts say. */
export interface AttemptStore<Cancelled, Checked> {
  /** Writes a cancel down before it is sent; rejects where that failed, and then nothing may be sent. */
  begin(account: AttemptAccount, start: AttemptStart): Promise<CancelAttempt<Cancelled>>;
  /** Counts a further sending before it leaves; rejects where that failed, and then it may not leave. */
  noteSentAgain(attemptId: number): Promise<void>;
  /** Writes the outcome. An attempt that has one keeps it: a final outcome never changes. */
  settle(attemptId: number, outcome: Cancelled, subject?: AttemptSubject): Promise<void>;
  /** Writes the outcome of an attempt of which nothing has left this computer. */
  settleUnsent(attemptId: number, outcome: Cancelled): Promise<void>;
  recordCheck(
    account: AttemptAccount,
    start: AttemptStart,
    outcome: Checked,
    subject?: AttemptSubject,
  ): Promise<number>;
  get(attemptId: number): Promise<Attempt<Cancelled, Checked> | undefined>;
  /** Cancels that were written down and have no outcome yet. */
  unfinished(): Promise<CancelAttempt<Cancelled>[]>;
  /** The newest attempts first. */
  latest(limit: number): Promise<Attempt<Cancelled, Checked>[]>;
  /** Removes every finished attempt; an unfinished one stays, since it still has to be settled. */
  erase(): Promise<void>;
}

const STRICT = { durability: 'strict' } as const;

/** Keeps attempts in the journal, each write with strict durability: on disk before the call returns. */
export function createAttemptStore<Cancelled, Checked>(
  open: () => Promise<Journal>,
  clock: Clock,
): AttemptStore<Cancelled, Checked> {
  type Any = Attempt<Cancelled, Checked>;
  type Cancel = CancelAttempt<Cancelled>;

  async function change(attemptId: number, edit: (attempt: Cancel) => Cancel): Promise<void> {
    const transaction = (await open()).transaction('attempts', 'readwrite', STRICT);
    const attempt = (await transaction.store.get(attemptId)) as Any | undefined;
    if (attempt?.action === 'cancel' && attempt.open) await transaction.store.put(edit(attempt));
    await transaction.done;
  }

  async function add<T extends Any>(attempt: Omit<T, 'attemptId'>): Promise<T> {
    const transaction = (await open()).transaction('attempts', 'readwrite', STRICT);
    const attemptId = await transaction.store.add(attempt as T);
    await transaction.done;
    return { ...attempt, attemptId } as T;
  }

  return {
    begin: (account, start) =>
      add<Cancel>({ ...whoAndWhat(account, start, clock.now()), action: 'cancel', sendings: 1, open: 1 }),
    noteSentAgain: (attemptId) =>
      change(attemptId, (attempt) => ({ ...attempt, sendings: attempt.sendings + 1 })),
    settle: (attemptId, outcome, subject) =>
      change(attemptId, ({ open: _, ...attempt }) => ({
        ...attempt,
        ...nameAndAmount(subject),
        outcome,
        finishedAt: clock.now(),
      })),
    settleUnsent: (attemptId, outcome) =>
      change(attemptId, ({ open: _, ...attempt }) => ({
        ...attempt,
        sendings: 0,
        outcome,
        finishedAt: clock.now(),
      })),
    async recordCheck(account, start, outcome, subject) {
      const { attemptId } = await add<CheckAttempt<Checked>>({
        ...whoAndWhat(account, start, clock.now()),
        ...nameAndAmount(subject),
        action: 'check',
        outcome,
        finishedAt: clock.now(),
      });
      return attemptId;
    },
    get: async (attemptId) => (await (await open()).get('attempts', attemptId)) as Any | undefined,
    unfinished: async () => (await (await open()).getAllFromIndex('attempts', 'open')) as Cancel[],
    async latest(limit) {
      const found: Any[] = [];
      let cursor = await (await open()).transaction('attempts').store.openCursor(null, 'prev');
      for (; cursor && found.length < limit; cursor = await cursor.continue())
        found.push(cursor.value as Any);
      return found;
    },
    async erase() {
      const transaction = (await open()).transaction('attempts', 'readwrite', STRICT);
      for (let cursor = await transaction.store.openCursor(); cursor; cursor = await cursor.continue()) {
        if (!(cursor.value.action === 'cancel' && cursor.value.open)) await cursor.delete();
      }
      await transaction.done;
    },
  };
}

function whoAndWhat(
  account: AttemptAccount,
  { qrCodeId, startedBy }: AttemptStart,
  at: number,
): Omit<AttemptBase, 'attemptId'> {
  const { id: accountId, name: accountName, environment } = account;
  return { at, accountId, accountName, environment, qrCodeId, startedBy };
}
