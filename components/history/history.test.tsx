// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { rowOf } from '../../tests/fixtures/history.ts';
import { groupByJob } from '../../utils/history/group-by-job.ts';
import { type HistoryEntry, toEntry, toOpenEntry } from '../../utils/history/history-entry.ts';
import type { HistoryRow } from '../../utils/model/history-row.ts';
import type { HistoryActions, HistoryState } from '../../utils/stores/history-state.ts';
import { HistoryTab } from './HistoryTab.tsx';

afterEach(cleanup);

const REJECTED = {
  kind: 'rejected',
  httpStatus: 200,
  code: 2041,
  message: 'Approval pending',
  currentStatus: 'ACTIVE',
} as const;
const ERASURE = {
  action: 'erase',
  at: 0,
  by: 'operator',
  count: 1_200,
  lastErasedSequence: 1_200,
  lastHash: '',
};
const LOSS = { action: 'lost', at: 0, row: 12, hash: '' } as unknown as HistoryRow;
const { outcome: _, ...OPEN } = rowOf(9, { qrCodeId: 'QR26OPEN' }) as Extract<
  HistoryRow,
  { action: 'cancel' }
>;
const LINES: HistoryEntry[] = [
  toOpenEntry(OPEN),
  toEntry(
    rowOf(6, {
      qrName: 'a\u202eb',
      amount: 100_000,
      startedBy: 'menu',
      reason: 'Misprint',
      operator: 'Ash\u202ea',
    }),
  ),
  toEntry(rowOf(5, { outcome: { kind: 'cancelled', evidence: 'check' }, finishedAt: 1.8e12 })),
  toEntry(rowOf(4, { outcome: REJECTED, environment: 'LIVE', startedBy: 'omnibox' })),
  toEntry(rowOf(3, { jobId: 7, startedBy: 'workbench', reason: 'Season over' })),
  toEntry(rowOf(2, { jobId: 7, startedBy: 'workbench', outcome: { kind: 'not-found' } })),
  toEntry({ ...ERASURE, row: 1, hash: '' } as HistoryRow),
  toEntry({ ...rowOf(8), at: 'x' } as unknown as HistoryRow),
];

function renderTab(change: Partial<HistoryState> = {}, lines = LINES, isOpen = true) {
  const actions = {
    setFilter: vi.fn(),
    clearFilters: vi.fn(),
    activate: vi.fn(),
    move: vi.fn(),
    setJobExpanded: vi.fn(),
    close: vi.fn(),
    exportCsv: vi.fn(),
    exportExcel: vi.fn(),
    exportJson: vi.fn(),
  } satisfies HistoryActions;
  const state: HistoryState = {
    filters: {},
    shown: groupByJob(lines, { isOpen: () => isOpen, totalOf: () => 3 }),
    matching: lines.length,
    read: lines.length,
    trouble: undefined,
    total: lines.length,
    reading: 'read',
    accounts: ['Chandni Chowk', 'Old name'],
    jobs: [{ jobId: 7, at: Date.UTC(2026, 10, 22), total: 3 }],
    chain: { kind: 'whole', rows: 1_234, since: Date.UTC(2026, 10, 22) },
    violationsBySequence: new Map(),
    times: new Map(),
    cursor: undefined,
    chosen: undefined,
    details: undefined,
    exporting: undefined,
    ...change,
  };
  render(<HistoryTab state={state} actions={actions} />);
  return actions;
}
const rowWith = (text: string) => screen.getAllByRole('row').find((row) => row.textContent?.includes(text));
const statuses = () => screen.getAllByRole('status').map(({ textContent }) => textContent);

describe('the table', () => {
  it('says of each row everything that is known, in words', () => {
    renderTab();
    expect(screen.getAllByRole('columnheader').map(({ textContent }) => textContent)).toEqual([
      'Time',
      'Account',
      'QR code',
      'Action',
      'Outcome',
      'EnKash said',
      'Started from',
      'Duration',
      'Reason',
    ]);
    const texts: [id: string, parts: string[]][] = [
      ['QR26OPEN', ['Not confirmed yet']],
      [
        'QR26H00006',
        [
          'a‹U+202E›b, ₹1,00,000',
          'by EnKash’s answer',
          'Right-click menu',
          '0.4 sec',
          'Misprint',
          'Ash‹U+202E›a',
        ],
      ],
      ['QR26H00005', ['by a check afterwards', ' hr']],
      ['QR26H00004', ['LIVE', 'Rejected', 'Approval pending (code 2041)', 'Address bar']],
      ['QR26H00003', ['Workbench, bulk cancel no. 7', 'Season over']],
      ['Rows erased', ['Older rows were erased here on demand: 1,200 in all, up to row 1,200.']],
    ];
    for (const [id, parts] of texts)
      for (const part of parts) expect(rowWith(id)?.textContent).toContain(part);
    expect(rowWith('Can’t be read')).toBeDefined();
  });

  it('has a heading for a job, which opens and closes', () => {
    const { activate } = renderTab({}, LINES, false);
    const heading = rowWith('Bulk cancel of');
    expect(heading?.getAttribute('aria-expanded')).toBe('false');
    expect(heading?.textContent).toContain('1 cancelled · 1 not found');
    expect(heading?.textContent).toContain('2 of 3 shown');
    expect(rowWith('QR26H00003')).toBeUndefined();
    fireEvent.click(heading as HTMLElement);
    expect(activate.mock.calls).toEqual([[expect.objectContaining({ kind: 'job', jobId: 7 })]]);
    cleanup();
    renderTab();
    expect(rowWith('Bulk cancel of')?.getAttribute('aria-expanded')).toBe('true');
    expect(rowWith('QR26H00003')?.getAttribute('aria-level')).toBe('2');
    expect(rowWith('QR26H00004')?.getAttribute('aria-level')).toBe('1');
  });

  it('is worked by the keyboard', () => {
    const { move, setJobExpanded, activate } = renderTab({ cursor: 'row 4' });
    const grid = screen.getByRole('treegrid', { name: 'History, row by row' });
    for (const key of ['ArrowDown', 'Home', 'ArrowRight', 'ArrowLeft', 'Enter', 'x'])
      fireEvent.keyDown(grid, { key });
    expect(move.mock.calls).toEqual([[1], [Number.NEGATIVE_INFINITY]]);
    expect(setJobExpanded.mock.calls).toEqual([[true], [false]]);
    expect(activate.mock.calls).toEqual([[expect.objectContaining({ key: 'row 4' })]]);
  });

  it('shows which attempt somebody was led to', () => {
    renderTab({ chosen: 5 });
    const current = screen.getAllByRole('row').filter((row) => row.getAttribute('aria-current'));
    expect(current.map((row) => row.className)).toEqual(['chosen']);
    expect(current[0]?.textContent).toContain('QR26H00005');
  });
});

describe('the filters', () => {
  it('each have their field, and tell what is put into it', () => {
    const { setFilter, clearFilters } = renderTab({ filters: { outcome: 'rejected', account: 'Gone' } });
    const choose = (name: string, value: string) =>
      fireEvent.change(screen.getByRole('combobox', { name }), { target: { value } });
    expect(screen.getByRole('combobox', { name: 'Outcome' })).toHaveProperty('value', 'rejected');
    expect(screen.getByRole('combobox', { name: 'Account' })).toHaveProperty('value', 'Gone');
    fireEvent.input(screen.getByRole('searchbox', { name: 'Find in history' }), { target: { value: 'tea' } });
    choose('Outcome', 'cancelled');
    choose('Action', 'erase');
    choose('Environment', 'LIVE');
    choose('Account', 'Old name');
    choose('Bulk cancel', '7');
    fireEvent.input(screen.getByLabelText('From'), { target: { value: '2026-11-22' } });
    fireEvent.input(screen.getByLabelText('To'), { target: { value: '2026-11-23' } });
    expect(setFilter.mock.calls).toEqual([
      ['find', 'tea'],
      ['outcome', 'cancelled'],
      ['action', 'erase'],
      ['environment', 'LIVE'],
      ['account', 'Old name'],
      ['job', '7'],
      ['from', '2026-11-22'],
      ['to', '2026-11-23'],
    ]);
    fireEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(clearFilters).toHaveBeenCalledTimes(1);
  });

  it('say that a period is empty', () => {
    renderTab({ filters: { from: '2026-11-22', to: '2026-11-21' } });
    expect(screen.getByRole('alert').textContent).toContain('nothing can match');
  });

  it('that nothing passes leave no table', () => {
    renderTab({ filters: { find: 'x' }, shown: [], matching: 0 });
    expect(screen.queryByRole('treegrid')).toBeNull();
    expect(screen.getByText('Nothing matches these filters.')).toBeDefined();
    expect(screen.getByRole('button', { name: 'Export history (CSV)' })).toHaveProperty('disabled', true);
  });
});

describe('what is said of the record', () => {
  it('while it is read and checked', () => {
    renderTab({ reading: 'reading', read: 300, total: 100_000, matching: 300, chain: { kind: 'checking' } });
    expect(statuses()).toContain('300 rows · Reading older rows: 300 of 1,00,000 so far.');
    expect(screen.getByText('Checking that the record is complete…')).toBeDefined();
  });

  it('that is whole, and what that does not prove', () => {
    renderTab();
    expect(statuses()).toContain('8 rows');
    expect(screen.getByText(/^Record complete: 1,234 rows, unchanged since 22 Nov 2026/)).toBeDefined();
    expect(screen.getByText(/written anew as a whole is not/)).toBeDefined();
  });

  it('that is broken: where, when, and at the rows', () => {
    const at = Date.UTC(2026, 10, 22);
    renderTab({
      total: LINES.length + 2,
      chain: {
        kind: 'broken',
        breaks: [
          { kind: 'changed', row: 6 },
          { kind: 'missing', from: 2, to: 3 },
          { kind: 'missing', from: 10, to: 10 },
          { kind: 'added', row: 5 },
          { kind: 'beginning', row: 1 },
          { kind: 'lost', row: 13 },
          ...Array.from({ length: 20 }, (_, row) => ({ kind: 'added', row: row + 100 }) as const),
        ],
      },
      violationsBySequence: new Map([
        [6, { kind: 'changed', row: 6 }],
        [4, { kind: 'missing', from: 2, to: 3 }],
      ]),
      times: new Map([
        [1, at],
        [4, at],
        [6, at],
      ]),
    });
    const note = screen.getByText(/^The record was changed outside/).parentElement as HTMLElement;
    const texts = within(note)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent);
    expect(texts.slice(0, 6)).toEqual([
      expect.stringMatching(/^Row 6 \(22 Nov 2026.*\) is not what was written/),
      expect.stringMatching(/^Rows 2 to 3 are missing \(after 22 Nov 2026.*, before 22 Nov 2026.*\)\.$/),
      'Row 10 is missing (after time not known, before time not known).',
      'Row 5 (time not known) was never written by this extension.',
      expect.stringMatching(/^What is said to have been erased before row 1/),
      expect.stringMatching(/^After row 12 it was no longer known/),
    ]);
    expect(note.textContent).toContain('And 6 more places.');
    expect(statuses()).toContain('8 rows');
    expect(rowWith('QR26H00006')?.textContent).toContain('Changed');
    expect(rowWith('QR26H00004')?.textContent).toContain('Rows missing before this');
  });

  it('that is empty, or can’t be read', () => {
    renderTab({ chain: { kind: 'whole', rows: 0, since: undefined } }, []);
    expect(statuses()).toContain('Nothing has been checked or cancelled yet.');
    expect(screen.queryByRole('button', { name: /Export/ })).toBeNull();
    cleanup();
    renderTab({ reading: 'failed', trouble: 'newer' }, []);
    expect(screen.getByRole('alert').textContent).toContain('written by a newer version');
  });
});

describe('the details', () => {
  const factsOf = (line: HistoryEntry | undefined, change: Partial<HistoryState> = {}) => {
    const actions = renderTab({ details: line, ...change });
    const dialog = document.querySelector('dialog') as HTMLElement;
    const facts = [...dialog.querySelectorAll('dl > div')].map((each) => [
      each.querySelector('dt')?.textContent,
      each.querySelector('dd')?.textContent,
    ]);
    return { actions, dialog, facts: Object.fromEntries(facts) as Record<string, string> };
  };

  it('A51 say what was not known of a code when it was cancelled', () => {
    const line = toEntry(rowOf(1, { despite: 'unknown-status' }));
    expect(factsOf(line).facts['Not known before']).toBe('The status was neither active nor cancelled.');
  });

  it('of an attempt have all of it in full', () => {
    const line = LINES.find(({ key }) => key === 'row 4');
    const { dialog, facts } = factsOf(line, {
      violationsBySequence: new Map([[4, { kind: 'changed', row: 4 }]]),
    });
    expect(facts).toMatchObject({
      Outcome: 'Rejected',
      Evidence: 'by EnKash’s answer',
      'EnKash said': 'Approval pending',
      Code: '2041',
      Account: 'Chandni Chowk LIVE',
      'Started from': 'Address bar',
      Duration: expect.stringMatching(/^0\.4 secs?$/),
      'Times sent': '1',
      Row: '4',
      Hash: 'hash 4',
    });
    expect(facts['What it means']).toContain('The QR code is still active.');
    expect(dialog.textContent).toContain('Row 4 (time not known) is not what was written');
  });

  it('of a create tell the code that it replaces', () => {
    const outcome = { kind: 'created', code: 0, message: 'SUCCESS' };
    const create = { ...rowOf(9), action: 'create', replaces: 'QR26OLD', outcome } as unknown as HistoryRow;
    expect(factsOf(toEntry(create)).facts).toMatchObject({ Replaces: 'QR26OLD', 'QR code ID': 'QR26H00009' });
  });

  it('of an erasure, of a lost end, and of a row that can’t be read', () => {
    expect(factsOf(LINES.at(-2)).facts['What it means']).toContain('erased here on demand: 1,200');
    cleanup();
    const lost = factsOf(toEntry(LOSS)).facts;
    expect(lost.Outcome).toBe('End of record lost');
    expect(lost['What it means']).toMatch(/^After row 11 it was no longer known where the record ended:/);
    cleanup();
    expect(factsOf(LINES.at(-1)).facts['As it stands']).toContain('"at":"x"');
  });
});

it('the exports have their buttons', () => {
  const { exportCsv, exportJson } = renderTab();
  fireEvent.click(screen.getByRole('button', { name: 'Export history (CSV)' }));
  fireEvent.click(screen.getByRole('button', { name: 'Export history (JSON)' }));
  expect([exportCsv.mock.calls.length, exportJson.mock.calls.length]).toEqual([1, 1]);
  cleanup();
  renderTab({ exporting: 'csv' });
  expect(statuses()).toContain('Exporting…');
  expect(screen.getByRole('button', { name: 'Export history (JSON)' })).toHaveProperty('disabled', true);
});
