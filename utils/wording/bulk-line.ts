import { t } from '../i18n/i18n.ts';
import type { AccountRef } from '../model/account.ts';
import type { ReviewLine, ReviewStatus } from '../review/review.ts';
import type { BadgeTone } from './attempt.ts';
import { formatAmount } from './code-fields.ts';
import { failureText } from './gateway.ts';
import { idProblemText } from './id-problem.ts';
import { escapeInvisibles, statusLabel } from './qr-code.ts';

/** The badge of a reviewed line: one or two words, and their tone. */
export function verdictBadge(verdict: ReviewStatus): { text: string; tone: BadgeTone } {
  switch (verdict.kind) {
    case 'to-cancel':
      return { text: t('verdictToCancel'), tone: 'success' };
    case 'already-cancelled':
      return { text: t('shortAlready'), tone: 'cancelled' };
    case 'not-found':
      return { text: t('shortNotFound'), tone: 'danger' };
    case 'other-status':
      return { text: statusLabel(verdict.status || undefined), tone: 'warning' };
    case 'read-failed':
      return { text: t('verdictUnread'), tone: 'warning' };
    case 'not-read-yet':
      return { text: t('verdictNotRead'), tone: 'neutral' };
    case 'duplicate':
      return { text: t('verdictDuplicate'), tone: 'neutral' };
    case 'refused':
      return { text: t('verdictRefused'), tone: 'danger' };
  }
}

/** The sentence that explains a line's badge; empty if the badge needs none. */
export function verdictNote(verdict: ReviewStatus, account: AccountRef): string {
  switch (verdict.kind) {
    case 'not-found':
      return t('notFound', account.name, account.environment);
    case 'other-status':
      return t('noteOtherStatus');
    case 'read-failed':
      return failureText(verdict.failure, account);
    case 'duplicate':
      return t('noteDuplicate', escapeInvisibles(String(verdict.firstLine)));
    case 'refused':
      return idProblemText(verdict.line.problem);
    case 'to-cancel':
    case 'already-cancelled':
    case 'not-read-yet':
      return '';
  }
}

/** Name and amount of a code as last read, in one line; empty if both are unknown. */
export function subjectText({ qrName, amount }: Pick<ReviewLine, 'qrName' | 'amount'>): string {
  return [qrName && escapeInvisibles(qrName), amount !== undefined && formatAmount(amount)]
    .filter(Boolean)
    .join(', ');
}
