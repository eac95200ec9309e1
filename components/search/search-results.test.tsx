// @vitest-environment happy-dom
import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it } from 'vitest';
import { foundOf, PAGE, ROWS, renderSearchTab, statuses } from '../../tests/fixtures/search-tab.tsx';
import type { Found } from '../../utils/search/search-result.ts';

afterEach(cleanup);

const selected = (...ids: string[]) => ({ ids: new Set(ids) });

describe('a search', () => {
  it('shows the number found so far, and can be stopped', () => {
    const { stop } = renderSearchTab({ found: foundOf({ state: 'searching', end: 'more' }) });
    expect(statuses()).toContain('Searching… 3 found so far.');
    fireEvent.click(screen.getByRole('button', { name: 'Stop' }));
    expect(stop).toHaveBeenCalledTimes(1);
  });

  it.each<[Partial<Found>, string]>([
    [{}, '3 QR codes found.'],
    [{ rows: ROWS.slice(0, 1) }, '1 QR code found.'],
    [{ rows: [] }, 'No QR code found.'],
    [{ rows: [], state: 'stopped' }, 'No QR code found so far.'],
    [{ state: 'stopped' }, '3 found so far. There may be more.'],
    [{ end: 'unsure' }, '3 QR codes found. There may be more.'],
    [{ end: 'full' }, '3 QR codes found. There may be more.'],
    [{ rows: [], end: 'unsure' }, 'No QR code found, but there may be some.'],
  ])('summarises %j as “%s”', (change, text) => {
    renderSearchTab({ found: foundOf(change) });
    expect(statuses()).toContain(text);
    expect(screen.queryByRole('grid') !== null).toBe(change.rows?.length !== 0);
  });

  it.each<[Partial<Found>, string]>([
    [{}, 'Select all 3'],
    [{ end: 'unsure' }, 'Select all 3 found so far'],
    [{ end: 'full' }, 'Select all 3 found so far'],
    [{ state: 'searching', end: 'more' }, 'Select all 3 found so far'],
    [{ state: 'stopped', end: 'more' }, 'Select all 3 found so far'],
  ])('for %j offers “%s”', (change, name) => {
    const { selectAll } = renderSearchTab({ found: foundOf(change) });
    fireEvent.click(screen.getByRole('button', { name }));
    expect(selectAll).toHaveBeenCalledTimes(1);
  });

  it('explains a failure, and continues on request', () => {
    const failure = { kind: 'not-found', httpStatus: 404, code: null, message: 'No such call' } as const;
    const { resumeSearch } = renderSearchTab({ found: foundOf({ state: 'stopped', failure }) });
    const { textContent } = screen.getByRole('alert');
    expect(textContent).toContain('Nothing was changed.');
    expect(textContent).toContain('EnKash said: “No such call” (HTTP 404). Try again.');
    fireEvent.click(screen.getByRole('button', { name: 'Continue searching' }));
    expect(resumeSearch).toHaveBeenCalledTimes(1);
  });

  it.each<[Partial<Found>, RegExp]>([
    [
      { ignored: ['status', 'createdTo'], strays: 1_200 },
      /ignored a filter.*\(Status, Created to\).*1,200 QR codes/,
    ],
    [{ repeated: 7 }, /7 entries a second time/],
    [{ unreadable: 2 }, /2 entries without an ID/],
    [{ end: 'full' }, /At most 2,00,000 QR codes are loaded/],
    [{ end: 'unsure', total: 9 }, /says that there are 9, but gave 3/],
    [{ end: 'unsure', total: 3 }, /pages do not fit together/],
    [
      { refused: ['createdFrom', 'createdTo'] },
      /refused a search.*\(Created from, Created to\).*applied here/,
    ],
  ])('shows a note for %j', (change, text) => {
    renderSearchTab({ found: foundOf(change) });
    expect(screen.getByText(text)).toBeDefined();
  });

  it('notes that the filters have changed, and disables the cancel', () => {
    renderSearchTab({ found: foundOf(), filters: { text: ' x' }, selection: selected('QR26AB1000') });
    expect(screen.getAllByText(/The filters have been changed since/)).toHaveLength(1);
    expect(screen.getByRole('button', { name: 'Cancel 1 QR code…' })).toHaveProperty('disabled', true);
  });
});

describe('the rows of a search', () => {
  it('show every field as text, except customer data', () => {
    renderSearchTab({ found: foundOf() });
    const text = String(screen.getByRole('grid').textContent);
    for (const part of [
      '₹1,00,000',
      'Multiple',
      'Single',
      'Cancelled',
      'ON_HOLD',
      '22 Nov 2026, 10:30:00',
      'a‹U+202E›b',
    ])
      expect(text).toContain(part);
    expect(text).not.toContain('Asha');
  });

  it('are selected by checkbox, Shift or Ctrl, and opened by a click', () => {
    const { toggle, extendTo, open } = renderSearchTab({ found: foundOf() });
    fireEvent.click(screen.getByRole('checkbox', { name: 'Select QR26AB1001' }));
    fireEvent.click(screen.getByText('ON_HOLD'), { shiftKey: true });
    fireEvent.click(screen.getByText('Tea'), { ctrlKey: true });
    fireEvent.click(screen.getByRole('button', { name: 'QR26AB1002' }));
    expect(toggle.mock.calls).toEqual([['QR26AB1001'], ['QR26AB1000']]);
    expect(extendTo.mock.calls).toEqual([['QR26AB1002']]);
    expect(open.mock.calls).toEqual([['QR26AB1002']]);
  });

  it('are operated by the keyboard', () => {
    const selection = { ids: new Set<string>(), cursor: 'QR26AB1001' };
    const { move, toggle, open, selectAll } = renderSearchTab({ found: foundOf(), selection });
    const grid = screen.getByRole('grid');
    for (const key of ['ArrowDown', 'Home', ' ', 'Enter', 'x']) fireEvent.keyDown(grid, { key });
    fireEvent.keyDown(grid, { key: 'ArrowUp', shiftKey: true });
    fireEvent.keyDown(grid, { key: 'a', ctrlKey: true });
    fireEvent.keyDown(screen.getByRole('button', { name: 'Amount' }), { key: 'Enter' });
    expect(move.mock.calls).toEqual([
      [1, false],
      [Number.NEGATIVE_INFINITY, false],
      [-1, true],
    ]);
    expect(toggle.mock.calls).toEqual([['QR26AB1001']]);
    expect(open.mock.calls).toEqual([['QR26AB1001']]);
    expect(selectAll).toHaveBeenCalledTimes(1);
  });

  it('can be cancelled if selected, but not during another job', () => {
    const selection = selected('QR26AB1000', 'QR26AB1001');
    const { cancelSelected, exportCsv } = renderSearchTab({ found: foundOf(), selection });
    expect(screen.getByText('2 selected')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Cancel 2 QR codes…' }));
    fireEvent.click(screen.getByRole('button', { name: 'Export (CSV)' }));
    expect([cancelSelected.mock.calls.length, exportCsv.mock.calls.length]).toEqual([1, 1]);
    cleanup();
    renderSearchTab({ found: foundOf(), selection }, PAGE, true);
    expect(screen.getByRole('button', { name: 'Cancel 2 QR codes…' })).toHaveProperty('disabled', true);
    const why = screen.getByText(/Another bulk cancel is under way/);
    expect(why.closest('[aria-live]')?.getAttribute('aria-live')).toBe('polite');
  });
});

describe('the details of a found code', () => {
  const payload = {
    qrCodeId: 'QR26AB1000',
    customerName: 'Asha Rao',
    qrCodeBase64: 'data:image/png;base64,iVBORw0KGgo=',
  };
  const read = { kind: 'answered', code: 0, message: '', payload } as const;

  it('show all fields including customer data, and can be copied and downloaded', () => {
    const { copyId, copyRow, saveImage, close } = renderSearchTab({
      found: foundOf(),
      details: { qrCodeId: 'QR26AB1000', read, copied: true },
    });
    expect(screen.getByRole('region', { name: 'QR code details' }).textContent).toContain('Asha Rao');
    expect(statuses()).toContain('Copied.');
    for (const name of ['Copy QR code ID', 'Copy as a row', 'Download image', 'Close'])
      fireEvent.click(screen.getByRole('button', { name }));
    for (const action of [copyId, copyRow, saveImage, close]) expect(action).toHaveBeenCalledTimes(1);
  });

  it('show that the read runs, or why it failed', () => {
    renderSearchTab({ found: foundOf(), details: { qrCodeId: 'QR26AB1000' } });
    expect(statuses()).toContain('Checking…');
    cleanup();
    const failed = { kind: 'ambiguous', reason: 'timeout' } as const;
    const { open } = renderSearchTab({ found: foundOf(), details: { qrCodeId: 'QR26AB1000', read: failed } });
    expect(screen.getByRole('alert').textContent).toContain('EnKash did not answer in time.');
    expect(screen.getByRole('alert').textContent).toContain('The QR code was not changed by this.');
    for (const name of ['Copy as a row', 'Download image'])
      expect(screen.getByRole('button', { name })).toHaveProperty('disabled', true);
    expect(screen.getByRole('button', { name: 'Copy QR code ID' })).toHaveProperty('disabled', false);
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(open.mock.calls).toEqual([['QR26AB1000']]);
  });

  it('are announced in one line, and say that there is no image', () => {
    const code = { qrCodeId: 'QR26AB1000', qrName: 'Counter 4', amount: 500, status: 'ACTIVE' };
    const details = { qrCodeId: 'QR26AB1000', read: { ...read, payload: code } };
    renderSearchTab({ found: foundOf(), details });
    expect(statuses()).toContain('Active. Counter 4, ₹500.');
    expect(screen.getByText('EnKash gives no image of it.')).toBeDefined();
    expect(screen.getByRole('button', { name: 'Download image' })).toHaveProperty('disabled', true);
    expect(screen.getByRole('button', { name: 'Copy as a row' })).toHaveProperty('disabled', false);
    expect(screen.queryByRole('button', { name: 'Create a replacement…' })).toBeNull();
  });
});
