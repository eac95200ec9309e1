import { type JobWatcher, watchJob } from '../bulk/job-view.ts';
import { plural, t } from '../i18n/i18n.ts';
import { troubleOf } from '../journal/journal-trouble.ts';
import { isFinalJob } from '../model/job.ts';
import { itemKind } from '../model/job-item.ts';
import { resultsCsv } from '../wording/bulk-csv.ts';
import { formatDateTime } from '../wording/qr-code.ts';
import type { BulkActions, BulkContext, BulkPageActions, BulkState } from './bulk-state.ts';

/** The page does not open with a report that is older than this. */
const REPORT_TTL_MS = 24 * 3_600_000;
/** Codes of a report that one message checks again. */
const RECHECK_BATCH_SIZE = 24;
/** The message of each command. */
const JOB_COMMANDS = { pause: 'pauseJob', resume: 'resumeJob', end: 'stopJob' } as const;

type JobActions = Pick<
  BulkActions,
  | 'pause'
  | 'resume'
  | 'end'
  | 'setFilter'
  | 'checkAgain'
  | 'downloadResults'
  | 'downloadResultsExcel'
  | 'startNewList'
> &
  Pick<BulkPageActions, 'refresh'>;

interface JobContext extends BulkContext {
  /** Follows the job on screen. */
  watcher: JobWatcher | undefined;
  dismissedJobId: number | undefined;
  /** Settles after the last refresh: refreshes run one after the other. */
  lastRefresh: Promise<void>;
}

/** The job: its progress, its commands and its report. */
export function createJobSlice(shared: BulkContext): JobActions {
  const context: JobContext = {
    ...shared,
    watcher: undefined,
    dismissedJobId: undefined,
    lastRefresh: Promise.resolve(),
  };
  const { get, set, clock, download } = context;
  return {
    refresh: () => refresh(context),
    pause: () => runJobCommand(context, 'pause'),
    resume: () => runJobCommand(context, 'resume'),
    end: () => runJobCommand(context, 'end'),
    checkAgain: () => checkAgain(context),
    setFilter: (filter) => set({ filter }),
    async downloadResults() {
      const { job } = get();
      if (job) download('qr-cancel-results.csv', 'text/csv', await resultsCsv(job, clock));
    },
    downloadResultsExcel: () => downloadExcel(context),
    startNewList() {
      context.dismissedJobId = get().job?.job.jobId;
      set({ job: undefined, filter: 'all', error: undefined });
    },
  };
}

/** The codes of the job on screen with this outcome. */
export function itemsOfKind({ job }: BulkState, kind: string) {
  return [...(job?.items ?? [])].filter(({ state }) => itemKind(state) === kind);
}

function refresh(context: JobContext): Promise<void> {
  context.lastRefresh = context.lastRefresh
    .then(() => refreshOnce(context))
    .catch((error) => context.set({ journal: troubleOf(error) }));
  return context.lastRefresh;
}

async function refreshOnce(context: JobContext): Promise<void> {
  const { jobs, clock, jobMarker, get, set } = context;
  const latest = await jobs.latest();
  set({ journal: undefined });
  const isOld = latest?.finishedAt !== undefined && clock.now() - latest.finishedAt > REPORT_TTL_MS;
  if (latest && isFinalJob(latest.state)) await jobMarker.remove();
  if (!latest) await reportLostJob(context);
  if (!latest || latest.jobId === context.dismissedJobId || (isOld && !get().job))
    return set({ job: undefined });
  if (get().job?.job.jobId !== latest.jobId) context.watcher = watchJob(jobs, clock, latest.jobId);
  set({ job: await context.watcher?.refresh() });
}

/** If the journal lost a job, its results are unknown. */
async function reportLostJob({ jobMarker, set }: JobContext): Promise<void> {
  const lost = await jobMarker.read();
  if (lost) set({ error: plural('journalLost', lost.total, formatDateTime(lost.at)) });
}

/** Runs a command, shown as pending until the job was read again. */
async function runCommand(
  context: JobContext,
  pendingCommand: NonNullable<BulkState['pendingCommand']>,
  work: () => Promise<unknown>,
): Promise<void> {
  const { set } = context;
  set({ pendingCommand, error: undefined });
  try {
    await work();
  } catch {
    set({ error: t('noAnswerFromBackground') });
  }
  await refresh(context);
  set({ pendingCommand: undefined });
}

async function runJobCommand(context: JobContext, command: 'pause' | 'resume' | 'end'): Promise<void> {
  const jobId = context.get().job?.job.jobId;
  if (jobId !== undefined)
    await runCommand(context, command, () => context.send(JOB_COMMANDS[command], { jobId }));
}

async function checkAgain(context: JobContext): Promise<void> {
  const { get, send } = context;
  const { job } = get();
  if (!job) return;
  const numbers = itemsOfKind(get(), 'unconfirmed').map(({ position }) => position);
  await runCommand(context, 'check-again', async () => {
    for (let first = 0; first < numbers.length; first += RECHECK_BATCH_SIZE)
      await send('recheckJobItems', {
        jobId: job.job.jobId,
        numbers: numbers.slice(first, first + RECHECK_BATCH_SIZE),
      });
  });
}

async function downloadExcel({ get, clock, download }: JobContext): Promise<void> {
  const { job } = get();
  if (!job) return;
  const { excelExports, XLSX_TYPE } = await import('../wording/excel-export.ts');
  download('qr-cancel-results.xlsx', XLSX_TYPE, await excelExports.results(job, clock));
}
