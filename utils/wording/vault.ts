import { t } from '../i18n/i18n.ts';
import type { Response } from '../messaging/protocol.ts';
import { MIN_PASSPHRASE_LENGTH } from '../vault/passphrase-policy.ts';
import type { VaultProblem } from '../vault/record.ts';
import { timeOfDay } from './time-of-day.ts';

/** The reason why stored keys are not used, and what to do. */
export function vaultProblemText(problem: VaultProblem): string {
  switch (problem) {
    case 'damaged':
      return t('vaultDamaged');
    case 'newer':
      return t('vaultNewer');
    case 'weakened':
      return t('vaultWeakened');
  }
}

/** The reason why the vault was not unlocked, or its protection not changed. */
export function vaultErrorText(
  result: Exclude<Response<'setProtection'> | Response<'unlock'>, { ok: true }>,
): string {
  switch (result.problem) {
    case 'forbidden':
      return t('protectForbidden');
    case 'wrong-passphrase':
      return t('wrongPassphrase');
    case 'too-soon':
      return t('tooSoon', timeOfDay(result.nextTryAt));
    case 'too-short':
      return t('passphraseTooShort', String(MIN_PASSPHRASE_LENGTH));
    case 'locked':
      return t('vaultClosed');
    case 'not-verified':
    case 'no-passphrase':
      return t('protectFailed');
    default:
      return vaultProblemText(result.problem);
  }
}
