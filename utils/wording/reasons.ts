import type { Fold } from '../lib/fold.ts';
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

/** The reason of a row; `undefined` if it has none. */
export type ReasonOf<Row> = (row: Row) => Omit<Reason, 'count'> | undefined;

/** Creates a function that returns the reason for which an item of a finished job is not cancelled. */
export function itemReasons(job: Job): ReasonOf<Pick<Item, 'state' | 'sendings'>> {
  if (!isFinalJob(job.state)) return () => undefined;
  const texts = new Map<string, Omit<Reason, 'count'>>();
  return (item) => {
    const { state, sendings } = item;
    if (!isFinalItem(state) || state.kind === 'cancelled' || state.kind === 'already-cancelled')
      return undefined;
    return known(texts, `${sendings} ${JSON.stringify(state)}`, () =>
      reason(itemBadge(itemKind(state), job.state), itemNote(item, job.state, job.account)),
    );
  };
}

/** Creates a function that returns the reason for which a reviewed line will not be cancelled. */
export function lineReasons(account: AccountRef): ReasonOf<Pick<ReviewLine, 'verdict'>> {
  const texts = new Map<string, Omit<Reason, 'count'>>();
  return ({ verdict }) => {
    switch (verdict.kind) {
      case 'not-found':
      case 'other-status':
      case 'read-failed':
        return known(texts, JSON.stringify(verdict), () =>
          reason(verdictBadge(verdict), verdictNote(verdict, account)),
        );
      case 'refused':
        return reason(verdictBadge(verdict), verdictNote(verdict, account));
      default:
        return undefined;
    }
  };
}

/** Counts the reasons of rows: the most frequent ones; none if no two rows share one. */
export function countReasons<Row>(reasonOf: ReasonOf<Row>): Fold<Row, Reason[]> {
  const byKey = new Map<string, Reason>();
  return {
    add(row) {
      const found = reasonOf(row);
      if (!found) return;
      const counted = byKey.get(found.key);
      if (counted) counted.count += 1;
      else byKey.set(found.key, { ...found, count: 1 });
    },
    result() {
      const all = [...byKey.values()].toSorted((one, other) => other.count - one.count);
      return (all[0]?.count ?? 0) > 1 ? all.slice(0, MAX_REASONS) : [];
    },
  };
}

/** Collects the rows with this reason. */
export function rowsWithReason<Row>(reasonOf: ReasonOf<Row>, key: string): Fold<Row, readonly Row[]> {
  const rows: Row[] = [];
  return {
    add(row) {
      if (reasonOf(row)?.key === key) rows.push(row);
    },
    result: () => rows,
  };
}

function reason(badge: Reason['badge'], text: string): Omit<Reason, 'count'> {
  return { key: `${badge.text}\n${text}`, badge, text };
}

/** The text for equal facts is made once, because thousands of codes of a job share a few. */
function known<What>(made: Map<string, What>, facts: string, make: () => What): What {
  const found = made.get(facts) ?? make();
  made.set(facts, found);
  return found;
}
