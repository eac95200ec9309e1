// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { watchedReplacing } from '../../tests/fixtures/replacement-actions.ts';
import { codeOf } from '../../tests/fixtures/search.ts';
import type { SearchHit } from '../../utils/enkash/search.ts';
import type { AppState } from '../../utils/messaging/protocol.ts';
import { formFromQrCode } from '../../utils/qr-code/replacement-form.ts';
import type { FilterName } from '../../utils/search/filters.ts';
import type { Found } from '../../utils/search/search-result.ts';
import { EMPTY_SELECTION } from '../../utils/search/selection.ts';
import { DEFAULT_POLICY } from '../../utils/settings/policy.ts';
import { DEFAULT_SETTINGS } from '../../utils/settings/settings.ts';
import type { Replacement } from '../../utils/stores/replacement-state.ts';
import type { SearchActions, SearchState } from '../../utils/stores/search-state.ts';
import { SearchTab } from './SearchTab.tsx';

afterEach(cleanup);

const ACCOUNT = { id: 'a1', name: 'Chandni Chowk', environment: 'UAT', hasKeys: true } as const;
const PAGE: AppState = {
  accounts: [{ ...ACCOUNT, authMethod: 'secret-key' }],
  currentAccountId: 'a1',
  settings: DEFAULT_SETTINGS,
  vault: { status: 'open', protection: 'device' },
  policy: DEFAULT_POLICY,
};
const ROWS: SearchHit[] = [
  codeOf(0, { qrName: 'Tea', amount: 100_000, multipleUse: true, customerName: 'Asha Rao' }),
  codeOf(1, { status: 'CANCELLED', multipleUse: false, createdOn: '2026-11-22T10:30:00' }),
  codeOf(2, { status: 'ON_HOLD', qrName: 'a\u202eb' }),
];

function watchedActions() {
  return {
    syncAccount: vi.fn(),
    setFilter: vi.fn(),
    clearFilters: vi.fn(),
    search: vi.fn(),
    searchText: vi.fn(),
    stop: vi.fn(),
    resumeSearch: vi.fn(),
    sortBy: vi.fn(),
    toggle: vi.fn(),
    extendTo: vi.fn(),
    move: vi.fn(),
    selectAll: vi.fn(),
    selectNone: vi.fn(),
    cancelSelected: vi.fn(),
    exportCsv: vi.fn(),
    exportExcel: vi.fn(),
    open: vi.fn(),
    close: vi.fn(),
    copyId: vi.fn(),
    copyRow: vi.fn(),
    saveImage: vi.fn(),
  } satisfies SearchActions;
}

const foundOf = (change: Partial<Found> = {}): Found => ({
  account: ACCOUNT,
  filters: {},
  state: 'done',
  rows: ROWS,
  seen: ROWS.length,
  ignored: [],
  refused: [],
  strays: 0,
  repeated: 0,
  unreadable: 0,
  end: 'all',
  ...change,
});

function renderTab(
  change: Partial<SearchState> = {},
  page: AppState = PAGE,
  jobUnderWay = false,
  replacement?: Replacement,
) {
  const actions = watchedActions();
  const state: SearchState = {
    filters: {},
    problem: undefined,
    found: undefined,
    sort: undefined,
    rows: change.found?.rows ?? [],
    selection: EMPTY_SELECTION,
    details: undefined,
    ...change,
  };
  const replacing = { state: { replacement }, actions: watchedReplacing() };
  render(
    <SearchTab state={state} actions={actions} replacing={replacing} page={page} jobUnderWay={jobUnderWay} />,
  );
  return actions;
}
const selected = (...ids: string[]) => ({ ids: new Set(ids) });
const statuses = () => screen.getAllByRole('status').map(({ textContent }) => textContent);

describe('the filters', () => {
  it('each have their field, and tell what is put into it', () => {
    const { setFilter, search } = renderTab({ filters: { status: 'ACTIVE', createdFrom: '2026-11-22' } });
    expect(screen.getByRole('textbox', { name: 'Text' })).toBeDefined();
    expect(screen.getByRole('combobox', { name: 'Status' })).toHaveProperty('value', 'ACTIVE');
    expect(screen.getByLabelText('Created from')).toHaveProperty('value', '2026-11-22');
    for (const name of ['Created from', 'Created to'])
      expect(screen.getByLabelText(name)).toHaveProperty('type', 'date');
    for (const name of ['Amount from', 'Amount to'])
      expect(screen.getByLabelText(name)).toHaveProperty('inputMode', 'decimal');
    fireEvent.change(screen.getByRole('combobox', { name: 'Use' }), { target: { value: 'single' } });
    fireEvent.input(screen.getByRole('textbox', { name: 'Text' }), { target: { value: 'tea' } });
    expect(setFilter.mock.calls).toEqual([
      ['use', 'single'],
      ['text', 'tea'],
    ]);
    fireEvent.click(screen.getByRole('button', { name: 'Search QR codes' }));
    expect(search).toHaveBeenCalledTimes(1);
  });

  it('can be emptied at once, where there is any', () => {
    renderTab({ filters: { text: '' } });
    expect(screen.queryByRole('button', { name: 'Clear filters' })).toBeNull();
    cleanup();
    const { clearFilters } = renderTab({ filters: { createdTo: '2026-13-45' } });
    fireEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(clearFilters).toHaveBeenCalledTimes(1);
  });

  it('say which range is empty', () => {
    renderTab({ problem: { field: 'amountTo', code: 'empty-range' } });
    expect(screen.getByRole('alert').textContent).toContain('less than “Amount from”');
    expect(screen.getByLabelText('Amount to').getAttribute('aria-invalid')).toBe('true');
  });

  it.each([
    [{ amountFrom: '1,000' }, 'Amount from', 'Enter rupees in digits without commas'],
    [{ status: 'cancelled' }, 'Status', '“cancelled”'],
    [{ createdTo: '12026-01-01' }, 'Created to', '“12026-01-01”'],
    [{ text: '\u202ex' }, 'Text', '“‹U+202E›x”'],
  ])('say that %j is none, at its field, and keep it there', (filters, label, text) => {
    const [field] = Object.keys(filters) as [FilterName];
    renderTab({ filters, problem: { field, code: 'unreadable' } });
    expect(screen.getByRole('alert').textContent).toContain(text);
    expect(screen.getByLabelText(label).getAttribute('aria-invalid')).toBe('true');
    if (field === 'amountFrom') expect(screen.getByLabelText(label)).toHaveProperty('value', '1,000');
  });
});

describe('what was created in place of a code', () => {
  it('is not on screen while the keys are locked, and is again once they are not', () => {
    const replacement: Replacement = {
      account: { id: 'a1', name: 'Chandni Chowk', environment: 'UAT' },
      replaces: 'QR26OLD',
      givenExpiry: '',
      form: formFromQrCode({ customerName: 'Asha Rao' }),
      problems: [],
      stage: 'ended',
      request: { qrName: 'Counter 4', multipleUse: true, customParams: [] },
      typed: '',
      result: {
        outcome: { kind: 'created', code: 0, message: 'SUCCESS' },
        qrCode: { qrCodeId: 'QR26NEW', customerName: 'Asha Rao' },
      },
    };
    for (const stage of ['ended', 'sending'] as const) {
      renderTab({}, { ...PAGE, vault: { status: 'locked' } as AppState['vault'] }, false, {
        ...replacement,
        stage,
      });
      expect(screen.queryByRole('dialog')).toBeNull();
      expect(document.body.textContent).not.toMatch(/QR26NEW|Asha Rao/);
      cleanup();
    }
    renderTab({}, PAGE, false, replacement);
    expect(screen.getByText('Asha Rao')).toBeDefined();
  });
});

describe('before anything can be searched', () => {
  it('says that there is no account, or that the keys are locked', () => {
    renderTab({}, { ...PAGE, accounts: [], currentAccountId: null });
    expect(screen.getByText(/There is no account yet.*your search stays here/)).toBeDefined();
    cleanup();
    renderTab({}, { ...PAGE, vault: { status: 'locked' } as AppState['vault'] });
    expect(screen.getByText(/Unlock them to search/)).toBeDefined();
  });
});

describe('a search', () => {
  it('that is under way says how many there are so far, and can be stopped', () => {
    const { stop } = renderTab({ found: foundOf({ state: 'searching', end: 'more' }) });
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
  ])('with %j says “%s”', (change, text) => {
    renderTab({ found: foundOf(change) });
    expect(statuses()).toContain(text);
    expect(screen.queryByRole('grid') !== null).toBe(change.rows?.length !== 0);
  });

  it.each<[Partial<Found>, string]>([
    [{}, 'Select all 3'],
    [{ end: 'unsure' }, 'Select all 3 found so far'],
    [{ end: 'full' }, 'Select all 3 found so far'],
    [{ state: 'searching', end: 'more' }, 'Select all 3 found so far'],
    [{ state: 'stopped', end: 'more' }, 'Select all 3 found so far'],
  ])('with %j offers “%s”', (change, name) => {
    const { selectAll } = renderTab({ found: foundOf(change) });
    fireEvent.click(screen.getByRole('button', { name }));
    expect(selectAll).toHaveBeenCalledTimes(1);
  });

  it('that failed says why, and goes on when asked', () => {
    const failure = { kind: 'not-found', httpStatus: 404, code: null, message: 'No such call' } as const;
    const { resumeSearch } = renderTab({ found: foundOf({ state: 'stopped', failure }) });
    const { textContent } = screen.getByRole('alert');
    expect(textContent).toContain('Nothing was changed.');
    expect(textContent).toContain('EnKash said: “No such call” (HTTP 404). Try again.');
    fireEvent.click(screen.getByRole('button', { name: 'Search on' }));
    expect(resumeSearch).toHaveBeenCalledTimes(1);
  });

  it.each<[Partial<Found>, RegExp]>([
    [
      { ignored: ['status', 'createdTo'], strays: 1_200 },
      /ignored a filter.*\(Status, Created to\).*1,200 QR codes/,
    ],
    [{ repeated: 7 }, /7 entries a second time/],
    [{ unreadable: 2 }, /2 entries without an ID/],
    [{ end: 'full' }, /At most 2,00,000 QR codes are read/],
    [{ end: 'unsure', total: 9 }, /says that there are 9, but gave 3/],
    [{ end: 'unsure', total: 3 }, /pages do not fit together/],
    [
      { refused: ['createdFrom', 'createdTo'] },
      /refused a search.*\(Created from, Created to\).*applied here/,
    ],
  ])('with %j says so', (change, text) => {
    renderTab({ found: foundOf(change) });
    expect(screen.getByText(text)).toBeDefined();
  });

  it('says where the filters were changed since, and then cancels nothing', () => {
    renderTab({ found: foundOf(), filters: { text: ' x' }, selection: selected('QR26AB1000') });
    expect(screen.getAllByText(/The filters have been changed since/)).toHaveLength(1);
    expect(screen.getByRole('button', { name: 'Cancel 1 QR code…' })).toHaveProperty('disabled', true);
  });
});

describe('the rows', () => {
  it('show every field but those of customers, in words', () => {
    renderTab({ found: foundOf() });
    const text = String(screen.getByRole('grid').textContent);
    for (const part of [
      '₹1,00,000',
      'Multiple',
      'Single',
      'Cancelled',
      'ON_HOLD',
      '2026-11-22T10:30:00',
      'a‹U+202E›b',
    ])
      expect(text).toContain(part);
    expect(text).not.toContain('Asha');
  });

  it('are selected by their boxes, with Shift and Ctrl anywhere, and opened by a click', () => {
    const { toggle, extendTo, open } = renderTab({ found: foundOf() });
    fireEvent.click(screen.getByRole('checkbox', { name: 'Select QR26AB1001' }));
    fireEvent.click(screen.getByText('ON_HOLD'), { shiftKey: true });
    fireEvent.click(screen.getByText('Tea'), { ctrlKey: true });
    fireEvent.click(screen.getByRole('button', { name: 'QR26AB1002' }));
    expect(toggle.mock.calls).toEqual([['QR26AB1001'], ['QR26AB1000']]);
    expect(extendTo.mock.calls).toEqual([['QR26AB1002']]);
    expect(open.mock.calls).toEqual([['QR26AB1002']]);
  });

  it('are worked by the keyboard', () => {
    const selection = { ids: new Set<string>(), cursor: 'QR26AB1001' };
    const { move, toggle, open, selectAll } = renderTab({ found: foundOf(), selection });
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

  it('can be cancelled where they are selected, but not beside another job', () => {
    const selection = selected('QR26AB1000', 'QR26AB1001');
    const { cancelSelected, exportCsv } = renderTab({ found: foundOf(), selection });
    expect(screen.getByText('2 selected')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Cancel 2 QR codes…' }));
    fireEvent.click(screen.getByRole('button', { name: 'Export (CSV)' }));
    expect([cancelSelected.mock.calls.length, exportCsv.mock.calls.length]).toEqual([1, 1]);
    cleanup();
    renderTab({ found: foundOf(), selection }, PAGE, true);
    expect(screen.getByRole('button', { name: 'Cancel 2 QR codes…' })).toHaveProperty('disabled', true);
    const why = screen.getByText(/Another bulk cancel is under way/);
    expect(why.closest('[aria-live]')?.getAttribute('aria-live')).toBe('polite');
  });
});

describe('the details', () => {
  const payload = {
    qrCodeId: 'QR26AB1000',
    customerName: 'Asha Rao',
    qrCodeBase64: 'data:image/png;base64,iVBORw0KGgo=',
  };
  const read = { kind: 'answered', code: 0, message: '', payload } as const;

  it('show all there is, customers too, and give it away', () => {
    const { copyId, copyRow, saveImage, close } = renderTab({
      found: foundOf(),
      details: { qrCodeId: 'QR26AB1000', read, copied: true },
    });
    expect(screen.getByRole('region', { name: 'QR code details' }).textContent).toContain('Asha Rao');
    expect(statuses()).toContain('Copied.');
    for (const name of ['Copy QR code ID', 'Copy as a row', 'Download image', 'Close'])
      fireEvent.click(screen.getByRole('button', { name }));
    for (const action of [copyId, copyRow, saveImage, close]) expect(action).toHaveBeenCalledTimes(1);
  });

  it('say that they are being read, or why they could not be', () => {
    renderTab({ found: foundOf(), details: { qrCodeId: 'QR26AB1000' } });
    expect(statuses()).toContain('Reading…');
    cleanup();
    const failed = { kind: 'ambiguous', reason: 'timeout' } as const;
    const { open } = renderTab({ found: foundOf(), details: { qrCodeId: 'QR26AB1000', read: failed } });
    expect(screen.getByRole('alert').textContent).toContain('EnKash did not answer in time.');
    expect(screen.getByRole('alert').textContent).toContain('The QR code was not changed by this.');
    for (const name of ['Copy as a row', 'Download image'])
      expect(screen.getByRole('button', { name })).toHaveProperty('disabled', true);
    expect(screen.getByRole('button', { name: 'Copy QR code ID' })).toHaveProperty('disabled', false);
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(open.mock.calls).toEqual([['QR26AB1000']]);
  });

  it('are told in a line when they have come, and that there is no image of it', () => {
    const code = { qrCodeId: 'QR26AB1000', qrName: 'Counter 4', amount: 500, status: 'ACTIVE' };
    const details = { qrCodeId: 'QR26AB1000', read: { ...read, payload: code } };
    renderTab({ found: foundOf(), details });
    expect(statuses()).toContain('Active. Counter 4, ₹500.');
    expect(screen.getByText('EnKash gives no image of it.')).toBeDefined();
    expect(screen.getByRole('button', { name: 'Download image' })).toHaveProperty('disabled', true);
    expect(screen.getByRole('button', { name: 'Copy as a row' })).toHaveProperty('disabled', false);
    expect(screen.queryByRole('button', { name: 'Create a replacement…' })).toBeNull();
  });
});
