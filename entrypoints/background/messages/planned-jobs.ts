import { systemClock } from '../../../utils/lib/clock.ts';
import { systemLocalTime } from '../../../utils/lib/local-time.ts';
import { notifyHistoryChanged } from '../../../utils/messaging/page-events.ts';
import type {
  MessageHandlers,
  PlannedJob,
  PlannedJobResult,
  Request,
} from '../../../utils/messaging/protocol.ts';
import type { WaitingJob } from '../../../utils/model/job.ts';
import { earliestStart, planTime } from '../../../utils/model/planned-time.ts';
import type { Services } from '../services.ts';
import { findStartProblem } from './start-problem.ts';

/** Messages about jobs that wait for their time. */
export function createPlannedJobHandlers(services: Services) {
  return {
    runJobNow: (request) => runJobNow(services, request),
    rescheduleJob: (request) => rescheduleJob(services, request),
    dropJob: (request) => dropJob(services, request),
    getScheduledJobs: () => getScheduledJobs(services),
    getPlannedFor: (request) => getPlannedFor(services, request),
  } satisfies Partial<MessageHandlers>;
}

/** Starts a job that waits at once, or returns the reason why it does not start. It waits on then. */
async function runJobNow(services: Services, { jobId }: Request<'runJobNow'>): Promise<PlannedJobResult> {
  const { jobs, planned } = services;
  const refusal = await planned.runNow(jobId);
  if (refusal === undefined) return { ok: true, jobId };
  if (refusal === 'not-waiting') return { ok: false, problem: { code: refusal } };
  if (refusal === 'another-job') return { ok: false, problem: { code: refusal } };
  const job = await jobs.get(jobId);
  const problem = job && (await findStartProblem(services, job.account.id, job));
  return { ok: false, problem: problem ?? { code: 'forbidden' } };
}

/** Gives a job that waits another time, or returns the reason why it keeps its own. */
async function rescheduleJob(
  { planned }: Services,
  { jobId, at }: Request<'rescheduleJob'>,
): Promise<PlannedJobResult> {
  const time = planTime(at, systemLocalTime, systemClock.now());
  if ('code' in time) return { ok: false, problem: time };
  if (await planned.reschedule(jobId, time)) return { ok: true, jobId };
  return { ok: false, problem: { code: 'not-waiting' } };
}

/** Ends a job that waits, or deletes one in preparation. If it has started in the meantime, it is stopped, and the answer says so. */
async function dropJob({ jobs, planned }: Services, { jobId }: Request<'dropJob'>) {
  // A countdown comes first: nothing may delay its stop.
  const dropped = await planned.drop(jobId);
  if (!dropped) await jobs.dropPrepared(jobId);
  await notifyHistoryChanged();
  return { dropped };
}

/** The jobs that wait, in order of time. */
async function getScheduledJobs({ jobs }: Services): Promise<PlannedJob[]> {
  return (await jobs.waiting()).map(toPlannedJob).sort((a, b) => a.dueAt - b.dueAt || a.jobId - b.jobId);
}

/** The jobs that wait and contain a code of an account, in order of time. */
async function getPlannedFor(
  services: Services,
  { accountId, qrCodeId }: Request<'getPlannedFor'>,
): Promise<PlannedJob[]> {
  const found: PlannedJob[] = [];
  for (const job of await getScheduledJobs(services))
    if (job.account.id === accountId && (await services.jobs.includes(job.jobId, qrCodeId))) found.push(job);
  return found;
}

function toPlannedJob({ jobId, at, account, total, reason, state }: WaitingJob): PlannedJob {
  const dueAt = earliestStart(state, systemLocalTime);
  return { jobId, confirmedAt: at, account, total, ...(reason ? { reason } : {}), state, dueAt };
}
