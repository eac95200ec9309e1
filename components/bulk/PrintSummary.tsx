import type { JobView } from '../../utils/bulk/job-view.ts';
import { formatCount, t } from '../../utils/i18n/i18n.ts';
import { type Item, itemKind } from '../../utils/model/job-item.ts';
import { checkedSinceText, jobParts } from '../../utils/wording/bulk.ts';
import { checkedLaterText, itemBadge, itemNote } from '../../utils/wording/bulk-item.ts';
import { jobTitle, periodText } from '../../utils/wording/bulk-job.ts';
import { escapeInvisibles } from '../../utils/wording/qr-code.ts';
import { AccountHeading } from '../shared/AccountHeading.tsx';
import { CodeSummary } from './CodeSummary.tsx';
import { SummaryParts } from './SummaryParts.tsx';

/** Rows printed at most: about 20 pages. */
export const MAX_ITEMS_PRINTED = 1_000;

/** The printout of a finished job: account, times, counts, and the codes that are not cancelled. */
export function PrintSummary({ view }: { view: JobView }) {
  const { job, items } = view;
  const rest = [...items].filter(
    ({ state }) => state.kind !== 'cancelled' && state.kind !== 'already-cancelled',
  );
  const since = checkedSinceText(items);
  return (
    <section class="print-summary stack">
      <AccountHeading level="h1" title={jobTitle(job.state)} account={job.account} />
      <p>{periodText(job)}</p>
      {job.column && <p>{t('columnFound', escapeInvisibles(job.column))}</p>}
      <p>
        <strong>
          <SummaryParts parts={jobParts(view)} />
        </strong>
      </p>
      {since !== undefined && <p>{since}</p>}
      {rest.length === 0 ? <p>{t('printAllCancelled')}</p> : <PrintedItems job={job} items={rest} />}
    </section>
  );
}

function PrintedItems({ job, items }: { job: JobView['job']; items: readonly Item[] }) {
  return (
    <>
      <h2>{t('printNotCancelled')}</h2>
      {items.length > MAX_ITEMS_PRINTED && (
        <p>{t('printCapped', formatCount(MAX_ITEMS_PRINTED), formatCount(items.length))}</p>
      )}
      <table>
        <thead>
          <tr>
            <th scope="col">{t('columnNumber')}</th>
            <th scope="col">{t('qrCodeIdLabel')}</th>
            <th scope="col">{t('columnSubject')}</th>
            <th scope="col">{t('columnOutcome')}</th>
          </tr>
        </thead>
        <tbody>
          {items.slice(0, MAX_ITEMS_PRINTED).map((item) => (
            <tr key={item.position}>
              <td>{item.position}</td>
              <td class="code">{item.qrCodeId}</td>
              <td>
                <CodeSummary {...item} />
              </td>
              <td>
                <strong>{itemBadge(itemKind(item.state), job.state).text}</strong>{' '}
                <bdi>{itemNote(item, job.state, job.account)}</bdi> {checkedLaterText(item)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
