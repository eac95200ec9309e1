// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CANCELLED, jobOf, PENDING, REJECTED, times, UNCONFIRMED } from '../../tests/fixtures/bulk.ts';
import { createMockActions } from '../../tests/fixtures/bulk-actions.ts';
import type { JobView } from '../../utils/bulk/job-view.ts';
import { INITIAL_BULK_STATE } from '../../utils/stores/bulk.ts';
import type { BulkState } from '../../utils/stores/bulk-state.ts';
import { BulkTab } from './BulkTab.tsx';
import { MAX_ITEMS_PRINTED } from './PrintSummary.tsx';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function show(job: JobView | undefined, change: Partial<BulkState> = {}) {
  const actions = createMockActions();
  const view = render(
    <BulkTab state={{ ...INITIAL_BULK_STATE, job, ...change }} actions={actions} page={undefined} />,
  );
  return { actions, ...view };
}
const button = (name: string | RegExp) => screen.getByRole('button', { name });
const names = () => screen.getAllByRole('button').map(({ textContent }) => textContent);

const RUNNING_ITEMS = [
  ...times(1_200, CANCELLED),
  ...times(3, REJECTED),
  ...times(2, UNCONFIRMED),
  ...times(1_795, PENDING),
];
const FINISHED_ITEMS = [...times(2_981, CANCELLED), ...times(4, REJECTED), ...times(2, UNCONFIRMED)];

describe('a running job', () => {
  it('shows progress, pace and the time left', () => {
    const { container } = show({
      ...jobOf(RUNNING_ITEMS, { kind: 'running' }),
      rate: 24.6,
      secondsLeft: 115,
    });
    const progress = screen.getByRole('progressbar', { name: 'Cancelling QR codes' });
    expect([progress.getAttribute('value'), progress.getAttribute('max')]).toEqual(['1205', '3000']);
    expect(container.textContent).toContain('1,200 cancelled · 3 rejected · 2 not confirmed · 1,795 to go');
    expect(container.textContent).toContain('about 25 a second · about 2 minutes left');
    expect(container.textContent).toContain('Codes that were not sent yet stay as they are');
    expect(container.textContent).toContain('You can close this tab');
    expect(screen.getByRole('heading', { name: /Chandni Chowk.*UAT/ })).toBeDefined();
  });

  it('takes the focus after the dialog has closed', async () => {
    show(jobOf(RUNNING_ITEMS, { kind: 'running' }));
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('heading')));
  });

  it('has working Pause and “Stop for good” buttons', () => {
    const { actions } = show(jobOf(RUNNING_ITEMS, { kind: 'running' }));
    expect(names()).toEqual(['Pause', 'Stop for good']);
    fireEvent.click(button('Pause'));
    fireEvent.click(button('Stop for good'));
    expect([actions.pause.mock.calls.length, actions.end.mock.calls.length]).toEqual([1, 1]);
  });

  it('shows the pending command, and can still be ended while it pauses', () => {
    const job = jobOf(RUNNING_ITEMS, { kind: 'running' });
    show(job, { pendingCommand: 'pause' });
    expect(button('Pausing…')).toBeDefined();
    expect(button('Stop for good')).toHaveProperty('disabled', false);
    cleanup();
    const { actions } = show(job, { pendingCommand: 'end' });
    for (const name of ['Stopping…', 'Pause']) {
      expect(button(name).getAttribute('aria-disabled')).toBe('true');
      fireEvent.click(button(name));
    }
    expect([actions.pause.mock.calls.length, actions.end.mock.calls.length]).toEqual([0, 0]);
  });

  it('renders few of its 10,000 rows', () => {
    show(jobOf(times(10_000, PENDING), { kind: 'running' }));
    expect(document.querySelectorAll('tr').length).toBeLessThanOrEqual(80);
    expect(screen.getByRole('table').getAttribute('aria-rowcount')).toBe('10001');
  });
});

describe('a paused job', () => {
  it('can be resumed, and shows no pace', () => {
    const view = { ...jobOf(RUNNING_ITEMS, { kind: 'paused', by: 'user' }), rate: 20, secondsLeft: 60 };
    const { actions, container } = show(view);
    expect(names()).toEqual(['Resume', 'Stop for good']);
    expect(container.textContent).toContain('You paused it. Nothing is being sent. Press “Resume” to go on.');
    expect(container.textContent).not.toContain('a second');
    fireEvent.click(button('Resume'));
    expect(actions.resume).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['locked', 'Unlock, then press “Resume”.'],
    ['sign-in', 'EnKash did not accept the keys of Chandni Chowk (UAT).'],
    ['account', 'Chandni Chowk (UAT) was removed'],
    ['restart', 'The browser was restarted.'],
  ] as const)('alerts the operator if it was paused by “%s”', (by, words) => {
    show(jobOf(RUNNING_ITEMS, { kind: 'paused', by }));
    const alert = screen.getByRole('alert').textContent;
    expect(alert).toContain(words);
    expect(alert).toContain('Nothing is being sent.');
  });

  it('A52 alerts the operator with EnKash’s message after repeated refusals, and can be resumed or ended', () => {
    const response = { httpStatus: 200, code: 512, message: 'Approval <b>pending</b>' };
    show(jobOf(RUNNING_ITEMS, { kind: 'paused', by: 'refused', response }));
    const alert = screen.getByRole('alert');
    expect(alert.textContent).toBe(
      'EnKash refused 5 QR codes in a row in the same way. EnKash said: “Approval <b>pending</b>” (code 512). Nothing is being sent. Press “Resume” to go on, or “Stop for good” to leave the rest as it is.',
    );
    expect(names()).toEqual(['Copy details for support', 'Resume', 'Stop for good']);
  });

  it.each(['offline', 'rate', 'server', 'intermediary', 'auth-unavailable'] as const)(
    'can be paused for good while it waits because of “%s”',
    (by) => {
      const until = Date.UTC(2026, 10, 22, 10, 30);
      show(jobOf(RUNNING_ITEMS, { kind: 'paused', by, until }));
      expect(screen.queryByRole('alert')).toBeNull();
      expect(
        screen.getByText(/Nothing is being sent\. It continues by itself: the next try is at .*30:00/),
      ).toBeDefined();
      expect(names()).toEqual(['Copy details for support', 'Pause', 'Resume', 'Stop for good']);
    },
  );
});

describe('a finished job', () => {
  it('shows its counts and the possible actions', () => {
    const { actions } = show(jobOf(FINISHED_ITEMS, { kind: 'finished' }));
    expect(screen.getByRole('status').textContent).toBe('2,981 cancelled · 4 rejected · 2 not confirmed');
    for (const name of ['Review 4 rejected again', 'Check 2 again', 'Download results (CSV)', 'New list'])
      fireEvent.click(button(name));
    const { retry, checkAgain, downloadResults, startNewList } = actions;
    expect(retry).toHaveBeenCalledExactlyOnceWith('rejected');
    for (const action of [checkAgain, downloadResults, startNewList]) expect(action).toHaveBeenCalledTimes(1);
    expect(screen.queryByRole('progressbar')).toBeNull();
  });

  it('A52 offers to retry codes that were not found or not confirmed', () => {
    const items = [
      ...times(3, { kind: 'not-found' } as const),
      ...times(2, { kind: 'unconfirmed', reason: 'timeout' } as const),
      ...times(1, CANCELLED),
    ];
    const { actions } = show(jobOf(items, { kind: 'finished' }));
    fireEvent.click(button('Review 3 not found again'));
    fireEvent.click(button('Review 2 not confirmed again'));
    expect(actions.retry.mock.calls).toEqual([['not-found'], ['unconfirmed']]);
    expect(screen.getByRole('button', { name: 'Copy details for support' })).toBeDefined();
  });

  it('offers no retry if every code was cancelled', () => {
    show(jobOf(times(2, CANCELLED), { kind: 'finished' }));
    expect(names()).toEqual([
      'Download results (CSV)',
      'Download results (Excel)',
      'Print summary',
      'New list',
    ]);
  });

  it('counts the codes that were never started', () => {
    show(jobOf([CANCELLED, PENDING, PENDING], { kind: 'ended' }));
    expect(screen.getByRole('status').textContent).toBe('1 cancelled · 2 not started (nothing sent)');
    expect(screen.getByRole('table').textContent).toContain('Not startedNothing was sent for this code.');
  });

  it('shows EnKash’s message and the result of a later check', () => {
    const later = { recheck: { status: 'CANCELLED', at: Date.UTC(2026, 10, 22, 10, 30) } };
    const { container } = show(jobOf([REJECTED], { kind: 'finished' }, later));
    const table = screen.getByRole('table').textContent;
    expect(table).toContain(
      'EnKash said: “Approval pending” (code 512). The QR code was still active after that.',
    );
    expect(table).toMatch(/Checked again on 22 Nov 2026.*: Cancelled\./);
    expect(container.textContent).toContain('Checked again since: 1 Cancelled');
  });

  it('shows the error of a failed command', () => {
    show(jobOf(FINISHED_ITEMS, { kind: 'finished' }), { error: 'The extension did not answer.' });
    expect(screen.getByRole('alert').textContent).toBe('The extension did not answer.');
  });
});

describe('a job that cannot be read', () => {
  it.each(['damaged', 'full', 'blocked', 'newer', 'no-answer'] as const)(
    'may still be running, whatever the trouble with the journal: %s',
    (journal) => {
      show(undefined, { journal });
      const alert = screen.getByRole('alert').textContent;
      expect(alert).toMatch(
        /^This computer’s record of the bulk cancel could not be read\. It may still be running\./,
      );
      expect(alert).not.toMatch(/not sent|nothing (?:new )?was sent/i);
      expect(alert).toMatch(/try(?:ing)? again/i);
    },
  );
});

describe('the outcome filter', () => {
  it('lists each outcome of the job with its count', () => {
    const { actions } = show(jobOf(FINISHED_ITEMS, { kind: 'finished' }));
    const filter = screen.getByRole('combobox', { name: 'Show' });
    const options = within(filter).getAllByRole('option');
    expect(options.map(({ textContent }) => textContent)).toEqual([
      'All (2,987)',
      'Cancelled (2,981)',
      'Rejected (4)',
      'Not confirmed (2)',
    ]);
    fireEvent.change(filter, { target: { value: 'rejected' } });
    expect(actions.setFilter).toHaveBeenCalledWith('rejected');
  });

  it('shows only the codes of one outcome', () => {
    show(jobOf(FINISHED_ITEMS, { kind: 'finished' }), { filter: 'rejected' });
    expect(screen.getByRole('table').getAttribute('aria-rowcount')).toBe('5');
  });

  it('says that no code matches, and keeps the selected outcome', () => {
    show(jobOf([CANCELLED], { kind: 'running' }), { filter: 'in-flight' });
    expect(screen.getByText('There are none of these now.')).toBeDefined();
    expect(screen.getByRole('combobox')).toHaveProperty('value', 'in-flight');
  });
});

describe('the printout of a job', () => {
  const printed = () => document.querySelector('.print-summary');

  it('has the account, the counts and the uncancelled codes, and is removed afterwards', async () => {
    const seen: (string | null | undefined)[] = [];
    vi.stubGlobal('print', () => {
      seen.push(printed()?.textContent);
      dispatchEvent(new Event('afterprint'));
    });
    show(jobOf(FINISHED_ITEMS, { kind: 'finished' }));
    expect(printed()).toBeNull();
    fireEvent.click(button('Print summary'));
    await waitFor(() => expect(seen).toHaveLength(1));
    expect(seen[0]).toContain('Chandni Chowk');
    expect(seen[0]).toContain('2,981 cancelled · 4 rejected · 2 not confirmed');
    expect(seen[0]?.split('Approval pending')).toHaveLength(5);
    await waitFor(() => expect(printed()).toBeNull());
  });

  it('is rendered for the browser’s own print command too, and is limited in length', async () => {
    show(jobOf(times(MAX_ITEMS_PRINTED + 7, REJECTED), { kind: 'finished' }));
    dispatchEvent(new Event('beforeprint'));
    await waitFor(() => expect(printed()?.querySelectorAll('tbody tr')).toHaveLength(MAX_ITEMS_PRINTED));
    expect(printed()?.textContent).toContain('Only the first 1,000 of 1,007 are listed here.');
  });

  it('says so if all codes are cancelled', async () => {
    show(jobOf([CANCELLED], { kind: 'finished' }));
    dispatchEvent(new Event('beforeprint'));
    await waitFor(() => expect(printed()?.textContent).toContain('All QR codes of this list are cancelled.'));
  });
});

describe('A16 hostile words in a job', () => {
  it('are shown as literal text', () => {
    const nasty = '<img src=x onerror="alert(1)">\u202e';
    const items = { qrName: nasty, recheck: { status: nasty, at: 0 } };
    const { container } = show(jobOf([{ ...REJECTED, message: nasty }], { kind: 'finished' }, items));
    expect(container.querySelectorAll('img, script')).toHaveLength(0);
    expect(container.textContent).not.toContain('\u202e');
    expect(container.textContent?.split('<img src=x onerror="alert(1)">‹U+202E›')).toHaveLength(5);
  });
});
