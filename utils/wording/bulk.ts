import type { JobView } from '../bulk/job-view.ts';
import { formatCount, type PluralKey, plural, t } from '../i18n/i18n.ts';
import { isFinalJob } from '../model/job.ts';
import { OUTCOME_KINDS } from '../model/outcome.ts';
import type { ReviewStatusKind } from '../review/review.ts';
import { OUTCOME_PARTS } from './outcome-kind.ts';
import { statusLabel } from './qr-code.ts';

/** The separator between the parts of a summary. */
export const SEPARATOR = ' · ';

/** The counts of a review as texts; zero counts are left out. */
export function reviewParts(counts: Readonly<Record<ReviewStatusKind, number>>): string[] {
  return nonZeroParts([
    [counts['to-cancel'], 'partToCancel'],
    [counts['already-cancelled'], 'partAlready'],
    [counts['not-found'], 'partNotFound'],
    [counts['other-status'], 'partOtherStatus'],
    [counts['read-failed'], 'partUnread'],
    [counts['not-read-yet'], 'partNotRead'],
    [counts.refused, 'partRefused'],
    [counts.duplicate, 'partDuplicate'],
  ]);
}

/** The progress of a job, or its results after the end, as texts; zero counts are left out. */
export function jobParts({ job, counts, done }: Pick<JobView, 'job' | 'counts' | 'done'>): string[] {
  const over = isFinalJob(job.state);
  return nonZeroParts([
    ...OUTCOME_KINDS.map((kind) => [counts[kind], OUTCOME_PARTS[kind]] as const),
    [over ? counts['in-flight'] + counts.unresolved + counts['retry-scheduled'] : 0, 'partOpen'],
    over ? [counts.pending, 'partNotStarted'] : [job.total - done, 'partToGo'],
  ]);
}

/** The results of later checks, counted by status; `undefined` if there were none. */
export function checkedSinceText(items: JobView['items']): string | undefined {
  const counts = new Map<string, number>();
  for (const { recheck } of items)
    if (recheck) counts.set(recheck.status, (counts.get(recheck.status) ?? 0) + 1);
  if (counts.size === 0) return undefined;
  const parts = [...counts].map(([status, count]) =>
    t('partStatus', formatCount(count), statusLabel(status || undefined)),
  );
  return t('checkedSince', parts.join(SEPARATOR));
}

function nonZeroParts(parts: readonly (readonly [number, PluralKey])[]): string[] {
  return parts.filter(([count]) => count > 0).map(([count, part]) => plural(part, count));
}
