import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StoredItem } from '../browser/storage-item.ts';
import type { BulkBegun } from '../bulk/job-marker.ts';
import type { JobReader } from '../bulk/job-reader.ts';
import { followJob, type JobFollower } from '../bulk/job-view.ts';
import { plural, t } from '../i18n/i18n.ts';
import { troubleOf } from '../journal/journal-trouble.ts';
import type { Clock } from '../lib/clock.ts';
import type { AccountView, PageState, Send } from '../messaging/protocol.ts';
import { isOver } from '../model/job.ts';
import { MAX_COLUMN_NAME } from '../model/job-record.ts';
import {
  type ListSource,
  readSources,
  type SourcesRead,
  sourcesText,
  sourceText,
  type TextInput,
} from '../qr-code-id/list-sources.ts';
import { readReview } from '../review/read-review.ts';
import { codesToCancel, emptyReview, isAnyRead, type Review, withoutFailures } from '../review/review.ts';
import { missingConfirmation } from '../review/typed-confirmation.ts';
import { resultsCsv, reviewCsv } from '../wording/bulk-csv.ts';
import { momentText } from '../wording/qr-code.ts';
import { createBulkFiles, NO_FILES } from './bulk-files.ts';
import type { BulkActions, BulkState } from './bulk-state.ts';
import { accountInUse } from './popup.ts';

export interface BulkDeps {
  send: Send;
  jobs: JobReader;
  clock: Clock;
  download: (fileName: string, type: string, content: string | readonly BlobPart[]) => void;
  /** Where it is noted, apart from the journal, that a job was begun. */
  begun: Pick<StoredItem<BulkBegun | null>, 'read' | 'write' | 'remove'>;
}

export type BulkStore = StoreApi<BulkState> & {
  actions: BulkActions & {
    /**
     * Takes the account in use from the page's state, and reads the list that waits for one. What was read of a list
     * goes with a lock; the list stays.
     */
    follow(page: PageState | undefined): void;
    /** Looks at the journal: for the page's opening and for every change that it is told of. */
    look(): Promise<void>;
    /** Takes a list from another page, where no job is under way, and reads it. */
    takeList(from: TextInput): Promise<void>;
    /** Says that a list which another page handed over did not arrive. */
    reportLostList(): void;
  };
};

/** More codes than this are confirmed by typing their number; in LIVE, any. */
const MOST_UNTYPED = 20;
/** A report older than this is not what somebody opens the page for. */
const REPORT_SHOWN_FOR_MS = 24 * 3_600_000;
/** Codes of a report that are checked again with one message. */
const CHECKED_AT_ONCE = 24;

/** Builds the state of the bulk tab: a list, its review, the job made of it, and its report. */
export function createBulkStore({ send, jobs, clock, download, begun }: BulkDeps): BulkStore {
  const store = createStore<BulkState>(() => ({
    text: '',
    otherList: undefined,
    list: undefined,
    sources: [],
    parts: [],
    files: NO_FILES,
    review: undefined,
    alsoUnread: false,
    question: undefined,
    job: undefined,
    filter: 'all',
    asked: undefined,
    journal: undefined,
    trouble: undefined,
  }));
  const { getState: get, setState: set } = store;
  const withoutList = {
    list: undefined,
    parts: [],
    review: undefined,
    alsoUnread: false,
  } as const;
  let account: AccountView | undefined;
  /** Whether the list is to be read as soon as there is an account to read it with. */
  let awaitsAccount = false;
  /** The list that came into the field last by other ways than typing. */
  let handedOver: string | undefined;
  /** What was left out and the operator wants in the list. */
  let taken: ReadonlySet<string> = new Set();
  let reading = new AbortController();
  let follower: JobFollower | undefined;
  let putAside: number | undefined;
  let looking: Promise<void> = Promise.resolve();

  function takeText(text: string, from: TextInput = { text }): void {
    reading.abort();
    awaitsAccount = false;
    taken = new Set();
    set({ ...withoutList, text, sources: text === '' ? [] : [from], trouble: undefined });
  }

  function takeSources(sources: readonly ListSource[], added: boolean): void {
    const text = sourcesText(sources);
    if (added) handedOver = text;
    else {
      keepBefore(text);
      taken = new Set();
    }
    const { question } = get();
    // A question about the list before would be answered for this one.
    set({ text, sources, question: question?.busy ? question : undefined });
    parseAgain();
  }

  /** Reads the sources as one list. If a column has to be chosen, the choice stays until the source changes. */
  function parse(): SourcesRead {
    const { sources } = get();
    const read = readSources(sources, taken);
    const asked = sources.map((source, index) => ({ ...source, choice: read.parts[index]?.choice }));
    set({ ...withoutList, ...read, sources: asked });
    return read;
  }

  function changeSource(part: number, change: Pick<ListSource, 'column' | 'choice'>): void {
    const { sources } = get();
    set({ sources: sources.map((source, index) => (index === part ? { ...source, ...change } : source)) });
  }

  function parseAgain(): void {
    reading.abort();
    awaitsAccount = false;
    set({ trouble: undefined });
    parse();
  }

  /**
   * Keeps what is in the field, unless it is nothing or the same, before another list comes into it; but not in place of
   * one that was typed, where this one was not.
   */
  function keepBefore(text: string): void {
    const { text: before, otherList } = get();
    const isKept = otherList !== undefined && before === handedOver;
    if (!isKept && before.trim() !== '' && before.trim() !== text.trim()) set({ otherList: before });
    handedOver = text;
  }

  async function reviewList(pinned: Review['account'] | undefined): Promise<void> {
    if (files.isIncomplete()) return;
    reading.abort();
    const { list, parts } = parse();
    set({ trouble: undefined });
    // Asked for before the page knows its account: `follow` reads it then.
    awaitsAccount = list.ok && !pinned;
    if (list.ok && pinned) await readCodes(emptyReview({ list, parts }, pinned));
  }

  async function readCodes(review: Review): Promise<void> {
    const before = withoutFailures(review);
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

  function forgetReads(): void {
    const { review, question } = get();
    if (!review || (review.state !== 'reading' && !isAnyRead(review))) return;
    reading.abort();
    set({
      review: {
        ...emptyReview(review, review.account),
        state: 'stopped',
        failure: { kind: 'not-sent', reason: 'locked' },
      },
      alsoUnread: false,
      question: question?.busy ? question : undefined,
    });
  }

  function toCancel() {
    const { review, alsoUnread } = get();
    return review ? codesToCancel(review, alsoUnread) : [];
  }

  /** Of a job that the journal knows nothing of, nobody can say what became of its codes. */
  async function tellLoss(): Promise<void> {
    const lost = await begun.read();
    if (lost) set({ trouble: plural('journalLost', lost.total, momentText(lost.at)) });
  }

  async function lookOnce(): Promise<void> {
    const latest = await jobs.latest();
    set({ journal: undefined });
    const isOld = latest?.finishedAt !== undefined && clock.now() - latest.finishedAt > REPORT_SHOWN_FOR_MS;
    if (latest && isOver(latest.state)) await begun.remove();
    if (!latest) await tellLoss();
    if (!latest || latest.jobId === putAside || (isOld && !get().job)) return set({ job: undefined });
    if (get().job?.job.jobId !== latest.jobId) follower = followJob(jobs, clock, latest.jobId);
    set({ job: await follower?.look() });
  }

  /** Asks for something that takes a while, and says so as long as it does. */
  async function ask(asked: NonNullable<BulkState['asked']>, work: () => Promise<unknown>): Promise<void> {
    set({ asked, trouble: undefined });
    try {
      await work();
    } catch {
      set({ trouble: t('noAnswerFromBackground') });
    }
    await actions.look();
    set({ asked: undefined });
  }

  async function askJob(asked: 'pause' | 'resume' | 'end'): Promise<void> {
    const jobId = get().job?.job.jobId;
    if (jobId !== undefined) await ask(asked, () => send(`${asked}Bulk`, { jobId }));
  }

  function numbersOf(kind: string) {
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
    follow(page) {
      account = accountInUse(page);
      if (page && page.vault.status !== 'open') forgetReads();
      // A job that was begun meanwhile is what the page shows; the list waits behind it, unread.
      if (account && awaitsAccount && !get().job) void actions.review();
    },
    look() {
      looking = looking.then(lookOnce).catch((error) => set({ journal: troubleOf(error) }));
      return looking;
    },
    async takeList(from) {
      const { job } = get();
      const text = sourceText(from);
      files.forget();
      keepBefore(text);
      if (job && !isOver(job.job.state)) return takeText(text, from);
      actions.beginAnother();
      takeText(text, from);
      await actions.review();
    },
    reportLostList: () => set({ trouble: t('listLost') }),
    setText(text) {
      takeText(text);
      // They were read out when they came, and the text has been changed since: a review that was asked for is of another.
      set({ files: { ...get().files, awaited: false, problems: [] } });
    },
    swapLists() {
      const { text, otherList } = get();
      if (otherList === undefined) return;
      takeText(otherList);
      set({ otherList: text.trim() === '' ? undefined : text });
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
    async readOn() {
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
    setAlsoUnread: (alsoUnread) => set({ alsoUnread }),
    ask() {
      const count = toCancel().length;
      const environment = get().review?.account.environment;
      const typed = count > MOST_UNTYPED || environment === 'LIVE';
      const word = typed ? `CANCEL ${count}` : undefined;
      const columnName = get().review?.list.columnName ?? '';
      set({ question: { count, word, columnName, typed: '', busy: false } });
    },
    setTyped(typed) {
      const { question } = get();
      if (question) set({ question: { ...question, typed } });
    },
    keepActive: () => set({ question: undefined }),
    async confirm(reason) {
      const { question, review } = get();
      if (!question || !review || question.busy) return;
      if (question.word !== undefined && missingConfirmation(question.typed, question.count)) return;
      const { problem: _, ...before } = question;
      set({ question: { ...before, busy: true } });
      try {
        const started = await send('startBulk', {
          accountId: review.account.id,
          codes: toCancel(),
          reason,
          column: question.columnName.slice(0, MAX_COLUMN_NAME) || undefined,
        });
        if (!started.ok) return set({ question: { ...before, busy: false, problem: started.problem } });
        await begun.write({ at: clock.now(), total: question.count });
        files.forget();
        takeText('');
        set({ question: undefined, filter: 'all' });
      } catch {
        // It may have been started all the same: the journal tells.
        set({ question: undefined, trouble: t('noAnswerFromBackground') });
      }
      await actions.look();
    },
    pause: () => askJob('pause'),
    resume: () => askJob('resume'),
    end: () => askJob('end'),
    setFilter: (filter) => set({ filter }),
    async retry(ended) {
      const { job } = get();
      if (!job) return;
      const ids = numbersOf(ended).map(({ qrCodeId }) => qrCodeId);
      actions.beginAnother();
      files.forget();
      keepBefore(ids.join('\n'));
      takeText(ids.join('\n'), { ids });
      await reviewList(job.job.account);
    },
    async checkAgain() {
      const { job } = get();
      if (!job) return;
      const numbers = numbersOf('unconfirmed').map(({ number }) => number);
      await ask('check-again', async () => {
        for (let first = 0; first < numbers.length; first += CHECKED_AT_ONCE)
          await send('checkBulkAgain', {
            jobId: job.job.jobId,
            numbers: numbers.slice(first, first + CHECKED_AT_ONCE),
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
    beginAnother() {
      putAside = get().job?.job.jobId;
      set({ job: undefined, filter: 'all', trouble: undefined });
    },
  };
  return Object.assign(store, { actions });
}
