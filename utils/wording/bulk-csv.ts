import type { JobView } from '../bulk/job-view.ts';
import type { Clock } from '../lib/clock.ts';
import type { Job } from '../model/job.ts';
import { type Item, itemKind } from '../model/job-item.ts';
import type { Review, ReviewLine } from '../review/review.ts';
import { checkedLaterText, itemBadge, itemNote } from './bulk-item.ts';
import { verdictBadge, verdictNote } from './bulk-line.ts';
import { type CsvParts, csvOf } from './csv.ts';

/** The cells of a review's line, by column. */
export function reviewCells(
  { line, text, qrName = '', amount = '', verdict }: ReviewLine,
  { account, list }: Pick<Review, 'account' | 'list'>,
) {
  return {
    line,
    qrCodeId: text,
    name: qrName,
    amount,
    review: verdictBadge(verdict).text,
    note: verdictNote(verdict, account),
    account: account.name,
    environment: account.environment,
    idColumn: list.columnName,
  };
}

/** The cells of a job's item, by column. Times are ISO 8601 in UTC; code and message are the gateway's own. */
export function resultCells(
  item: Item,
  { state, account, column }: Pick<Job, 'state' | 'account' | 'column'>,
) {
  return {
    number: item.position,
    qrCodeId: item.qrCodeId,
    name: item.qrName ?? '',
    amount: item.amount ?? '',
    outcome: itemBadge(itemKind(item.state), state).text,
    code: ('code' in item.state && item.state.code) || '',
    message: ('message' in item.state && item.state.message) || '',
    note: itemNote(item, state, account),
    checkedLater: checkedLaterText(item) ?? '',
    sentAt: item.at === undefined ? '' : new Date(item.at).toISOString(),
    finishedAt: item.finishedAt === undefined ? '' : new Date(item.finishedAt).toISOString(),
    account: account.name,
    environment: account.environment,
    idColumn: column ?? '',
  };
}

/** A review as CSV, one row per line, in parts. */
export function reviewCsv(review: Review, clock: Clock): Promise<CsvParts> {
  return csvOf(review.lines, (line) => reviewCells(line, review), clock);
}

/** The results of a job as CSV, one row per item, in parts. */
export function resultsCsv({ job, items }: Pick<JobView, 'job' | 'items'>, clock: Clock): Promise<CsvParts> {
  return csvOf(items, (item) => resultCells(item, job), clock);
}
