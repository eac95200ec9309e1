import { IDBFactory } from 'fake-indexeddb';
import { createJobController, type JobController } from '../../utils/bulk/job-controller.ts';
import { createJobReader } from '../../utils/bulk/job-reader.ts';
import { createJobStore, type JobStore } from '../../utils/bulk/job-store.ts';
import type { CallOptions } from '../../utils/enkash/call-options.ts';
import type { EnKashClient } from '../../utils/enkash/client.ts';
import type { QrCode } from '../../utils/enkash/qr-code.ts';
import { openJournal } from '../../utils/journal/database.ts';
import type { Account } from '../../utils/model/account.ts';
import type { GatewayResult } from '../../utils/model/gateway-result.ts';
import { isFinalJob, type JobState } from '../../utils/model/job.ts';
import { isFinalItem } from '../../utils/model/job-item.ts';
import { cancelAndResolve } from '../../utils/qr-code/cancel.ts';
import { createVirtualClock } from './virtual-clock.ts';

type Answer = GatewayResult<QrCode>;

/** What a test has the gateway do; `undefined` is the usual. */
export interface Script {
  cancel?: (qrCodeId: string, options: CallOptions) => Answer | undefined | Promise<Answer | undefined>;
  read?: (qrCodeId: string) => Answer | undefined;
}

const ACCOUNT: Account = { id: 'a1', name: 'Chandni Chowk', environment: 'UAT' };
const LATENCY_MS = 20;

/** A job over a scripted gateway, with a clock that jumps from one timer to the next. */
export async function createRunnerKit(count: number) {
  globalThis.indexedDB = new IDBFactory();
  const clock = createVirtualClock();
  const journal = openJournal();
  const stored = createJobStore(() => journal, clock);
  const reader = createJobReader(() => journal);
  const ids = Array.from({ length: count }, (_, index) => `QR${1000 + index}`);
  const cancelled = new Set<string>();
  /** Every call that left, in order. */
  const calls: { what: 'cancel' | 'read'; qrCodeId: string; at: number }[] = [];
  const states: JobState[] = [];
  let latest: JobState | undefined;
  let script: Script = {};
  let busy = 0;

  const counted =
    <Args extends unknown[], Result>(call: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      busy += 1;
      try {
        return await call(...args);
      } finally {
        busy -= 1;
      }
    };
  const jobs = Object.fromEntries(
    Object.entries(stored).map(([name, call]) => [name, counted(call as () => Promise<unknown>)]),
  ) as unknown as JobStore;

  const record = (qrCodeId: string): Answer => ({
    kind: 'answered',
    code: 0,
    message: 'Success',
    payload: { qrCodeId, status: cancelled.has(qrCodeId) ? 'CANCELLED' : 'ACTIVE' },
  });
  const client: EnKashClient = {
    signIn: () => Promise.reject(new Error('No job signs in by itself.')),
    searchQrCodes: () => Promise.reject(new Error('No job searches.')),
    createQrCode: () => Promise.reject(new Error('No job creates.')),
    async cancelQrCode(_account, qrCodeId, options = {}) {
      calls.push({ what: 'cancel', qrCodeId, at: clock.now() });
      await clock.sleep(LATENCY_MS);
      const scripted = await script.cancel?.(qrCodeId, options);
      if (scripted) return scripted;
      cancelled.add(qrCodeId);
      return record(qrCodeId);
    },
    async getQrCode(_account, qrCodeId) {
      calls.push({ what: 'read', qrCodeId, at: clock.now() });
      await clock.sleep(LATENCY_MS);
      return script.read?.(qrCodeId) ?? record(qrCodeId);
    },
  };
  let lock: Promise<void> = Promise.resolve();
  const desk: JobController = createJobController({
    jobs,
    clock,
    isMultiplexed: () => true,
    send: (account, { qrCodeId, sendings }, noteSentAgain) =>
      cancelAndResolve(client, {
        account,
        qrCodeId,
        noteSentAgain,
        noResend: true,
        mayAlreadyBeApplied: sendings > 1,
      }),
    read: client.getQrCode,
    withExclusiveLock(work) {
      lock = lock.catch(() => undefined).then(work);
      return lock;
    },
    keepAlive: (work) => work,
    alarm: { set: async () => undefined, clear: async () => undefined },
    browserSession: async () => 'session',
    onChange({ state }) {
      // A run that starts reports the state in which the job was left.
      if (JSON.stringify(state) !== JSON.stringify(latest)) states.push(state);
      latest = state;
    },
    onProgress: () => undefined,
    onFinished: () => undefined,
  });

  async function until(isOk: (state: JobState) => boolean): Promise<JobState> {
    await clock.run(
      () => states.some(isOk),
      () => busy > 0,
    );
    return states.findLast(isOk) as JobState;
  }

  return {
    desk,
    ids,
    calls,
    clock,
    cancelled,
    /** Changes what the gateway does from now on. */
    play(next: Script): void {
      script = next;
    },
    /** Starts the job. */
    start: () =>
      desk.start(
        ACCOUNT,
        ids.map((qrCodeId) => ({ qrCodeId })),
      ),
    /** Runs until the job is paused once more, and returns that state. */
    untilPaused(): Promise<JobState> {
      states.length = 0;
      return until(({ kind }) => kind === 'paused');
    },
    /** Runs until the job is over, and returns how. */
    untilOver(): Promise<JobState> {
      states.length = 0;
      return until(isFinalJob);
    },
    /** How many items are in each kind of state. */
    async kinds(): Promise<Record<string, number>> {
      const kinds: Record<string, number> = {};
      for (const { state } of await this.items()) kinds[state.kind] = (kinds[state.kind] ?? 0) + 1;
      return kinds;
    },
    async items() {
      return reader.items((await reader.latest())?.jobId ?? 0);
    },
    async finals() {
      return (await this.items()).filter(({ state }) => isFinalItem(state));
    },
    /** The ids of the cancels that left. */
    sent: () => calls.filter(({ what }) => what === 'cancel').map(({ qrCodeId }) => qrCodeId),
  };
}
