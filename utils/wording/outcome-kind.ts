import type { MessageKey, PluralKey } from '../i18n/i18n.ts';
import type { OutcomeKind } from '../model/outcome.ts';
import type { BadgeTone } from './attempt.ts';

/** A badge whose text is not looked up yet. */
export interface BadgeLabel {
  key: MessageKey;
  tone: BadgeTone;
}

/** The badge of each outcome of a cancel. */
export const OUTCOME_BADGES: Readonly<Record<OutcomeKind, BadgeLabel>> = {
  cancelled: { key: 'shortCancelled', tone: 'cancelled' },
  'already-cancelled': { key: 'shortAlready', tone: 'cancelled' },
  rejected: { key: 'shortRejected', tone: 'danger' },
  'not-found': { key: 'shortNotFound', tone: 'danger' },
  'not-sent': { key: 'shortNotSent', tone: 'danger' },
  unconfirmed: { key: 'shortUnconfirmed', tone: 'warning' },
};

/** The part of a summary that counts each outcome of a cancel. */
export const OUTCOME_PARTS: Readonly<Record<OutcomeKind, PluralKey>> = {
  cancelled: 'partCancelled',
  'already-cancelled': 'partAlready',
  rejected: 'partRejected',
  'not-found': 'partNotFound',
  'not-sent': 'partNotSent',
  unconfirmed: 'partUnconfirmed',
};
