import '../../../components/shared/page.css';
import { BulkTab } from '../../../components/bulk/BulkTab.tsx';
import { PersistentVector } from '../../../utils/lib/persistent-vector.ts';
import type { JobState, PauseReason } from '../../../utils/model/job.ts';
import type { ReviewStatus } from '../../../utils/review/review.ts';
import { INITIAL_BULK_STATE } from '../../../utils/stores/bulk.ts';
import type { BulkState } from '../../../utils/stores/bulk-state.ts';
import {
  CANCELLED,
  idOf,
  jobOf,
  PENDING,
  REJECTED,
  reviewOf,
  times,
  UNCONFIRMED,
} from '../../fixtures/bulk.ts';
import { idle, PAGE_WIDTH, type Scene, type Scenes } from '../scene.ts';
import { LONG_NAME, pageOf, UAT, UNBROKEN } from './examples.ts';

function bulk(change: Partial<BulkState>, width = PAGE_WIDTH): Scene {
  return {
    width,
    draw: () => (
      <main class="page stack">
        <BulkTab state={{ ...INITIAL_BULK_STATE, ...change }} actions={idle()} page={pageOf([UAT])} />
      </main>
    ),
  };
}

const VERDICTS: ReviewStatus[] = [
  { kind: 'to-cancel' },
  { kind: 'already-cancelled' },
  { kind: 'not-found' },
  { kind: 'duplicate', firstLine: 1 },
  { kind: 'other-status', status: 'ON_HOLD' },
  { kind: 'read-failed', failure: { kind: 'ambiguous', reason: 'timeout' } },
  { kind: 'not-read-yet' },
];
const review = reviewOf(VERDICTS);
const named = {
  ...review,
  lines: PersistentVector.from(
    [...review.lines].map((line, index) => ({
      ...line,
      qrName: index % 2 ? UNBROKEN : LONG_NAME,
      amount: 1_234.5,
    })),
  ),
};
const UNDER_WAY = [
  ...times(1_200, CANCELLED),
  ...times(3, REJECTED),
  ...times(2, UNCONFIRMED),
  ...times(1_795, PENDING),
];
const DONE = [...times(3, REJECTED), ...times(2, UNCONFIRMED), ...times(2_981, CANCELLED)];
const paused = (by: PauseReason): JobState & { kind: 'paused' } => ({ kind: 'paused', by });

/** Lists of codes, from the empty field to the report. */
export const BULK: Scenes = {
  'bulk-empty': bulk({}),
  'bulk-trouble': bulk({
    error: 'The bulk cancel could not be written to this computer’s journal.',
    text: idOf(1),
  }),
  'bulk-files': bulk({
    sources: [
      {
        name: 'codes-may.xlsx',
        includeHidden: false,
        sheet: { name: 'May', rows: [{ number: 2, cells: [], hidden: 'filtered' }] },
      },
    ],
    files: {
      reading: false,
      awaited: false,
      questions: [
        {
          key: 1,
          name: `${UNBROKEN}.xlsx`,
          sheets: [
            { name: 'May', hidden: false },
            { name: LONG_NAME, hidden: true },
          ],
          missed: true,
          reading: false,
        },
      ],
      problems: [
        { name: 'codes-june.xls', problem: { code: 'kind', kind: 'old-excel' } },
        { name: `${UNBROKEN}.csv`, problem: { code: 'unreadable' } },
      ],
    },
  }),
  'bulk-reading': bulk({
    review: { ...reviewOf(times(10_000, { kind: 'not-read-yet' })), state: 'reading' },
  }),
  'bulk-review': bulk({ review: named, text: [...named.lines].map(({ text }) => text).join('\n') }),
  'bulk-review-narrow': bulk({ review: named }, 320),
  'bulk-review-failed': bulk({
    review: reviewOf(VERDICTS, { state: 'stopped', failure: { kind: 'ambiguous', reason: 'connection' } }),
  }),
  'bulk-running': bulk({ job: { ...jobOf(UNDER_WAY, { kind: 'running' }), rate: 38, secondsLeft: 47 } }),
  'bulk-paused': bulk({ job: jobOf(UNDER_WAY, paused('user')) }),
  'bulk-paused-keys': bulk({ job: jobOf(UNDER_WAY, paused('sign-in')) }),
  'bulk-paused-intermediary': bulk({
    job: jobOf(UNDER_WAY, {
      ...paused('intermediary'),
      until: Date.UTC(2026, 10, 22, 10, 30),
      response: { httpStatus: 404 },
    }),
  }),
  'bulk-paused-refused': bulk({
    job: jobOf(UNDER_WAY, {
      ...paused('refused'),
      response: { httpStatus: 200, code: 512, message: 'Approval pending' },
    }),
  }),
  'bulk-finished': bulk({ job: jobOf(DONE, { kind: 'finished' }) }),
};
