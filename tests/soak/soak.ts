import { setTimeout as sleep } from 'node:timers/promises';
import { createSeededRandom } from '../../sandbox/random.ts';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { MAX_LIMIT } from '../../utils/bulk/concurrency-limiter.ts';
import type { Job } from '../../utils/model/job.ts';
import { seedAccount } from '../e2e/support/operator.ts';
import { gatewayHosts } from '../harness/gateway-hosts.ts';
import { until } from '../harness/until.ts';
import {
  changedFinals,
  type Evidence,
  finalViolations,
  type Snapshot,
  violationsSoFar,
} from './invariants.ts';
import { ProcessKiller, SoakSession } from './killer.ts';
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
import { recordTraffic, type Traffic } from './traffic.ts';

/** The operator looks at the journal this often, and presses what there is to press. */
const LOOK_EVERY_MS = 2_000;
/** What was written to the browser's storage is on disk by then, whatever happens. */
const STORAGE_FLUSH_MS = 1_500;
const STILL_MS = 2_000;
/** The shortest alarm of browsers, and some time to start. */
const REVIVED_WITHIN_MS = 40_000;
const FINISHED_WITHIN_MS = 240_000;
/** One kill of so many is followed by trouble with the sign-in. */
const SIGN_IN_TROUBLE = 40;
/** One kill of so many is followed by pages of an intermediary. */
const INTERMEDIARY_TROUBLE = 15;
/** One pause of so many that would go by is waited for. */
const IMPATIENCE = 4;

/** One job in one browser, with everything that may go wrong on the way. */
export class Soak {
  readonly sandbox: Sandbox;
  readonly killer: ProcessKiller;
  /** Every rule that was broken by now, with its case. */
  readonly broken: string[] = [];
  readonly #scale: Scale;
  readonly #session: SoakSession;
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

  private constructor(scale: Scale, sandbox: Sandbox, session: SoakSession) {
    this.#scale = scale;
    this.sandbox = sandbox;
    this.#session = session;
    this.#random = createSeededRandom(scale.seed);
    this.killer = new ProcessKiller(session, this.#random);
    this.#traffic = recordTraffic();
  }

  /** Starts the gateway and the browser, with one account entered. */
  static async open(scale: Scale): Promise<Soak> {
    const sandbox = await startSandbox();
    const { port, certificate } = sandbox;
    const session = new SoakSession({
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

  /** Makes up a list and starts a job; what was before is forgotten. */
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

  /** Kills so many workers one after the other at random instants, and starts the next one at once. */
  async killWorkers(count: number, until = Number.POSITIVE_INFINITY): Promise<void> {
    for (let killed = 0; killed < count && Date.now() < until; killed += 1) {
      if (this.#isAheadOfTheKills()) slowDown(this.sandbox);
      if (this.#random(SIGN_IN_TROUBLE) === 0) this.#refusals += refuseSignIns(this.sandbox);
      if (this.#random(SIGN_IN_TROUBLE) === 0) this.#refusals += failTokens(this.sandbox, this.#random);
      if (this.#random(INTERMEDIARY_TROUBLE) === 0) interposePages(this.sandbox, this.#random);
      await this.killer.waitRandomly();
      await this.killer.killWorker();
      await this.#session.wakeWorker();
      if (Date.now() - this.#lookedAt > LOOK_EVERY_MS) await this.lookAfter();
    }
  }

  /** Kills the browser at a random instant. The one that follows sends nothing until somebody says so. */
  async killBrowser(): Promise<void> {
    await this.killer.waitRandomly();
    await this.killer.killBrowser();
    this.#starts += 1;
    const from = Date.now();
    await sleep(STILL_MS);
    const { job } = await this.#look();
    const { state } = job;
    // Where it waited for somebody before, it waits for that still.
    if (state.kind !== 'finished' && !(state.kind === 'paused' && state.until === undefined))
      this.#break(`I6: after a restart the job is ${JSON.stringify(state)}`);
    this.#stills.push({ why: 'a restart', from, to: Date.now() });
    await this.#resume();
  }

  /** Pauses as a person does, and goes on after a while. */
  async pauseForAWhile(): Promise<void> {
    await ask(this.#session, 'pauseJob', { jobId: this.#jobId });
    const from = Date.now();
    await sleep(STILL_MS / 2);
    await this.#look();
    this.#stills.push({ why: 'a pause', from, to: Date.now() });
    await this.#resume();
  }

  /** Ends the job as a person does. Nothing may be sent after that. */
  async endJob(): Promise<void> {
    await ask(this.#session, 'stopJob', { jobId: this.#jobId });
    this.#endedEarly = true;
    const from = Date.now();
    await this.#session.wakeWorker();
    await sleep(STILL_MS);
    this.#stills.push({ why: 'the end', from, to: Date.now() });
  }

  /**
   * Looks at the journal, and resumes what waits for somebody, or now and then what would go on later. Answers whether
   * the job is over.
   */
  async lookAfter(): Promise<boolean> {
    const { job } = await this.#look();
    const { state } = job;
    if (state.kind !== 'paused') return state.kind !== 'running';
    const from = Date.now();
    if (state.until !== undefined && this.#random(IMPATIENCE) === 0) {
      this.#stills.push({ why: `a pause by ${state.by}`, from, to: state.until });
      return false;
    }
    this.#stills.push({ why: `a pause by ${state.by}`, from, to: Date.now() });
    await this.#resume();
    return false;
  }

  /** Kills the worker and leaves the extension alone, with no page of its own open: its alarm has to start it. */
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

  /** Leaves the extension alone, with no page of its own open, until it has finished. */
  async finishAlone(): Promise<void> {
    const end = Date.now() + FINISHED_WITHIN_MS;
    for (let aloneSince = Date.now(); Date.now() < end; aloneSince = Date.now()) {
      await this.#untilQuiet();
      const lookedAt = Date.now();
      // Somebody looks in only where nothing has come for a while, since it may wait for that.
      if (!(await this.lookAfter())) continue;
      const { finishedAt = 0 } = (await this.#look()).job;
      if (finishedAt < aloneSince || finishedAt > lookedAt)
        this.#break('I7: it has not finished while no page was open');
      return;
    }
    this.#break('I7: it does not finish');
  }

  /** Gathers all that is known, and answers every rule that was broken. */
  async judge(): Promise<{ broken: string[]; summary: Record<string, unknown> }> {
    const evidence = await this.#evidence();
    const { items } = evidence;
    const kinds = Object.groupBy(items, ({ state }) => state.kind);
    const summary = {
      ...this.#scale,
      workerKills: this.killer.count('worker'),
      browserKills: this.killer.count('browser'),
      requests: evidence.requests.length,
      patches: this.sandbox.requests.of('cancel').length,
      killedAtWork: this.#killedAtWork(),
      unanswered: evidence.requests.filter(({ answeredStatus }) => answeredStatus === undefined).length,
      tokens: this.sandbox.requests.of('token').length,
      stills: this.#stills.length,
      revivedAfterMs: this.#revivedAfterMs,
      runners: evidence.job.epoch,
      kinds: Object.fromEntries(Object.entries(kinds).map(([kind, some]) => [kind, some?.length])),
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

  /** How many kills struck while requests were under way. */
  #killedAtWork(): number {
    const exchanges = this.#traffic.exchanges;
    return this.killer.kills.filter((kill) =>
      exchanges.some(({ from, to = kill.to }) => from <= kill.to && to >= kill.from),
    ).length;
  }

  /** There has to be something left to do when the last worker is killed. */
  #isAheadOfTheKills(): boolean {
    const done = this.#ids.filter((id) => this.sandbox.qrCodes.countCancels('UAT', id) > 0).length;
    const killed = this.killer.count('worker') / this.#scale.workerKills;
    return done / this.#ids.length > 0.8 * killed;
  }

  /** Waits until no request has come for longer than any of the job's waits but those that are pauses. */
  async #untilQuiet(): Promise<void> {
    for (let before = -1; ; ) {
      const now = this.sandbox.requests.all().length;
      if (now === before) return;
      before = now;
      await sleep(2 * RETRY_AFTER_MS);
    }
  }
}
