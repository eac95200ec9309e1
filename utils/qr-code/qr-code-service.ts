import type { EnKashClient } from '../enkash/client.ts';
import type { QrCode } from '../enkash/qr-code.ts';
import type { Clock } from '../lib/clock.ts';
import type { OneAtATime } from '../lib/keyed-mutex.ts';
import type { Account } from '../model/account.ts';
import type { Attempt, AttemptStart, AttemptStore, CancelAttempt } from '../model/attempt.ts';
import { codeKey } from '../model/code-key.ts';
import type { GatewayAnswer } from '../model/gateway-result.ts';
import { isQrCodeId } from '../qr-code-id/id.ts';
import { type CancelResult, createCancelQrCode } from './cancel.ts';
import { type CheckResult, createCheckQrCode } from './check.ts';
import { type CreateResult, type CreateStart, createCreateQrCode } from './create.ts';
import { settleInterrupted } from './recover-attempt.ts';

export interface DeskDeps {
  clock: Clock;
  client: EnKashClient;
  /** Whether a read found the code ACTIVE before. */
  wasActive(account: Account, qrCodeId: string): boolean;
  /** Shared by all that cancel, so that a code is cancelled in one place at a time. */
  oneAtATime: OneAtATime;
  attempts: AttemptStore;
  /** Whether an account is still in this browser. */
  hasAccount(accountId: string): Promise<boolean>;
  progress: {
    wait(accountId: string, qrCodeId: string, until: number): Promise<void>;
    end(accountId: string, qrCodeId: string): Promise<void>;
  };
  /** Keeps the worker running until the promise is settled. */
  keepAlive<Result>(work: Promise<Result>): Promise<Result>;
  /** Told of every result, however it came about. Never delays or fails an action. */
  onCancelled(account: Account, start: AttemptStart, result: CancelResult): void;
  onChecked(account: Account, start: AttemptStart, result: CheckResult): void;
}

/** Everything that can be done with one QR code, one thing at a time for each code. */
export interface Desk {
  /** Reads a code without leaving a trace in the journal. */
  read(account: Account, qrCodeId: string): Promise<GatewayAnswer<QrCode>>;
  check(account: Account, start: AttemptStart): Promise<CheckResult>;
  /** Cancels a code; asked for again while it is under way, answers with that same cancel's result. */
  cancel(account: Account, start: AttemptStart): Promise<CancelResult>;
  /** Creates a code; asked for twice, as from two pages, while it is under way, answers both with the one. */
  create(account: Account, start: CreateStart): Promise<CreateResult>;
  /** Settles what an end of the worker cut short: cancels by reading. */
  settleUnfinished(): Promise<void>;
  /** Ends the attempts of an account that has been removed, once those under way have ended by themselves. */
  endRemoved(): Promise<void>;
  /** The newest cancel of a code, once it has ended. */
  lastCancel(accountId: string, qrCodeId: string): Promise<Attempt | null>;
}

/** How far back the last cancel of a code is looked for. */
const LOOK_BACK = 200;

export function createDesk(deps: DeskDeps): Desk {
  const { client, attempts, progress, oneAtATime, clock } = deps;
  const cancelQrCode = createCancelQrCode({ client, attempts, wasActive: deps.wasActive });
  const createQrCode = createCreateQrCode({ client, attempts });
  const checkQrCode = createCheckQrCode({ client, attempts, clock });
  let settling: Promise<void> | undefined;

  const waiting = (account: Account, qrCodeId: string) => ({
    onWait: (until: number) => void progress.wait(account.id, qrCodeId, until),
  });

  /** Reads each code and tells what it says; an attempt that has ended by now is left as it is. */
  async function settleEach(unfinished: CancelAttempt[]): Promise<void> {
    for (const { attemptId } of unfinished) {
      const attempt = await attempts.stillOpen(attemptId);
      if (!attempt) continue;
      const settled = await settleInterrupted({ client, attempts, hasAccount: deps.hasAccount }, attempt);
      if (!settled) continue;
      const { accountId: id, accountName: name, environment, qrCodeId, startedBy } = attempt;
      deps.onCancelled({ id, name, environment }, { qrCodeId, startedBy }, { ...settled, attemptId });
      await progress.end(id, qrCodeId);
    }
  }

  async function unfinishedCancels(): Promise<CancelAttempt[]> {
    return (await attempts.unfinished()).filter((attempt) => attempt.action === 'cancel');
  }

  async function settleAll(): Promise<void> {
    await createQrCode.settleInterrupted();
    const byCode = Map.groupBy(await unfinishedCancels(), ({ accountId, qrCodeId }) =>
      codeKey(accountId, qrCodeId),
    );
    await Promise.all(
      [...byCode].map(([key, unfinished]) => oneAtATime.run(key, 'settle', () => settleEach(unfinished))),
    );
  }

  /** What an earlier cancel of the same code came to is found out before a new one is sent. */
  async function settleFirst(accountId: string, qrCodeId: string): Promise<void> {
    const unfinished = await unfinishedCancels().catch(() => []);
    await settleEach(
      unfinished.filter((attempt) => attempt.accountId === accountId && attempt.qrCodeId === qrCodeId),
    );
  }

  function settleUnfinished(): Promise<void> {
    settling ??= deps.keepAlive(settleAll()).finally(() => {
      settling = undefined;
    });
    return settling;
  }

  return {
    async read(account, qrCodeId) {
      if (!isQrCodeId(qrCodeId)) return { kind: 'not-sent', reason: 'invalid-id' };
      const read = await deps.keepAlive(client.getQrCode(account, qrCodeId, waiting(account, qrCodeId)));
      await progress.end(account.id, qrCodeId);
      return read;
    },
    async check(account, start) {
      const result = await deps.keepAlive(checkQrCode(account, start, waiting(account, start.qrCodeId)));
      deps.onChecked(account, start, result);
      await progress.end(account.id, start.qrCodeId);
      return result;
    },
    cancel: (account, start) =>
      deps.keepAlive(
        oneAtATime.run(codeKey(account.id, start.qrCodeId), 'cancel', async () => {
          await settleFirst(account.id, start.qrCodeId);
          const result = await cancelQrCode(account, start, waiting(account, start.qrCodeId));
          deps.onCancelled(account, start, result);
          await progress.end(account.id, start.qrCodeId);
          return result;
        }),
      ),
    create: (account, start) =>
      deps.keepAlive(
        oneAtATime.run(codeKey(account.id, start.replaces), 'create', async () => {
          const result = await createQrCode(account, start);
          await progress.end(account.id, start.replaces);
          return result;
        }),
      ),
    settleUnfinished,
    async endRemoved() {
      // A settling that has begun before may have looked while the account was there.
      await settling?.catch(() => undefined);
      await settleUnfinished();
    },
    async lastCancel(accountId, qrCodeId) {
      // The question may be the very event that has woken the worker, before it has settled anything.
      await settleUnfinished();
      const found = (await attempts.latest(LOOK_BACK, accountId)).find(
        (attempt) => attempt.action === 'cancel' && attempt.qrCodeId === qrCodeId,
      );
      return found ?? null;
    },
  };
}
