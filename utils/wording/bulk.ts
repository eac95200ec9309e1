import { isOver } from '../bulk/job.ts';
import { t } from '../i18n.ts';
import type { JobView, VerdictKind } from '../views/bulk-state.ts';
import { statusWord } from './qr-code.ts';

/** What stands between the parts of a summary. */
export const BETWEEN = ' · ';

/** A number with Indian grouping: `1,00,000`. */
export function countText(count: number): string {
  return count.toLocaleString('en-IN');
}

/** What a list amounts to, without what there is none of. */
export function reviewParts(counts: Readonly<Record<VerdictKind, number>>): string[] {
  return said([
    [counts['to-cancel'], (count) => t('partToCancel', count)],
    [counts['already-cancelled'], (count) => t('partAlready', count)],
    [counts['not-found'], (count) => t('partNotFound', count)],
    [counts['other-status'], (count) => t('partOtherStatus', count)],
    [counts.unread, (count) => t('partUnread', count)],
    [counts['not-read'], (count) => t('partNotRead', count)],
    [counts.refused, (count) => t('partRefused', count)],
    [counts.duplicate, (count) => (count === '1' ? t('partDuplicate') : t('partDuplicates', count))],
  ]);
}

/** How far a job has come, or what became of it, without what there is none of. */
export function jobParts({ job, counts, done }: Pick<JobView, 'job' | 'counts' | 'done'>): string[] {
  const over = isOver(job.state);
  return said([
    [counts.cancelled, (count) => t('partCancelled', count)],
    [counts['already-cancelled'], (count) => t('partAlready', count)],
    [counts.rejected, (count) => t('partRejected', count)],
    [counts['not-found'], (count) => t('partNotFound', count)],
    [counts['not-sent'], (count) => t('partNotSent', count)],
    [counts.unconfirmed, (count) => t('partUnconfirmed', count)],
    [over ? counts.sending + counts.unknown + counts.waiting : 0, (count) => t('partOpen', count)],
    over
      ? [counts.pending, (count) => t('partNotStarted', count)]
      : [job.total - done, (count) => t('partToGo', count)],
  ]);
}

/** What later checks said, counted by status; nothing where there was none. */
export function checkedSinceText(items: JobView['items']): string | undefined {
  const counts = new Map<string, number>();
  for (const { checkedLater } of items)
    if (checkedLater) counts.set(checkedLater.status, (counts.get(checkedLater.status) ?? 0) + 1);
  if (counts.size === 0) return undefined;
  const parts = [...counts].map(([status, count]) =>
    t('partStatus', countText(count), statusWord(status || undefined)),
  );
  return t('checkedSince', parts.join(BETWEEN));
}

function said(parts: readonly (readonly [number, (count: string) => string])[]): string[] {
  return parts.filter(([count]) => count > 0).map(([count, say]) => say(countText(count)));
}
