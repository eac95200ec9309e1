import { t } from '../../utils/i18n/i18n.ts';
import type { AccountRef } from '../../utils/model/account.ts';
import type { Attempt } from '../../utils/model/attempt.ts';
import { attemptBadge } from '../../utils/wording/attempt.ts';
import { escapeInvisibles, formatDateTime } from '../../utils/wording/qr-code.ts';
import { Badge, EnvironmentBadge } from '../ui/Badge.tsx';
import './recent-list.css';

interface RecentListProps {
  attempts: readonly Attempt[];
  /** The environment of the current account. An attempt bears its own only if the account was in another one then. */
  environment: AccountRef['environment'];
  onChoose: (qrCodeId: string) => void;
}

/** The most recent codes with their outcomes. Choosing one checks it again. */
export function RecentList({ attempts, environment, onChoose }: RecentListProps) {
  return (
    <section class="stack recent">
      <h2 id="recent">{t('recent')}</h2>
      {attempts.length === 0 && <p class="quiet">{t('recentEmpty')}</p>}
      <ul class="recent-list" aria-labelledby="recent">
        {attempts.map((attempt) => {
          const { text, tone } = attemptBadge(attempt);
          return (
            <li key={attempt.attemptId}>
              <button
                type="button"
                onClick={() => onChoose(attempt.qrCodeId)}
                title={t('recentOpen', attempt.qrCodeId, text)}
              >
                <span class="recent-line">
                  <span class="code">{attempt.qrCodeId}</span>
                  <span class="row">
                    {attempt.environment !== environment && (
                      <EnvironmentBadge environment={attempt.environment} />
                    )}
                    <Badge tone={tone}>{text}</Badge>
                  </span>
                </span>
                <span class="recent-line quiet">
                  <bdi class="one-line">{escapeInvisibles(attempt.qrName ?? '')}</bdi>
                  <time datetime={new Date(attempt.at).toISOString()}>{formatDateTime(attempt.at)}</time>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
