import '../../../components/shared/page.css';
import { SearchTab } from '../../../components/search/SearchTab.tsx';
import type { SearchHit } from '../../../utils/enkash/search.ts';
import type { Found } from '../../../utils/search/search-result.ts';
import { EMPTY_SELECTION } from '../../../utils/search/selection.ts';
import type { SearchState } from '../../../utils/stores/search-state.ts';
import { idle, PAGE_WIDTH, type Scene, type Scenes } from '../scene.ts';
import { LONG_NAME, pageOf, UAT, UNBROKEN } from './examples.ts';

const CODES: SearchHit[] = Array.from({ length: 60 }, (_, index) => ({
  qrCodeId: `QR26SRCH${String(index).padStart(6, '0')}`,
  qrName: [LONG_NAME, 'Tea', UNBROKEN][index % 3],
  amount: (index * 1_234_567) % 9_999_999,
  status: index % 4 === 1 ? 'CANCELLED' : 'ACTIVE',
  multipleUse: index % 2 === 0,
  referenceNumber: index % 5 ? `REF${index}` : UNBROKEN,
  createdOn: '2026-11-21T19:37:56.475',
}));
const FOUND: Found = {
  account: UAT,
  filters: {},
  state: 'done',
  rows: CODES,
  seen: CODES.length,
  ignored: ['status'],
  refused: [],
  strays: 12,
  repeated: 0,
  unreadable: 0,
  end: 'all',
};

function search(change: Partial<SearchState>, width = PAGE_WIDTH): Scene {
  const state: SearchState = {
    filters: {},
    problem: undefined,
    found: undefined,
    sort: undefined,
    rows: change.found ? CODES : [],
    selection: EMPTY_SELECTION,
    details: undefined,
    ...change,
  };
  return {
    width,
    draw: () => (
      <main class="page stack">
        <SearchTab
          state={state}
          actions={idle()}
          page={pageOf([UAT])}
          replacing={{ state: { replacement: undefined }, actions: idle() }}
          jobUnderWay={false}
        />
      </main>
    ),
  };
}

/** The search, from its filters to its results. */
export const SEARCH: Scenes = {
  'search-empty': search({}),
  'search-narrow': search({}, 320),
  'search-wrong-filter': search({
    filters: { amountFrom: '500', amountTo: '100' },
    problem: { field: 'amountTo', code: 'empty-range' },
  }),
  'search-searching': search({ found: { ...FOUND, state: 'searching' } }),
  'search-found': search({
    found: FOUND,
    sort: { by: 'amount', descending: true },
    selection: { ...EMPTY_SELECTION, ids: new Set(CODES.slice(1, 4).map(({ qrCodeId }) => qrCodeId)) },
  }),
  'search-unsure': search({
    found: { ...FOUND, ignored: [], strays: 0, refused: ['createdFrom', 'createdTo'], end: 'unsure' },
  }),
  'search-failed': search({
    found: { ...FOUND, state: 'stopped', failure: { kind: 'ambiguous', reason: 'timeout' } },
  }),
};
