import { t } from '../i18n/i18n.ts';
import type { Attempt } from '../model/attempt.ts';
import { type CreateOutcome, type OutcomeKind, reportedKind } from '../model/outcome.ts';
import { OUTCOME_BADGES } from './outcome-kind.ts';
import { statusLabel } from './qr-code.ts';

/** The look of a badge. Every badge for the status of a QR code uses `active` and `cancelled`. */
export type BadgeTone = 'active' | 'cancelled' | 'success' | 'neutral' | 'warning' | 'danger';

/** The badge of an attempt's outcome: one or two words, and their tone. */
export function attemptBadge(attempt: Attempt): { text: string; tone: BadgeTone } {
  if (!attempt.outcome) return { text: t('outcomeOpen'), tone: 'warning' };
  if (attempt.action === 'cancel') return outcomeBadge(reportedKind(attempt.outcome));
  if (attempt.action === 'create') return createBadge(attempt.outcome);
  if (attempt.outcome.kind === 'status') {
    const { status } = attempt.outcome;
    return { text: statusLabel(status || undefined), tone: statusTone(status) };
  }
  if (attempt.outcome.kind === 'not-found') return { text: t('shortNotFound'), tone: 'danger' };
  return { text: t('shortFailedCheck'), tone: 'danger' };
}

/** The tone of a status. An unknown status may need attention. */
export function statusTone(status: string | undefined): BadgeTone {
  if (status === 'ACTIVE') return 'active';
  return status === 'CANCELLED' ? 'cancelled' : 'warning';
}

function outcomeBadge(kind: OutcomeKind): { text: string; tone: BadgeTone } {
  const { key, tone } = OUTCOME_BADGES[kind];
  return { text: t(key), tone };
}

function createBadge({ kind }: CreateOutcome): { text: string; tone: BadgeTone } {
  if (kind === 'created') return { text: t('shortCreated'), tone: 'success' };
  return outcomeBadge(kind === 'not-sent' || kind === 'unconfirmed' ? kind : 'rejected');
}

/** The place from which an attempt was started. */
export function sourceText({ startedBy }: Attempt): string {
  switch (startedBy) {
    case 'popup':
      return t('byPopup');
    case 'menu':
      return t('byMenu');
    case 'shortcut':
      return t('byShortcut');
    case 'omnibox':
      return t('byOmnibox');
    case 'workbench':
      return t('byWorkbench');
  }
}
