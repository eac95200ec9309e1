import { t } from '../i18n/i18n.ts';
import type { AccountRemoval, EraseResult, ForgetReport } from '../messaging/protocol.ts';
import { journalText } from './journal.ts';
import type { Report } from './report.ts';

/** The report of an account's removal: what was deleted and what was not. */
export function removalReport({ keys, account }: AccountRemoval, name: string): Report {
  if (keys === 'left') return failure(t('accountNotRemoved', name), [t('keysLeft')]);
  if (!account) return failure(t('accountNotRemoved', name), [t('accountLeft')]);
  if (keys === 'none') return success(t('accountRemovedNoKeys', name));
  if (keys === 'with-others')
    return { tone: 'warning', title: t('accountRemovedOthers', name), sentences: [] };
  return success(t('accountRemoved', name));
}

/** The report of the reset: what was deleted and what was not. */
export function forgetReport({ keys, deviceKey, settings, session, journal }: ForgetReport): Report {
  if (keys && deviceKey && settings && session && journal === 'gone')
    return success(t('everythingForgotten'));
  return failure(t('forgetPartly'), [
    keys ? t('keysDeleted') : t('keysLeft'),
    ...(deviceKey ? [] : [t('deviceKeyLeft')]),
    settings ? t('settingsDeleted') : t('settingsLeft'),
    journal === 'gone' ? t('historyDeleted') : t('historyLeft', journalText(journal)),
    ...(session ? [] : [t('sessionLeft')]),
  ]);
}

/** The report of the erasure of the history. */
export function eraseReport(erased: EraseResult): Report {
  return erased.ok
    ? success(t('historyErased'))
    : failure(t('historyNotErased'), [journalText(erased.trouble)]);
}

function success(title: string): Report {
  return { tone: 'success', title, sentences: [] };
}

function failure(title: string, sentences: string[]): Report {
  return { tone: 'danger', title, sentences };
}
