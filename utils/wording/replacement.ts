import type { AmountValue, ComparedField, Difference, NewQrCode } from '../enkash/create.ts';
import type { ExistingReplacement } from '../history/find-replacements.ts';
import { formatCount, type MessageKey, t } from '../i18n/i18n.ts';
import type { AccountRef } from '../model/account.ts';
import type { CreateOutcome } from '../model/outcome.ts';
import type { CreateResult } from '../qr-code/create.ts';
import type { FormField, FormProblem } from '../qr-code/replacement-form.ts';
import { characterName } from './character-name.ts';
import {
  gatewayMessage,
  isFixableInSettings,
  nextStepAfterNotSent,
  notSentText,
  timeOfDay,
  unclearText,
} from './gateway.ts';
import { escapeInvisibles, formatAmount, statusLabel, usageLabel } from './qr-code.ts';
import type { Report } from './report.ts';

/** How a create ended, in words: what EnKash said, whether there is a new code, what to do next. */
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

type Refusal = Exclude<CreateOutcome, { kind: 'created' | 'unconfirmed' }>;

function refused(outcome: Refusal, account: AccountRef): Report {
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
      const why = t('reasonKeysRefused', account.name, account.environment);
      const said = gatewayMessage(outcome.message, outcome.code, outcome.httpStatus);
      return {
        ...notCreated([why, ...said, t('createTurnedAway'), t('nextCheckKeys')]),
        offerSettings: true,
      };
    }
    case 'sign-in-failed': {
      const why = notSentText(outcome, account);
      return notCreated([...why, t('createTurnedAway'), nextStepAfterNotSent(outcome.reason)]);
    }
    case 'rate-limited': {
      const until = timeOfDay(outcome.until);
      const why = [t('reasonAskedToWait', until), ...gatewayMessage(outcome.message)];
      return notCreated([...why, t('createTurnedAway'), t('nextWait', until)]);
    }
    case 'rejected':
    case 'not-found': {
      const said = gatewayMessage(outcome.message, outcome.code, outcome.httpStatus);
      return notCreated([...said, t('createRefused'), t('nextCorrectForm')]);
    }
  }
}

function notCreated(sentences: string[]): Report {
  return { tone: 'danger', title: t('notCreated'), sentences };
}

/** What an earlier create for the same code came to, before another one is made; nothing where there is none. */
export function existingReplacementText(before: ExistingReplacement | undefined): string | undefined {
  if (before?.qrCodeId) return t('replacedBefore', escapeInvisibles(before.qrCodeId));
  return before && t('replacedPerhaps');
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

/** A field as it is called everywhere. */
export function fieldTitle(field: keyof typeof FIELDS): string {
  return t(FIELDS[field]);
}

/** One thing that EnKash made other than it was asked to. */
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
      return [usesOf(difference.asked), usesOf(difference.given)];
    case 'amount':
      return [amountSaid(difference.asked), amountSaid(difference.given)];
    case 'status':
      return [statusLabel(difference.asked), statusLabel(difference.given)];
    default:
      return [quoted(difference.asked), quoted(difference.given)];
  }
}

function usesOf(multipleUse: boolean): string {
  return usageLabel({ multipleUse }) ?? '';
}

function quoted(text: string | undefined): string | undefined {
  return text === undefined ? undefined : `“${escapeInvisibles(text)}”`;
}

function amountSaid({ fixed, amount }: AmountValue): string {
  if (amount === undefined) return fixed ? t('amountFixed') : t('amountOpen');
  return fixed === false ? `${t('amountOpen')} (${formatAmount(amount)})` : formatAmount(amount);
}

/** The amount that is asked for. */
export function askedAmount({ amount }: Pick<NewQrCode, 'amount'>): string {
  return amount === undefined ? t('amountOpen') : formatAmount(amount);
}

/** What is wrong with a field of the form. */
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
