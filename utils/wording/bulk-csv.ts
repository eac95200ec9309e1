import type { JobView, Review } from '../views/bulk-state.ts';
import { checkedLaterText, itemBadge, itemNote } from './bulk-item.ts';
import { verdictBadge, verdictNote } from './bulk-line.ts';
import { csvOf } from './csv.ts';

/** A review line by line. */
export function reviewCsv({ account, lines, list }: Review): string {
  return csvOf(
    lines.map(({ line, text, qrName = '', amount = '', verdict }) => ({
      line,
      qrCodeId: text,
      name: qrName,
      amount,
      review: verdictBadge(verdict).text,
      note: verdictNote(verdict, account),
      account: account.name,
      environment: account.environment,
      idColumn: list.columnName,
    })),
  );
}

/** What became of each code of a job. Times are ISO 8601 in UTC; code and message are the gateway's own. */
export function resultsCsv({ job, items }: Pick<JobView, 'job' | 'items'>): string {
  return csvOf(
    items.map((item) => ({
      number: item.number,
      qrCodeId: item.qrCodeId,
      name: item.qrName ?? '',
      amount: item.amount ?? '',
      outcome: itemBadge(item.state.kind, job.state).text,
      code: ('code' in item.state && item.state.code) || '',
      message: ('message' in item.state && item.state.message) || '',
      note: itemNote(item.state, job.state, job.account),
      checkedLater: checkedLaterText(item) ?? '',
      sentAt: item.at === undefined ? '' : new Date(item.at).toISOString(),
      finishedAt: item.finishedAt === undefined ? '' : new Date(item.finishedAt).toISOString(),
      account: job.account.name,
      environment: job.account.environment,
      idColumn: job.column ?? '',
    })),
  );
}
