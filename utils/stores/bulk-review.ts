import type { AccountView, AppState } from '../messaging/protocol.ts';
import { readReview } from '../review/read-review.ts';
import { clearFailedReads, emptyReview, isAnyRead, type Review } from '../review/review.ts';
import { reviewCsv } from '../wording/bulk-csv.ts';
import type { ListSlice } from './bulk-list.ts';
import type { BulkActions, BulkContext } from './bulk-state.ts';
import { currentAccount } from './current-account.ts';

type ReviewActions = Pick<
  BulkActions,
  'review' | 'stopReading' | 'resumeReading' | 'downloadReview' | 'downloadReviewExcel' | 'setAlsoUnread'
>;

/** The review: a read of each code of the list before anything is sent. */
export interface ReviewSlice {
  actions: ReviewActions;
  /** Reviews the list with an account. Without one, the review waits for `syncAccount`. */
  reviewWith(account: Review['account'] | undefined): Promise<void>;
  syncAccount(page: AppState | undefined): void;
}

/** The reads of the review, and the account for the next ones. */
export interface ReviewSession {
  account: AccountView | undefined;
  /** Whether a review was requested before the page knew its account. */
  isPending: boolean;
  reading: AbortController;
}

interface ReviewContext extends BulkContext {
  session: ReviewSession;
  parse: ListSlice['parse'];
  /** Whether a file is still being read, or waits for the choice of a sheet. */
  isIncomplete: () => boolean;
}

export function createReviewSession(): ReviewSession {
  return { account: undefined, isPending: false, reading: new AbortController() };
}

/** Stops the reads, and cancels a review that waits for an account. */
export function dropReads(session: ReviewSession): void {
  session.reading.abort();
  session.isPending = false;
}

export function createReviewSlice(context: ReviewContext): ReviewSlice {
  const { session, get, set, clock, download } = context;
  return {
    actions: {
      review: () => reviewWith(context, session.account),
      stopReading: () => stopReading(context),
      async resumeReading() {
        const { review } = get();
        if (review) await readCodes(context, review);
      },
      async downloadReview() {
        const { review } = get();
        if (review) download('qr-cancel-review.csv', 'text/csv', await reviewCsv(review, clock));
      },
      downloadReviewExcel: () => downloadExcel(context),
      setAlsoUnread: (includeUnread) => set({ includeUnread }),
    },
    reviewWith: (account) => reviewWith(context, account),
    syncAccount: (page) => syncAccount(context, page),
  };
}

async function reviewWith(context: ReviewContext, account: Review['account'] | undefined): Promise<void> {
  if (context.isIncomplete()) return;
  const { session } = context;
  session.reading.abort();
  const read = await context.parse();
  if (!read) return;
  const { list, parts } = read;
  context.set({ error: undefined });
  session.isPending = list.ok && !account;
  if (list.ok && account) await readCodes(context, emptyReview({ list, parts }, account));
}

async function readCodes({ session, send, clock, get, set }: ReviewContext, review: Review): Promise<void> {
  const before = clearFailedReads(review);
  session.reading = new AbortController();
  const { signal } = session.reading;
  set({ review: { ...before, state: 'reading' } });
  await readReview(send, clock, {
    signal,
    get: () => get().review ?? review,
    set: (changed) => {
      if (!signal.aborted) set({ review: changed });
    },
  });
}

function stopReading({ session, get, set }: ReviewContext): void {
  session.reading.abort();
  const { review } = get();
  if (review) set({ review: { ...review, state: 'stopped', waitingUntil: undefined } });
}

function syncAccount(context: ReviewContext, page: AppState | undefined): void {
  const { session, get } = context;
  session.account = currentAccount(page);
  if (page && page.vault.status !== 'open') clearReads(context);
  // If a job was started in the meantime, the page shows that, and the list waits behind it without a review.
  if (session.account && session.isPending && !get().job) void reviewWith(context, session.account);
}

/** Removes the data that was read from EnKash, and the dialog that shows it. A start in progress keeps its dialog. */
function clearReads({ session, get, set }: ReviewContext): void {
  const { review, confirmation } = get();
  if (!review || (review.state !== 'reading' && !isAnyRead(review))) return;
  session.reading.abort();
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

async function downloadExcel({ get, clock, download }: ReviewContext): Promise<void> {
  const { review } = get();
  if (!review) return;
  const { excelExports, XLSX_TYPE } = await import('../wording/excel-export.ts');
  download('qr-cancel-review.xlsx', XLSX_TYPE, await excelExports.review(review, clock));
}
