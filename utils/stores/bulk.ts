import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StorageItem } from '../browser/storage-item.ts';
import type { JobMarker } from '../bulk/job-marker.ts';
import type { JobReader } from '../bulk/job-reader.ts';
import { type JobWatcher, watchJob } from '../bulk/job-view.ts';
import { plural, t } from '../i18n/i18n.ts';
import { troubleOf } from '../journal/journal-trouble.ts';
import type { Clock } from '../lib/clock.ts';
import type { AccountView, AppState, Send } from '../messaging/protocol.ts';
import { isFinalJob, MAX_COLUMN_NAME } from '../model/job.ts';
import {
  type ListSource,
  readSources,
  type SourcesRead,
  sourcesText,
  sourceText,
  type TextInput,
} from '../qr-code-id/list-sources.ts';
import { readReview } from '../review/read-review.ts';
import { clearFailedReads, codesToCancel, emptyReview, isAnyRead, type Review } from '../review/review.ts';
import { missingConfirmation } from '../review/typed-confirmation.ts';
import { resultsCsv, reviewCsv } from '../wording/bulk-csv.ts';
import { formatDateTime } from '../wording/qr-code.ts';
import { createBulkFiles, NO_FILES } from './bulk-files.ts';
import type { BulkActions, BulkState } from './bulk-state.ts';
import { currentAccount } from './current-account.ts';

export interface BulkDeps {
  send: Send;
  jobs: JobReader;
  clock: Clock;
  download: (fileName: string, type: string, content: string | readonly BlobPart[]) => void;
  /** Where it is noted, apart from the journal, that a job was begun. */
  jobMarker: Pick<StorageItem<JobMarker | null>, 'read' | 'write' | 'remove'>;
}

export type BulkStore = StoreApi<BulkState> & {
  actions: BulkActions & {
    /**
     * Takes the account in use from the page's state, and reads the list that waits for one. What was read of a list
     * goes with a lock; the list stays.
     */
    syncAccount(page: AppState | undefined): void;
    /** Looks at the journal: for the page's opening and for every change that it is told of. */
    refresh(): Promise<void>;
    /** Takes a list from another page, where no job is under way, and reads it. */
    loadList(from: TextInput): Promise<void>;
    /** Says that a list which another page handed over did not arrive. */
    reportLostList(): void;
  };
};

/** More codes than this are confirmed by typing their number; in LIVE, any. */
const MAX_WITHOUT_PHRASE = 20;
/** A report older than this is not what somebody opens the page for. */
const REPORT_TTL_MS = 24 * 3_600_000;
/** Codes of a report that are checked again with one message. */
const RECHECK_BATCH_SIZE = 24;

/** The message of each command. */
const JOB_COMMANDS = { pause: 'pauseJob', resume: 'resumeJob', end: 'stopJob' } as const;

/** Builds the state of the bulk tab: a list, its review, the job made of it, and its report. */
export function createBulkStore({ send, jobs, clock, download, jobMarker }: BulkDeps): BulkStore {
  const store = createStore<BulkState>(() => ({
    text: '',
    stashedList: undefined,
    list: undefined,
    sources: [],
    parts: [],
    files: NO_FILES,
    review: undefined,
    includeUnread: false,
    confirmation: undefined,
    job: undefined,
    filter: 'all',
    pendingCommand: undefined,
    journal: undefined,
    error: undefined,
  }));
  const { getState: get, setState: set } = store;
  const EMPTY_LIST = {
    list: undefined,
    parts: [],
    review: undefined,
    includeUnread: false,
  } as const;
  let account: AccountView | undefined;
  /** Whether the list is to be read as soon as there is an account to read it with. */
  let isReviewPending = false;
  /** The list that came into the field last by other ways than typing. */
  let lastImportedText: string | undefined;
  /** What was left out and the operator wants in the list. */
  let taken: ReadonlySet<string> = new Set();
  let reading = new AbortController();
  let follower: JobWatcher | undefined;
  let dismissedJobId: number | undefined;
  let refreshQueue: Promise<void> = Promise.resolve();

  function setListText(text: string, from: TextInput = { text }): void {
    reading.abort();
    isReviewPending = false;
    taken = new Set();
    set({ ...EMPTY_LIST, text, sources: text === '' ? [] : [from], error: undefined });
  }

  function takeSources(sources: readonly ListSource[], added: boolean): void {
    const text = sourcesText(sources);
    if (added) lastImportedText = text;
    else {
      stashCurrentList(text);
      taken = new Set();
    }
    const { confirmation } = get();
    // A question about the list before would be answered for this one.
    set({ text, sources, confirmation: confirmation?.busy ? confirmation : undefined });
    parseAgain();
  }

  /** Reads the sources as one list. If a column has to be chosen, the choice stays until the source changes. */
  function parse(): SourcesRead {
    const { sources } = get();
    const read = readSources(sources, taken);
    const asked = sources.map((source, index) => ({ ...source, choice: read.parts[index]?.choice }));
    set({ ...EMPTY_LIST, ...read, sources: asked });
    return read;
  }

  function changeSource(part: number, change: Pick<ListSource, 'column' | 'choice'>): void {
    const { sources } = get();
    set({ sources: sources.map((source, index) => (index === part ? { ...source, ...change } : source)) });
  }

  function parseAgain(): void {
    reading.abort();
    isReviewPending = false;
    set({ error: undefined });
    parse();
  }

  /**
   * Keeps what is in the field, unless it is nothing or the same, before another list comes into it; but not in place of
   * one that was typed, where this one was not.
   */
  function stashCurrentList(text: string): void {
    const { text: before, stashedList } = get();
    const isKept = stashedList !== undefined && before === lastImportedText;
    if (!isKept && before.trim() !== '' && before.trim() !== text.trim()) set({ stashedList: before });
    lastImportedText = text;
  }

  async function reviewList(pinned: Review['account'] | undefined): Promise<void> {
    if (files.isIncomplete()) return;
    reading.abort();
    const { list, parts } = parse();
    set({ error: undefined });
    // Asked for before the page knows its account: `syncAccount` reads it then.
    isReviewPending = list.ok && !pinned;
    if (list.ok && pinned) await readCodes(emptyReview({ list, parts }, pinned));
  }

  async function readCodes(review: Review): Promise<void> {
    const before = clearFailedReads(review);
    reading = new AbortController();
    const { signal } = reading;
    set({ review: { ...before, state: 'reading' } });
    await readReview(send, clock, {
      signal,
      get: () => get().review ?? review,
      set: (changed) => {
        if (!signal.aborted) set({ review: changed });
      },
    });
  }

  function clearReads(): void {
    const { review, confirmation } = get();
    if (!review || (review.state !== 'reading' && !isAnyRead(review))) return;
    reading.abort();
    set({
      review: {
        ...emptyReview(review, review.account),
        state: 'stopped',
        failure: { kind: 'not-sent', reason: 'locked' },
      },
      includeUnread: false,
      confirmation: confirmation?.busy ? confirmation : undefined,
    });
  }

  function selectedCodes() {
    const { review, includeUnread } = get();
    return review ? codesToCancel(review, includeUnread) : [];
  }

  /** Of a job that the journal knows nothing of, nobody can say what became of its codes. */
  async function reportLostJob(): Promise<void> {
    const lost = await jobMarker.read();
    if (lost) set({ error: plural('journalLost', lost.total, formatDateTime(lost.at)) });
  }

  async function refreshOnce(): Promise<void> {
    const latest = await jobs.latest();
    set({ journal: undefined });
    const isOld = latest?.finishedAt !== undefined && clock.now() - latest.finishedAt > REPORT_TTL_MS;
    if (latest && isFinalJob(latest.state)) await jobMarker.remove();
    if (!latest) await reportLostJob();
    if (!latest || latest.jobId === dismissedJobId || (isOld && !get().job)) return set({ job: undefined });
    if (get().job?.job.jobId !== latest.jobId) follower = watchJob(jobs, clock, latest.jobId);
    set({ job: await follower?.refresh() });
  }

  /** Asks for something that takes a while, and says so as long as it does. */
  async function runCommand(
    pendingCommand: NonNullable<BulkState['pendingCommand']>,
    work: () => Promise<unknown>,
  ): Promise<void> {
    set({ pendingCommand, error: undefined });
    try {
      await work();
    } catch {
      set({ error: t('noAnswerFromBackground') });
    }
    await actions.refresh();
    set({ pendingCommand: undefined });
  }

  async function runJobCommand(asked: 'pause' | 'resume' | 'end'): Promise<void> {
    const jobId = get().job?.job.jobId;
    if (jobId !== undefined) await runCommand(asked, () => send(JOB_COMMANDS[asked], { jobId }));
  }

  function itemsOfKind(kind: string) {
    return (get().job?.items ?? []).filter(({ state }) => state.kind === kind);
  }

  const files = createBulkFiles({
    clock,
    get,
    set: (changed) => set({ files: changed }),
    takeSources,
    review: () => void actions.review(),
  });
  const actions: BulkStore['actions'] = {
    ...files.actions,
    syncAccount(page) {
      account = currentAccount(page);
      if (page && page.vault.status !== 'open') clearReads();
      // A job that was begun meanwhile is what the page shows; the list waits behind it, unread.
      if (account && isReviewPending && !get().job) void actions.review();
    },
    refresh() {
      refreshQueue = refreshQueue.then(refreshOnce).catch((error) => set({ journal: troubleOf(error) }));
      return refreshQueue;
    },
    async loadList(from) {
      const { job } = get();
      const text = sourceText(from);
      files.forget();
      stashCurrentList(text);
      if (job && !isFinalJob(job.job.state)) return setListText(text, from);
      actions.startNewList();
      setListText(text, from);
      await actions.review();
    },
    reportLostList: () => set({ error: t('listLost') }),
    setText(text) {
      setListText(text);
      // They were read out when they came, and the text has been changed since: a review that was asked for is of another.
      set({ files: { ...get().files, awaited: false, problems: [] } });
    },
    restoreStashedList() {
      const { text, stashedList } = get();
      if (stashedList === undefined) return;
      setListText(stashedList);
      set({ stashedList: text.trim() === '' ? undefined : text });
    },
    chooseColumn(column, part) {
      changeSource(part, { column });
      parseAgain();
    },
    offerColumns(part) {
      const { parts } = get();
      const columns = parts[part]?.columns ?? [];
      if (columns.length === 0) return;
      const choice = { columns, mayTakeAll: false };
      changeSource(part, { choice });
      set({ parts: parts.map((each, index) => (index === part ? { ...each, choice } : each)) });
    },
    take(text) {
      taken = new Set([...taken, text]);
      parseAgain();
    },
    review: () => reviewList(account),
    stopReading() {
      reading.abort();
      const { review } = get();
      if (review) set({ review: { ...review, state: 'stopped', waitingUntil: undefined } });
    },
    async resumeReading() {
      const { review } = get();
      if (review) await readCodes(review);
    },
    downloadReview() {
      const { review } = get();
      if (review) download('qr-cancel-review.csv', 'text/csv', reviewCsv(review));
    },
    async downloadReviewExcel() {
      const { review } = get();
      if (!review) return;
      const { excelExports, XLSX_TYPE } = await import('../wording/excel-export.ts');
      download('qr-cancel-review.xlsx', XLSX_TYPE, await excelExports.review(review, clock));
    },
    setAlsoUnread: (includeUnread) => set({ includeUnread }),
    ask() {
      const count = selectedCodes().length;
      const environment = get().review?.account.environment;
      const typed = count > MAX_WITHOUT_PHRASE || environment === 'LIVE';
      const confirmationPhrase = typed ? `CANCEL ${count}` : undefined;
      const columnName = get().review?.list.columnName ?? '';
      set({ confirmation: { count, confirmationPhrase, columnName, phraseInput: '', busy: false } });
    },
    setTyped(phraseInput) {
      const { confirmation } = get();
      if (confirmation) set({ confirmation: { ...confirmation, phraseInput } });
    },
    dismissConfirmation: () => set({ confirmation: undefined }),
    async confirm(reason) {
      const { confirmation, review } = get();
      if (!confirmation || !review || confirmation.busy) return;
      if (
        confirmation.confirmationPhrase !== undefined &&
        missingConfirmation(confirmation.phraseInput, confirmation.count)
      )
        return;
      const { problem: _, ...before } = confirmation;
      set({ confirmation: { ...before, busy: true } });
      try {
        const started = await send('startJob', {
          accountId: review.account.id,
          codes: selectedCodes(),
          reason,
          column: confirmation.columnName.slice(0, MAX_COLUMN_NAME) || undefined,
        });
        if (!started.ok) return set({ confirmation: { ...before, busy: false, problem: started.problem } });
        await jobMarker.write({ at: clock.now(), total: confirmation.count });
        files.forget();
        setListText('');
        set({ confirmation: undefined, filter: 'all' });
      } catch {
        // It may have been started all the same: the journal tells.
        set({ confirmation: undefined, error: t('noAnswerFromBackground') });
      }
      await actions.refresh();
    },
    pause: () => runJobCommand('pause'),
    resume: () => runJobCommand('resume'),
    end: () => runJobCommand('end'),
    setFilter: (filter) => set({ filter }),
    async retry(ended) {
      const { job } = get();
      if (!job) return;
      const ids = itemsOfKind(ended).map(({ qrCodeId }) => qrCodeId);
      actions.startNewList();
      files.forget();
      stashCurrentList(ids.join('\n'));
      setListText(ids.join('\n'), { ids });
      await reviewList(job.job.account);
    },
    async checkAgain() {
      const { job } = get();
      if (!job) return;
      const numbers = itemsOfKind('unconfirmed').map(({ position }) => position);
      await runCommand('check-again', async () => {
        for (let first = 0; first < numbers.length; first += RECHECK_BATCH_SIZE)
          await send('recheckJobItems', {
            jobId: job.job.jobId,
            numbers: numbers.slice(first, first + RECHECK_BATCH_SIZE),
          });
      });
    },
    downloadResults() {
      const { job } = get();
      if (job) download('qr-cancel-results.csv', 'text/csv', resultsCsv(job));
    },
    async downloadResultsExcel() {
      const { job } = get();
      if (!job) return;
      const { excelExports, XLSX_TYPE } = await import('../wording/excel-export.ts');
      download('qr-cancel-results.xlsx', XLSX_TYPE, await excelExports.results(job, clock));
    },
    startNewList() {
      dismissedJobId = get().job?.job.jobId;
      set({ job: undefined, filter: 'all', error: undefined });
    },
  };
  return Object.assign(store, { actions });
}
