import { formatCount, type MessageKey, plural, t } from '../i18n/i18n.ts';
import type { AccountRef } from '../model/account.ts';
import type { GatewayFailure } from '../model/gateway-result.ts';
import type { FilterName, FilterProblem } from '../search/filters.ts';
import { MAX_COLLECTED } from '../search/result-collector.ts';
import type { Found } from '../search/search-result.ts';
import type { SortColumn } from '../search/sort.ts';
import { failedCheckReport } from './check.ts';
import { failureText, gatewayMessage } from './gateway.ts';
import { escapeInvisibles } from './qr-code.ts';

const FILTERS: Readonly<Record<FilterName, MessageKey>> = {
  text: 'filterText',
  status: 'detailStatus',
  use: 'filterUse',
  createdFrom: 'createdFrom',
  createdTo: 'createdTo',
  expiryFrom: 'expiryFrom',
  expiryTo: 'expiryTo',
  amountFrom: 'amountFrom',
  amountTo: 'amountTo',
};

const COLUMNS: Readonly<Record<SortColumn, MessageKey>> = {
  qrCodeId: 'qrCodeIdLabel',
  qrName: 'detailName',
  amount: 'detailAmount',
  status: 'detailStatus',
  multipleUse: 'detailUses',
  referenceNumber: 'detailReference',
  createdOn: 'detailCreated',
  expiry: 'detailExpiry',
};

/** The label of a filter's field. */
export function filterTitle(name: FilterName): string {
  return t(FILTERS[name]);
}

/** The reason why a search is impossible with this text in the field. */
export function filterProblemText({ field, code }: FilterProblem, text = ''): string {
  const isAmount = field === 'amountFrom' || field === 'amountTo';
  if (code === 'empty-range') return t(isAmount ? 'amountBelowFrom' : 'dayBeforeFrom');
  return isAmount
    ? t('amountUnreadable')
    : t('filterUnreadable', escapeInvisibles(text.trim()), t('clearFilters'));
}

/** The heading of a column. */
export function columnTitle(column: SortColumn): string {
  return t(COLUMNS[column]);
}

/** The number of codes found, for a live region. */
export function foundText({ state, rows, end }: Pick<Found, 'state' | 'rows' | 'end'>): string {
  const count = rows.length;
  const isAll = end === 'all';
  switch (state) {
    case 'searching':
      return plural('searching', count);
    case 'stopped':
      return count === 0 ? t('foundNoneYet') : plural('foundSoFar', count);
    case 'done':
      if (count === 0) return t(isAll ? 'foundNone' : 'foundNonePerhaps');
      return plural(isAll ? 'found' : 'foundPerhaps', count);
  }
}

/** The label of the control that selects all rows. It does not promise all matching codes if there may be more. */
export function selectAllText({ state, rows, end }: Pick<Found, 'state' | 'rows' | 'end'>): string {
  const isAll = state === 'done' && end === 'all';
  return t(isAll ? 'selectAll' : 'selectAllSoFar', formatCount(rows.length));
}

/** The notes on a search: which codes were left out, and why some may be missing. */
export function searchNotes(found: Found): string[] {
  const { ignored, refused, strays, repeated, unreadable, total = 0, seen, end, state } = found;
  const notes: string[] = [];
  if (strays > 0) notes.push(plural('noteIgnored', strays, ignored.map(filterTitle).join(', ')));
  if (refused.length > 0) notes.push(t('noteRefused', refused.map(filterTitle).join(', ')));
  if (unreadable > 0) notes.push(plural('noteUnreadable', unreadable));
  if (end === 'full') notes.push(t('noteFull', formatCount(MAX_COLLECTED)));
  else if (repeated > 0) notes.push(plural('noteRepeated', repeated));
  if (state === 'done' && end === 'unsure')
    notes.push(
      total > seen + unreadable ? t('noteFewer', formatCount(total), formatCount(seen)) : t('noteUnsure'),
    );
  return notes;
}

/** The reason why a search stopped, that nothing was changed, and what to do. */
export function searchFailureText(failure: GatewayFailure, account: AccountRef): string {
  // For a search, "not found" does not refer to a code.
  const reason =
    failure.kind === 'not-found'
      ? gatewayMessage(failure.message, failure.code, failure.httpStatus).join(' ')
      : failureText(failure, account);
  const next =
    failure.kind === 'not-found' ? t('nextTryAgain') : failedCheckReport(failure, account).sentences.at(-1);
  return [reason, next].join(' ');
}
