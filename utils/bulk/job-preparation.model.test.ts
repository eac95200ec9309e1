import { IDBFactory } from 'fake-indexeddb';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createConnectionProvider } from '../journal/database.ts';
import { isOpenJob } from '../model/job.ts';
import { LeaseLostError } from './job-lease.ts';
import { createJobReader } from './job-reader.ts';
import { createJobStore, type JobStore } from './job-store.ts';

/** How many random scenarios run. A failure prints its seed. */
const SCENARIOS = 500;

const ACCOUNT = { id: 'a1', name: 'Chandni Chowk', environment: 'UAT' } as const;
const PART = 3;
const LIST = Array.from({ length: 10 }, (_, index) => ({ qrCodeId: `QR${1000 + index}` }));
const IDS = LIST.map(({ qrCodeId }) => qrCodeId);
/** The parts before the last one, whose codes the confirmation carries. */
const PARTS = [0, 1, 2];
const clock = { now: () => 1_000, sleep: async () => undefined };

/**
 * What happens between a page and its worker. `part`: a part arrives, possibly late or again. `begin`: the page starts again
 * from the first part. `other`: another page begins a list. `kill`: the worker is stopped during its next call, when it uses
 * the journal after `survives` times, or else before it answers; the next worker looks for abandoned jobs at once or only
 * when it has to.
 */
type Step =
  | { what: 'begin' | 'other' | 'drop' | 'confirm' | 'confirm-too-early' }
  | { what: 'part'; part: number }
  | { what: 'kill'; survives: number; looksAtOnce: boolean };

/** The page's list, its worker and the journal. */
class Story {
  readonly #open = createConnectionProvider();
  readonly reader = createJobReader(this.#open);
  /** The journal's jobs for the checks; no worker uses it. */
  readonly #stored = createJobStore(this.#open, clock);
  #jobs: JobStore = this.#startWorker();
  jobId: number | undefined;
  /** How often the present call has used the journal. */
  #uses = 0;
  #die = () => {};
  /** The kill that waits for the next call. */
  #kill: Extract<Step, { what: 'kill' }> | undefined;
  confirmed = new Set<number>();

  /** Calls the worker. Returns `undefined` if the worker is stopped or refuses. */
  async call<Result>(work: (jobs: JobStore) => Promise<Result>): Promise<Result | undefined> {
    const kill = this.#kill;
    const died = new Promise<undefined>((resolve) => {
      this.#die = () => resolve(undefined);
    });
    this.#uses = 0;
    const result = await Promise.race([work(this.#jobs).catch(() => undefined), died]);
    if (!kill) return result;
    this.#kill = undefined;
    this.#jobs = this.#startWorker();
    if (kill.looksAtOnce) await this.#jobs.dropPrepared();
    return undefined;
  }

  /** A worker that goes on no more once it is stopped. */
  #startWorker(): JobStore {
    return createJobStore(async () => {
      this.#uses += 1;
      if (this.#kill && this.#uses > this.#kill.survives) {
        this.#die();
        await new Promise(() => undefined);
      }
      return this.#open();
    }, clock);
  }

  async play(step: Step): Promise<void> {
    const { jobId } = this;
    const first = { account: ACCOUNT, total: LIST.length, codes: LIST.slice(0, PART) };
    switch (step.what) {
      case 'begin':
        this.jobId = (await this.call((jobs) => jobs.prepare(first))) ?? jobId;
        return;
      case 'other':
        await this.call((jobs) => jobs.prepare({ ...first, total: 5 }));
        return;
      case 'part': {
        const count = step.part * PART;
        const codes = LIST.slice(count, count + PART);
        const prepared = { jobId: jobId ?? 99, count };
        await this.call((jobs) =>
          jobs.prepare({ ...first, codes, ...(count > 0 || jobId !== undefined ? { prepared } : {}) }),
        );
        return;
      }
      case 'confirm':
      case 'confirm-too-early': {
        const count = step.what === 'confirm' ? PARTS.length * PART : PART;
        const prepared = { jobId: jobId ?? 99, count };
        await this.call((jobs) => jobs.create(ACCOUNT, LIST.slice(count), 'session', { prepared }));
        return;
      }
      case 'drop':
        await this.call((jobs) => jobs.dropPrepared(jobId ?? 99));
        return;
      case 'kill':
        this.#kill = step;
    }
  }

  /** A job is open with exactly the list, or it can't run. Items belong to a job. */
  async check(): Promise<void> {
    const journal = await this.#open();
    const jobs = await journal.getAll('jobs');
    for (const job of jobs) {
      if (isOpenJob(job.state)) {
        const items = await this.reader.items(job.jobId);
        expect(items.map(({ position, qrCodeId }) => [position, qrCodeId])).toEqual(
          IDS.map((id, index) => [index + 1, id]),
        );
        this.confirmed.add(job.jobId);
      } else
        await expect(this.#stored.acquireLease(job.jobId, 'session')).rejects.toBeInstanceOf(LeaseLostError);
    }
    expect(jobs.filter(({ state }) => state.kind === 'preparing').length).toBeLessThanOrEqual(1);
    const ids = jobs.map(({ jobId }) => jobId);
    expect((await journal.getAll('items')).filter(({ jobId }) => !ids.includes(jobId))).toEqual([]);
    expect([...this.confirmed].filter((jobId) => !ids.includes(jobId))).toEqual([]);
  }
}

async function tell(steps: readonly Step[]): Promise<Story> {
  globalThis.indexedDB = new IDBFactory();
  const story = new Story();
  for (const step of steps) {
    await story.play(step);
    await story.check();
  }
  // The next worker after all of it.
  await story.play({ what: 'kill', survives: 0, looksAtOnce: true });
  await story.call(async () => undefined);
  await story.check();
  const kinds = (await (await createConnectionProvider()()).getAll('jobs')).map(({ state }) => state.kind);
  expect(kinds).not.toContain('preparing');
  return story;
}

const IN_ORDER: readonly Step[] = [
  { what: 'begin' },
  { what: 'part', part: 1 },
  { what: 'part', part: 2 },
  { what: 'confirm' },
];

it('confirms exactly the list if its parts arrive, in any order and repeated', async () => {
  expect((await tell(IN_ORDER)).confirmed.size).toBe(1);
  const late: Step[] = [
    { what: 'begin' },
    { what: 'part', part: 2 },
    { what: 'part', part: 0 },
    { what: 'part', part: 1 },
    { what: 'part', part: 2 },
    { what: 'confirm' },
    { what: 'part', part: 1 },
    { what: 'confirm' },
  ];
  expect((await tell(late)).confirmed.size).toBe(1);
});

it('leaves the confirmed list or nothing if the worker is stopped at any use of the journal', async () => {
  for (const [at] of IN_ORDER.entries())
    for (const survives of [0, 1, 2])
      for (const looksAtOnce of [true, false]) {
        const steps: Step[] = [...IN_ORDER];
        steps.splice(at, 0, { what: 'kill', survives, looksAtOnce });
        // The confirmation uses the journal once: then only its answer is lost.
        const confirmed = at === IN_ORDER.length - 1 && survives > 0 ? 1 : 0;
        const death = { at, survives, looksAtOnce };
        expect({ ...death, confirmed: (await tell(steps)).confirmed.size }).toEqual({ ...death, confirmed });
        // The same page starts again.
        const again = await tell([...steps, ...IN_ORDER]);
        expect(again.confirmed.size).toBe(1);
      }
});

const part = fc.record({ what: fc.constant('part' as const), part: fc.constantFrom(...PARTS) });
const kill = fc.record({
  what: fc.constant('kill' as const),
  survives: fc.nat(2),
  looksAtOnce: fc.boolean(),
});
const other = fc.constantFrom<Step>(
  { what: 'begin' },
  { what: 'other' },
  { what: 'drop' },
  { what: 'confirm' },
  { what: 'confirm-too-early' },
);
const step: fc.Arbitrary<Step> = fc.oneof(other, part, part, kill);
/** Parts of the usual order with other steps between them, or any steps at all. */
const steps = fc.oneof(
  fc.array(step, { maxLength: 16 }),
  fc
    .array(fc.tuple(fc.nat(IN_ORDER.length), step), { maxLength: 4 })
    .map((extra) => extra.reduce<Step[]>((all, [at, each]) => all.toSpliced(at, 0, each), [...IN_ORDER])),
);

it('leaves the confirmed list or nothing in any scenario of parts, kills, drops and other pages', async () => {
  let confirmations = 0;
  await fc.assert(
    fc.asyncProperty(steps, async (each) => {
      confirmations += (await tell(each)).confirmed.size;
    }),
    { numRuns: SCENARIOS },
  );
  expect(confirmations).toBeGreaterThan(SCENARIOS / 20);
});
