import { t } from '../i18n/i18n.ts';
import type { Attempt } from '../model/attempt.ts';
import type { CreateOutcome, Outcome } from '../model/outcome.ts';
import { statusLabel } from './qr-code.ts';

/** How a badge looks; `active` and `cancelled` are how a QR code stands, wherever that is said. */
export type BadgeTone = 'active' | 'cancelled' | 'success' | 'neutral' | 'warning' | 'danger';

/** An attempt's outcome in a word or two, with its tone, for a badge. */
export function attemptBadge(attempt: Attempt): { text: string; tone: BadgeTone } {
  if (!attempt.outcome) return { text: t('outcomeOpen'), tone: 'warning' };
  if (attempt.action === 'cancel') return outcomeBadge(attempt.outcome);
  if (attempt.action === 'create') return createBadge(attempt.outcome);
  if (attempt.outcome.kind === 'status') {
    const { status } = attempt.outcome;
    return { text: statusLabel(status || undefined), tone: statusTone(status) };
  }
  if (attempt.outcome.kind === 'not-found') return { text: t('shortNotFound'), tone: 'danger' };
  return { text: t('shortFailedCheck'), tone: 'danger' };
}

/** How a status looks; one that is not known may need looking at. */
export function statusTone(status: string | undefined): BadgeTone {
  if (status === 'ACTIVE') return 'active';
  return status === 'CANCELLED' ? 'cancelled' : 'warning';
}

function outcomeBadge(outcome: Outcome): { text: string; tone: BadgeTone } {
  switch (outcome.kind) {
    case 'cancelled':
      return { text: t('shortCancelled'), tone: 'cancelled' };
    case 'already-cancelled':
      return { text: t('shortAlready'), tone: 'cancelled' };
    case 'rejected':
      return { text: t('shortRejected'), tone: 'danger' };
    case 'not-found':
      return { text: t('shortNotFound'), tone: 'danger' };
    case 'not-sent':
      return { text: t('shortNotSent'), tone: 'danger' };
    case 'unconfirmed':
      return { text: t('shortUnconfirmed'), tone: 'warning' };
  }
}

function createBadge(outcome: CreateOutcome): { text: string; tone: BadgeTone } {
  switch (outcome.kind) {
    case 'created':
      return { text: t('shortCreated'), tone: 'success' };
    case 'not-sent':
      return { text: t('shortNotSent'), tone: 'danger' };
    case 'unconfirmed':
      return { text: t('shortUnconfirmed'), tone: 'warning' };
    default:
      return { text: t('shortRejected'), tone: 'danger' };
  }
}

/** Where an attempt was started from. */
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
