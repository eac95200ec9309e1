import type { Clock } from '../lib/clock.ts';
import { isFinalJob, type Job } from '../model/job.ts';
import { type Item, isFinalItem } from '../model/job-item.ts';
import type { JobReader } from './job-reader.ts';
import { type Counts, ZERO_COUNTS } from './job-store.ts';

/** The rate is told over this long. */
const THROUGHPUT_WINDOW_MS = 10_000;
const SHORTEST_MS = 1_000;

/** Follows one job through the journal, reading only what has changed since it last looked. */
export interface JobWatcher {
  /** The job as it is now; `undefined` where it is not there any more. */
  refresh(): Promise<JobView | undefined>;
}

export function watchJob(jobs: JobReader, clock: Clock, jobId: number): JobWatcher {
  let items: Item[] = [];
  let revision: number | undefined;
  const counts: Counts = { ...ZERO_COUNTS };
  const samples: { at: number; done: number }[] = [];

  function take(changed: readonly Item[]): void {
    for (const item of changed) {
      const before = items[item.position - 1];
      if (before) counts[before.state.kind] -= 1;
      items[item.position - 1] = item;
      counts[item.state.kind] += 1;
    }
  }

  function throughput({ state }: Job, done: number): number | undefined {
    const now = clock.now();
    if (state.kind !== 'running') samples.length = 0;
    samples.push({ at: now, done });
    while (samples[0] && (now - samples[0].at > THROUGHPUT_WINDOW_MS || samples[0].at > now)) samples.shift();
    const [first] = samples;
    if (!first || now - first.at < SHORTEST_MS || done === first.done) return undefined;
    return ((done - first.done) * 1000) / (now - first.at);
  }

  return {
    async refresh() {
      // The job first: what changes between the two reads is read once more the next time.
      const job = await jobs.get(jobId);
      if (!job) return undefined;
      if (job.revision !== revision) {
        items = [...items];
        take(await jobs.items(jobId, revision));
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

/** How a job is seen on screen. */
export interface JobView {
  job: Job;
  /** In the order of the list. */
  items: readonly Item[];
  /** By the kind of the state. */
  counts: Readonly<Record<Item['state']['kind'], number>>;
  /** Codes settled so far. */
  done: number;
  /** Codes a second over the last while; nothing while that can't be told. */
  rate?: number | undefined;
  /** Seconds left at that rate. */
  secondsLeft?: number | undefined;
}
