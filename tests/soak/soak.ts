import { setTimeout as sleep } from 'node:timers/promises';
import { createSeededRandom } from '../../sandbox/random.ts';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { MAX_LIMIT } from '../../utils/bulk/concurrency-limiter.ts';
import type { Job } from '../../utils/model/job.ts';
import { seedAccount } from '../e2e/support/operator.ts';
import { ChromiumSession } from '../harness/chromium.ts';
import { gatewayHosts } from '../harness/gateway-hosts.ts';
import { until } from '../harness/until.ts';
import type { Evidence, Snapshot } from './evidence.ts';
import { changedFinals, finalViolations, violationsSoFar } from './invariants.ts';
import { ProcessKiller } from './killer.ts';
import { ask, type JournalOnDisk, readJournal } from './operator.ts';
import {
  failTokens,
  interposePages,
  makeUpCodes,
  type Random,
  RETRY_AFTER_MS,
  refusalsAhead,
  refuseSignIns,
  slowDown,
} from './random-faults.ts';
import type { Scale } from './scale.ts';
import { summarize } from './summary.ts';
import { recordTraffic, type Traffic } from './traffic.ts';

/** How often the operator checks the journal and resumes the job if necessary. */
const LOOK_EVERY_MS = 2_000;
/** The time after which writes to the browser's storage are certainly on disk. */
const STORAGE_FLUSH_MS = 1_500;
const STILL_MS = 2_000;
/** The browsers' minimum alarm, plus some time to start. */
const REVIVED_WITHIN_MS = 40_000;
const FINISHED_WITHIN_MS = 240_000;
/** The sign-in fails after one in this number of kills. */
const SIGN_IN_FAULT_RATE = 40;
/** An intermediary refuses calls after one in this number of kills. */
const INTERMEDIARY_RATE = 15;
/** The operator waits for the end of one in this number of temporary pauses. */
const WAIT_RATE = 4;

/** One job in one browser, with random faults and kills. */
export class Soak {
  readonly sandbox: Sandbox;
  readonly killer: ProcessKiller;
  /** All violations so far. */
  readonly broken: string[] = [];
  readonly #scale: Scale;
  readonly #session: ChromiumSession;
  readonly #traffic: Traffic;
  readonly #random: Random;
  #stills: Snapshot[] = [];
  readonly #seen = new Map<string, string>();
  #ids: string[] = [];
  #odd: ReadonlySet<string> = new Set();
  #jobId = 0;
  #starts = 1;
  #lookedAt = 0;
  #state: Job['state']['kind'] | undefined;
  #revivedAfterMs = 0;
  #refusals = 0;
  #endedEarly = false;

  private constructor(scale: Scale, sandbox: Sandbox, session: ChromiumSession) {
    this.#scale = scale;
    this.sandbox = sandbox;
    this.#session = session;
    this.#random = createSeededRandom(scale.seed);
    this.killer = new ProcessKiller(session, this.#random);
    this.#traffic = recordTraffic();
  }

  /** Starts the gateway and the browser, and saves one account. */
  static async open(scale: Scale): Promise<Soak> {
    const sandbox = await startSandbox();
    const { port, certificate } = sandbox;
    const session = new ChromiumSession({
      extensionDir: '.output/chrome-mv3',
      gateway: { port, spkiHash: certificate.spkiHash },
    });
    const soak = new Soak(scale, sandbox, session);
    await session.start();
    const options = await session.openPage('options.html');
    await seedAccount(options, sandbox, { name: 'Main counter' });
    await options.close();
    await sleep(STORAGE_FLUSH_MS);
    return soak;
  }

  /** Makes a random list and starts a job. Discards all earlier evidence. */
  async startJob(items: number): Promise<void> {
    this.sandbox.faults.clear();
    this.sandbox.requests.clear();
    this.#traffic.clear();
    this.#seen.clear();
    this.#stills = [];
    this.#refusals = 0;
    this.#endedEarly = false;
    const { ids, odd } = makeUpCodes(this.sandbox, items, this.#random);
    this.#ids = ids;
    this.#odd = odd;
    this.#refusals = refusalsAhead(this.sandbox);
    const { accounts } = await ask<{ accounts: { id: string }[] }>(this.#session, 'getAppState', {});
    const started = await ask<{ ok: boolean; jobId: number }>(this.#session, 'startJob', {
      accountId: accounts[0]?.id,
      codes: this.#ids.map((qrCodeId) => ({ qrCodeId })),
    });
    if (!started.ok) throw new Error(`The job was not started: ${JSON.stringify(started)}`);
    this.#jobId = started.jobId;
  }

  /** Kills `count` workers one after the other at random moments, and starts the next one at once. */
  async killWorkers(count: number, until = Number.POSITIVE_INFINITY): Promise<void> {
    for (let killed = 0; killed < count && Date.now() < until; killed += 1) {
      if (this.#isAheadOfKills()) slowDown(this.sandbox);
      if (this.#random(SIGN_IN_FAULT_RATE) === 0) this.#refusals += refuseSignIns(this.sandbox);
      if (this.#random(SIGN_IN_FAULT_RATE) === 0) this.#refusals += failTokens(this.sandbox, this.#random);
      if (this.#random(INTERMEDIARY_RATE) === 0) interposePages(this.sandbox, this.#random);
      await this.killer.waitRandomly();
      await this.killer.killWorker();
      await this.#session.wakeWorker();
      if (Date.now() - this.#lookedAt > LOOK_EVERY_MS) await this.lookAfter();
    }
  }

  /** Kills the browser at a random moment. After the restart, nothing may be sent until the operator resumes the job. */
  async killBrowser(): Promise<void> {
    await this.killer.waitRandomly();
    await this.killer.killBrowser();
    this.#starts += 1;
    const from = Date.now();
    await sleep(STILL_MS);
    const { job } = await this.#look();
    const { state } = job;
    // If the job was paused until a manual resume before, it still is.
    if (state.kind !== 'finished' && !(state.kind === 'paused' && state.until === undefined))
      this.#break(`I6: after a restart the job is ${JSON.stringify(state)}`);
    this.#stills.push({ why: 'a restart', from, to: Date.now() });
    await this.#resume();
  }

  /** Pauses the job as the operator does, and resumes it after a while. */
  async pauseForAWhile(): Promise<void> {
    await ask(this.#session, 'pauseJob', { jobId: this.#jobId });
    const from = Date.now();
    await sleep(STILL_MS / 2);
    await this.#look();
    this.#stills.push({ why: 'a pause', from, to: Date.now() });
    await this.#resume();
  }

  /** Ends the job as the operator does. Nothing may be sent after that. */
  async endJob(): Promise<void> {
    await ask(this.#session, 'stopJob', { jobId: this.#jobId });
    this.#endedEarly = true;
    const from = Date.now();
    await this.#session.wakeWorker();
    await sleep(STILL_MS);
    this.#stills.push({ why: 'the end', from, to: Date.now() });
  }

  /**
   * Checks the journal, and resumes the job if it is paused; usually also if it would resume by itself. Returns whether
   * the job is over.
   */
  async lookAfter(): Promise<boolean> {
    const { job } = await this.#look();
    const { state } = job;
    if (state.kind !== 'paused') return state.kind !== 'running';
    const from = Date.now();
    if (state.until !== undefined && this.#random(WAIT_RATE) === 0) {
      this.#stills.push({ why: `a pause by ${state.by}`, from, to: state.until });
      return false;
    }
    this.#stills.push({ why: `a pause by ${state.by}`, from, to: Date.now() });
    await this.#resume();
    return false;
  }

  /** Kills the worker while no page of the extension is open. Its alarm must restart it. */
  async waitForAlarm(): Promise<void> {
    slowDown(this.sandbox);
    const isRunning = async () => !(await this.lookAfter()) && this.#state === 'running';
    await until('the job to run', isRunning, { timeout: REVIVED_WITHIN_MS, interval: 500 });
    await this.killer.killWorker();
    const before = this.sandbox.requests.all().length;
    const killedAt = Date.now();
    const arrived = () => this.sandbox.requests.all().length > before;
    await until('the alarm to revive the worker', arrived, { timeout: REVIVED_WITHIN_MS });
    this.#revivedAfterMs = Date.now() - killedAt;
  }

  /** Waits until the job has finished, with no page of the extension open. */
  async finishAlone(): Promise<void> {
    const end = Date.now() + FINISHED_WITHIN_MS;
    for (let aloneSince = Date.now(); Date.now() < end; aloneSince = Date.now()) {
      await this.#untilQuiet();
      const lookedAt = Date.now();
      // The operator checks only after a while without requests, because the job may wait for a resume.
      if (!(await this.lookAfter())) continue;
      const { finishedAt = 0 } = (await this.#look()).job;
      if (finishedAt < aloneSince || finishedAt > lookedAt)
        this.#break('I7: it has not finished while no page was open');
      return;
    }
    this.#break('I7: it does not finish');
  }

  /** Collects the evidence, and returns all violations. */
  async judge(): Promise<{ broken: string[]; summary: Record<string, unknown> }> {
    const evidence = await this.#evidence();
    const summary = {
      ...this.#scale,
      ...summarize(evidence),
      workerKills: this.killer.count('worker'),
      browserKills: this.killer.count('browser'),
      revivedAfterMs: this.#revivedAfterMs,
    };
    return { broken: [...new Set([...this.broken, ...finalViolations(evidence)])], summary };
  }

  async close(): Promise<void> {
    this.#traffic.stop();
    await this.#session.close();
    await this.sandbox.close();
  }

  async #evidence(): Promise<Evidence> {
    const requests = this.sandbox.requests.all();
    const known = await this.#look();
    const ofEach = <Value>(value: (id: string) => Value) =>
      new Map(this.#ids.map((id) => [id, value(id)] as const));
    return {
      ...known,
      ids: this.#ids,
      odd: this.#odd,
      requests,
      carriedOut: ofEach((id) => this.sandbox.qrCodes.countCancels('UAT', id)),
      statuses: ofEach((id) => String(this.sandbox.qrCodes.get('UAT', id)?.status)),
      host: String(gatewayHosts[0]),
      stills: this.#stills,
      exchanges: this.#traffic.exchanges,
      limit: MAX_LIMIT,
      kills: this.killer.kills,
      starts: this.#starts,
      refusals: this.#refusals - refusalsAhead(this.sandbox),
      endedEarly: this.#endedEarly,
      retryAfterMs: RETRY_AFTER_MS,
    };
  }

  async #look(): Promise<JournalOnDisk> {
    const requests = this.sandbox.requests.all();
    const exchanges = [...this.#traffic.exchanges];
    const known = await readJournal(this.#session);
    this.#lookedAt = Date.now();
    this.#state = known.job.state.kind;
    this.#break(
      ...violationsSoFar({ ...known, ids: this.#ids, requests, exchanges }),
      ...changedFinals(this.#seen, known.items),
    );
    return known;
  }

  async #resume(): Promise<void> {
    const now = Date.now();
    for (const still of this.#stills) still.to = Math.min(still.to, now);
    await ask(this.#session, 'resumeJob', { jobId: this.#jobId });
  }

  #break(...rules: string[]): void {
    this.broken.push(...rules);
  }

  /** Whether the job would be finished before the last worker is killed. */
  #isAheadOfKills(): boolean {
    const done = this.#ids.filter((id) => this.sandbox.qrCodes.countCancels('UAT', id) > 0).length;
    const killed = this.killer.count('worker') / this.#scale.workerKills;
    return done / this.#ids.length > 0.8 * killed;
  }

  /** Waits until no request has arrived for longer than the job's waits, except pauses. */
  async #untilQuiet(): Promise<void> {
    for (let before = -1; ; ) {
      const now = this.sandbox.requests.all().length;
      if (now === before) return;
      before = now;
      await sleep(2 * RETRY_AFTER_MS);
    }
  }
}
