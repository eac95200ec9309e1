import { type MessageKey, t } from '../i18n/i18n.ts';
import { isOver, type JobState } from '../model/job.ts';
import { type Item, type ItemKind, type ItemState, isFinal } from '../model/job-item.ts';
import type { AttemptTone } from './attempt.ts';
import { type AccountNamed, timeOfDay } from './gateway.ts';
import { outcomeReport } from './outcome.ts';
import { momentText, statusWord } from './qr-code.ts';

const BADGES: Readonly<Record<ItemKind, { key: MessageKey; tone: AttemptTone }>> = {
  cancelled: { key: 'shortCancelled', tone: 'cancelled' },
  'already-cancelled': { key: 'shortAlready', tone: 'cancelled' },
  rejected: { key: 'shortRejected', tone: 'danger' },
  'not-found': { key: 'shortNotFound', tone: 'danger' },
  'not-sent': { key: 'shortNotSent', tone: 'danger' },
  unconfirmed: { key: 'shortUnconfirmed', tone: 'warning' },
  sending: { key: 'shortSending', tone: 'neutral' },
  unknown: { key: 'shortSettling', tone: 'warning' },
  waiting: { key: 'shortWaiting', tone: 'warning' },
  pending: { key: 'shortToGo', tone: 'neutral' },
};

/** The states of items in the order in which they are listed, those that are final first. */
export const ITEM_KINDS = Object.keys(BADGES) as readonly ItemKind[];

/** Where a code stands in a word or two, with its tone, for a badge. */
export function itemBadge(kind: ItemKind, job: JobState): { text: string; tone: AttemptTone } {
  const { key, tone } = BADGES[kind];
  return { text: t(kind === 'pending' && isOver(job) ? 'shortNotStarted' : key), tone };
}

/** The sentences that explain a code's badge: what EnKash said, whether it was changed, what to do. */
export function itemNote(state: ItemState, job: JobState, account: AccountNamed): string {
  if (isFinal(state)) return outcomeReport(state, account).sentences.join(' ');
  if (state.kind === 'unknown') return t('noteSettling');
  if (state.kind === 'waiting') return t('noteWaiting', timeOfDay(state.notBefore));
  return state.kind === 'pending' && isOver(job) ? t('noteNotStarted') : '';
}

/** What a later check of a code said; nothing where there was none. */
export function checkedLaterText({ checkedLater }: Pick<Item, 'checkedLater'>): string | undefined {
  if (!checkedLater) return undefined;
  const { at, status } = checkedLater;
  return t('checkedLater', momentText(at), statusWord(status || undefined));
}
