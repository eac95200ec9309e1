import { t } from '../../utils/i18n/i18n.ts';
import { type JobState, resumesAutomatically } from '../../utils/model/job.ts';
import type { BulkActions, BulkState } from '../../utils/stores/bulk-state.ts';
import { Button } from '../ui/Button.tsx';

interface JobButtonsProps {
  state: JobState;
  asked: BulkState['pendingCommand'];
  actions: Pick<BulkActions, 'pause' | 'resume' | 'end'>;
}

/** What holds a job up, lets it go on, and stops it for good. What goes on by itself can be held up as well. */
export function JobButtons({ state, asked, actions }: JobButtonsProps) {
  const ending = asked === 'end';
  // Asking twice does no harm, and a button that is disabled loses the focus.
  return (
    <div class="row">
      {resumesAutomatically(state) && (
        <Button busy={ending} onClick={() => void actions.pause()}>
          {asked === 'pause' ? t('pausing') : t('pause')}
        </Button>
      )}
      {state.kind === 'paused' && (
        <Button kind="primary" busy={ending} onClick={() => void actions.resume()}>
          {asked === 'resume' ? t('resuming') : t('resume')}
        </Button>
      )}
      <Button kind="danger" busy={ending} onClick={() => void actions.end()}>
        {ending ? t('ending') : t('endRun')}
      </Button>
      <p class="beside quiet">{t('endRunHint')}</p>
    </div>
  );
}
