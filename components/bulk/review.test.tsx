// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { NO_LIST, reviewOf, times } from '../../tests/fixtures/bulk.ts';
import { createMockActions } from '../../tests/fixtures/bulk-actions.ts';
import { PersistentVector } from '../../utils/lib/persistent-vector.ts';
import type { AppState } from '../../utils/messaging/protocol.ts';
import type { ListPart } from '../../utils/qr-code-id/list-sources.ts';
import type { LeftOut } from '../../utils/qr-code-id/reading.ts';
import type { ReviewStatus } from '../../utils/review/review.ts';
import { DEFAULT_POLICY } from '../../utils/settings/policy.ts';
import { DEFAULT_SETTINGS } from '../../utils/settings/settings.ts';
import { INITIAL_BULK_STATE } from '../../utils/stores/bulk.ts';
import type { BulkState } from '../../utils/stores/bulk-state.ts';
import { BulkTab } from './BulkTab.tsx';

afterEach(cleanup);

const PAGE: AppState = {
  accounts: [
    { id: 'a1', name: 'Chandni Chowk', environment: 'UAT', authMethod: 'secret-key', hasKeys: true },
  ],
  currentAccountId: 'a1',
  settings: DEFAULT_SETTINGS,
  vault: { status: 'open', protection: 'device' },
  policy: DEFAULT_POLICY,
};

function show(change: Partial<BulkState>, page: AppState = PAGE) {
  const actions = createMockActions();
  const view = render(<BulkTab state={{ ...INITIAL_BULK_STATE, ...change }} actions={actions} page={page} />);
  return { actions, ...view };
}
const button = (name: string | RegExp) => screen.getByRole('button', { name });
const summary = () => screen.getByRole('status').textContent;

const TO_CANCEL: ReviewStatus = { kind: 'to-cancel' };
const UNREAD: ReviewStatus = { kind: 'read-failed', failure: { kind: 'ambiguous', reason: 'timeout' } };
const NOT_READ: ReviewStatus = { kind: 'not-read-yet' };
const DUPLICATE: ReviewStatus = { kind: 'duplicate', firstLine: 1 };
const REFUSED: ReviewStatus = {
  kind: 'refused',
  line: { line: 4, kind: 'refused', text: 'a/b', problem: { code: 'bad-character', character: '/' } },
};

describe('the confirmation of a list that is written before its start', () => {
  it('can still be stopped if another list has taken the place of its review', () => {
    const { actions } = show({
      confirmation: {
        account: { id: 'a2', name: 'Karol Bagh', environment: 'UAT' },
        count: 5_000,
        confirmationPhrase: undefined,
        columnName: '',
        phraseInput: '',
        start: undefined,
        expiries: [],
        busy: true,
        prepared: 2_500,
      },
    });
    expect(screen.getByRole('alertdialog').textContent).toContain('Karol Bagh');
    fireEvent.click(button('Keep active'));
    expect(actions.dismissConfirmation).toHaveBeenCalledOnce();
  });
});

describe('the form for a list', () => {
  it('has the field, the review button and the file button', () => {
    const { actions } = show({});
    fireEvent.input(screen.getByRole('textbox', { name: 'QR code IDs' }), { target: { value: 'QR1A' } });
    fireEvent.click(button('Review IDs'));
    expect(actions.setText).toHaveBeenCalledWith('QR1A');
    expect(actions.review).toHaveBeenCalledTimes(1);
    expect(button('Choose a CSV or text file')).toBeDefined();
  });

  it('restores the list that another list replaced', () => {
    show({});
    expect(screen.queryByText(/Another list/)).toBeNull();
    cleanup();
    const { actions } = show({ text: 'QR1A', stashedList: 'QR2B' });
    expect(screen.getByText(/Another list was in this field before\./)).toBeDefined();
    fireEvent.click(button('Bring it back'));
    expect(actions.restoreStashedList).toHaveBeenCalledTimes(1);
  });

  it('reads all dropped files', () => {
    const { actions, container } = show({});
    const file = new File(['QR1A2B3C'], 'ids.csv');
    const form = container.querySelector('form');
    const drop = new Event('drop', { bubbles: true, cancelable: true });
    const dataTransfer = { files: [file, file], getData: () => '' };
    if (form) fireEvent(form, Object.assign(drop, { dataTransfer }));
    expect(drop.defaultPrevented).toBe(true);
    expect(actions.readFiles).toHaveBeenCalledExactlyOnceWith([file, file]);
  });

  it.each([
    [{ code: 'nothing' }, 'There are no IDs in this.'],
    [{ code: 'too-many', count: 100_001, limit: 100_000 }, 'More than 1,00,000 IDs. Nothing was taken.'],
  ] as const)('shows an alert for %o', (problem, text) => {
    show({ list: { ok: false, problem, leftOut: [], counts: NO_LIST.counts } });
    expect(screen.getByRole('alert').textContent).toContain(text);
  });

  it('says that the keys are locked or missing, and keeps the text', () => {
    const locked: AppState = {
      ...PAGE,
      vault: { status: 'locked', protection: 'passphrase', nextTryAt: 0 },
    };
    const noAccount: AppState = { ...PAGE, accounts: [], currentAccountId: null };
    for (const [page, words] of [
      [locked, 'The keys are locked.'],
      [noAccount, 'There is no account yet.'],
    ] as const) {
      const { container } = show({ text: 'QR1A2B3C' }, page);
      expect(container.textContent).toContain(words);
      expect(screen.getByRole('textbox')).toHaveProperty('value', 'QR1A2B3C');
      cleanup();
    }
  });
});

describe('the choice of a column', () => {
  const column = (title: string, index: number) => ({
    index,
    title,
    values: [`QR26AAAA111${index}`, 'QR26BBBB2222'],
    ids: 2,
  });
  const columns = ['Shop\u202e', ' ', 'QR Code ID'].map(column);
  const part = (change: Partial<ListPart>): ListPart => ({
    name: undefined,
    firstLine: 1,
    columns: [],
    column: undefined,
    columnName: '',
    choice: undefined,
    ...change,
  });

  it('shows each column’s heading, or its number, with the first values, and selects none', () => {
    const { actions } = show({ parts: [part({ choice: { columns, mayTakeAll: false } })] });
    const group = screen.getByRole('radiogroup', { name: 'Which column holds the QR code IDs?' });
    const radios = within(group).getAllByRole('radio');
    expect(radios.map((radio) => (radio as HTMLInputElement).checked)).toEqual([false, false, false]);
    expect(radios.map((radio) => radio.parentElement?.textContent)).toEqual([
      'Shop‹U+202E›: QR26AAAA1110, QR26BBBB2222',
      'Column 2: QR26AAAA1111, QR26BBBB2222',
      'QR Code ID: QR26AAAA1112, QR26BBBB2222',
    ]);
    expect(within(group).queryByRole('button')).toBeNull();
    fireEvent.click(radios[1] as HTMLElement);
    expect(actions.chooseColumn).toHaveBeenCalledExactlyOnceWith(1, 0);
  });

  it('offers to take all columns if they contain only ids', () => {
    const { actions } = show({ parts: [part({ choice: { columns, mayTakeAll: true } })] });
    fireEvent.click(button('This is one list: take all columns'));
    expect(actions.chooseColumn).toHaveBeenCalledExactlyOnceWith('all', 0);
  });

  it('can be opened again after a column was found', () => {
    const { actions, container } = show({ parts: [part({ columns, column: 2, columnName: 'QR Code ID' })] });
    expect(container.textContent).toContain('Column with the IDs: QR Code ID');
    fireEvent.click(button('Choose another column'));
    expect(actions.offerColumns).toHaveBeenCalledExactlyOnceWith(0);
  });

  it('asks for each of several files by name', () => {
    const choice = { columns, mayTakeAll: false };
    const { actions, container } = show({
      parts: [
        part({ name: 'may.csv', columns, column: 2, columnName: 'QR Code ID' }),
        part({ name: 'june.csv', firstLine: 9, choice }),
      ],
    });
    expect(container.textContent).toContain('Column with the IDs in may.csv: QR Code ID');
    const group = screen.getByRole('radiogroup', { name: 'Which column of june.csv holds the QR code IDs?' });
    fireEvent.click(within(group).getAllByRole('radio')[0] as HTMLElement);
    expect(actions.chooseColumn).toHaveBeenCalledExactlyOnceWith(0, 1);
  });
});

describe('the texts left out of a list', () => {
  const leftOut: LeftOut[] = [
    { line: 3, text: 'pay_29QQoUBi66xm2f', isId: true, reason: { code: 'label', label: 'Payment ID' } },
    { line: 9, text: '#N/A', isId: false, reason: { code: 'no-value' } },
  ];

  it('are counted, and listed with line and reason once opened', async () => {
    const counts = { inText: 12, inList: 9, leftOut: 3, otherLines: 1 };
    const { container } = show({ list: { ...NO_LIST, leftOut, counts } });
    expect(container.textContent).toContain('12 IDs in the text · 9 in the list · 3 left out');
    const details = container.querySelector('details') as HTMLDetailsElement;
    expect(details.querySelector('summary')?.textContent).toBe('What was left out');
    expect(details.querySelector('table')).toBeNull();
    details.open = true;
    fireEvent(details, new Event('toggle'));
    await vi.waitFor(() => expect(details.querySelector('table')).not.toBeNull());
  });
});

describe('a review under way', () => {
  const verdicts = [...times(1_200, TO_CANCEL), ...times(1_800, NOT_READ)];

  it('shows its progress, and can be stopped', () => {
    const { actions } = show({ review: reviewOf(verdicts, { state: 'reading' }) });
    const progress = screen.getByRole('progressbar', { name: 'Checking QR codes' });
    expect(progress).toHaveProperty('value', 1_200);
    expect(progress).toHaveProperty('max', 3_000);
    expect(screen.getByText('1,200 of 3,000 checked')).toBeDefined();
    fireEvent.click(button('Stop checking'));
    expect(actions.stopReading).toHaveBeenCalledTimes(1);
    expect(screen.queryByRole('button', { name: /^Cancel/ })).toBeNull();
  });

  it('announces only every tenth', () => {
    const at = (read: number) => ({
      ...INITIAL_BULK_STATE,
      review: reviewOf([...times(read, TO_CANCEL), ...times(100 - read, NOT_READ)], { state: 'reading' }),
    });
    const actions = createMockActions();
    const { container, rerender } = render(<BulkTab state={at(3)} actions={actions} page={PAGE} />);
    const announced = new Set<string | null | undefined>();
    for (let read = 3; read <= 31; read += 1) {
      rerender(<BulkTab state={at(read)} actions={actions} page={PAGE} />);
      announced.add(container.querySelector('.visually-hidden[aria-live]')?.textContent);
    }
    expect([...announced]).toEqual([
      '',
      'Checking QR codes: 10 %',
      'Checking QR codes: 20 %',
      'Checking QR codes: 30 %',
    ]);
  });
});

describe('a review', () => {
  it('shows its non-zero counts with Indian digit grouping', () => {
    const verdicts = [
      ...times(2_987, TO_CANCEL),
      ...times(9, { kind: 'already-cancelled' } as const),
      ...times(3, { kind: 'not-found' } as const),
      REFUSED,
      ...times(40, DUPLICATE),
    ];
    const { actions } = show({ review: reviewOf(verdicts) });
    expect(summary()).toBe(
      '2,987 will be cancelled · 9 already cancelled · 3 not found · 1 not a QR code ID · 40 duplicates',
    );
    expect(screen.getByRole('heading', { name: /Review.*Chandni Chowk.*UAT/ })).toBeDefined();
    fireEvent.click(button('Cancel 2,987 QR codes…'));
    fireEvent.click(button('Download review (CSV)'));
    expect(actions.ask).toHaveBeenCalledTimes(1);
    expect(actions.downloadReview).toHaveBeenCalledTimes(1);
    expect(document.querySelectorAll('tr').length).toBeLessThanOrEqual(80);
    expect(screen.getByRole('table').getAttribute('aria-rowcount')).toBe('3041');
  });

  it('shows the status of every line and the reason', () => {
    show({
      review: reviewOf([TO_CANCEL, DUPLICATE, UNREAD, REFUSED, { kind: 'other-status', status: 'ON_HOLD' }]),
    });
    const rows = within(screen.getByRole('table')).getAllByRole('row').slice(1);
    const texts = rows.map((row) => row.textContent);
    expect(texts[0]).toContain('Will be cancelled');
    expect(texts[1]).toContain('DuplicateSame as line 1');
    expect(texts[2]).toContain('Could not be checkedEnKash did not answer in time.');
    expect(texts[3]).toContain('it contains “/”');
    expect(texts[4]).toContain('ON_HOLD');
  });

  it('includes failed reads only if the box is ticked, and never unread codes', () => {
    const review = reviewOf([TO_CANCEL, UNREAD, UNREAD, NOT_READ], { state: 'stopped' });
    const { actions } = show({ review });
    expect(button('Cancel 1 QR code…')).toBeDefined();
    fireEvent.click(screen.getByRole('checkbox', { name: 'Also cancel the 2 that could not be checked' }));
    expect(actions.setAlsoUnread).toHaveBeenCalledWith(true);
    cleanup();
    show({ review, includeUnread: true });
    expect(button('Cancel 3 QR codes…')).toBeDefined();
  });

  it('does not claim that there is nothing to cancel if no code was read', () => {
    show({ review: reviewOf([NOT_READ, REFUSED], { state: 'stopped' }) });
    expect(screen.queryByText(/nothing to cancel/)).toBeNull();
  });

  it('explains a failure, says that nothing was changed, and continues on request', () => {
    const failure = { kind: 'unauthorized', httpStatus: 401, code: 401, message: 'No entry' } as const;
    const { actions } = show({ review: reviewOf([TO_CANCEL, NOT_READ], { state: 'stopped', failure }) });
    const alert = screen.getByRole('alert').textContent;
    expect(alert).toContain('Nothing was changed.');
    expect(alert).toContain('EnKash did not accept the keys of Chandni Chowk (UAT).');
    expect(alert).toContain('“No entry” (code 401, HTTP 401)');
    fireEvent.click(button('Continue checking'));
    expect(actions.resumeReading).toHaveBeenCalledTimes(1);
  });

  it('says that nothing is left to cancel, and offers no cancel', () => {
    show({ review: reviewOf([{ kind: 'already-cancelled' }]) });
    expect(screen.getByText(/nothing to cancel/)).toBeDefined();
    expect(screen.queryByRole('button', { name: /^Cancel/ })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Continue checking' })).toBeNull();
  });
});

describe('A16 hostile words in a review', () => {
  it('are shown as literal text', () => {
    const nasty = '<img src=x onerror="alert(1)">\u202e';
    const review = reviewOf([{ kind: 'other-status', status: nasty }]);
    const lines = [...review.lines].map((line) => ({ ...line, text: nasty, qrName: nasty, amount: nasty }));
    const { container } = show({ review: { ...review, lines: PersistentVector.from(lines) } });
    expect(container.querySelectorAll('img, script')).toHaveLength(0);
    expect(container.textContent).not.toContain('\u202e');
    expect(container.textContent?.split('<img src=x onerror="alert(1)">‹U+202E›')).toHaveLength(5);
  });
});
