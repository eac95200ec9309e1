// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, within } from '@testing-library/preact';
import { afterEach, describe, expect, it } from 'vitest';
import { rowOf } from '../../tests/fixtures/history.ts';
import { ENTRIES, LOSS, renderHistoryTab, rowWith, statuses } from '../../tests/fixtures/history-tab.tsx';
import { type HistoryEntry, toEntry } from '../../utils/history/history-entry.ts';
import type { HistoryRow } from '../../utils/model/history-row.ts';
import type { HistoryState } from '../../utils/stores/history-state.ts';

afterEach(cleanup);

describe('the integrity status', () => {
  it('shows the progress of reading and checking', () => {
    renderHistoryTab({
      reading: 'reading',
      read: 300,
      total: 100_000,
      matching: 300,
      chain: { kind: 'checking' },
    });
    expect(statuses()).toContain('300 rows · Reading older rows: 300 of 1,00,000 so far.');
    expect(screen.getByText('Checking that the record is complete…')).toBeDefined();
  });

  it('states that the record is complete, and the limits of the check', () => {
    renderHistoryTab();
    expect(statuses()).toContain('8 rows');
    expect(screen.getByText(/^Record complete: 1,234 rows, unchanged since 22 Nov 2026/)).toBeDefined();
    expect(screen.getByText(/rewrote the whole record, that is not noticed/)).toBeDefined();
  });

  it('lists each violation with row and time, and marks the rows', () => {
    const at = Date.UTC(2026, 10, 22);
    renderHistoryTab({
      total: ENTRIES.length + 2,
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
      expect.stringMatching(/^The note of what was erased before row 1/),
      expect.stringMatching(/^After row 12 it was no longer known/),
    ]);
    expect(note.textContent).toContain('And 6 more places.');
    expect(statuses()).toContain('8 rows');
    expect(rowWith('QR26H00006')?.textContent).toContain('Changed');
    expect(rowWith('QR26H00004')?.textContent).toContain('Rows missing before this');
  });

  it('shows an empty record, and one that cannot be read', () => {
    renderHistoryTab({ chain: { kind: 'whole', rows: 0, since: undefined } }, []);
    expect(statuses()).toContain('Nothing has been checked or cancelled yet.');
    expect(screen.queryByRole('button', { name: /Export/ })).toBeNull();
    cleanup();
    renderHistoryTab({ reading: 'failed', trouble: 'newer' }, []);
    expect(screen.getByRole('alert').textContent).toContain('written by a newer version');
  });
});

describe('the details of an entry', () => {
  const factsOf = (line: HistoryEntry | undefined, change: Partial<HistoryState> = {}) => {
    const actions = renderHistoryTab({ details: line, ...change });
    const dialog = document.querySelector('dialog') as HTMLElement;
    const facts = [...dialog.querySelectorAll('dl > div')].map((each) => [
      each.querySelector('dt')?.textContent,
      each.querySelector('dd')?.textContent,
    ]);
    return { actions, dialog, facts: Object.fromEntries(facts) as Record<string, string> };
  };

  it('A51 name the unknown fact of a code that was cancelled anyway', () => {
    const line = toEntry(rowOf(1, { despite: 'unknown-status' }));
    expect(factsOf(line).facts['Not known before']).toBe('The status was neither active nor cancelled.');
  });

  it('show all fields of an attempt in full', () => {
    const line = ENTRIES.find(({ key }) => key === 'row 4');
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
    expect(facts['What it means']).toContain('The QR code was still active after that.');
    expect(dialog.textContent).toContain('Row 4 (time not known) is not what was written');
  });

  it('name the code that a create replaces', () => {
    const outcome = { kind: 'created', code: 0, message: 'SUCCESS' };
    const create = { ...rowOf(9), action: 'create', replaces: 'QR26OLD', outcome } as unknown as HistoryRow;
    expect(factsOf(toEntry(create)).facts).toMatchObject({ Replaces: 'QR26OLD', 'QR code ID': 'QR26H00009' });
  });

  it('explain an erasure, a lost end, and an unreadable row', () => {
    expect(factsOf(ENTRIES.at(-2)).facts['What it means']).toContain('erased here by an operator: 1,200');
    cleanup();
    const lost = factsOf(toEntry(LOSS)).facts;
    expect(lost.Outcome).toBe('End of record lost');
    expect(lost['What it means']).toMatch(/^After row 11 it was no longer known where the record ended:/);
    cleanup();
    expect(factsOf(ENTRIES.at(-1)).facts['Raw entry']).toContain('"at":"x"');
  });
});

it('the export buttons start an export and show its progress', () => {
  const { exportCsv, exportJson } = renderHistoryTab();
  fireEvent.click(screen.getByRole('button', { name: 'Export history (CSV)' }));
  fireEvent.click(screen.getByRole('button', { name: 'Export history (JSON)' }));
  expect([exportCsv.mock.calls.length, exportJson.mock.calls.length]).toEqual([1, 1]);
  cleanup();
  renderHistoryTab({ exporting: 'csv' });
  expect(statuses()).toContain('Exporting…');
  const json = screen.getByRole('button', { name: 'Export history (JSON)' });
  expect(json.getAttribute('aria-disabled')).toBe('true');
});
