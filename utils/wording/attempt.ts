import { t } from '../i18n.ts';
import type { Attempt } from '../qr-code/attempt.ts';
import type { CreateOutcome, Outcome } from '../qr-code/outcome.ts';
import { statusWord } from './qr-code.ts';

export type AttemptTone = 'success' | 'neutral' | 'warning' | 'danger';

/** An attempt's outcome in a word or two, with its tone, for a badge. */
export function attemptBadge(attempt: Attempt): { text: string; tone: AttemptTone } {
  if (!attempt.outcome) return { text: t('outcomeOpen'), tone: 'warning' };
  if (attempt.action === 'cancel') return outcomeBadge(attempt.outcome);
  if (attempt.action === 'create') return createBadge(attempt.outcome);
  if (attempt.outcome.kind === 'status') {
    const { status } = attempt.outcome;
    const tone = status === 'ACTIVE' ? 'success' : status === 'CANCELLED' ? 'neutral' : 'warning';
    return { text: statusWord(status || undefined), tone };
  }
  if (attempt.outcome.kind === 'not-found') return { text: t('shortNotFound'), tone: 'danger' };
  return { text: t('shortFailedCheck'), tone: 'danger' };
}

function outcomeBadge(outcome: Outcome): { text: string; tone: AttemptTone } {
  switch (outcome.kind) {
    case 'cancelled':
      return { text: t('shortCancelled'), tone: 'neutral' };
    case 'already-cancelled':
      return { text: t('shortAlready'), tone: 'neutral' };
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

function createBadge(outcome: CreateOutcome): { text: string; tone: AttemptTone } {
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
export function startedByText({ startedBy }: Attempt): string {
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
