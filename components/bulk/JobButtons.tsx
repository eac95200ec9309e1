import { t } from '../../utils/i18n/i18n.ts';
import { type JobState, resumesAutomatically } from '../../utils/model/job.ts';
import type { BulkActions, BulkState } from '../../utils/stores/bulk-state.ts';
import { Button } from '../ui/Button.tsx';

interface JobButtonsProps {
  state: JobState;
  pending: BulkState['pendingCommand'];
  actions: Pick<BulkActions, 'pause' | 'resume' | 'end'>;
}

/** Pause, Resume and Stop for good. A job that would resume by itself can be paused too. */
export function JobButtons({ state, pending, actions }: JobButtonsProps) {
  const ending = pending === 'end';
  // Not disabled after a press: a disabled button loses the focus, and a second press does no harm.
  return (
    <div class="row">
      <div class="row">
        {resumesAutomatically(state) && (
          <Button busy={ending} onClick={() => void actions.pause()}>
            {pending === 'pause' ? t('pausing') : t('pause')}
          </Button>
        )}
        {state.kind === 'paused' && (
          <Button kind="primary" busy={ending} onClick={() => void actions.resume()}>
            {pending === 'resume' ? t('resuming') : t('resume')}
          </Button>
        )}
        <Button kind="danger" busy={ending} onClick={() => void actions.end()}>
          {ending ? t('ending') : t('endRun')}
        </Button>
      </div>
      <p class="beside quiet">{t('endRunHint')}</p>
    </div>
  );
}
