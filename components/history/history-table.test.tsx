// @vitest-environment happy-dom
import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it } from 'vitest';
import { ENTRIES, renderHistoryTab, rowWith } from '../../tests/fixtures/history-tab.tsx';

afterEach(cleanup);

describe('the history table', () => {
  it('shows all fields of each row as text', () => {
    renderHistoryTab();
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
      ['Rows erased', ['Older rows were erased here by an operator: 1,200 in all, up to row 1,200.']],
    ];
    for (const [id, parts] of texts)
      for (const part of parts) expect(rowWith(id)?.textContent).toContain(part);
    expect(rowWith('Can’t be read')).toBeDefined();
  });

  it('has a heading for each job that expands and collapses', () => {
    const { activate } = renderHistoryTab({}, ENTRIES, false);
    const heading = rowWith('Bulk cancel of');
    expect(heading?.getAttribute('aria-expanded')).toBe('false');
    expect(heading?.textContent).toContain('1 cancelled · 1 not found');
    expect(heading?.textContent).toContain('2 of 3 shown');
    expect(rowWith('QR26H00003')).toBeUndefined();
    fireEvent.click(heading as HTMLElement);
    expect(activate.mock.calls).toEqual([[expect.objectContaining({ kind: 'job', jobId: 7 })]]);
    cleanup();
    renderHistoryTab();
    expect(rowWith('Bulk cancel of')?.getAttribute('aria-expanded')).toBe('true');
    expect(rowWith('QR26H00003')?.getAttribute('aria-level')).toBe('2');
    expect(rowWith('QR26H00004')?.getAttribute('aria-level')).toBe('1');
  });

  it('is operated by the keyboard', () => {
    const { move, setJobExpanded, activate } = renderHistoryTab({ cursor: 'row 4' });
    const grid = screen.getByRole('treegrid', { name: 'History, row by row' });
    for (const key of ['ArrowDown', 'Home', 'ArrowRight', 'ArrowLeft', 'Enter', 'x'])
      fireEvent.keyDown(grid, { key });
    expect(move.mock.calls).toEqual([[1], [Number.NEGATIVE_INFINITY]]);
    expect(setJobExpanded.mock.calls).toEqual([[true], [false]]);
    expect(activate.mock.calls).toEqual([[expect.objectContaining({ key: 'row 4' })]]);
  });

  it('marks the attempt that the link names', () => {
    renderHistoryTab({ chosen: 5 });
    const current = screen.getAllByRole('row').filter((row) => row.getAttribute('aria-current'));
    expect(current.map((row) => row.className)).toEqual(['chosen']);
    expect(current[0]?.textContent).toContain('QR26H00005');
  });
});

describe('the history filters', () => {
  it('each have a field that reports its value', () => {
    const { setFilter, clearFilters } = renderHistoryTab({
      filters: { outcome: 'rejected', account: 'Gone' },
    });
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

  it('show an error for an empty period', () => {
    renderHistoryTab({ filters: { from: '2026-11-22', to: '2026-11-21' } });
    expect(screen.getByRole('alert').textContent).toContain('nothing can match');
  });

  it('show no table if nothing matches', () => {
    renderHistoryTab({ filters: { find: 'x' }, shown: [], matching: 0 });
    expect(screen.queryByRole('treegrid')).toBeNull();
    expect(screen.getByText('Nothing matches these filters.')).toBeDefined();
    expect(screen.getByRole('button', { name: 'Export history (CSV)' })).toHaveProperty('disabled', true);
  });
});
