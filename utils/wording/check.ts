import { t } from '../i18n/i18n.ts';
import type { AccountRef } from '../model/account.ts';
import type { GatewayFailure } from '../model/gateway-result.ts';
import { failureText, isFixableInSettings, nextStepAfterNotSent } from './gateway.ts';
import type { Report } from './report.ts';

/** The report of a check that got no answer from EnKash. */
export function failedCheckReport(failure: GatewayFailure, account: AccountRef): Report {
  const refusedKeys = isKeysRefused(failure);
  return {
    tone: 'danger',
    title: t('checkFailed'),
    sentences: [failureText(failure, account), t('checkedNothingChanged'), nextStep(failure, refusedKeys)],
    offerCancelAnyway: failure.kind === 'ambiguous',
    offerSettings: refusedKeys || (failure.kind === 'not-sent' && isFixableInSettings(failure.reason)),
  };
}

/** Whether EnKash refused the keys, at the sign-in or later. */
export function isKeysRefused(failure: GatewayFailure): boolean {
  return (
    failure.kind === 'unauthorized' || (failure.kind === 'not-sent' && failure.reason === 'unauthorized')
  );
}

function nextStep(failure: GatewayFailure, refusedKeys: boolean): string {
  if (refusedKeys) return t('nextCheckKeys');
  if (failure.kind === 'not-sent') return nextStepAfterNotSent(failure.reason, failure.until);
  if (failure.kind === 'not-found') return t('nextCheckAccount');
  return t('nextTryAgain');
}
