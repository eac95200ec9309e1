import { plural, t } from '../i18n/i18n.ts';
import type { StartJobError } from '../messaging/protocol.ts';
import type { AccountRef } from '../model/account.ts';
import { journalText } from './journal.ts';

/** The reason why a job was not started, that nothing was changed, and what to do. */
export function startProblemText(problem: StartJobError, account: AccountRef): string {
  const [reason, next] = reasonAndNextStep(problem, account);
  return [reason, t('startNothing'), next].join(' ');
}

function reasonAndNextStep(problem: StartJobError, { name, environment }: AccountRef): [string, string] {
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
    case 'interrupted':
      return [t('startInterrupted'), t('startInterruptedNext')];
    case 'past':
      return [t('startPast'), t('startPastNext')];
    case 'zone-changed':
      return [t('startZoneChanged', problem.zone), t('startZoneChangedNext')];
    case 'journal-unavailable':
      return [t('startJournal'), journalText(problem.trouble)];
  }
}
