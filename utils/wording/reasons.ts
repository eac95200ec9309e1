import type { AccountRef } from '../model/account.ts';
import { isFinalJob, type Job } from '../model/job.ts';
import { type Item, isFinalItem, itemKind } from '../model/job-item.ts';
import type { ReviewLine } from '../review/review.ts';
import type { BadgeTone } from './attempt.ts';
import { itemBadge, itemNote } from './bulk-item.ts';
import { verdictBadge, verdictNote } from './bulk-line.ts';

/** A reason that several codes of a list share. */
export interface Reason {
  /** Badge and text: what makes two reasons equal. */
  key: string;
  badge: { text: string; tone: BadgeTone };
  text: string;
  count: number;
}

/** Reasons shown at most, the most frequent first. */
const MAX_REASONS = 8;

/** The reasons for which codes of a finished job are not cancelled; empty if no two codes share one. */
export function jobReasons(items: readonly Item[], job: Job): Reason[] {
  return isFinalJob(job.state) ? fold(items, (item) => reasonOfItem(item, job)) : [];
}

/** The reason for which an item is not cancelled, with a count of 1; `undefined` if there is none. */
export function reasonOfItem(item: Pick<Item, 'state' | 'sendings'>, job: Job): Reason | undefined {
  const { state } = item;
  if (!isFinalItem(state) || state.kind === 'cancelled' || state.kind === 'already-cancelled')
    return undefined;
  return reason(itemBadge(itemKind(state), job.state), itemNote(item, job.state, job.account));
}

/** The reasons for which reviewed lines will not be cancelled; empty if no two lines share one. */
export function reviewReasons(lines: readonly ReviewLine[], account: AccountRef): Reason[] {
  return fold(lines, (line) => reasonOfLine(line, account));
}

/** The reason for which a line will not be cancelled, with a count of 1; `undefined` if there is none. */
export function reasonOfLine(
  { verdict }: Pick<ReviewLine, 'verdict'>,
  account: AccountRef,
): Reason | undefined {
  switch (verdict.kind) {
    case 'not-found':
    case 'other-status':
    case 'read-failed':
    case 'refused':
      return reason(verdictBadge(verdict), verdictNote(verdict, account));
    default:
      return undefined;
  }
}

function reason(badge: Reason['badge'], text: string): Reason {
  return { key: `${badge.text}\n${text}`, badge, text, count: 1 };
}

function fold<Row>(rows: readonly Row[], reasonOf: (row: Row) => Reason | undefined): Reason[] {
  const byKey = new Map<string, Reason>();
  for (const row of rows) {
    const found = reasonOf(row);
    if (!found) continue;
    const known = byKey.get(found.key);
    if (known) known.count += 1;
    else byKey.set(found.key, found);
  }
  const all = [...byKey.values()].toSorted((one, other) => other.count - one.count);
  return (all[0]?.count ?? 0) > 1 ? all.slice(0, MAX_REASONS) : [];
}
