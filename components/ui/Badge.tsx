import type { Environment } from '../../utils/environment.ts';
import { t } from '../../utils/i18n.ts';
import { statusWord } from '../../utils/wording/qr-code.ts';
import './badge.css';

export type Tone = 'success' | 'neutral' | 'warning' | 'danger';

export function Badge({ tone, children }: { tone: Tone; children: string }) {
  return <span class={`badge ${tone}`}>{children}</span>;
}

/** UAT or LIVE, told by word and shape as well as by colour. */
export function EnvironmentBadge({ environment }: { environment: Environment }) {
  const live = environment === 'LIVE';
  return <span class={`badge ${live ? 'live' : 'uat'}`}>{live ? t('live') : t('uat')}</span>;
}

export function StatusBadge({ status }: { status: string | undefined }) {
  const tone = status === 'ACTIVE' ? 'success' : status === 'CANCELLED' ? 'neutral' : 'warning';
  return <Badge tone={tone}>{statusWord(status)}</Badge>;
}
