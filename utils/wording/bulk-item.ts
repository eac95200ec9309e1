import { t } from '../i18n/i18n.ts';
import type { AccountRef } from '../model/account.ts';
import { isFinalJob, type JobState } from '../model/job.ts';
import { type Item, type ItemKind, isFinalItem } from '../model/job-item.ts';
import type { BadgeTone } from './attempt.ts';
import { outcomeReport } from './outcome.ts';
import { type BadgeLabel, OUTCOME_BADGES } from './outcome-kind.ts';
import { formatDateTime, statusLabel } from './qr-code.ts';
import { timeOfDay } from './time-of-day.ts';

const BADGES: Readonly<Record<ItemKind, BadgeLabel>> = {
  ...OUTCOME_BADGES,
  'in-flight': { key: 'shortSending', tone: 'neutral' },
  unresolved: { key: 'shortSettling', tone: 'warning' },
  'retry-scheduled': { key: 'shortWaiting', tone: 'warning' },
  pending: { key: 'shortToGo', tone: 'neutral' },
};

/** The badge of an item: one or two words, and their tone. */
export function itemBadge(kind: ItemKind, job: JobState): { text: string; tone: BadgeTone } {
  const { key, tone } = BADGES[kind];
  return { text: t(kind === 'pending' && isFinalJob(job) ? 'shortNotStarted' : key), tone };
}

/** The sentences that explain an item's badge: EnKash's message, whether the code was changed, and what to do. */
export function itemNote(
  { state, sendings }: Pick<Item, 'state' | 'sendings'>,
  job: JobState,
  account: AccountRef,
): string {
  if (isFinalItem(state)) return outcomeReport(state, account, sendings).sentences.join(' ');
  if (state.kind === 'unresolved') return t('noteSettling');
  if (state.kind === 'retry-scheduled') return t('noteWaiting', timeOfDay(state.retryAt));
  return state.kind === 'pending' && isFinalJob(job) ? t('noteNotStarted') : '';
}

/** The result of a later check of an item; `undefined` if there was none. */
export function checkedLaterText({ recheck }: Pick<Item, 'recheck'>): string | undefined {
  if (!recheck) return undefined;
  const { at, status } = recheck;
  return t('checkedLater', formatDateTime(at), statusLabel(status || undefined));
}
