import { IDBFactory } from 'fake-indexeddb';
import { createJobController, type JobController } from '../../utils/bulk/job-controller.ts';
import { createJobReader } from '../../utils/bulk/job-reader.ts';
import { createJobStore, type JobStore } from '../../utils/bulk/job-store.ts';
import type { CallOptions } from '../../utils/enkash/call-options.ts';
import type { EnKashClient } from '../../utils/enkash/client.ts';
import type { QrCode } from '../../utils/enkash/qr-code.ts';
import { openJournal } from '../../utils/journal/database.ts';
import type { AccountRef } from '../../utils/model/account.ts';
import type { GatewayResult } from '../../utils/model/gateway-result.ts';
import { isFinalJob, type JobState } from '../../utils/model/job.ts';
import { isFinalItem } from '../../utils/model/job-item.ts';
import { cancelAndResolve } from '../../utils/qr-code/cancel.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';

type Answer = GatewayResult<QrCode>;

/** The scripted responses of the gateway; `undefined` is the usual response. */
export interface Script {
  cancel?: (qrCodeId: string, options: CallOptions) => Answer | undefined | Promise<Answer | undefined>;
  read?: (qrCodeId: string) => Answer | undefined;
}

const ACCOUNT: AccountRef = { id: 'a1', name: 'Chandni Chowk', environment: 'UAT' };
const LATENCY_MS = 20;

/** The gateway of a test: its script, its cancelled codes, and all calls that were sent, in order. */
interface ScriptedGateway {
  script: Script;
  cancelled: Set<string>;
  calls: { what: 'cancel' | 'read'; qrCodeId: string; at: number }[];
}

function createScriptedClient(gateway: ScriptedGateway, clock: VirtualClock): EnKashClient {
  const { cancelled, calls } = gateway;
  const record = (qrCodeId: string): Answer => ({
    kind: 'answered',
    code: 0,
    message: 'Success',
    payload: { qrCodeId, status: cancelled.has(qrCodeId) ? 'CANCELLED' : 'ACTIVE' },
  });
  return {
    signIn: () => Promise.reject(new Error('A job does not sign in.')),
    searchQrCodes: () => Promise.reject(new Error('A job does not search.')),
    createQrCode: () => Promise.reject(new Error('A job does not create codes.')),
    async cancelQrCode(_account, qrCodeId, options = {}) {
      calls.push({ what: 'cancel', qrCodeId, at: clock.now() });
      await clock.sleep(LATENCY_MS);
      const scripted = await gateway.script.cancel?.(qrCodeId, options);
      if (scripted) return scripted;
      cancelled.add(qrCodeId);
      return record(qrCodeId);
    },
    async getQrCode(_account, qrCodeId) {
      calls.push({ what: 'read', qrCodeId, at: clock.now() });
      await clock.sleep(LATENCY_MS);
      return gateway.script.read?.(qrCodeId) ?? record(qrCodeId);
    },
  };
}

/** A store of jobs that counts its operations under way, during which the virtual clock stands still. */
function createCountedStore(stored: JobStore): { jobs: JobStore; isBusy: () => boolean } {
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
  return { jobs, isBusy: () => busy > 0 };
}

/** A controller that records the states of its job in `states`. */
function createRecordedController(
  jobs: JobStore,
  client: EnKashClient,
  clock: VirtualClock,
  states: JobState[],
): JobController {
  let lock: Promise<void> = Promise.resolve();
  let latest: JobState | undefined;
  // The worker spreads the controller into its own object too.
  const controller = createJobController({
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
    withExclusiveLock(task) {
      lock = lock.catch(() => undefined).then(task);
      return lock;
    },
    keepAlive: (task) => task,
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
  return { ...controller };
}

/** A job with a scripted gateway and a virtual clock. */
export async function createRunnerKit(count: number) {
  globalThis.indexedDB = new IDBFactory();
  const clock = createVirtualClock();
  const journal = openJournal();
  const { jobs, isBusy } = createCountedStore(createJobStore(() => journal, clock));
  const reader = createJobReader(() => journal);
  const ids = Array.from({ length: count }, (_, index) => `QR${1000 + index}`);
  const gateway: ScriptedGateway = { script: {}, cancelled: new Set(), calls: [] };
  const states: JobState[] = [];
  const controller = createRecordedController(jobs, createScriptedClient(gateway, clock), clock, states);

  async function until(isOk: (state: JobState) => boolean): Promise<JobState> {
    states.length = 0;
    await clock.run(() => states.some(isOk), isBusy);
    return states.findLast(isOk) as JobState;
  }

  return {
    controller,
    ids,
    calls: gateway.calls,
    clock,
    cancelled: gateway.cancelled,
    /** Changes the gateway's responses from now on. */
    play(next: Script): void {
      gateway.script = next;
    },
    /** Starts the job. */
    start: () =>
      controller.start(
        ACCOUNT,
        ids.map((qrCodeId) => ({ qrCodeId })),
      ),
    /** Runs until the job is paused again, and returns that state. */
    untilPaused: () => until(({ kind }) => kind === 'paused'),
    /** Runs until the job is over, and returns its state. */
    untilOver: () => until(isFinalJob),
    /** The number of items in each kind of state. */
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
    /** The ids of the cancels that were sent. */
    sent: () => gateway.calls.filter(({ what }) => what === 'cancel').map(({ qrCodeId }) => qrCodeId),
  };
}
