import type { Clock } from '../lib/clock.ts';
import { PersistentVector, type Rows } from '../lib/persistent-vector.ts';
import { isFinalJob, type Job } from '../model/job.ts';
import { type Item, isFinalItem, itemKind } from '../model/job-item.ts';
import { type Counts, ZERO_COUNTS } from './job-counts.ts';
import type { JobReader } from './job-reader.ts';

/** The rate is an average over at most this time. */
const THROUGHPUT_WINDOW_MS = 10_000;
/** The shortest time that gives a rate. */
const MIN_THROUGHPUT_MS = 1_000;

/** Watches one job in the journal. Each refresh reads only the items that changed since the last one. */
export interface JobWatcher {
  /** The current view of the job; `undefined` if the job no longer exists. */
  refresh(): Promise<JobView | undefined>;
}

export function watchJob(jobs: JobReader, clock: Clock, jobId: number): JobWatcher {
  let items = PersistentVector.from<Item>([]);
  let revision: number | undefined;
  const counts: Counts = { ...ZERO_COUNTS };
  const samples: { at: number; done: number }[] = [];

  function apply(changed: readonly Item[]): void {
    const isFirst = items.length === 0;
    for (const item of changed) {
      const before = items.at(item.position - 1);
      if (before) counts[itemKind(before.state)] -= 1;
      counts[itemKind(item.state)] += 1;
    }
    items = isFirst
      ? PersistentVector.from(changed)
      : items.with(changed.map((item) => [item.position - 1, item] as const));
  }

  function throughput({ state }: Job, done: number): number | undefined {
    const now = clock.now();
    if (state.kind !== 'running') samples.length = 0;
    samples.push({ at: now, done });
    while (samples[0] && (now - samples[0].at > THROUGHPUT_WINDOW_MS || samples[0].at > now)) samples.shift();
    const [first] = samples;
    if (!first || now - first.at < MIN_THROUGHPUT_MS || done === first.done) return undefined;
    return ((done - first.done) * 1000) / (now - first.at);
  }

  return {
    async refresh() {
      // The job is read first, so that a change between the two reads is read again by the next refresh.
      const job = await jobs.get(jobId);
      if (!job) return undefined;
      if (job.revision !== revision) {
        apply(await jobs.items(jobId, revision));
        revision = job.revision;
      }
      const done = Object.entries(counts).reduce(
        (sum, [kind, count]) => (isFinalItem({ kind } as Item['state']) ? sum + count : sum),
        0,
      );
      const rate = isFinalJob(job.state) ? undefined : throughput(job, done);
      const secondsLeft = rate === undefined ? undefined : (job.total - done) / rate;
      return { job, items, counts: { ...counts }, done, rate, secondsLeft };
    },
  };
}

/** A job as pages show it. */
export interface JobView {
  job: Job;
  /** In the order of the list. */
  items: Rows<Item>;
  counts: Readonly<Counts>;
  /** The number of items in a final state. */
  done: number;
  /** Codes per second; absent until there are enough samples, and once the job is over. */
  rate?: number | undefined;
  /** Remaining seconds at that rate. */
  secondsLeft?: number | undefined;
}
