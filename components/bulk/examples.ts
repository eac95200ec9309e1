import type { Item, ItemKind, ItemState } from '../../utils/bulk/item.ts';
import type { Job, JobState } from '../../utils/bulk/job.ts';
import type { ReadableList } from '../../utils/qr-code-id/reading.ts';
import { NO_FILES } from '../../utils/views/bulk-files.ts';
import { NO_LINES } from '../../utils/views/bulk-review.ts';
import type { BulkState, JobView, LineVerdict, Review } from '../../utils/views/bulk-state.ts';
import { ITEM_KINDS } from '../../utils/wording/bulk-item.ts';

/** What the tab shows in a test. */
export const ACCOUNT = { id: 'a1', name: 'Chandni Chowk', environment: 'UAT' } as const;

export const EMPTY: BulkState = {
  text: '',
  otherList: undefined,
  list: undefined,
  sources: [],
  parts: [],
  files: NO_FILES,
  review: undefined,
  alsoUnread: false,
  question: undefined,
  job: undefined,
  filter: 'all',
  asked: undefined,
  journal: undefined,
  trouble: undefined,
};

/** A list that holds nothing. */
export const NO_LIST: ReadableList = {
  ok: true,
  lines: [],
  ids: [],
  caseVariants: [],
  columns: [],
  column: undefined,
  columnName: '',
  leftOut: [],
  alsoElsewhere: [],
  counts: { inText: 0, inList: 0, leftOut: 0, otherLines: 0 },
};

export const idOf = (number: number) => `QR26DU7U${String(number).padStart(6, '0')}`;

/** A review of lines with these verdicts. */
export function reviewOf(verdicts: readonly LineVerdict[], change: Partial<Review> = {}): Review {
  const counts = { ...NO_LINES };
  for (const { kind } of verdicts) counts[kind] += 1;
  const lines = verdicts.map((verdict, index) => ({ line: index + 1, text: idOf(index + 1), verdict }));
  const ids = lines
    .filter(({ verdict }) => verdict.kind !== 'duplicate' && verdict.kind !== 'refused')
    .map(({ text }) => text);
  const list: Review['list'] = { ...NO_LIST, ids };
  return {
    account: ACCOUNT,
    list,
    parts: [],
    ids,
    positions: new Map(),
    lines,
    counts,
    state: 'read',
    ...change,
  };
}

/** A job whose codes stand so. */
export function jobOf(states: readonly ItemState[], state: JobState, items: Partial<Item> = {}): JobView {
  const counts = Object.fromEntries(ITEM_KINDS.map((kind) => [kind, 0])) as Record<ItemKind, number>;
  for (const { kind } of states) counts[kind] += 1;
  const job: Job = {
    jobId: 1,
    at: Date.UTC(2026, 10, 22, 10, 30),
    account: ACCOUNT,
    total: states.length,
    state,
    epoch: 1,
    revision: 1,
    browserSession: 's',
  };
  const open = counts.pending + counts.sending + counts.unknown + counts.waiting;
  return {
    job,
    items: states.map((itemState, index) => ({
      jobId: 1,
      number: index + 1,
      qrCodeId: idOf(index + 1),
      state: itemState,
      sendings: 1,
      revision: 1,
      ...items,
    })),
    counts,
    done: states.length - open,
  };
}

export const CANCELLED = { kind: 'cancelled', evidence: 'response' } as const satisfies ItemState;
export const REJECTED = {
  kind: 'rejected',
  httpStatus: 200,
  code: 512,
  message: 'Approval pending',
  statusNow: 'ACTIVE',
} as const satisfies ItemState;
export const UNCONFIRMED = { kind: 'unconfirmed', reason: 'timeout' } as const satisfies ItemState;
export const PENDING = { kind: 'pending' } as const satisfies ItemState;
export const times = <Thing>(count: number, thing: Thing): Thing[] =>
  Array.from({ length: count }, () => thing);
