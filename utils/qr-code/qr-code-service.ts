import type { EnKashClient } from '../enkash/client.ts';
import type { QrCode } from '../enkash/qr-code.ts';
import type { AttemptStore } from '../journal/attempt-store.ts';
import type { Clock } from '../lib/clock.ts';
import type { KeyedMutex } from '../lib/keyed-mutex.ts';
import type { AccountRef } from '../model/account.ts';
import type { Attempt, AttemptRequest, CancelAttempt } from '../model/attempt.ts';
import { codeKey } from '../model/code-key.ts';
import type { GatewayResult } from '../model/gateway-result.ts';
import { isQrCodeId } from '../qr-code-id/id.ts';
import { type CancelResult, createCanceller } from './cancel.ts';
import { type CheckResult, createChecker } from './check.ts';
import { type CreateRequest, type CreateResult, createCreator } from './create.ts';
import { recoverAttempt } from './recover-attempt.ts';

export interface QrCodeServiceDeps {
  clock: Clock;
  client: EnKashClient;
  /** Whether a read found the code ACTIVE before. */
  wasActive(account: AccountRef, qrCodeId: string): boolean;
  /** Shared by all that cancel, so that a code is cancelled in one place at a time. */
  singleFlight: KeyedMutex;
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
  onCancelled(account: AccountRef, start: AttemptRequest, result: CancelResult): void;
  onChecked(account: AccountRef, start: AttemptRequest, result: CheckResult): void;
}

/** Everything that can be done with one QR code, one thing at a time for each code. */
export interface QrCodeService {
  /** Reads a code without leaving a trace in the journal. */
  read(account: AccountRef, qrCodeId: string): Promise<GatewayResult<QrCode>>;
  check(account: AccountRef, start: AttemptRequest): Promise<CheckResult>;
  /** Cancels a code; asked for again while it is under way, answers with that same cancel's result. */
  cancel(account: AccountRef, start: AttemptRequest): Promise<CancelResult>;
  /** Creates a code; asked for twice, as from two pages, while it is under way, answers both with the one. */
  create(account: AccountRef, start: CreateRequest): Promise<CreateResult>;
  /** Settles what an end of the worker cut short: cancels by reading. */
  settleUnfinished(): Promise<void>;
  /** Ends the attempts of an account that has been removed, once those under way have ended by themselves. */
  endRemoved(): Promise<void>;
  /** The newest cancel of a code, once it has ended. */
  lastCancel(accountId: string, qrCodeId: string): Promise<Attempt | null>;
}

/** How far back the last cancel of a code is looked for. */
const LAST_CANCEL_SCAN_LIMIT = 200;

export function createQrCodeService(deps: QrCodeServiceDeps): QrCodeService {
  const { client, attempts, progress, singleFlight, clock } = deps;
  const cancelQrCode = createCanceller({ client, attempts, wasActive: deps.wasActive });
  const createQrCode = createCreator({ client, attempts });
  const checkQrCode = createChecker({ client, attempts, clock });
  let recovery: Promise<void> | undefined;

  const waiting = (account: AccountRef, qrCodeId: string) => ({
    onRateLimited: (until: number) => void progress.wait(account.id, qrCodeId, until),
  });

  /** Reads each code and tells what it says; an attempt that has ended by now is left as it is. */
  async function recoverAttempts(unfinished: CancelAttempt[]): Promise<void> {
    for (const { attemptId } of unfinished) {
      const attempt = await attempts.findOpenCancel(attemptId);
      if (!attempt) continue;
      const settled = await recoverAttempt({ client, attempts, hasAccount: deps.hasAccount }, attempt);
      if (!settled) continue;
      const { accountId: id, accountName: name, environment, qrCodeId, startedBy } = attempt;
      deps.onCancelled({ id, name, environment }, { qrCodeId, startedBy }, { ...settled, attemptId });
      await progress.end(id, qrCodeId);
    }
  }

  async function unfinishedCancels(): Promise<CancelAttempt[]> {
    return (await attempts.findOpen()).filter((attempt) => attempt.action === 'cancel');
  }

  async function recoverAll(): Promise<void> {
    await createQrCode.settleInterrupted();
    const byCode = Map.groupBy(await unfinishedCancels(), ({ accountId, qrCodeId }) =>
      codeKey(accountId, qrCodeId),
    );
    await Promise.all(
      [...byCode].map(([key, unfinished]) =>
        singleFlight.run(key, 'settle', () => recoverAttempts(unfinished)),
      ),
    );
  }

  /** What an earlier cancel of the same code came to is found out before a new one is sent. */
  async function recoverCode(accountId: string, qrCodeId: string): Promise<void> {
    const unfinished = await unfinishedCancels().catch(() => []);
    await recoverAttempts(
      unfinished.filter((attempt) => attempt.accountId === accountId && attempt.qrCodeId === qrCodeId),
    );
  }

  function recoverInterrupted(): Promise<void> {
    recovery ??= deps.keepAlive(recoverAll()).finally(() => {
      recovery = undefined;
    });
    return recovery;
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
        singleFlight.run(codeKey(account.id, start.qrCodeId), 'cancel', async () => {
          await recoverCode(account.id, start.qrCodeId);
          const result = await cancelQrCode(account, start, waiting(account, start.qrCodeId));
          deps.onCancelled(account, start, result);
          await progress.end(account.id, start.qrCodeId);
          return result;
        }),
      ),
    create: (account, start) =>
      deps.keepAlive(
        singleFlight.run(codeKey(account.id, start.replaces), 'create', async () => {
          const result = await createQrCode(account, start);
          await progress.end(account.id, start.replaces);
          return result;
        }),
      ),
    settleUnfinished: recoverInterrupted,
    async endRemoved() {
      // A settling that has begun before may have looked while the account was there.
      await recovery?.catch(() => undefined);
      await recoverInterrupted();
    },
    async lastCancel(accountId, qrCodeId) {
      // The question may be the very event that has woken the worker, before it has settled anything.
      await recoverInterrupted();
      const found = (await attempts.findLatest(LAST_CANCEL_SCAN_LIMIT, accountId)).find(
        (attempt) => attempt.action === 'cancel' && attempt.qrCodeId === qrCodeId,
      );
      return found ?? null;
    },
  };
}
