import { IDBFactory } from 'fake-indexeddb';
import { MAX_LIMIT } from '../../utils/bulk/concurrency-limiter.ts';
import {
  createJobController,
  type JobController,
  type JobControllerDeps,
} from '../../utils/bulk/job-controller.ts';
import { createJobReader } from '../../utils/bulk/job-reader.ts';
import { createJobStore, type JobStore } from '../../utils/bulk/job-store.ts';
import type { EnKashClient } from '../../utils/enkash/client.ts';
import type { QrCode } from '../../utils/enkash/qr-code.ts';
import { isPendingDeadline } from '../../utils/enkash/retry-after.ts';
import { openJournal } from '../../utils/journal/database.ts';
import { createChainVerifier } from '../../utils/journal/hash-chain.ts';
import { createHistoryStore } from '../../utils/journal/history-store.ts';
import type { Account } from '../../utils/model/account.ts';
import type { GatewayResult } from '../../utils/model/gateway-result.ts';
import { isFinalJob } from '../../utils/model/job.ts';
import { type Item, isFinalItem } from '../../utils/model/job-item.ts';
import { cancelAndResolve } from '../../utils/qr-code/cancel.ts';
import { createVirtualClock } from './virtual-clock.ts';

/**
 * How one call is treated. `…-done` carries a cancel out all the same, `late` only after the caller has given up. `page`
 * and `blocked` are an intermediary's 404 and 403, `rate-page` its 429; `missing` is EnKash's own "not found". `renewed`
 * refuses the token once, and the cancel is sent again within the same call; so it is after `doubted`, a page 403.
 */
export type GatewayFault =
  | 'fine'
  | 'dropped-done'
  | 'dropped'
  | 'failed-done'
  | 'failed'
  | 'late'
  | 'refused'
  | 'missing'
  | 'missing-done'
  | 'page'
  | 'page-done'
  | 'blocked'
  | 'blocked-done'
  | 'rate-limited'
  | 'rate-page'
  | 'rate-page-done'
  | 'unauthorized'
  | 'sign-in-failed'
  | 'renewed'
  | 'doubted'
  | 'doubted-done'
  | 'unreadable';

/** Fates after which it is known that nothing was done, or that a 429 only postponed it. */
const NOT_LOOKED_AFTER: readonly GatewayFault[] = [
  'rate-limited',
  'rate-page',
  'rate-page-done',
  'unauthorized',
  'sign-in-failed',
];
/** Fates that end with EnKash's usual answer. */
const AS_USUAL: readonly GatewayFault[] = ['fine', 'renewed', 'doubted', 'doubted-done'];
const CARRIED_OUT: readonly GatewayFault[] = [...AS_USUAL, 'unreadable'];

function isCarriedOut(fate: GatewayFault): boolean {
  return CARRIED_OUT.includes(fate) || fate.endsWith('-done');
}

/** What a person or the machine does meanwhile, `at` so many milliseconds after the start. */
export interface ScenarioEvent {
  at: number;
  what:
    | 'pause'
    | 'resume'
    | 'end'
    | 'lock'
    | 'unlock'
    | 'offline'
    | 'online'
    | 'quota-full'
    | 'clock-back'
    | 'clock-forward'
    | 'browser-restart';
}

export interface Scenario {
  codes: number;
  /** What each cancel in turn meets; `fine` when they have run out. */
  cancels: readonly GatewayFault[];
  reads: readonly GatewayFault[];
  /** The worker dies at these awaits, counted from the start. */
  deaths: readonly number[];
  happenings: readonly ScenarioEvent[];
  multiplexed: boolean;
}

const ACCOUNT: Account = { id: 'a1', name: 'Chandni Chowk', environment: 'UAT' };
const LATENCY_MS = 20;
const GIVEN_UP_AFTER_MS = 20_000;
const RETRY_AFTER_MS = 3_000;
/** Longer than all that a scenario has in store for the job. */
const OPERATOR_LOOKS_EVERY_MS = 60_000;

/** Runs a list of codes through a made-up world and answers every rule that was broken on the way. */
export async function runScenario(scenario: Scenario) {
  globalThis.indexedDB = new IDBFactory();
  const clock = createVirtualClock();
  const broken: string[] = [];
  const rule = (holds: boolean, says: string) => {
    if (!holds && !broken.includes(says)) broken.push(says);
  };
  let busy = 0;
  const journal = openJournal();
  const jobs = createJobStore(() => journal, clock);
  const reader = createJobReader(() => journal);

  // ——— the gateway
  const ids = Array.from({ length: scenario.codes }, (_, index) => `QR${1000 + index}`);
  const cancelled = new Set<string>();
  const patches = new Map<string, number>();
  const fates = { cancel: [...scenario.cancels], read: [...scenario.reads] };
  let holdUntil = 0;
  let calls = 0;
  let mayPatch = true;
  /** The worker that lives now. */
  let alive = { dead: false };
  let clockWasSet = false;
  let resumes = 0;
  /** Codes that a cancel may have changed since they were last read. */
  const unverifiedCodes = new Set<string>();

  function qrCode(id: string): GatewayResult<QrCode> {
    const status = cancelled.has(id) ? 'CANCELLED' : 'ACTIVE';
    return { kind: 'answered', code: 0, message: 'Success', payload: { qrCodeId: id, status } };
  }
  function faultResponse(fate: GatewayFault): GatewayResult<never> | undefined {
    const http = { httpStatus: 200, code: 9, message: 'No.' };
    switch (fate) {
      case 'dropped':
      case 'dropped-done':
        return { kind: 'ambiguous', reason: 'connection' };
      case 'failed':
      case 'failed-done':
        return { kind: 'ambiguous', reason: 'server-error', httpStatus: 503 };
      case 'late':
        return { kind: 'ambiguous', reason: 'timeout' };
      case 'refused':
        return { kind: 'rejected', ...http };
      case 'missing':
      case 'missing-done':
        return { kind: 'not-found', httpStatus: 404, code: 404, message: 'None.' };
      case 'page':
      case 'page-done':
        return { kind: 'ambiguous', reason: 'intermediary', httpStatus: 404 };
      case 'blocked':
      case 'blocked-done':
        return { kind: 'ambiguous', reason: 'intermediary', httpStatus: 403 };
      case 'sign-in-failed':
        return { kind: 'sign-in-failed', reason: 'auth-unavailable', httpStatus: 503 };
      case 'unauthorized':
        return { kind: 'unauthorized', ...http, code: 117 };
      case 'unreadable':
        return { kind: 'ambiguous', reason: 'not-json' };
      case 'rate-limited':
        holdUntil = clock.now() + RETRY_AFTER_MS;
        return { kind: 'rate-limited', until: holdUntil, code: 429, message: 'Slow down.' };
      case 'rate-page':
      case 'rate-page-done':
        holdUntil = clock.now() + RETRY_AFTER_MS;
        return { kind: 'rate-limited', until: holdUntil, message: '' };
      case 'fine':
      case 'renewed':
      case 'doubted':
      case 'doubted-done':
        return undefined;
    }
  }
  const state = { locked: false, online: true, quotaFull: false, session: 1 };
  function heldUp(): GatewayResult<never> | undefined {
    if (isPendingDeadline(holdUntil, clock.now()))
      return { kind: 'not-sent', reason: 'rate-limited', until: holdUntil };
    if (!state.online) return { kind: 'not-sent', reason: 'offline' };
    if (state.locked) return { kind: 'not-sent', reason: 'locked' };
    return undefined;
  }

  /** Lets a cancel leave once more within the same call, if the sender agrees. */
  async function isSentAgain(id: string, agreed?: () => Promise<void>): Promise<boolean> {
    await clock.sleep(LATENCY_MS);
    try {
      await agreed?.();
    } catch {
      return false;
    }
    await arrive(id);
    return true;
  }

  async function arrive(id: string): Promise<void> {
    const sender = alive;
    patches.set(id, (patches.get(id) ?? 0) + 1);
    rule(ids.includes(id), 'I6: a cancel outside the list');
    rule(mayPatch, 'I6: a cancel after a pause or an end had been answered, or unasked after a restart');
    rule(!unverifiedCodes.has(id), 'a cancel that was not looked after is sent once more');
    busy += 1;
    const job = await reader.latest();
    const item = (await reader.items(job?.jobId ?? 0)).find(({ qrCodeId }) => qrCodeId === id);
    busy -= 1;
    // What it says on disk by now may be the next worker's.
    if (sender.dead || sender !== alive) return;
    rule(job?.state.kind === 'running', `I6: a cancel while the job is ${job?.state.kind}`);
    rule(item?.open === 'in-flight', `I2: a cancel of an item that is ${item?.state.kind} on disk`);
    rule((patches.get(id) ?? 0) <= (item?.sendings ?? 0), 'I2: more cancels than are written down');
  }

  const client: EnKashClient = {
    signIn: () => Promise.reject(new Error('No job signs in by itself.')),
    searchQrCodes: () => Promise.reject(new Error('No job searches.')),
    createQrCode: () => Promise.reject(new Error('No job creates.')),
    async cancelQrCode(_account, id, { beforeResend } = {}) {
      const held = heldUp();
      if (held) return held;
      calls += 1;
      rule(calls <= MAX_LIMIT, 'I9: more requests at once than the limit');
      rule(clockWasSet || clock.now() >= (notBefore.get(id) ?? 0), 'I10: a cancel before its time');
      await arrive(id);
      const fate = fates.cancel.shift() ?? 'fine';
      if (fate === 'renewed' && !(await isSentAgain(id, beforeResend))) {
        calls -= 1;
        return { kind: 'unauthorized', httpStatus: 200, code: 117, message: 'Token is invalid.' };
      }
      if (fate === 'doubted' || fate === 'doubted-done') {
        if (fate === 'doubted-done') cancelled.add(id);
        if (!(await isSentAgain(id, () => beforeResend?.(403) ?? Promise.resolve()))) {
          calls -= 1;
          return { kind: 'ambiguous', reason: 'intermediary', httpStatus: 403 };
        }
      }
      if (!NOT_LOOKED_AFTER.includes(fate)) unverifiedCodes.add(id);
      if (cancelled.has(id) && AS_USUAL.includes(fate)) {
        await clock.sleep(LATENCY_MS);
        calls -= 1;
        return { kind: 'rejected', httpStatus: 200, code: 5, message: 'Already cancelled.' };
      }
      if (isCarriedOut(fate)) cancelled.add(id);
      await clock.sleep(fate === 'late' ? GIVEN_UP_AFTER_MS : LATENCY_MS);
      if (fate === 'late') void clock.sleep(LATENCY_MS).then(() => cancelled.add(id));
      calls -= 1;
      return faultResponse(fate) ?? qrCode(id);
    },
    async getQrCode(_account, id) {
      const held = heldUp();
      if (held) return held;
      calls += 1;
      rule(calls <= MAX_LIMIT, 'I9: more requests at once than the limit');
      const fate = fates.read.shift() ?? 'fine';
      await clock.sleep(LATENCY_MS);
      calls -= 1;
      if (fate === 'fine') unverifiedCodes.delete(id);
      return faultResponse(fate) ?? qrCode(id);
    },
  };

  // ——— what is on disk, watched
  const finals = new Map<number, string>();
  const notBefore = new Map<string, number>();
  async function look(): Promise<Item[]> {
    const job = await reader.latest();
    const items = job ? await reader.items(job.jobId) : [];
    const isUnderWay = items.some((item) => item.state.kind === 'in-flight');
    rule(job?.state.kind === 'running' || !isUnderWay, 'I6: stopped with codes under way');
    for (const { position, qrCodeId, state: now } of items) {
      notBefore.set(qrCodeId, now.kind === 'retry-scheduled' ? now.retryAt : (notBefore.get(qrCodeId) ?? 0));
      const known = finals.get(position);
      rule(known === undefined || known === JSON.stringify(now), 'I8: a final state that changed');
      if (isFinalItem(now)) finals.set(position, JSON.stringify(now));
    }
    return items;
  }

  // ——— workers, each of which may die at any await
  let awaits = 0;
  const deaths = new Set(scenario.deaths);
  let desk: JobController;
  let alarmSet = false;

  function startWorker(): void {
    const me = { dead: false };
    alive = me;
    const never = new Promise<never>(() => undefined);
    /** Dies before or after the call, at either of the two awaits. */
    const killable =
      <Args extends unknown[], Result>(call: (...args: Args) => Promise<Result>) =>
      async (...args: Args): Promise<Result> => {
        const step = () => {
          awaits += 1;
          if (!me.dead && deaths.has(awaits)) die();
          return me.dead;
        };
        if (step()) return never;
        try {
          const result = await call(...args);
          return step() ? never : result;
        } catch (error) {
          if (step()) return never;
          throw error;
        }
      };
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
    const onDisk = <Args extends unknown[], Result>(call: (...args: Args) => Promise<Result>) =>
      killable(counted(call));
    const store: JobStore = {
      ...jobs,
      create: onDisk(jobs.create),
      open: onDisk(jobs.open),
      get: onDisk(jobs.get),
      item: onDisk(jobs.item),
      counts: onDisk(jobs.counts),
      acquireLease: onDisk(jobs.acquireLease),
      recordResend: onDisk(jobs.recordResend),
      commit: onDisk(async (lease, commit) => {
        if (state.quotaFull) throw new DOMException('No space left.', 'QuotaExceededError');
        const done = await jobs.commit(lease, commit);
        await look();
        return done;
      }),
    };
    const asked: EnKashClient = {
      ...client,
      cancelQrCode: killable(client.cancelQrCode),
      getQrCode: killable(client.getQrCode),
    };
    let lock: Promise<void> = Promise.resolve();
    const deps: JobControllerDeps = {
      jobs: store,
      clock: { now: clock.now, sleep: killable(clock.sleep) },
      isMultiplexed: () => scenario.multiplexed,
      send: (account, { qrCodeId, sendings }, noteSentAgain) =>
        cancelAndResolve(asked, {
          account,
          qrCodeId,
          noteSentAgain,
          noResend: true,
          mayAlreadyBeApplied: sendings > 1,
          wasActive: true,
        }),
      read: asked.getQrCode,
      withExclusiveLock(work) {
        lock = lock.catch(() => undefined).then(work);
        return lock;
      },
      keepAlive: (work) => work,
      alarm: {
        set: killable(async () => {
          alarmSet = true;
        }),
        clear: killable(async () => {
          alarmSet = false;
        }),
      },
      browserSession: killable(async () => `session ${state.session}`),
      onChange: () => undefined,
      onProgress: () => undefined,
      onFinished: () => undefined,
    };
    desk = createJobController(deps);
    void desk.resumeIfDue();
    function die() {
      me.dead = true;
      // Whatever it was waiting for has left; the connections of the dead count no more.
      calls = 0;
      void clock.sleep(5).then(startWorker);
    }
  }

  async function applyEvent({ what }: ScenarioEvent): Promise<void> {
    const job = await reader.latest();
    if (!job) return;
    switch (what) {
      case 'pause': {
        const before = resumes;
        await desk.pause('user', () => true).catch(() => undefined);
        const isPaused = !alive.dead && (await reader.latest())?.state.kind === 'paused';
        // What is resumed while it is still being paused goes on after that.
        if (isPaused && resumes === before) mayPatch = false;
        return;
      }
      case 'resume':
        resumes += 1;
        mayPatch = !isFinalJob(job.state);
        return desk.resume(job.jobId);
      case 'end':
        await desk.stop(job.jobId).catch(() => undefined);
        if ((await reader.latest())?.state.kind === 'ended') mayPatch = false;
        return;
      case 'lock':
        state.locked = true;
        return desk.lock();
      case 'unlock':
        state.locked = false;
        return desk.resumeIfDue();
      case 'offline':
        state.online = false;
        return;
      case 'online':
        state.online = true;
        return desk.resumeIfDue();
      case 'quota-full':
        state.quotaFull = true;
        void clock.sleep(5_000).then(() => {
          state.quotaFull = false;
        });
        return;
      case 'clock-back':
      case 'clock-forward':
        // What was to wait by the old clock is no longer to be told.
        clockWasSet = true;
        return clock.shift(what === 'clock-back' ? -3_600_000 : 3_600_000);
      case 'browser-restart':
        alive.dead = true;
        calls = 0;
        alarmSet = false;
        state.session += 1;
        mayPatch = false;
        return startWorker();
    }
  }

  /** In the end everything works again, and somebody presses what there is to press. */
  async function simulateOperator(): Promise<void> {
    let passed = 0;
    for (const happening of [...scenario.happenings].sort((a, b) => a.at - b.at)) {
      await clock.sleep(happening.at - passed);
      passed = happening.at;
      void applyEvent(happening);
    }
    for (;;) {
      await clock.sleep(OPERATOR_LOOKS_EVERY_MS);
      Object.assign(state, { locked: false, online: true, quotaFull: false });
      if (alarmSet) void desk.resumeIfDue();
      const job = await reader.latest();
      if (job && job.state.kind === 'paused' && job.state.until === undefined) {
        mayPatch = true;
        void desk.resume(job.jobId);
      }
    }
  }

  // ——— the story
  busy += 1;
  await jobs.create(
    ACCOUNT,
    ids.map((qrCodeId) => ({ qrCodeId })),
    'session 1',
  );
  busy -= 1;
  startWorker();
  void simulateOperator();
  let over = false;
  const watch = async () => {
    for (;;) {
      await clock.sleep(500);
      const job = await reader.latest();
      if (job && isFinalJob(job.state)) {
        over = true;
        return;
      }
    }
  };
  void watch();
  try {
    await clock.run(
      () => over,
      () => busy > 0,
    );
  } catch (error) {
    broken.push(`I7: ${error instanceof Error ? error.message : error}`);
  }

  // ——— the end
  const job = await reader.latest();
  const items = await look();
  const history = createHistoryStore(() => journal);
  const { ends } = await history.loadBounds();
  const rows = await history.rows(0, ends.row);
  const chain = createChainVerifier(ends);
  chain.verify(rows);
  rule(chain.finish().length === 0, 'I8: the chain of the history is broken');
  (await journal).close();
  const count = (kind: string) => items.filter((item) => item.state.kind === kind).length;
  rule(items.map(({ qrCodeId }) => qrCodeId).join() === ids.join(), 'I1: ids were lost or added');
  for (const { qrCodeId, state: last, sendings } of items) {
    const sent = patches.get(qrCodeId) ?? 0;
    rule(sent <= sendings, 'I2: more cancels than are written down');
    const isTold = last.kind === 'cancelled' || last.kind === 'already-cancelled';
    rule(!isTold || cancelled.has(qrCodeId), 'I3: told as cancelled, and it is not');
    rule(last.kind !== 'pending' || sent === 0, 'I4: never begun, yet sent');
    const isDenied = last.kind === 'rejected' || last.kind === 'not-found' || last.kind === 'not-sent';
    rule(!isDenied || !cancelled.has(qrCodeId), `I4: ${last.kind}, yet cancelled`);
    rule(isFinalItem(last) || last.kind === 'pending', `I7: left as ${last.kind}`);
  }
  rule(job?.state.kind !== 'finished' || count('pending') === 0, 'I7: finished with codes not begun');
  const settled = items.filter((item) => isFinalItem(item.state));
  rule(
    rows.length === settled.length &&
      settled.every((item) =>
        rows.some(
          (row) =>
            row.action === 'cancel' &&
            row.qrCodeId === item.qrCodeId &&
            JSON.stringify(row.outcome) === JSON.stringify(item.state),
        ),
      ),
    'I8: the history is not what the job says',
  );
  return { broken, job, items, patches, cancelled, awaits, count };
}
