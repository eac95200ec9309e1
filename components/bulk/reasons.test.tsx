// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { afterEach, describe, expect, it } from 'vitest';
import { CANCELLED, jobOf, REJECTED, reviewOf, times, UNCONFIRMED } from '../../tests/fixtures/bulk.ts';
import type { ItemState } from '../../utils/model/job-item.ts';
import type { ReviewStatus } from '../../utils/review/review.ts';
import { JobItems } from './JobItems.tsx';
import { ReviewLines } from './ReviewLines.tsx';

afterEach(cleanup);

const reasons = () => {
  const section = screen.queryByRole('region', { name: 'Reasons' });
  return section ? within(section).getAllByRole('button') : [];
};
const counts = () => reasons().map(({ textContent }) => /\((\d+)\)$/.exec(textContent ?? '')?.[1]);
const rows = () => Number(screen.getByRole('table').getAttribute('aria-rowcount')) - 1;

function showJob(states: readonly ItemState[], filter: 'all' | 'rejected' = 'all') {
  render(<JobItems view={jobOf(states, { kind: 'finished' })} filter={filter} onFilter={() => undefined} />);
}

describe('the reasons of a finished job', () => {
  it('are one line each with a count, the most frequent first', () => {
    showJob([...times(2, UNCONFIRMED), ...times(12, REJECTED), CANCELLED]);
    expect(counts()).toEqual(['12', '2']);
    expect(reasons()[0]?.textContent).toMatch(/^Rejected.*Approval pending/);
  });

  it('filter the table, and show all again', () => {
    showJob([...times(12, REJECTED), ...times(2, UNCONFIRMED), CANCELLED]);
    const [first] = reasons();
    if (!first) throw new Error('no reason');
    fireEvent.click(first);
    expect([rows(), reasons()[0]?.getAttribute('aria-pressed')]).toEqual([12, 'true']);
    expect(document.contains(first)).toBe(true);
    fireEvent.click(first);
    expect([rows(), reasons()[0]?.getAttribute('aria-pressed')]).toEqual([15, 'false']);
  });

  it('are those of the chosen outcome', () => {
    showJob([...times(12, REJECTED), ...times(2, UNCONFIRMED)], 'rejected');
    expect(counts()).toEqual(['12']);
  });

  it('are not listed if no two codes share one', () => {
    showJob([REJECTED, { ...REJECTED, message: 'QR expired' }, UNCONFIRMED, CANCELLED]);
    expect(reasons()).toEqual([]);
  });

  it('are not listed while the job runs', () => {
    const view = jobOf(times(3, REJECTED), { kind: 'running' });
    render(<JobItems view={view} filter="all" onFilter={() => undefined} />);
    expect(reasons()).toEqual([]);
  });
});

describe('the reasons of a review', () => {
  const notFound: ReviewStatus = { kind: 'not-found' };
  const cancel: ReviewStatus = { kind: 'to-cancel' };

  it('are one line each with a count, and filter the table', () => {
    render(<ReviewLines review={reviewOf([cancel, ...times(3, notFound)])} />);
    expect(counts()).toEqual(['3']);
    const [first] = reasons();
    if (first) fireEvent.click(first);
    expect(rows()).toBe(3);
  });

  it('are not listed while the codes are read', () => {
    render(<ReviewLines review={reviewOf(times(3, notFound), { state: 'reading' })} />);
    expect(reasons()).toEqual([]);
  });
});
