import { t } from '../../utils/i18n/i18n.ts';
import { systemLocalTime } from '../../utils/lib/local-time.ts';
import type { PlannedJob } from '../../utils/messaging/protocol.ts';
import type { PlannedActions } from '../../utils/stores/planned-state.ts';
import { codeCountText, dueText, planTimeText } from '../../utils/wording/planned.ts';
import { escapeInvisibles } from '../../utils/wording/qr-code.ts';
import { distanceText, wallTimeText } from '../../utils/wording/wall-time.ts';
import { EnvironmentBadge } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';

interface PlannedRowProps {
  job: PlannedJob;
  now: number;
  busy: boolean;
  actions: Pick<PlannedActions, 'runNow' | 'askTime' | 'askDrop'>;
}

/** A job that waits: its time, its account, the number of its codes, and why it has not started if it is due. */
export function PlannedRow({ job, now, busy, actions }: PlannedRowProps) {
  const { jobId, account, total, reason, state, dueAt } = job;
  const due = dueText(job, systemLocalTime, now);
  const isMoved = state.kind === 'scheduled' && !due && state.zone !== systemLocalTime.zone();
  return (
    <li class="card stack">
      <p class="planned-what">
        <strong>{codeCountText(total)}</strong>
        <bdi>{escapeInvisibles(account.name)}</bdi>
        <EnvironmentBadge environment={account.environment} />
      </p>
      <p class="planned-what">
        <span class="figures">{planTimeText(job)}</span>
        {!due && <span class="quiet">{distanceText(dueAt, now)}</span>}
      </p>
      {reason && (
        <p class="quiet">
          <bdi class="clipped">{escapeInvisibles(reason)}</bdi>
        </p>
      )}
      {isMoved && (
        <p class="report warning">
          {t('plannedZone', systemLocalTime.zone(), wallTimeText(systemLocalTime.wallAt(dueAt)))}
        </p>
      )}
      {due && <p class={`report ${due.tone}`}>{due.text}</p>}
      <div class="row">
        <Button kind="danger" busy={busy} onClick={() => void actions.runNow(jobId)}>
          {t('runNow')}
        </Button>
        <Button busy={busy} onClick={() => actions.askTime(jobId)}>
          {t('changeTime')}
        </Button>
        <Button busy={busy} onClick={() => actions.askDrop(jobId)}>
          {t('dropPlan')}
        </Button>
      </div>
    </li>
  );
}
