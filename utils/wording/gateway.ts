import { t } from '../i18n/i18n.ts';
import type { AccountRef } from '../model/account.ts';
import type { AmbiguousReason, GatewayFailure, NotSentReason } from '../model/gateway-result.ts';
import type { JournalTrouble } from '../model/journal-trouble.ts';
import { journalText } from './journal.ts';
import { escapeInvisibles, statusLabel } from './qr-code.ts';
import { timeOfDay } from './time-of-day.ts';

/** EnKash's own message and code unchanged, and the HTTP status if it is not 200; empty without any of them. */
export function gatewayMessage(
  message: string | undefined,
  code?: number | null,
  httpStatus?: number,
): string[] {
  const words = escapeInvisibles(message ?? '');
  const http = httpStatus && httpStatus !== 200 ? String(httpStatus) : undefined;
  if (words && typeof code === 'number')
    return http
      ? [t('saidByEnKashCodeHttp', words, String(code), http)]
      : [t('saidByEnKashCode', words, String(code))];
  if (words) return [http ? t('saidByEnKashHttp', words, http) : t('saidByEnKash', words)];
  if (typeof code === 'number') return [t('saidCodeOnly', String(code))];
  return http ? [t('saidHttpOnly', http)] : [];
}

/** The reason why a call was not sent, with the answer to the sign-in if there was one. */
export function notSentText(notSent: NotSent, account: AccountRef): string[] {
  const { reason, message, until, httpStatus } = notSent;
  if (reason === 'not-active') return [t('reasonNotActive', statusLabel(notSent.currentStatus))];
  if (reason !== 'auth-unavailable')
    return [notSentReason(reason, account, until), ...gatewayMessage(message, null, httpStatus)];
  const cause = httpStatus
    ? t('reasonSignInHttp', account.environment, String(httpStatus))
    : notSentReason(reason, account);
  // The answer to the sign-in may come from an intermediary.
  return [cause, ...(message ? [t('answerSaid', escapeInvisibles(message))] : [])];
}

interface NotSent {
  reason: NotSentReason;
  message?: string;
  until?: number;
  httpStatus?: number;
  currentStatus?: string;
}

function notSentReason(
  reason: Exclude<NotSentReason, 'not-active'>,
  account: AccountRef,
  until?: number,
): string {
  const { name, environment } = account;
  switch (reason) {
    case 'offline':
      return t('reasonOffline');
    case 'no-keys':
      return t('reasonNoKeys', name, environment);
    case 'locked':
      return t('reasonLocked');
    case 'keys-unreadable':
      return t('reasonKeysUnreadable', name, environment);
    case 'forbidden':
      return t('reasonForbidden', name, environment);
    case 'passphrase-required':
      return t('reasonPassphraseRequired', name, environment);
    case 'no-site-access':
      return t('reasonNoSiteAccess', environment);
    case 'unauthorized':
      return t('reasonKeysRefused', name, environment);
    case 'auth-unavailable':
      return t('reasonSignInUnavailable', environment);
    case 'unreachable':
      return t('reasonUnreachable', environment);
    case 'not-once':
      return t('reasonNotOnce', environment);
    case 'rate-limited':
      return t('reasonAskedToWait', timeOfDay(until ?? Date.now()));
    case 'invalid-id':
      return t('reasonInvalidId');
    case 'no-reason':
      return t('reasonMissing');
    case 'not-checked':
      return t('reasonNotChecked');
    case 'journal-unavailable':
      return t('reasonJournal');
  }
}

/** What to do after a call was not sent. `journal`: why the attempt could not be recorded, if that is the reason. */
export function nextStepAfterNotSent(
  reason: NotSentReason,
  until?: number,
  journal?: JournalTrouble,
): string {
  switch (reason) {
    case 'offline':
    case 'unreachable':
    case 'not-once':
      return t('nextConnect');
    case 'no-keys':
      return t('nextEnterKeys');
    case 'locked':
      return t('nextUnlock');
    case 'forbidden':
      return t('nextAskAdministrator');
    case 'passphrase-required':
      return t('nextSetPassphrase');
    case 'no-site-access':
      return t('nextSiteAccess');
    case 'unauthorized':
    case 'keys-unreadable':
      return t('nextCheckKeys');
    case 'rate-limited':
      return t('nextWait', timeOfDay(until ?? Date.now()));
    case 'invalid-id':
      return t('nextCorrectId');
    case 'no-reason':
      return t('nextGiveReason');
    case 'not-active':
    case 'not-checked':
      return t('nextNotActive');
    case 'journal-unavailable':
      return journalText(journal ?? 'damaged');
    case 'auth-unavailable':
      return t('nextTryAgain');
  }
}

/** The reason why the result of a call is unknown, and the message of the answer if there is one. */
export function unclearText({ reason, httpStatus, answeredId, message }: Unclear): string[] {
  const words = escapeInvisibles(message ?? '');
  const answer = reason === 'intermediary' ? (words ? [t('itSaid', words)] : []) : gatewayMessage(message);
  return [unclearReason(reason, httpStatus, answeredId), ...answer];
}

interface Unclear {
  reason: AmbiguousReason | 'interrupted';
  httpStatus?: number;
  answeredId?: string;
  message?: string;
}

function unclearReason(
  reason: AmbiguousReason | 'interrupted',
  httpStatus?: number,
  answeredId?: string,
): string {
  switch (reason) {
    case 'timeout':
      return t('unclearTimeout');
    case 'connection':
      return t('unclearConnection');
    case 'redirect':
      return t('unclearRedirect');
    case 'intermediary':
      return t('unclearIntermediary', String(httpStatus ?? '?'));
    case 'no-longer-found':
      return t('unclearNoLongerFound');
    case 'server-error':
      return t('unclearServer', String(httpStatus ?? '5xx'));
    case 'too-large':
      return t('unclearTooLarge');
    case 'another-id':
      return t('unclearAnotherId', escapeInvisibles(answeredId ?? '?'));
    case 'no-id':
      return t('unclearNoId');
    case 'not-cancelled-in-answer':
      return t('unclearNotCancelled');
    case 'interrupted':
      return t('unclearInterrupted');
    case 'not-json':
      return t('unclearNotJson', String(httpStatus ?? '?'));
    case 'empty':
    case 'wrong-shape':
      return t('unclearUnreadable');
  }
}

/** The reason why a read failed, in one or two sentences. */
export function failureText(failure: GatewayFailure, account: AccountRef): string {
  switch (failure.kind) {
    case 'not-sent':
    case 'sign-in-failed':
      return notSentText(failure, account).join(' ');
    case 'unauthorized':
      return [
        t('reasonKeysRefused', account.name, account.environment),
        ...gatewayMessage(failure.message, failure.code, failure.httpStatus),
      ].join(' ');
    case 'not-found':
      return t('notFound', account.name, account.environment);
    case 'rate-limited':
      return t('reasonAskedToWait', timeOfDay(failure.until));
    case 'rejected':
      return gatewayMessage(failure.message, failure.code, failure.httpStatus).join(' ');
    case 'ambiguous':
      return unclearText(failure).join(' ');
  }
}

/** Whether the operator can fix the cause in the settings. */
export function isFixableInSettings(reason: NotSentReason): boolean {
  return ['no-keys', 'unauthorized', 'keys-unreadable', 'passphrase-required'].includes(reason);
}
