import type { AttemptLine, HistoryEntry, HistoryOutcome } from './history-entry.ts';
import type { PlannedEntry } from './planned-entries.ts';

/** Heads the lines of one job. */
export interface JobGroup {
  kind: 'job';
  key: string;
  jobId: number;
  open: boolean;
  /** The number of its shown lines, by outcome. */
  counts: Partial<Record<HistoryOutcome, number>>;
  shown: number;
  /** How many there are, shown or not. */
  total: number;
  /** The start times of its first and last shown lines (epoch ms). */
  from: number;
  to: number;
  /** One of its lines. All have the same account and reason. */
  sample: AttemptLine['record'];
}

/** A line of the table. */
export type HistoryListItem = HistoryEntry | JobGroup | PlannedEntry;

export interface Grouping {
  isOpen: (jobId: number) => boolean;
  totalOf: (jobId: number) => number;
}

/**
 * The lines, newest first, with those of each job together under a heading, at the time of the newest of them.
 * Of a job that is not open, there is the heading alone.
 */
export function groupByJob(lines: readonly HistoryEntry[], { isOpen, totalOf }: Grouping): HistoryListItem[] {
  const jobs = new Map<number, { heading: JobGroup; lines: HistoryEntry[] }>();
  const entries: (HistoryEntry | { heading: JobGroup; lines: HistoryEntry[] })[] = [];
  for (const line of lines) {
    const jobId = groupOf(line);
    if (line.kind !== 'attempt' || jobId === undefined) {
      entries.push(line);
      continue;
    }
    let job = jobs.get(jobId);
    if (!job) {
      job = { heading: headingOf(line, jobId, isOpen(jobId), totalOf(jobId)), lines: [] };
      jobs.set(jobId, job);
      entries.push(job);
    }
    count(job.heading, line);
    if (job.heading.open) job.lines.push(line);
  }
  const shown: HistoryListItem[] = [];
  for (const entry of entries) {
    if (!('heading' in entry)) shown.push(entry);
    else {
      shown.push(entry.heading);
      for (const line of entry.lines) shown.push(line);
    }
  }
  return shown;
}

/**
 * The job that heads a line; `undefined` for a line of its own. A job of another page is one cancel to the operator, which
 * was planned or waited.
 */
export function groupOf(line: HistoryListItem): number | undefined {
  return line.kind === 'attempt' && line.record.startedBy === 'workbench' ? line.record.jobId : undefined;
}

function headingOf({ record }: AttemptLine, jobId: number, open: boolean, total: number): JobGroup {
  const { at } = record;
  const key = `job ${jobId}`;
  return { kind: 'job', key, jobId, open, counts: {}, shown: 0, total, from: at, to: at, sample: record };
}

function count(heading: JobGroup, { record: { at }, outcome }: AttemptLine): void {
  heading.shown += 1;
  heading.counts[outcome] = (heading.counts[outcome] ?? 0) + 1;
  heading.from = Math.min(heading.from, at);
  heading.to = Math.max(heading.to, at);
}
