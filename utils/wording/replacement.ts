import type { NewQrCode } from '../enkash/create.ts';
import type { ExistingReplacement } from '../history/find-replacements.ts';
import { formatCount, type MessageKey, t } from '../i18n/i18n.ts';
import type { AccountRef } from '../model/account.ts';
import type { CreateOutcome } from '../model/outcome.ts';
import type { AmountValue, ComparedField, Difference } from '../qr-code/compare-created.ts';
import type { CreateResult } from '../qr-code/create.ts';
import type { FormField, FormProblem } from '../qr-code/replacement-form.ts';
import { characterName } from './character-name.ts';
import { formatAmount, usageLabel } from './code-fields.ts';
import {
  gatewayMessage,
  isFixableInSettings,
  nextStepAfterNotSent,
  notSentText,
  unclearText,
} from './gateway.ts';
import { escapeInvisibles, statusLabel } from './qr-code.ts';
import type { Report } from './report.ts';
import { timeOfDay } from './time-of-day.ts';

/** The report of a create: EnKash's message, whether there is a new code, and what to do next. */
export function createReport({ outcome, qrCode }: CreateResult, account: AccountRef): Report {
  switch (outcome.kind) {
    case 'created':
      return {
        tone: 'success',
        title: t('created'),
        sentences: [
          ...(qrCode ? [t('createdAs', escapeInvisibles(qrCode.qrCodeId))] : []),
          ...gatewayMessage(outcome.message, outcome.code),
        ],
      };
    case 'unconfirmed':
      return {
        tone: 'warning',
        title: t('createUnknown'),
        sentences: [...unclearText(outcome), t('notSentAgain'), t('createSearchFirst')],
      };
    default:
      return refused(outcome, account);
  }
}

type FailedCreate = Exclude<CreateOutcome, { kind: 'created' | 'unconfirmed' }>;

function refused(outcome: FailedCreate, account: AccountRef): Report {
  switch (outcome.kind) {
    case 'not-sent': {
      const { reason, until, journal } = outcome;
      return {
        ...notCreated([
          ...notSentText(outcome, account),
          t('createNotSent'),
          nextStepAfterNotSent(reason, until, journal),
        ]),
        offerSettings: isFixableInSettings(reason),
      };
    }
    case 'unauthorized': {
      const refusal = t('reasonKeysRefused', account.name, account.environment);
      const answer = gatewayMessage(outcome.message, outcome.code, outcome.httpStatus);
      return {
        ...notCreated([refusal, ...answer, t('createTurnedAway'), t('nextCheckKeys')]),
        offerSettings: true,
      };
    }
    case 'sign-in-failed': {
      const signInFailure = notSentText(outcome, account);
      return notCreated([...signInFailure, t('createTurnedAway'), nextStepAfterNotSent(outcome.reason)]);
    }
    case 'rate-limited': {
      const until = timeOfDay(outcome.until);
      const limit = [t('reasonAskedToWait', until), ...gatewayMessage(outcome.message)];
      return notCreated([...limit, t('createTurnedAway'), t('nextWait', until)]);
    }
    case 'rejected':
    case 'not-found': {
      const answer = gatewayMessage(outcome.message, outcome.code, outcome.httpStatus);
      return notCreated([...answer, t('createRefused'), t('nextCorrectForm')]);
    }
  }
}

function notCreated(sentences: string[]): Report {
  return { tone: 'danger', title: t('notCreated'), sentences };
}

/** The warning about an earlier create for the same code; `undefined` if there was none. */
export function existingReplacementText(existing: ExistingReplacement | undefined): string | undefined {
  if (existing?.qrCodeId) return t('replacedBefore', escapeInvisibles(existing.qrCodeId));
  return existing && t('replacedPerhaps');
}

const FIELDS: Readonly<Record<ComparedField | 'customParams' | FormField, MessageKey>> = {
  qrName: 'detailName',
  multipleUse: 'detailUses',
  use: 'detailUses',
  amount: 'detailAmount',
  amountKind: 'detailAmount',
  description: 'detailDescription',
  expiry: 'detailExpiry',
  status: 'detailStatus',
  customerName: 'detailCustomer',
  customerEmail: 'detailEmail',
  customerMobile: 'detailMobile',
  customerId: 'detailCustomerId',
  customParams: 'customParams',
  params: 'customParams',
};

/** The label of a field. */
export function fieldTitle(field: keyof typeof FIELDS): string {
  return t(FIELDS[field]);
}

/** A difference between the new code and the request. */
export function differenceText(difference: Difference): string {
  const title =
    difference.field === 'customParam' ? escapeInvisibles(difference.name) : fieldTitle(difference.field);
  const [asked, given] = sidesOf(difference);
  if (asked === undefined) return t('differenceAdded', title, given ?? '');
  if (given === undefined) return t('differenceLeftOut', title, asked);
  return t('difference', title, asked, given);
}

function sidesOf(difference: Difference): [string | undefined, string | undefined] {
  switch (difference.field) {
    case 'multipleUse':
      return [usageText(difference.asked), usageText(difference.given)];
    case 'amount':
      return [amountText(difference.asked), amountText(difference.given)];
    case 'status':
      return [statusLabel(difference.asked), statusLabel(difference.given)];
    default:
      return [quote(difference.asked), quote(difference.given)];
  }
}

function usageText(multipleUse: boolean): string {
  return usageLabel({ multipleUse }) ?? '';
}

function quote(text: string | undefined): string | undefined {
  return text === undefined ? undefined : `“${escapeInvisibles(text)}”`;
}

function amountText({ fixed, amount }: AmountValue): string {
  if (amount === undefined) return fixed ? t('amountFixed') : t('amountOpen');
  return fixed === false ? `${t('amountOpen')} (${formatAmount(amount)})` : formatAmount(amount);
}

/** The requested amount. */
export function askedAmount({ amount }: Pick<NewQrCode, 'amount'>): string {
  return amount === undefined ? t('amountOpen') : formatAmount(amount);
}

/** The problem of a form field. */
export function formProblemText(problem: FormProblem): string {
  switch (problem.code) {
    case 'required':
      return requiredText(problem);
    case 'too-long':
      return t('nameTooLong', formatCount(problem.limit));
    case 'bad-character':
      return t('textBadCharacter', characterName(problem.character));
    case 'not-an-amount':
      return t('amountUnreadable');
    case 'zero':
      return t('amountZero');
    case 'too-precise':
      return t('amountTooPrecise');
    case 'too-large':
      return t('amountTooLarge', formatAmount(problem.limit));
    case 'not-a-time':
      return t('expiryUnreadable');
    case 'passed':
      return t('expiryPassed');
    case 'twice':
      return t('paramTwice');
    case 'reserved':
      return t('paramReserved');
    case 'too-many':
      return t('paramsTooMany', formatCount(problem.limit));
  }
}

function requiredText({ field }: FormProblem): string {
  switch (field) {
    case 'use':
      return t('useRequired');
    case 'amountKind':
      return t('amountKindRequired');
    case 'amount':
      return t('amountRequired');
    case 'params':
      return t('paramNameRequired');
    default:
      return t('codeNameRequired');
  }
}
