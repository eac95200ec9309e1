// @vitest-environment happy-dom
import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it } from 'vitest';
import { PAGE, renderSearchTab } from '../../tests/fixtures/search-tab.tsx';
import type { AppState } from '../../utils/messaging/protocol.ts';
import { formFromQrCode } from '../../utils/qr-code/replacement-form.ts';
import type { FilterName } from '../../utils/search/filters.ts';
import type { Replacement } from '../../utils/stores/replacement-state.ts';

afterEach(cleanup);

describe('the search filters', () => {
  it('each have a field that reports its value', () => {
    const { setFilter, search } = renderSearchTab({
      filters: { status: 'ACTIVE', createdFrom: '2026-11-22' },
    });
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

  it('can be cleared together if any is set', () => {
    renderSearchTab({ filters: { text: '' } });
    expect(screen.queryByRole('button', { name: 'Clear filters' })).toBeNull();
    cleanup();
    const { clearFilters } = renderSearchTab({ filters: { createdTo: '2026-13-45' } });
    fireEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(clearFilters).toHaveBeenCalledTimes(1);
  });

  it('show an error for an empty range', () => {
    renderSearchTab({ problem: { field: 'amountTo', code: 'empty-range' } });
    expect(screen.getByRole('alert').textContent).toContain('less than “Amount from”');
    expect(screen.getByLabelText('Amount to').getAttribute('aria-invalid')).toBe('true');
  });

  it.each([
    [{ amountFrom: '1,000' }, 'Amount from', 'Enter rupees in digits without commas'],
    [{ status: 'cancelled' }, 'Status', '“cancelled”'],
    [{ createdTo: '12026-01-01' }, 'Created to', '“12026-01-01”'],
    [{ text: '\u202ex' }, 'Text', '“‹U+202E›x”'],
  ])('show the error of %j at its field, and keep the value', (filters, label, text) => {
    const [field] = Object.keys(filters) as [FilterName];
    renderSearchTab({ filters, problem: { field, code: 'unreadable' } });
    expect(screen.getByRole('alert').textContent).toContain(text);
    expect(screen.getByLabelText(label).getAttribute('aria-invalid')).toBe('true');
    if (field === 'amountFrom') expect(screen.getByLabelText(label)).toHaveProperty('value', '1,000');
  });
});

describe('the outcome of a replacement', () => {
  it('is hidden while the keys are locked, and shown again after unlocking', () => {
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
      renderSearchTab({}, { ...PAGE, vault: { status: 'locked' } as AppState['vault'] }, false, {
        ...replacement,
        stage,
      });
      expect(screen.queryByRole('dialog')).toBeNull();
      expect(document.body.textContent).not.toMatch(/QR26NEW|Asha Rao/);
      cleanup();
    }
    renderSearchTab({}, PAGE, false, replacement);
    expect(screen.getByText('Asha Rao')).toBeDefined();
  });
});

describe('a search without keys', () => {
  it('says that there is no account, or that the keys are locked', () => {
    renderSearchTab({}, { ...PAGE, accounts: [], currentAccountId: null });
    expect(screen.getByText(/There is no account yet.*your search stays here/)).toBeDefined();
    cleanup();
    renderSearchTab({}, { ...PAGE, vault: { status: 'locked' } as AppState['vault'] });
    expect(screen.getByText(/Unlock them to search/)).toBeDefined();
  });
});
