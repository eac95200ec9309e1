import { memoizeByLocale, t } from '../i18n/i18n.ts';
import type { AccountRef } from '../model/account.ts';
import type { Job, JobState, PauseReason } from '../model/job.ts';
import { gatewayMessage } from './gateway.ts';
import { timeOfDay } from './time-of-day.ts';

const DATE_TIME = memoizeByLocale(
  (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }),
);

/** A job's state as a heading. */
export function jobTitle(state: JobState): string {
  switch (state.kind) {
    case 'preparing':
      return t('jobPreparing');
    case 'scheduled':
      return t('jobScheduled');
    case 'overdue':
      return t('jobOverdue');
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

/** The reason for a pause, that nothing is sent in the meantime, and how the job continues. */
export function pausedText(state: Paused, account: AccountRef): string {
  const continuation =
    state.until === undefined ? nextStep(state.by) : t('pausedGoesOn', timeOfDay(state.until));
  const more = state.by === 'intermediary' ? [t('pausedIntermediaryNext')] : [];
  return [...pauseReasons(state, account), t('pausedNothingSent'), continuation, ...more].join(' ');
}

type Paused = JobState & { kind: 'paused' };

function pauseReasons({ by, response = {} }: Paused, { name, environment }: AccountRef): string[] {
  const { message, code, httpStatus, isNotFound = false } = response;
  switch (by) {
    case 'user':
      return [t('pausedUser')];
    case 'locked':
      return [t('reasonLocked')];
    case 'sign-in':
      return [t('reasonKeysRefused', name, environment), ...gatewayMessage(message, code)];
    case 'auth-unavailable':
      return [t('reasonSignInUnavailable', environment), ...gatewayMessage(message, code, httpStatus)];
    case 'offline':
      return [t('pausedOffline')];
    case 'rate':
      return [t('pausedRate')];
    case 'server':
      return [t('pausedServer')];
    case 'intermediary':
      return [t('pausedIntermediary', String(httpStatus ?? '?'))];
    case 'refused':
      return [
        isNotFound ? t('pausedUnknownCodes', name, environment) : t('pausedRefused'),
        ...gatewayMessage(message, code, httpStatus),
      ];
    case 'account':
      return [t('pausedAccount', name, environment)];
    case 'restart':
      return [t('pausedRestart')];
  }
}

function nextStep(by: PauseReason): string {
  switch (by) {
    case 'user':
    case 'restart':
      return t('pausedResume');
    case 'locked':
      return t('pausedUnlock');
    case 'sign-in':
      return t('pausedMendKeys');
    case 'account':
      return t('pausedMendAccount');
    case 'refused':
      return t('pausedResumeOrEnd');
    default:
      return t('pausedRetry');
  }
}

/** The start and end of a job in the computer's time zone: `22 Nov 2026, 6:27 – 6:29 pm`. */
export function periodText({ at, finishedAt }: Pick<Job, 'at' | 'finishedAt'>): string {
  return finishedAt === undefined ? DATE_TIME().format(at) : DATE_TIME().formatRange(at, finishedAt);
}
