import { useState } from 'preact/hooks';
import { plural, t } from '../../utils/i18n/i18n.ts';
import type { PlannedJob } from '../../utils/messaging/protocol.ts';
import type { PlannedActions } from '../../utils/stores/planned-state.ts';
import { startsInText } from '../../utils/wording/wall-time.ts';
import { Announcer } from '../ui/Announcer.tsx';
import { EnvironmentBadge } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import { useNow } from '../ui/use-now.ts';
import '../ui/report.css';
import './start-countdown.css';

interface StartCountdownProps {
  job: PlannedJob;
  /** The code, if the page does not name it already. */
  qrCodeId?: string | undefined;
  busy: boolean;
  actions: Pick<PlannedActions, 'keepActive' | 'skipWait'>;
}

/** The seconds before a confirmed cancel starts, and the last chance to stop it. */
export function StartCountdown({ job, qrCodeId, busy, actions }: StartCountdownProps) {
  const { jobId, dueAt, account, total } = job;
  const text = startsInText(dueAt, useNow(250));
  // Each second would interrupt a screen reader.
  const [first] = useState(`${plural('cancelCount', total)}. ${text}.`);
  return (
    <section class="report warning start-countdown" aria-label={text}>
      <div class="stack">
        <strong class="figures">{text}</strong>
        <p>
          {plural('cancelCount', total)} · <bdi>{account.name}</bdi>{' '}
          <EnvironmentBadge environment={account.environment} />
        </p>
        {qrCodeId && <p class="code">{qrCodeId}</p>}
        <p>{t('countdownText', t('keepActive'))}</p>
        <div class="row">
          <Button kind="primary" busy={busy} onClick={() => void actions.keepActive(jobId)}>
            {t('keepActive')}
          </Button>
          <Button kind="danger" busy={busy} onClick={() => void actions.skipWait(jobId)}>
            {t('runNow')}
          </Button>
        </div>
        <Announcer text={first} />
      </div>
    </section>
  );
}
