import { plural, t } from '../i18n/i18n.ts';
import type { LocalTime } from '../lib/local-time.ts';
import type { PlannedJob, StartJobError } from '../messaging/protocol.ts';
import type { AccountRef } from '../model/account.ts';
import type { Job } from '../model/job.ts';
import type { QuickStart } from '../model/quick-starts.ts';
import { startProblemText } from './start-problem.ts';
import { nearWallText, wallTimeText, zoneText } from './wall-time.ts';

/** That a job was planned, and when it starts. */
export function planSetText(wall: string): string {
  return t('planSet', wallTimeText(wall));
}

const QUICK_KEYS = { hour: 'quickHour', tonight: 'quickTonight', month: 'quickMonth' } as const;

/** A start that is offered as a button. */
export function quickStartText({ kind }: QuickStart): string {
  return t(QUICK_KEYS[kind]);
}

/** Why a planned job was not started or changed, and what to do. */
export function plannedProblemText(
  problem: StartJobError | { code: 'not-waiting' },
  account: AccountRef,
): string {
  return problem.code === 'not-waiting' ? t('planGone') : startProblemText(problem, account);
}

/** The problem with a time, for the field in which it was entered; `undefined` if the problem is another one. */
export function timeProblemText(
  problem: StartJobError | { code: 'not-waiting' } | undefined,
): string | undefined {
  if (problem?.code === 'past') return `${t('startPast')} ${t('startPastNext')}`;
  if (problem?.code === 'zone-changed')
    return `${t('startZoneChanged', problem.zone)} ${t('startZoneChangedNext')}`;
  return undefined;
}

/** The confirmed time of a job, with its zone. */
export function planTimeText({ state }: PlannedJob): string {
  return `${wallTimeText(state.wall)} (${zoneText(state.zone, state.at)})`;
}

/** Why a job that is due has not started, and what to do; `undefined` if it is not due or counts down. */
export function dueText(
  { state, account }: PlannedJob,
  local: Pick<LocalTime, 'wallAt'>,
  now: number,
): { tone: 'warning' | 'danger'; text: string } | undefined {
  if (state.kind === 'scheduled') {
    if (state.waitsFor === 'unlock') return { tone: 'warning', text: t('noticePlannedUnlock') };
    if (state.waitsFor === 'other-job') return { tone: 'warning', text: t('noticePlannedOtherJob') };
    return state.waitsFor === 'turn' ? { tone: 'warning', text: t('plannedTurn') } : undefined;
  }
  const present = local.wallAt(now);
  if (state.because === 'late')
    return { tone: 'danger', text: t('plannedLate', nearWallText(state.wall, present), present.slice(11)) };
  return { tone: 'danger', text: `${t('jobOverdue')}. ${refusalText(state.because, account)}` };
}

function refusalText(
  because: 'no-account' | 'forbidden' | 'too-many' | 'no-reason',
  { name, environment }: AccountRef,
): string {
  if (because === 'no-account') return t('startNoAccount', name, environment);
  if (because === 'no-reason') return t('reasonMissing');
  return `${t('reasonForbidden', name, environment)} ${t('nextAskAdministrator')}`;
}

/** That a job will cancel a code, for the code: `1 planned for 23:59`. */
export function plannedForText({ state }: PlannedJob, present: string): string {
  return t('plannedForCode', '1', nearWallText(state.wall, present, true));
}

/** The number of a job's codes. */
export function codeCountText(count: number): string {
  return plural('codeCount', count);
}

/** A planned job as a heading of the history: `Bulk cancel planned for 27 Nov 2026, 23:59: 3 QR codes`. */
export function plannedJobText({ planned, total }: Job): string {
  return t('historyPlanned', wallTimeText(planned?.wall ?? ''), codeCountText(total));
}
