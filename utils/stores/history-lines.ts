import { createMatcher, type HistoryFilters, validHistoryFilters } from '../history/filters.ts';
import { groupByJob } from '../history/group-by-job.ts';
import type { HistoryEntry } from '../history/history-entry.ts';
import type { HistoryListener } from '../history/history-follower.ts';
import { insertPlanned } from '../history/planned-entries.ts';
import type { HistoryActions, HistoryContext, HistoryIndex, HistoryState } from './history-state.ts';
import { indexViolations, NO_VIOLATIONS } from './history-violations.ts';

/** While older rows are read, the tab is rendered at most this often. */
const RENDER_THROTTLE_MS = 500;

export function createHistoryIndex(
  filters: HistoryFilters,
  highlightedAttemptId: number | undefined,
): HistoryIndex {
  return {
    matches: createMatcher(filters),
    open: [],
    lines: [],
    matching: [],
    accounts: new Set(),
    jobs: new Map(),
    planned: [],
    toggledJobs: new Set(),
    isHighlightFound: highlightedAttemptId === undefined,
    lastRenderAt: 0,
  };
}

/** The filters of the history. */
export function createFilterSlice(
  context: HistoryContext,
): Pick<HistoryActions, 'setFilter' | 'clearFilters'> {
  return {
    setFilter: (name, text) => filterBy(context, { ...context.get().filters, [name]: text }),
    clearFilters: () => filterBy(context, {}),
  };
}

function filterBy(context: HistoryContext, filters: HistoryFilters): void {
  const { index, set } = context;
  const wasFiltered = isFiltered(context);
  set({ filters, cursor: undefined });
  if (isFiltered(context) !== wasFiltered) index.toggledJobs = new Set();
  index.matches = createMatcher(filters);
  index.matching = index.lines.filter(index.matches);
  render(context);
  context.keepFilters(filters);
}

function isFiltered({ get }: HistoryContext): boolean {
  return Object.keys(validHistoryFilters(get().filters)).length > 0;
}

/** Expands a collapsed job, or collapses an expanded one. */
export function toggleJob(context: HistoryContext, jobId: number): void {
  const { index } = context;
  const toggled = new Set(index.toggledJobs);
  if (!toggled.delete(jobId)) toggled.add(jobId);
  index.toggledJobs = toggled;
  render(context);
}

/** All lines read so far that pass the filters, newest first. */
export function matchingLines({ index }: HistoryContext): HistoryEntry[] {
  return [...index.open.filter(index.matches), ...index.matching];
}

function render(context: HistoryContext, change: Partial<HistoryState> = {}): void {
  const { index, clock, set } = context;
  index.lastRenderAt = clock.now();
  const expandsAll = isFiltered(context);
  const matching = matchingLines(context);
  const grouped = groupByJob(matching, {
    isOpen: (jobId) => expandsAll !== index.toggledJobs.has(jobId),
    totalOf: (jobId) => index.jobs.get(jobId)?.total ?? 0,
  });
  const shown = insertPlanned(grouped, index.planned, context.get().filters);
  set({
    shown,
    matching: matching.length,
    read: index.lines.length + index.open.length,
    accounts: [...index.accounts],
    jobs: [...index.jobs.values()].toSorted((one, other) => other.jobId - one.jobId),
    ...change,
  });
}

/** Reads the planned jobs. A journal that can't be read is told by the follower. */
export async function lookAtPlanned(context: HistoryContext): Promise<void> {
  const planned = await context.planned?.().catch(() => undefined);
  if (!planned) return;
  context.index.planned = planned;
  render(context);
}

/** Puts the lines that the follower reads into the index, and renders the tab. */
export function createListener(context: HistoryContext): HistoryListener {
  const { index, clock, get, set } = context;
  return {
    begin(total) {
      [index.lines, index.matching] = [[], []];
      [index.accounts, index.jobs] = [new Set(), new Map()];
      set({ total, reading: 'reading', trouble: undefined, chain: undefined, ...NO_VIOLATIONS });
    },
    older(added) {
      index.lines = index.lines.concat(added);
      index.matching = index.matching.concat(added.filter(index.matches));
      indexEntries(context, added);
      if (get().shown.length === 0 || clock.now() - index.lastRenderAt >= RENDER_THROTTLE_MS) render(context);
    },
    newer(added) {
      index.lines = [...added, ...index.lines];
      index.matching = [...added.filter(index.matches), ...index.matching];
      indexEntries(context, added);
      render(context, { total: get().total + added.length });
    },
    open(now) {
      index.open = now;
      indexEntries(context, now);
      render(context);
    },
    read: () => render(context, { reading: 'read' }),
    chain: (chain) =>
      set({
        chain,
        ...(chain.kind === 'broken' ? indexViolations(chain.breaks, index.lines) : NO_VIOLATIONS),
      }),
    failed: (trouble) => set({ reading: 'failed', trouble, chain: undefined }),
  };
}

/** Collects the accounts and jobs of these lines, and moves the cursor to the highlighted attempt if it is found. */
function indexEntries(context: HistoryContext, added: readonly HistoryEntry[]): void {
  const { index, get, set } = context;
  for (const line of added) {
    if (line.kind !== 'attempt') continue;
    const { accountName, jobId, at, attemptId } = line.record;
    index.accounts.add(accountName);
    if (jobId !== undefined) {
      const job = index.jobs.get(jobId);
      index.jobs.set(jobId, { jobId, at: Math.min(at, job?.at ?? at), total: (job?.total ?? 0) + 1 });
    }
    if (!index.isHighlightFound && attemptId === get().chosen) {
      index.isHighlightFound = true;
      if (jobId !== undefined && !isFiltered(context))
        index.toggledJobs = new Set([...index.toggledJobs, jobId]);
      set({ cursor: line.key });
    }
  }
}
