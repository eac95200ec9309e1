import type { Environment } from '../environment.ts';
import { t } from '../i18n.ts';
import type { TestConnectionResult } from '../messages.ts';
import { isKeysRefused } from './check.ts';
import { afterNotSent, failureText } from './gateway.ts';
import type { Report } from './report.ts';

type Tested = Exclude<TestConnectionResult, { problems: unknown }>;

/** How the test of a connection ended, in words. It only reads, so there is no QR code to speak of. */
export function connectionReport(tested: Tested, name: string, environment: Environment): Report {
  if (tested.ok) return { tone: 'success', title: t('connectionOk', environment), sentences: [] };
  const { failure } = tested;
  const account = { name: name.trim() || t('accountName'), environment };
  return {
    tone: 'danger',
    title: t('connectionFailed'),
    sentences: [failureText(failure, account), nextStep(failure, environment)],
  };
}

function nextStep(failure: Extract<Tested, { ok: false }>['failure'], environment: Environment): string {
  if (isKeysRefused(failure)) return t('nextCompareKeys', environment);
  return failure.kind === 'not-sent' ? afterNotSent(failure.reason, failure.until) : t('nextTryAgain');
}
