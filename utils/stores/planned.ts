import { createStore } from 'zustand/vanilla';
import { plural, t } from '../i18n/i18n.ts';
import type { PlannedJob, PlannedJobResult } from '../messaging/protocol.ts';
import { planTime } from '../model/planned-time.ts';
import { firstStart } from '../model/quick-starts.ts';
import { missingConfirmation, requiredPhrase } from '../review/typed-confirmation.ts';
import { plannedProblemText, planSetText } from '../wording/planned.ts';
import {
  isCountdown,
  type PlannedActions,
  type PlannedDeps,
  type PlannedProblem,
  type PlannedQuestion,
  type PlannedState,
  type PlannedStore,
} from './planned-state.ts';

const INITIAL_STATE: PlannedState = {
  jobs: [],
  question: undefined,
  busyJobId: undefined,
  notice: undefined,
  error: undefined,
};

interface PlannedContext extends PlannedDeps {
  get(): PlannedState;
  set(change: Partial<PlannedState>): void;
}

/** Builds the store of the planned jobs: those that wait for their time, and those that count down. */
export function createPlannedStore(deps: PlannedDeps): PlannedStore {
  const store = createStore<PlannedState>(() => INITIAL_STATE);
  const context: PlannedContext = { ...deps, get: store.getState, set: store.setState };
  const { get, set } = context;
  const change = (part: Partial<PlannedQuestion>) => {
    const { question } = get();
    if (question && !question.busy) set({ question: { ...question, ...part, problem: undefined } });
  };
  const actions: PlannedActions = {
    refresh: () => refresh(context),
    show: (jobId) => show(context, jobId),
    async runNow(jobId) {
      const job = find(context, jobId);
      if (!job) return;
      if (requiredPhrase(job.total, job.account.environment)) ask(context, 'run', jobId);
      else await runAtOnce(context, job);
    },
    async skipWait(jobId) {
      const job = find(context, jobId);
      if (job) await runAtOnce(context, job);
    },
    keepActive: (jobId) => drop(context, jobId),
    askTime: (jobId) => ask(context, 'time', jobId),
    askDrop: (jobId) => ask(context, 'drop', jobId),
    setTyped: (phraseInput) => change({ phraseInput }),
    setStart: (start) => change({ start }),
    dismiss: () => set({ question: undefined }),
    confirm: () => confirm(context),
  };
  return Object.assign(store, { actions });
}

function find({ get }: PlannedContext, jobId: number): PlannedJob | undefined {
  return get().jobs.find((job) => job.jobId === jobId);
}

/** Keeps the jobs on screen if the background does not answer: the next change loads them again. */
async function refresh({ load, get, set }: PlannedContext): Promise<void> {
  const jobs = await load().catch(() => undefined);
  if (!jobs) return;
  const { question } = get();
  // What a question is about may have started or been dropped elsewhere: its answer says so.
  const current = question && jobs.find(({ jobId }) => jobId === question.job.jobId);
  set({ jobs, ...(question && current && { question: { ...question, job: current } }) });
}

async function show(context: PlannedContext, jobId: number): Promise<void> {
  await refresh(context);
  const job = find(context, jobId);
  const isPlan = job !== undefined && !isCountdown(job);
  context.set({ error: undefined, notice: isPlan ? () => planSetText(job.state.wall) : undefined });
}

function ask(context: PlannedContext, kind: PlannedQuestion['kind'], jobId: number): void {
  const { local, clock, set } = context;
  const job = find(context, jobId);
  if (!job) return;
  const { wall } = job.state;
  const isPast = !(local.instantOf(wall) > clock.now());
  set({
    notice: undefined,
    error: undefined,
    question: {
      kind,
      job,
      confirmationPhrase: kind === 'run' ? requiredPhrase(job.total, job.account.environment) : undefined,
      phraseInput: '',
      start: { wall: isPast ? firstStart(local, clock.now()) : wall, zone: local.zone() },
      busy: false,
    },
  });
}

async function confirm(context: PlannedContext): Promise<void> {
  const { question } = context.get();
  if (!question || question.busy) return;
  if (question.kind === 'drop') return drop(context, question.job.jobId, question);
  if (question.kind === 'time') return setTime(context, question);
  const { confirmationPhrase, phraseInput, job } = question;
  if (confirmationPhrase && missingConfirmation(phraseInput, job.total)) return;
  await runAtOnce(context, job, question);
}

function runAtOnce(
  context: PlannedContext,
  { jobId }: PlannedJob,
  question?: PlannedQuestion,
): Promise<void> {
  return runCommand(context, jobId, question, () => context.send('runJobNow', { jobId }));
}

async function setTime(context: PlannedContext, question: PlannedQuestion): Promise<void> {
  const { local, clock, send, set, get } = context;
  const { start, job } = question;
  const time = planTime(start, local, clock.now());
  if ('code' in time) return setProblem(context, question, time);
  await runCommand(context, job.jobId, question, () =>
    send('rescheduleJob', { jobId: job.jobId, at: { wall: time.wall, zone: time.zone } }),
  );
  if (!get().question && !get().error) set({ notice: () => planSetText(time.wall) });
}

/** Runs a command that may be refused, and shows the reason in its question or, without one, above the jobs. */
async function runCommand(
  context: PlannedContext,
  jobId: number,
  question: PlannedQuestion | undefined,
  work: () => Promise<PlannedJobResult>,
): Promise<void> {
  const { get, set } = context;
  if (get().busyJobId !== undefined) return;
  set({ busyJobId: jobId, notice: undefined, error: undefined });
  if (question) set({ question: { ...question, busy: true, problem: undefined } });
  try {
    const result = await work();
    if (result.ok) set({ question: undefined });
    else setProblem(context, question, result.problem, find(context, jobId));
  } catch {
    set({ question: undefined, error: () => t('noAnswerFromBackground') });
  }
  await refresh(context);
  set({ busyJobId: undefined });
}

function setProblem(
  { set }: PlannedContext,
  question: PlannedQuestion | undefined,
  problem: PlannedProblem,
  job = question?.job,
): void {
  if (question && problem.code !== 'not-waiting') {
    const { start } = question;
    // The time stays as it was entered; it is confirmed again for the present zone, which the field shows now.
    const zone = problem.code === 'zone-changed' ? problem.zone : start.zone;
    set({ question: { ...question, busy: false, start: { ...start, zone }, problem } });
  } else if (job) set({ question: undefined, error: () => plannedProblemText(problem, job.account) });
}

async function drop(context: PlannedContext, jobId: number, question?: PlannedQuestion): Promise<void> {
  const { send, get, set } = context;
  if (get().busyJobId !== undefined) return;
  const total = find(context, jobId)?.total ?? question?.job.total ?? 1;
  set({ busyJobId: jobId, notice: undefined, error: undefined });
  if (question) set({ question: { ...question, busy: true } });
  try {
    const { dropped } = await send('dropJob', { jobId });
    const said = question ? () => t('planDropped') : () => plural('planKept', total);
    set(dropped ? { notice: said } : { error: () => t('planGone') });
  } catch {
    set({ error: () => t('noAnswerFromBackground') });
  }
  set({ question: undefined });
  await refresh(context);
  set({ busyJobId: undefined });
}
