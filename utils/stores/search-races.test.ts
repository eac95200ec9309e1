import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyCode, pageOf } from '../../tests/fixtures/search.ts';
import type { SearchHit } from '../enkash/search.ts';
import type { AccountView, AppState, MessageName, Response, Send } from '../messaging/protocol.ts';
import { FILTER_NAMES, matches, type SearchFilters, sameFilters } from '../search/filters.ts';
import { SORT_COLUMNS } from '../search/sort.ts';
import { createSearchStore } from './search.ts';
import type { SearchStore } from './search-state.ts';

const ACCOUNTS = ['a1', 'a2'].map(
  (id) => ({ id, name: id, environment: 'UAT', hasKeys: true }) as AccountView,
);

/** A search tab whose gateway answers on demand, with the lists that were handed over to be cancelled. */
function openWorld(filters: SearchFilters) {
  const waiting: ((codes: SearchHit[] | undefined) => void)[] = [];
  const reviewed: (readonly string[])[] = [];
  let current = 'a1';
  const send: Send = (name) =>
    new Promise((resolve) => {
      waiting.push((codes) => {
        const answer = codes
          ? { kind: 'answered', code: 0, message: '', payload: pageOf(codes) }
          : { kind: 'ambiguous', reason: 'server-error' };
        resolve(answer as Response<MessageName> as Response<typeof name>);
      });
    });
  const store = createSearchStore({
    send,
    clock: { now: () => 0, sleep: async () => undefined },
    filters,
    atOnce: false,
    keepFilters: () => undefined,
    download: () => undefined,
    saveImage: () => undefined,
    copy: async () => undefined,
    review: async (ids) => void reviewed.push(ids),
  });
  const use = (id: string) => {
    current = id;
    const vault = { status: 'open', protection: 'device' };
    store.actions.syncAccount({ accounts: ACCOUNTS, currentAccountId: id, vault } as unknown as AppState);
  };
  use(current);
  return {
    store,
    use,
    reviewed,
    inUse: () => current,
    answer: (codes?: SearchHit[]) => waiting.shift()?.(codes),
  };
}
type World = ReturnType<typeof openWorld>;
type Step = (world: World) => unknown;

const pressed = fc.constantFrom('search', 'stop', 'resumeSearch', 'selectNone', 'clearFilters').map(
  (name): Step =>
    ({ store }) =>
      store.actions[name](),
);
const selected = fc.constantFrom('selectAll', 'cancelSelected').map(
  (name): Step =>
    ({ store }) =>
      store.actions[name](),
);
const page = fc.array(anyCode, { maxLength: 12 }).map(
  (codes): Step =>
    ({ answer }) =>
      answer(codes),
);
const onRow = fc.tuple(fc.constantFrom('toggle', 'extendTo'), fc.nat(9)).map(
  ([name, at]): Step =>
    ({ store: { actions, getState } }) => {
      const row = getState().rows[at];
      if (row) actions[name](row.qrCodeId);
    },
);
const typed = fc.constantFrom('', 'ACTIVE', 'active', 'single', '2026-01-01', '12026-01-01', '5', '1e3');
const filtered = fc.tuple(fc.constantFrom(...FILTER_NAMES), typed).map(
  ([name, text]): Step =>
    ({ store }) =>
      store.actions.setFilter(name, text),
);
const moved = fc.tuple(fc.integer({ min: -3, max: 3 }), fc.boolean()).map(
  ([by, extend]): Step =>
    ({ store }) =>
      store.actions.move(by, extend),
);
const sorted = fc.constantFrom(...SORT_COLUMNS).map(
  (column): Step =>
    ({ store }) =>
      store.actions.sortBy(column),
);
const failed = fc.constant<Step>(({ answer }) => answer());
const switched = fc.constantFrom('a1', 'a2').map(
  (id): Step =>
    ({ use }) =>
      use(id),
);
const step = fc.oneof(
  { weight: 6, arbitrary: page },
  { weight: 6, arbitrary: selected },
  { weight: 3, arbitrary: onRow },
  ...[pressed, filtered, moved, sorted].map((arbitrary) => ({ weight: 3, arbitrary })),
  ...[failed, switched].map((arbitrary) => ({ weight: 1, arbitrary })),
);

/** Each row belongs to the current account, matches the filters and appears once; only rows are selected. */
function expectSound({ getState }: SearchStore, account: string): void {
  const { found, rows, selection } = getState();
  const ids = rows.map(({ qrCodeId }) => qrCodeId);
  expect(found?.account.id ?? account).toBe(account);
  expect(new Set(ids).size).toBe(ids.length);
  expect(rows.filter((row) => !matches(row, found?.filters ?? {}))).toEqual([]);
  expect([...selection.ids].filter((id) => !ids.includes(id))).toEqual([]);
}

/** Each list holds the selected codes, each once, and the fields show the filters of the results. */
function expectHandedOver({ getState }: SearchStore, lists: readonly (readonly string[])[]): void {
  const { found, filters, selection } = getState();
  for (const list of lists) {
    expect(list.toSorted()).toEqual([...selection.ids].sort());
    expect(sameFilters(filters, found?.filters ?? {})).toBe(true);
  }
}

describe('any answers of the gateway, with any actions in between', () => {
  it('shows, selects and hands over only matching codes, each once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom({}, { status: 'ACTIVE' }, { use: 'single' }),
        fc.array(step, { maxLength: 60 }),
        async (filters, steps) => {
          const world = openWorld(filters);
          void world.store.actions.search();
          for (const act of steps) {
            act(world);
            await new Promise((resolve) => setImmediate(resolve));
            expectSound(world.store, world.inUse());
            expectHandedOver(world.store, world.reviewed);
            world.reviewed.length = 0;
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
