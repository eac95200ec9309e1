import { t } from '../../utils/i18n/i18n.ts';
import type { Environment } from '../../utils/model/environment.ts';
import { type BadgeTone, statusTone } from '../../utils/wording/attempt.ts';
import { statusLabel } from '../../utils/wording/qr-code.ts';
import './badge.css';

type Tone = BadgeTone | 'uat' | 'live';

/** A short text in a pill. An icon shows the tone without relying on colour. */
export function Badge({ tone, children }: { tone: Tone; children: string }) {
  return <span class={`badge ${tone}`}>{children}</span>;
}

/** UAT or LIVE, distinguished by text, icon and fill as well as by colour. */
export function EnvironmentBadge({ environment }: { environment: Environment }) {
  return environment === 'LIVE' ? (
    <Badge tone="live">{t('live')}</Badge>
  ) : (
    <Badge tone="uat">{t('uat')}</Badge>
  );
}

export function StatusBadge({ status }: { status: string | undefined }) {
  return <Badge tone={statusTone(status)}>{statusLabel(status)}</Badge>;
}
