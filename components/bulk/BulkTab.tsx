import { useMemo } from 'preact/hooks';
import { t } from '../../utils/i18n/i18n.ts';
import type { AppState } from '../../utils/messaging/protocol.ts';
import type { BulkActions, BulkState } from '../../utils/stores/bulk-state.ts';
import { unreadableJobText } from '../../utils/wording/journal.ts';
import { AccountRequiredNotice } from '../shared/AccountRequiredNotice.tsx';
import { BulkDialog } from './BulkDialog.tsx';
import './bulk.css';
import { CopySupportDetails } from '../shared/CopySupportDetails.tsx';
import { JobPanel } from './JobPanel.tsx';
import { ListEntry } from './ListEntry.tsx';
import { ReviewPanel } from './ReviewPanel.tsx';
import '../ui/report.css';

interface BulkTabProps {
  state: BulkState;
  actions: BulkActions;
  page: AppState | undefined;
}

/** The three steps of a bulk cancel: the list, its review, and the job. */
export function BulkTab({ state, actions, page }: BulkTabProps) {
  const { job, review, confirmation, journal } = state;
  // While a long list is written before it starts, the confirmation changes dozens of times, and the review not at all.
  const reviewPanel = useMemo(
    () => review && <ReviewPanel review={review} alsoUnread={state.includeUnread} actions={actions} />,
    [review, state.includeUnread, actions, t('language')],
  );
  const trouble = state.error ?? (journal && unreadableJobText(journal));
  return (
    <div class="stack bulk">
      <div class="report-place">
        {trouble !== undefined && (
          <div class="report danger">
            <p role="alert">{trouble}</p>
            <div class="row">
              <CopySupportDetails account={job?.job.account ?? review?.account} />
            </div>
          </div>
        )}
      </div>
      {job ? (
        <JobPanel view={job} state={state} actions={actions} />
      ) : (
        <>
          <AccountRequiredNotice page={page} locked={t('bulkLocked')} none={t('bulkNoAccount')} />
          <ListEntry state={state} actions={actions} />
          {reviewPanel}
        </>
      )}
      {confirmation && (
        <BulkDialog
          question={confirmation}
          reasonRequired={page?.policy.requireReason === true}
          actions={actions}
        />
      )}
    </div>
  );
}
