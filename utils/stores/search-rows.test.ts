import { beforeEach, describe, expect, it } from 'vitest';
import { codeOf } from '../../tests/fixtures/search.ts';
import { createSearchFixture, type SearchFixture } from '../../tests/fixtures/search-store.ts';

let search: SearchFixture;
beforeEach(() => {
  search = createSearchFixture();
});

describe('the selection', () => {
  it('is handed over as a list in the displayed order', async () => {
    const store = search.open();
    await store.actions.search();
    store.actions.sortBy('amount');
    store.actions.sortBy('amount');
    for (const id of ['QR26AB1001', 'QR26AB1005', 'QR26AB1003']) store.actions.toggle(id);
    await store.actions.cancelSelected();
    expect(search.reviewed).toEqual([['QR26AB1005', 'QR26AB1003', 'QR26AB1001']]);
  });

  it('is not handed over if it is empty or too large', async () => {
    search.codes = Array.from({ length: 100_001 }, (_, index) => codeOf(index));
    const store = search.open();
    await store.actions.search();
    await store.actions.cancelSelected();
    store.actions.selectAll();
    await store.actions.cancelSelected();
    expect(search.reviewed).toEqual([]);
    store.actions.toggle('QR26AB1000');
    await store.actions.cancelSelected();
    expect(search.reviewed[0]).toHaveLength(100_000);
  });

  it('loses a code that a later page shows as not matching', async () => {
    const store = search.open();
    store.actions.setFilter('status', 'CANCELLED');
    search.answers = [
      () => undefined,
      async () => {
        store.actions.selectAll();
        const qrCodes = [codeOf(0, { status: 'ACTIVE' }), codeOf(9_000)];
        return { kind: 'answered', code: 0, message: '', payload: { qrCodes, received: 2 } };
      },
    ];
    await store.actions.search();
    expect(store.getState().selection.ids.has('QR26AB1000')).toBe(false);
    expect(store.getState().selection.ids.has('QR26AB1003')).toBe(true);
  });

  it('is cleared by a new search', async () => {
    const store = search.open();
    await store.actions.search();
    store.actions.selectAll();
    expect(store.getState().selection.ids.size).toBe(1_800);
    await store.actions.search();
    expect(store.getState().selection.ids.size).toBe(0);
  });
});

describe('the export', () => {
  it('holds every row in the displayed order, with formulas made harmless and no customer data', async () => {
    search.codes = [codeOf(1, { qrName: '@x', amount: 5, customerName: 'Asha' }), codeOf(2, { amount: 3 })];
    const store = search.open();
    await store.actions.search();
    store.actions.sortBy('amount');
    await store.actions.exportCsv();
    expect(search.saved[0]?.slice(0, 2)).toEqual(['qr-codes.csv', 'text/csv']);
    expect(search.saved[0]?.[2]?.split('\r\n')).toEqual([
      '\ufeffqrCodeId,name,amount,status,uses,reference,created,account,environment',
      'QR26AB1002,,3,ACTIVE,,,,Main,UAT',
      'QR26AB1001,"\'@x",5,ACTIVE,,,,Main,UAT',
    ]);
  });
});
