import { t } from '../i18n/i18n.ts';
import { MAX_COLUMN_NAME } from '../model/job.ts';
import { codesToCancel, type Review } from '../review/review.ts';
import { missingConfirmation } from '../review/typed-confirmation.ts';
import type { BulkActions, BulkContext, BulkState, ConfirmationState } from './bulk-state.ts';

/** More codes than this are confirmed with a phrase that holds their number. In LIVE, every job is. */
const MAX_WITHOUT_PHRASE = 20;

type ConfirmationActions = Pick<BulkActions, 'ask' | 'setTyped' | 'dismissConfirmation' | 'confirm'>;

interface ConfirmationContext extends BulkContext {
  /** Empties the field once its list has become a job. */
  clearList(): void;
  /** Reads the job from the journal. */
  refresh(): Promise<void>;
}

/** The confirmation of a reviewed list, and the start of its job. */
export function createConfirmationSlice(context: ConfirmationContext): ConfirmationActions {
  const { get, set } = context;
  return {
    ask: () => set({ confirmation: confirmationOf(get()) }),
    setTyped(phraseInput) {
      const { confirmation } = get();
      if (confirmation) set({ confirmation: { ...confirmation, phraseInput } });
    },
    dismissConfirmation: () => set({ confirmation: undefined }),
    async confirm(reason) {
      const { confirmation, review } = get();
      if (!confirmation || !review || confirmation.busy || isPhraseMissing(confirmation)) return;
      await startJob(context, confirmation, review, reason);
    },
  };
}

function confirmationOf(state: BulkState): ConfirmationState {
  const count = selectedCodes(state).length;
  const { review } = state;
  const isPhraseRequired = count > MAX_WITHOUT_PHRASE || review?.account.environment === 'LIVE';
  const confirmationPhrase = isPhraseRequired ? `CANCEL ${count}` : undefined;
  return {
    count,
    confirmationPhrase,
    columnName: review?.list.columnName ?? '',
    phraseInput: '',
    busy: false,
  };
}

function selectedCodes({ review, includeUnread }: BulkState) {
  return review ? codesToCancel(review, includeUnread) : [];
}

function isPhraseMissing({ confirmationPhrase, phraseInput, count }: ConfirmationState): boolean {
  return confirmationPhrase !== undefined && missingConfirmation(phraseInput, count) !== undefined;
}

async function startJob(
  { send, jobMarker, clock, get, set, clearList, refresh }: ConfirmationContext,
  { problem: _, ...confirmation }: ConfirmationState,
  review: Review,
  reason: string | undefined,
): Promise<void> {
  set({ confirmation: { ...confirmation, busy: true } });
  try {
    const started = await send('startJob', {
      accountId: review.account.id,
      codes: selectedCodes(get()),
      reason,
      column: confirmation.columnName.slice(0, MAX_COLUMN_NAME) || undefined,
    });
    if (!started.ok) return set({ confirmation: { ...confirmation, busy: false, problem: started.problem } });
    await jobMarker.write({ at: clock.now(), total: confirmation.count });
    clearList();
    set({ confirmation: undefined, filter: 'all' });
  } catch {
    // The job may have started nevertheless: the journal shows it.
    set({ confirmation: undefined, error: t('noAnswerFromBackground') });
  }
  await refresh();
}
