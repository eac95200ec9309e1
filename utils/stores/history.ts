import { createStore, type StoreApi } from 'zustand/vanilla';
import { createMatcher, type HistoryFilters, validHistoryFilters } from '../history/filters.ts';
import { groupByJob, type HistoryListItem } from '../history/group-by-job.ts';
import { type HistoryEntry, timestampOf } from '../history/history-entry.ts';
import { createHistoryFollower } from '../history/history-follower.ts';
import type { HistoryReader } from '../history/history-reader.ts';
import type { IntegrityViolation, RowViolation } from '../journal/hash-chain.ts';
import type { Clock } from '../lib/clock.ts';
import { CSV_FILE, historyCsv, historyJson, JSON_FILE } from '../wording/history-export.ts';
import type { HistoryActions, HistoryState, JobOption } from './history-state.ts';

export interface HistoryDeps {
  journal: HistoryReader;
  clock: Clock;
  /** The filters that the page's address names. */
  filters: HistoryFilters;
  /** Puts filters into the page's address. */
  keepFilters: (filters: HistoryFilters) => void;
  /** The attempt that a notification led to. */
  highlightedAttemptId: number | undefined;
  download: (fileName: string, type: string, content: string | readonly BlobPart[]) => void;
}

export type HistoryViewStore = StoreApi<HistoryState> & {
  actions: HistoryActions & {
    /** Looks at the journal: for the tab's opening and for every change that the page is told of. */
    look(): Promise<void>;
  };
};

const NO_VIOLATIONS = { violationsBySequence: new Map<never, never>(), times: new Map<never, never>() };

/** While rows are read that are not in sight, the page is drawn again this often at most. */
const RENDER_THROTTLE_MS = 500;

/** Builds the state of the history tab: all lines there are, the filters, what is shown of it, the chain. */
export function createHistoryViewStore(deps: HistoryDeps): HistoryViewStore {
  const { clock } = deps;
  const store = createStore<HistoryState>(() => ({
    filters: deps.filters,
    shown: [],
    matching: 0,
    read: 0,
    total: 0,
    reading: 'not-yet',
    trouble: undefined,
    accounts: [],
    jobs: [],
    chain: undefined,
    ...NO_VIOLATIONS,
    cursor: undefined,
    chosen: deps.highlightedAttemptId,
    details: undefined,
    exporting: undefined,
  }));
  const { getState: get, setState: set } = store;
  let matches = createMatcher(deps.filters);
  let open: readonly HistoryEntry[] = [];
  let lines: readonly HistoryEntry[] = [];
  let matching: readonly HistoryEntry[] = [];
  let accounts = new Set<string>();
  let jobs = new Map<number, JobOption>();
  /** The jobs that are not as all others are: open where the others are closed, or the other way round. */
  let toggledJobs = new Set<number>();
  let isHighlightFound = deps.highlightedAttemptId === undefined;
  let lastRenderAt = 0;

  const isFiltered = () => Object.keys(validHistoryFilters(get().filters)).length > 0;

  function show(change: Partial<HistoryState> = {}): void {
    lastRenderAt = clock.now();
    const opensAll = isFiltered();
    const shown = groupByJob([...open.filter(matches), ...matching], {
      isOpen: (jobId) => opensAll !== toggledJobs.has(jobId),
      totalOf: (jobId) => jobs.get(jobId)?.total ?? 0,
    });
    const openMatching = open.filter(matches).length;
    set({
      shown,
      matching: matching.length + openMatching,
      read: lines.length + open.length,
      accounts: [...accounts],
      jobs: [...jobs.values()].toSorted((one, other) => other.jobId - one.jobId),
      ...change,
    });
  }

  /** Notes what the lines name, and whether the one that was led to is among them. */
  function indexEntries(added: readonly HistoryEntry[]): void {
    for (const line of added) {
      if (line.kind !== 'attempt') continue;
      const { accountName, jobId, at, attemptId } = line.record;
      accounts.add(accountName);
      if (jobId !== undefined) {
        const job = jobs.get(jobId);
        jobs.set(jobId, { jobId, at: Math.min(at, job?.at ?? at), total: (job?.total ?? 0) + 1 });
      }
      if (!isHighlightFound && attemptId === get().chosen) {
        isHighlightFound = true;
        if (jobId !== undefined && !isFiltered()) toggledJobs = new Set([...toggledJobs, jobId]);
        set({ cursor: line.key });
      }
    }
  }

  const follower = createHistoryFollower(deps.journal, clock, {
    begin(total) {
      [lines, matching] = [[], []];
      [accounts, jobs] = [new Set(), new Map()];
      set({ total, reading: 'reading', trouble: undefined, chain: undefined, ...NO_VIOLATIONS });
    },
    older(added) {
      lines = lines.concat(added);
      matching = matching.concat(added.filter(matches));
      indexEntries(added);
      if (get().shown.length === 0 || clock.now() - lastRenderAt >= RENDER_THROTTLE_MS) show();
    },
    newer(added) {
      lines = [...added, ...lines];
      matching = [...added.filter(matches), ...matching];
      indexEntries(added);
      show({ total: get().total + added.length });
    },
    open(now) {
      open = now;
      indexEntries(now);
      show();
    },
    read: () => show({ reading: 'read' }),
    chain: (chain) =>
      set({ chain, ...(chain.kind === 'broken' ? indexViolations(chain.breaks, lines) : NO_VIOLATIONS) }),
    failed: (trouble) => set({ reading: 'failed', trouble, chain: undefined }),
  });

  function filterBy(filters: HistoryFilters): void {
    const wasFiltered = isFiltered();
    set({ filters, cursor: undefined });
    if (isFiltered() !== wasFiltered) toggledJobs = new Set();
    matches = createMatcher(filters);
    matching = lines.filter(matches);
    show();
    deps.keepFilters(filters);
  }

  function toggle(jobId: number): void {
    const next = new Set(toggledJobs);
    if (!next.delete(jobId)) next.add(jobId);
    toggledJobs = next;
    show();
  }

  const cursorAt = () => get().shown.findIndex(({ key }) => key === get().cursor);

  async function exporting(kind: HistoryState['exporting'], make: () => Promise<void>): Promise<void> {
    if (get().exporting) return;
    set({ exporting: kind });
    try {
      await make();
    } finally {
      set({ exporting: undefined });
    }
  }

  const actions: HistoryViewStore['actions'] = {
    look: follower.look,
    setFilter: (name, text) => filterBy({ ...get().filters, [name]: text }),
    clearFilters: () => filterBy({}),
    activate(shown) {
      set({ cursor: shown.key });
      if (shown.kind === 'job') toggle(shown.jobId);
      else set({ details: shown });
    },
    move(step) {
      const { shown } = get();
      const at = cursorAt();
      const to = at < 0 && step > 0 && Number.isFinite(step) ? 0 : at + step;
      const next = shown[Math.max(0, Math.min(shown.length - 1, to))];
      if (next) set({ cursor: next.key });
    },
    setJobExpanded(opened) {
      const at = get().shown[cursorAt()];
      const jobId = jobOf(at);
      const heading = get().shown.find((each) => each.kind === 'job' && each.jobId === jobId);
      if (!at || heading?.kind !== 'job') return;
      if (at.kind !== 'job' && !opened) return set({ cursor: heading.key });
      if (at.kind === 'job' && heading.open !== opened) toggle(heading.jobId);
    },
    close: () => set({ details: undefined }),
    exportCsv: () =>
      exporting('csv', async () => {
        // What is not read yet may match too.
        if (!(await follower.all())) return;
        const csv = await historyCsv([...open.filter(matches), ...matching], clock);
        deps.download(CSV_FILE, 'text/csv', csv);
      }),
    exportExcel: () =>
      exporting('excel', async () => {
        if (!(await follower.all())) return;
        const { excelExports, XLSX_TYPE } = await import('../wording/excel-export.ts');
        const lines = [...open.filter(matches), ...matching];
        deps.download('qr-cancel-history.xlsx', XLSX_TYPE, await excelExports.history(lines, clock));
      }),
    exportJson: () =>
      exporting('json', async () => {
        const whole = await follower.all();
        if (!whole) return;
        deps.download(JSON_FILE, 'application/json', await historyJson(whole, open, clock));
      }),
  };
  return Object.assign(store, { actions });
}

function jobOf(shown: HistoryListItem | undefined): number | undefined {
  if (shown?.kind === 'job') return shown.jobId;
  return shown?.kind === 'attempt' ? shown.record.jobId : undefined;
}

/** The rows that tell of each break (of rows that are missing, the one after them), and when they were begun. */
function indexViolations(breaks: readonly IntegrityViolation[], lines: readonly HistoryEntry[]) {
  const violationsBySequence = new Map<number, RowViolation>();
  const beside = new Set<number>();
  for (const found of breaks) {
    if (found.kind === 'lost') continue;
    const row = found.kind === 'missing' ? found.to + 1 : found.row;
    violationsBySequence.set(row, found);
    beside.add(row);
    if (found.kind === 'missing') beside.add(found.from - 1);
  }
  const times = new Map<number, number>();
  for (const line of lines) {
    const { row } = line.record;
    const at = timestampOf(line);
    if (row !== undefined && at !== undefined && beside.has(row)) times.set(row, at);
  }
  return { violationsBySequence, times };
}
