import { t } from '../i18n/i18n.ts';
import type { StartJobError } from '../messaging/protocol.ts';
import { startList } from '../messaging/start-list.ts';
import { MAX_COLUMN_NAME } from '../model/job.ts';
import { planTime, type WallTime } from '../model/planned-time.ts';
import { firstStart } from '../model/quick-starts.ts';
import { codesToCancel, linesToCancel, type Review } from '../review/review.ts';
import { missingConfirmation, requiredPhrase } from '../review/typed-confirmation.ts';
import { startProblemText } from '../wording/start-problem.ts';
import type { BulkActions, BulkContext, BulkState, ConfirmationState } from './bulk-state.ts';

type ConfirmationActions = Pick<
  BulkActions,
  'ask' | 'setTyped' | 'planLater' | 'setStart' | 'dismissConfirmation' | 'confirm'
>;

interface ConfirmationContext extends BulkContext {
  /** Empties the field once its list has become a job. */
  clearList(): void;
  /** Reads the job from the journal. */
  refresh(): Promise<void>;
}

/** The confirmation of a reviewed list, and the start of its job. */
export function createConfirmationSlice(context: ConfirmationContext): ConfirmationActions {
  const { get, set, local, clock } = context;
  let starting = new AbortController();
  return {
    ask() {
      const { review, includeUnread, confirmation } = get();
      if (review && !confirmation?.busy) set({ confirmation: confirmationOf(review, includeUnread) });
    },
    setTyped(phraseInput) {
      const { confirmation } = get();
      if (confirmation) set({ confirmation: { ...confirmation, phraseInput } });
    },
    planLater: () => setStart(context, { wall: firstStart(local, clock.now()), zone: local.zone() }),
    setStart: (start) => setStart(context, start),
    dismissConfirmation() {
      const { busy, prepared } = get().confirmation ?? {};
      if (busy && prepared === undefined) return;
      starting.abort();
      set({ confirmation: undefined });
    },
    async confirm(reason) {
      const { confirmation, review } = get();
      if (!confirmation || !review || confirmation.busy || isPhraseMissing(confirmation)) return;
      starting = new AbortController();
      await startJob(context, confirmation, review, { reason, signal: starting.signal });
    },
  };
}

function confirmationOf(review: Review, includeUnread: boolean): ConfirmationState {
  const { account, list } = review;
  const lines = linesToCancel(review, includeUnread);
  const count = lines.length;
  return {
    account,
    count,
    confirmationPhrase: requiredPhrase(count, account.environment),
    start: undefined,
    expiries: lines.flatMap(({ expiresAt }) => expiresAt ?? []),
    columnName: list.columnName ?? '',
    phraseInput: '',
    busy: false,
  };
}

function selectedCodes({ review, includeUnread }: BulkState) {
  return review ? codesToCancel(review, includeUnread) : [];
}

function setStart({ get, set }: ConfirmationContext, start: WallTime | undefined): void {
  const { confirmation } = get();
  if (confirmation && !confirmation.busy)
    set({ confirmation: { ...confirmation, start, problem: undefined } });
}

function isPhraseMissing({ confirmationPhrase, phraseInput, count }: ConfirmationState): boolean {
  return confirmationPhrase !== undefined && missingConfirmation(phraseInput, count) !== undefined;
}

async function startJob(
  context: ConfirmationContext,
  { problem: _, ...confirmation }: ConfirmationState,
  review: Review,
  { reason, signal }: { reason: string | undefined; signal: AbortSignal },
): Promise<void> {
  const { send, get, set, clearList, refresh } = context;
  const { start } = confirmation;
  const { waitSeconds } = get();
  const isOnScreen = () => get().review?.list === review.list;
  const time = start && planTime(start, context.local, context.clock.now());
  if (time && 'code' in time) return showProblem(context, confirmation, time);
  const codes = selectedCodes(get());
  // If a lock has emptied the review, the list must be checked again.
  if (codes.length !== confirmation.count) return set({ confirmation: undefined });
  set({ confirmation: { ...confirmation, busy: true } });
  const list = {
    accountId: review.account.id,
    codes,
    reason,
    column: confirmation.columnName.slice(0, MAX_COLUMN_NAME) || undefined,
    ...(start ? { at: start } : waitSeconds > 0 ? { waitSeconds } : {}),
  };
  const onPrepared = (prepared: number | undefined) =>
    set({ confirmation: { ...confirmation, busy: true, prepared } });
  try {
    const started = await startList(send, list, { signal, onPrepared });
    if (!started || signal.aborted) return;
    if (!started.ok) {
      if (isOnScreen()) return showProblem(context, confirmation, started.problem);
      // The question would be about the list that has replaced this one.
      return set({ confirmation: undefined, error: startProblemText(started.problem, review.account) });
    }
    // A job that starts later has sent nothing yet, so its loss would leave no question: it has no mark.
    if (start || waitSeconds > 0) await context.onPlanned(started.jobId);
    else await context.jobMarker.write({ at: context.clock.now(), total: confirmation.count });
    if (isOnScreen()) clearList();
    set({ confirmation: undefined, filter: 'all' });
  } catch {
    // The job may have started nevertheless: the journal shows it.
    set({ confirmation: undefined, error: t('noAnswerFromBackground') });
  }
  await refresh();
}

function showProblem(
  { set }: ConfirmationContext,
  { start, ...confirmation }: ConfirmationState,
  problem: StartJobError,
): void {
  // The time stays as it was entered; it is confirmed again for the present zone, which the field shows now.
  const zone = problem.code === 'zone-changed' ? problem.zone : start?.zone;
  set({
    confirmation: {
      ...confirmation,
      busy: false,
      problem,
      start: start && { ...start, zone: zone ?? start.zone },
    },
  });
}
