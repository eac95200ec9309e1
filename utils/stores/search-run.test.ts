import { beforeEach, describe, expect, it } from 'vitest';
import {
  createSearchFixture,
  foundOf,
  LOCKED,
  MAIN,
  OTHER,
  pageWith,
  type SearchFixture,
} from '../../tests/fixtures/search-store.ts';
import type { FilterName } from '../search/filters.ts';

let search: SearchFixture;
beforeEach(() => {
  search = createSearchFixture();
});

const failed = (reason: 'too-large' | 'timeout' | 'server-error') => () =>
  ({ kind: 'ambiguous', reason }) as const;

describe('a search', () => {
  it('reads larger and larger pages until a page holds only the last code again', async () => {
    const store = search.open();
    await store.actions.search();
    expect(search.requests.map(({ offset, limit }) => [offset, limit])).toEqual([
      [0, 500],
      [499, 1_000],
      [1_498, 2_000],
      [1_799, 4_000],
    ]);
    expect(foundOf(store)).toMatchObject({ state: 'done', seen: 1_800 });
    expect(store.getState().rows).toHaveLength(1_800);
  });

  it('sends the filters, keeps them in the URL, and shows only matching codes', async () => {
    const store = search.open();
    store.actions.setFilter('status', 'CANCELLED');
    store.actions.setFilter('text', ' shop 1 ');
    await store.actions.search();
    expect(search.requests[0]?.filters).toEqual({ status: 'CANCELLED' });
    expect(search.kept).toEqual([{ status: 'CANCELLED', text: 'shop 1' }]);
    for (const { status, qrName } of store.getState().rows)
      expect([status, String(qrName).startsWith('Shop 1')]).toEqual(['CANCELLED', true]);
    expect(foundOf(store)).toMatchObject({ ignored: ['status'], strays: 1_200 });
  });

  it('with an empty range sends nothing', async () => {
    const store = search.open();
    store.actions.setFilter('amountFrom', '5');
    store.actions.setFilter('amountTo', '4');
    await store.actions.search();
    expect(store.getState().problem).toEqual({ field: 'amountTo', code: 'empty-range' });
    expect(search.requests).toEqual([]);
    store.actions.setFilter('amountTo', '6');
    expect(store.getState().problem).toBeUndefined();
  });

  it.each([{ amountFrom: '1e3' }, { status: 'cancelled' }, { createdTo: '12026-01-01' }])(
    'with the invalid filter %j sends nothing, and the earlier results cannot be cancelled',
    async (invalid) => {
      const store = search.open();
      await store.actions.search();
      const sentBefore = search.requests.length;
      store.actions.selectAll();
      const [[field, text]] = Object.entries(invalid) as [[FilterName, string]];
      store.actions.setFilter(field, text);
      await store.actions.search();
      expect(store.getState().problem).toEqual({ field, code: 'unreadable' });
      expect(store.getState().filters[field]).toBe(text);
      expect([search.requests.length, foundOf(store)?.state]).toEqual([sentBefore, 'done']);
      await store.actions.cancelSelected();
      expect(search.reviewed).toEqual([]);
    },
  );

  it('requests smaller pages after one was too large, and keeps that size', async () => {
    search.answers = [() => undefined, failed('too-large'), failed('timeout')];
    const store = search.open();
    await store.actions.search();
    expect(search.requests.map(({ limit }) => limit)).toEqual([
      500, 1_000, 500, 250, 250, 250, 250, 250, 250, 250,
    ]);
    expect(store.getState().rows).toHaveLength(1_800);
  });

  it('stops at a failure, shows it, and continues from there', async () => {
    search.answers = [() => undefined, failed('server-error')];
    const store = search.open();
    await store.actions.search();
    expect(foundOf(store)).toMatchObject({ state: 'stopped', failure: { reason: 'server-error' } });
    expect(store.getState().rows).toHaveLength(500);
    await store.actions.resumeSearch();
    expect(foundOf(store)).toMatchObject({ state: 'done', failure: undefined });
    expect(search.requests[2]).toMatchObject({ offset: 499 });
    expect(store.getState().rows).toHaveLength(1_800);
  });

  it('waits as long as the gateway asks, up to a limit', async () => {
    search.answers = [
      () => ({ kind: 'rate-limited', until: search.now + 4_000, message: '' }),
      () => ({ kind: 'not-sent', reason: 'rate-limited', until: search.now }),
    ];
    const store = search.open();
    await store.actions.search();
    expect(search.slept).toEqual([4_000, 1_000]);
    expect(foundOf(store)).toMatchObject({ state: 'done', waitingUntil: undefined });
    search.answers = [() => ({ kind: 'rate-limited', until: search.now + 86_400_000, message: '' })];
    await store.actions.search();
    expect(foundOf(store)).toMatchObject({ state: 'stopped', failure: { kind: 'rate-limited' } });
  });

  it('sends a request three times at most if the worker dies', async () => {
    const died = () => Promise.reject(new Error('The background did not answer.'));
    search.answers = [died, died];
    const store = search.open();
    await store.actions.search();
    expect(foundOf(store)?.state).toBe('done');
    search.answers = [died, died, died];
    await store.actions.search();
    expect(foundOf(store)).toMatchObject({ state: 'stopped', failure: { reason: 'connection' } });
  });

  it('that is stopped requests no further page, and drops a late answer', async () => {
    const store = search.open();
    search.answers = [
      () => undefined,
      async () => {
        store.actions.stop();
        return undefined;
      },
    ];
    await store.actions.search();
    expect(search.requests).toHaveLength(2);
    expect([foundOf(store)?.state, store.getState().rows.length]).toEqual(['stopped', 500]);
    await store.actions.resumeSearch();
    expect(store.getState().rows).toHaveLength(1_800);
  });

  it('replaces the search before it', async () => {
    const store = search.open();
    let second: Promise<void> | undefined;
    search.answers = [
      async () => {
        store.actions.setFilter('status', 'ACTIVE');
        second ??= store.actions.search();
        await second;
        return undefined;
      },
    ];
    await store.actions.search();
    expect(foundOf(store)).toMatchObject({ state: 'done', filters: { status: 'ACTIVE' }, seen: 1_800 });
  });
});

describe('the account of a search', () => {
  it('is waited for when a bookmark opens the tab', async () => {
    const store = search.open({ filters: { status: 'ACTIVE' }, atOnce: true }, null);
    expect(search.requests).toEqual([]);
    store.actions.syncAccount(pageWith(MAIN, LOCKED));
    expect(search.requests).toEqual([]);
    store.actions.syncAccount(pageWith(MAIN));
    expect(search.requests).toHaveLength(1);
    store.actions.syncAccount(pageWith(MAIN));
    expect(search.requests).toHaveLength(1);
  });

  it('is not searched if the bookmark has an invalid filter, because that would find more', () => {
    const store = search.open({ filters: { status: 'cancelled', text: 'tea' }, atOnce: true });
    expect([search.requests, store.getState().problem?.field]).toEqual([[], 'status']);
    store.actions.clearFilters();
    expect([store.getState().filters, store.getState().problem]).toEqual([{}, undefined]);
  });

  it('is waited for if it is unknown or locked when the search starts', async () => {
    const store = search.open({}, null);
    await store.actions.search();
    expect(search.requests).toEqual([]);
    store.actions.syncAccount(pageWith(MAIN, LOCKED));
    expect(search.requests).toEqual([]);
    store.actions.syncAccount(pageWith(MAIN));
    expect(search.requests).toHaveLength(1);
  });

  it('removes the results when it is locked or no longer current', async () => {
    for (const page of [pageWith(OTHER), pageWith(MAIN, LOCKED)]) {
      const store = search.open();
      await store.actions.search();
      store.actions.selectAll();
      await store.actions.open('QR26AB1000');
      store.actions.syncAccount(page);
      const { found, rows, selection, details: shown } = store.getState();
      expect([found, rows.length, selection.ids.size, shown]).toEqual([undefined, 0, 0, undefined]);
    }
  });
});
