import { connectionWorks, passed } from '../accounts/connection-check.ts';
import { t } from '../i18n/i18n.ts';
import type { AccountRef } from '../model/account.ts';
import type { CheckStep, CheckStepResult, ConnectionCheck } from '../model/connection-check.ts';
import type { GatewayFailure } from '../model/gateway-result.ts';
import { isKeysRefused } from './check.ts';
import { failureText, nextStepAfterNotSent } from './gateway.ts';
import { statusLabel } from './qr-code.ts';
import type { Report } from './report.ts';

/** The title of a step. */
export function checkStepTitle(step: CheckStep): string {
  switch (step) {
    case 'sign-in':
      return t('signIn');
    case 'qr-code':
      return t('stepOneCode');
    case 'search':
      return t('search');
  }
}

/** The badge of a step's result: one or two words, and their tone. */
export function checkStepBadge(
  result: CheckStepResult | undefined,
  isRunning: boolean,
): { text: string; tone: 'success' | 'danger' | 'neutral' } {
  if (!result) return { text: isRunning ? t('checking') : t('shortWaiting'), tone: 'neutral' };
  if (result.kind === 'failed') return { text: t('stepFailed'), tone: 'danger' };
  if (result.kind === 'not-tried') return { text: t('stepNotTried'), tone: 'neutral' };
  return { text: t('stepWorks'), tone: 'success' };
}

/** The answer to a step, from EnKash or from an intermediary. */
export function checkStepText(result: CheckStepResult | undefined, account: AccountRef): string {
  switch (result?.kind) {
    case undefined:
      return '';
    case 'signed-in':
      return t('checkSignedIn');
    case 'no-sign-in-call':
      return t('checkNoSignInCall');
    case 'code-read':
      return t('checkCodeRead', statusLabel(result.status));
    case 'no-such-code':
      return t('checkNoSuchCode');
    case 'searched':
      return t('checkSearched');
    case 'not-tried':
      return t('checkNotTried');
    case 'failed':
      return failureText(result.failure, account);
  }
}

/** The report of a finished check: whether the connection works, which part does not, and what to do. */
export function connectionReport(check: ConnectionCheck, { environment }: AccountRef): Report {
  const read = passed(check['qr-code']);
  const search = passed(check.search);
  if (connectionWorks(check)) {
    const missing = read ? (search ? [] : [t('connectionNoSearch')]) : [t('connectionNoRead')];
    const title = t('connectionOk', environment);
    return { tone: missing.length > 0 ? 'warning' : 'success', title, sentences: missing };
  }
  const failure = firstFailure(check);
  return {
    tone: 'danger',
    title: t('connectionFailed'),
    sentences: [workingParts(check), ...(failure ? [nextStep(failure, environment)] : [])],
  };
}

function workingParts(check: ConnectionCheck): string {
  if (passed(check['qr-code']) || passed(check.search)) return t('connectionOldToken');
  if (check['sign-in']?.kind === 'no-sign-in-call') return t('connectionNothing');
  return passed(check['sign-in']) ? t('connectionSignInOnly') : t('connectionNoSignIn');
}

function firstFailure(check: ConnectionCheck): GatewayFailure | undefined {
  for (const result of Object.values(check)) if (result.kind === 'failed') return result.failure;
  return undefined;
}

function nextStep(failure: GatewayFailure, environment: AccountRef['environment']): string {
  if (isKeysRefused(failure)) return t('nextCompareKeys', environment);
  return failure.kind === 'not-sent'
    ? nextStepAfterNotSent(failure.reason, failure.until)
    : t('nextTryAgain');
}
