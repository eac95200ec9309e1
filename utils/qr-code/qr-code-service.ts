import type { CallOptions } from '../enkash/call-options.ts';
import type { QrCode } from '../enkash/qr-code.ts';
import type { AttemptStore } from '../journal/attempt-store.ts';
import type { Clock } from '../lib/clock.ts';
import type { AccountRef } from '../model/account.ts';
import type { Attempt, AttemptRequest } from '../model/attempt.ts';
import { codeKey } from '../model/code-key.ts';
import type { GatewayResult } from '../model/gateway-result.ts';
import { isQrCodeId } from '../qr-code-id/id.ts';
import { type CancelResult, createCanceller } from './cancel.ts';
import { type CheckResult, createChecker } from './check.ts';
import { type CreateRequest, type CreateResult, createCreator } from './create.ts';
import { type RecoveryDeps, recoverCancels, recoverCode } from './recovery.ts';

export interface QrCodeServiceDeps extends RecoveryDeps {
  clock: Clock;
  /** Whether a read found the code ACTIVE before. */
  wasActive(account: AccountRef, qrCodeId: string): boolean;
  progress: RecoveryDeps['progress'] & {
    /** `until` is epoch milliseconds. */
    wait(accountId: string, qrCodeId: string, until: number): Promise<void>;
  };
  /** Keeps the worker running until the promise is settled. */
  keepAlive<Result>(work: Promise<Result>): Promise<Result>;
  /** Called with every result. Never delays or fails an action, nor does `onCancelled`. */
  onChecked(account: AccountRef, start: AttemptRequest, result: CheckResult): void;
}

/** The operations on one QR code, serialized for each code. */
export interface QrCodeService {
  /** Reads a code. Writes nothing to the journal. */
  read(account: AccountRef, qrCodeId: string): Promise<GatewayResult<QrCode>>;
  /** Reads a code and records the result in the journal. */
  check(account: AccountRef, start: AttemptRequest): Promise<CheckResult>;
  /** Cancels a code. Joins a cancel of the same code that is running. */
  cancel(account: AccountRef, start: AttemptRequest): Promise<CancelResult>;
  /** Creates a code. Joins a create for the same cancelled code that is running, for example from another page. */
  create(account: AccountRef, start: CreateRequest): Promise<CreateResult>;
  /** Recovers the attempts that the end of a worker interrupted. Cancels are settled by reads. */
  settleUnfinished(): Promise<void>;
  /** Ends the interrupted attempts of a removed account. Attempts that are running end by themselves. */
  endRemoved(): Promise<void>;
  /** The newest cancel of a code that has ended; `null` if there is none among the recent attempts. */
  lastCancel(accountId: string, qrCodeId: string): Promise<Attempt | null>;
}

/** How many of the newest attempts are searched for the last cancel of a code. */
const LAST_CANCEL_SCAN_LIMIT = 200;

export function createQrCodeService(deps: QrCodeServiceDeps): QrCodeService {
  const { client, attempts, progress, singleFlight, clock } = deps;
  const cancelQrCode = createCanceller({ client, attempts, wasActive: deps.wasActive });
  const createQrCode = createCreator({ client, attempts });
  const checkQrCode = createChecker({ client, attempts, clock });
  let recovery: Promise<void> | undefined;

  /** Recovers all interrupted attempts. Joins a recovery that is running. */
  function recoverAll(): Promise<void> {
    recovery ??= deps
      .keepAlive(createQrCode.closeInterrupted().then(() => recoverCancels(deps)))
      .finally(() => {
        recovery = undefined;
      });
    return recovery;
  }

  return {
    async read(account, qrCodeId) {
      if (!isQrCodeId(qrCodeId)) return { kind: 'not-sent', reason: 'invalid-id' };
      const read = (options: CallOptions) => client.getQrCode(account, qrCodeId, options);
      return deps.keepAlive(withProgress(progress, account, qrCodeId, read));
    },
    check(account, start) {
      const check = async (options: CallOptions) => {
        const result = await checkQrCode(account, start, options);
        deps.onChecked(account, start, result);
        return result;
      };
      return deps.keepAlive(withProgress(progress, account, start.qrCodeId, check));
    },
    cancel(account, start) {
      const { qrCodeId } = start;
      const cancel = async (options: CallOptions) => {
        await recoverCode(deps, account.id, qrCodeId);
        const result = await cancelQrCode(account, start, options);
        deps.onCancelled(account, start, result);
        return result;
      };
      const cancelOnce = () => withProgress(progress, account, qrCodeId, cancel);
      return deps.keepAlive(singleFlight.run(codeKey(account.id, qrCodeId), 'cancel', cancelOnce));
    },
    create(account, start) {
      const { replaces } = start;
      const createOnce = () => withProgress(progress, account, replaces, () => createQrCode(account, start));
      return deps.keepAlive(singleFlight.run(codeKey(account.id, replaces), 'create', createOnce));
    },
    settleUnfinished: recoverAll,
    async endRemoved() {
      // A running recovery may have checked the account before it was removed.
      await recovery?.catch(() => undefined);
      await recoverAll();
    },
    async lastCancel(accountId, qrCodeId) {
      // This message may have started the worker, before any recovery.
      await recoverAll();
      return findLastCancel(attempts, accountId, qrCodeId);
    },
  };
}

async function findLastCancel(
  attempts: AttemptStore,
  accountId: string,
  qrCodeId: string,
): Promise<Attempt | null> {
  const latest = await attempts.findLatest(LAST_CANCEL_SCAN_LIMIT, accountId);
  return latest.find((attempt) => attempt.action === 'cancel' && attempt.qrCodeId === qrCodeId) ?? null;
}

/** Runs calls about a code, reports each wait for the gateway, and then ends the code's progress. */
async function withProgress<Result>(
  progress: QrCodeServiceDeps['progress'],
  { id }: AccountRef,
  qrCodeId: string,
  run: (options: CallOptions) => Promise<Result>,
): Promise<Result> {
  const result = await run({ onRateLimited: (until) => void progress.wait(id, qrCodeId, until) });
  // The page reads the events again; a result must not be lost with one.
  await progress.end(id, qrCodeId).catch(() => undefined);
  return result;
}
