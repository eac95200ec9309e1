import type { Job, JobState, PausedBy } from '../bulk/job.ts';
import { inLanguage, plural, t } from '../i18n.ts';
import type { StartBulkProblem } from '../messages.ts';
import { type AccountNamed, timeOfDay } from './gateway.ts';
import { journalText } from './journal.ts';

const MOMENT = inLanguage(
  (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }),
);

/** A job's state as a heading. */
export function jobTitle(state: JobState): string {
  switch (state.kind) {
    case 'running':
      return t('jobRunning');
    case 'paused':
      return t('jobPaused');
    case 'finished':
      return t('jobFinished');
    case 'ended':
      return t('jobEnded');
  }
}

/** Why a job stands still, that nothing is sent meanwhile, and what makes it go on. */
export function pausedText(state: JobState & { kind: 'paused' }, account: AccountNamed): string {
  const [why, next] = whyPaused(state.by, account);
  const goesOn = state.until === undefined ? next : t('pausedGoesOn', timeOfDay(state.until));
  return [why, t('pausedNothingSent'), goesOn].join(' ');
}

function whyPaused(by: PausedBy, { name, environment }: AccountNamed): [string, string] {
  switch (by) {
    case 'user':
      return [t('pausedUser'), t('pausedResume')];
    case 'locked':
      return [t('reasonLocked'), t('pausedUnlock')];
    case 'sign-in':
      return [t('reasonKeysRefused', name, environment), t('pausedMendKeys')];
    case 'offline':
      return [t('pausedOffline'), t('pausedRetry')];
    case 'rate':
      return [t('pausedRate'), t('pausedRetry')];
    case 'server':
      return [t('pausedServer'), t('pausedRetry')];
    case 'account':
      return [t('pausedAccount', name, environment), t('pausedMendAccount')];
    case 'restart':
      return [t('pausedRestart'), t('pausedResume')];
  }
}

/** When a job began and when it was over, in this computer's zone: `22 Nov 2026, 6:27 – 6:29 pm`. */
export function periodText({ at, finishedAt }: Pick<Job, 'at' | 'finishedAt'>): string {
  return finishedAt === undefined ? MOMENT().format(at) : MOMENT().formatRange(at, finishedAt);
}

/** Why a job was not started, that nothing was changed, and what to do. */
export function startProblemText(problem: StartBulkProblem, account: AccountNamed): string {
  const [why, next] = whyNotStarted(problem, account);
  return [why, t('startNothing'), next].join(' ');
}

function whyNotStarted(problem: StartBulkProblem, { name, environment }: AccountNamed): [string, string] {
  switch (problem.code) {
    case 'another-job':
      return [t('startAnotherJob'), t('startAnotherJobNext')];
    case 'too-many':
      return [plural('startTooMany', problem.limit), t('startTooManyNext')];
    case 'forbidden':
      return [t('reasonForbidden', name, environment), t('nextAskAdministrator')];
    case 'locked':
      return [t('reasonLocked'), t('nextUnlock')];
    case 'no-account':
      return [t('startNoAccount', name, environment), t('startNoAccountNext')];
    case 'no-reason':
      return [t('reasonMissing'), t('nextGiveReason')];
    case 'journal-unavailable':
      return [t('startJournal'), journalText(problem.trouble)];
  }
}
