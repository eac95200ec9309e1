import { beforeEach, describe, expect, it } from 'vitest';
import { codeOf } from '../../tests/fixtures/search.ts';
import type { SearchHit, SearchPage } from '../enkash/search.ts';
import type { AccountView, AppState, MessageName, Request, Response, Send } from '../messaging/protocol.ts';
import type { GatewayResult } from '../model/gateway-result.ts';
import type { FilterName } from '../search/filters.ts';
import { DEFAULT_POLICY } from '../settings/policy.ts';
import { DEFAULT_SETTINGS } from '../settings/settings.ts';
import { createSearchStore } from './search.ts';
import type { SearchDeps, SearchStore } from './search-state.ts';

const MAIN = { id: 'a1', name: 'Main', environment: 'UAT', hasKeys: true } as AccountView;
const OTHER = { ...MAIN, id: 'a2', name: 'Other' } as AccountView;
const IMAGE = 'data:image/png;base64,iVBORw0KGgo=';

type Asked = Request<'searchQrCodes'>;
type Instead = GatewayResult<SearchPage> | undefined;

let codes: SearchHit[];
let asked: Asked[];
/** What is answered instead of a page, in turn. */
let instead: (() => Instead | Promise<Instead>)[];
let now: number;
let slept: number[];
let kept: unknown[];
let saved: string[][];
let copied: string[];
let reviewed: (readonly string[])[];

beforeEach(() => {
  codes = Array.from({ length: 1_800 }, (_, index) =>
    codeOf(index, {
      status: index % 3 === 0 ? 'CANCELLED' : 'ACTIVE',
      qrName: `Shop ${index}`,
      amount: index,
    }),
  );
  asked = [];
  instead = [];
  now = Date.UTC(2030, 0, 1);
  slept = [];
  kept = [];
  saved = [];
  copied = [];
  reviewed = [];
});

const send: Send = async (name, request) => {
  const answer =
    name === 'searchQrCodes' ? await page(request as Asked) : details(request as Request<'getQrCode'>);
  return answer as Response<MessageName> as Response<typeof name>;
};

async function page(request: Asked): Promise<GatewayResult<SearchPage>> {
  asked.push(request);
  const other = await instead.shift()?.();
  const { offset, limit } = request;
  const qrCodes = codes.slice(offset, offset + limit);
  return other ?? { kind: 'answered', code: 0, message: '', payload: { qrCodes, received: qrCodes.length } };
}

function details({ qrCodeId }: Request<'getQrCode'>) {
  const code = codes.find((each) => each.qrCodeId === qrCodeId);
  return { kind: 'answered', code: 0, message: '', payload: { ...code, qrCodeBase64: IMAGE } };
}

function open(change: Partial<SearchDeps> = {}, account: AccountView | null = MAIN): SearchStore {
  const store = createSearchStore({
    send,
    clock: {
      now: () => now,
      sleep: async (ms) => {
        slept.push(ms);
        now += ms;
      },
    },
    filters: {},
    atOnce: false,
    keepFilters: (filters) => void kept.push(filters),
    download: (name, type, content) => void saved.push([name, type, [content].flat().join('')]),
    saveImage: (...file) => void saved.push(file),
    copy: async (text) => void copied.push(text),
    review: async (ids) => void reviewed.push(ids),
    ...change,
  });
  store.actions.syncAccount(pageWith(account));
  return store;
}

function pageWith(
  account: AccountView | null,
  vault: AppState['vault'] = { status: 'open', protection: 'device' },
) {
  return {
    accounts: account ? [account] : [],
    currentAccountId: account?.id ?? null,
    settings: DEFAULT_SETTINGS,
    vault,
    policy: DEFAULT_POLICY,
  } satisfies AppState;
}

const foundOf = (store: SearchStore) => store.getState().found;
const failed = (reason: 'too-large' | 'timeout' | 'server-error') => () =>
  ({ kind: 'ambiguous', reason }) as const;

describe('a search', () => {
  it('reads page after page, larger ones as it goes, until one holds only the last code again', async () => {
    const store = open();
    await store.actions.search();
    expect(asked.map(({ offset, limit }) => [offset, limit])).toEqual([
      [0, 500],
      [499, 1_000],
      [1_498, 2_000],
      [1_799, 4_000],
    ]);
    expect(foundOf(store)).toMatchObject({ state: 'done', seen: 1_800 });
    expect(store.getState().rows).toHaveLength(1_800);
  });

  it('sends what is set, keeps it in the address, and shows only what matches', async () => {
    const store = open();
    store.actions.setFilter('status', 'CANCELLED');
    store.actions.setFilter('text', ' shop 1 ');
    await store.actions.search();
    expect(asked[0]?.filters).toEqual({ status: 'CANCELLED' });
    expect(kept).toEqual([{ status: 'CANCELLED', text: 'shop 1' }]);
    for (const { status, qrName } of store.getState().rows)
      expect([status, String(qrName).startsWith('Shop 1')]).toEqual(['CANCELLED', true]);
    expect(foundOf(store)).toMatchObject({ ignored: ['status'], strays: 1_200 });
  });

  it('with an empty range is not made', async () => {
    const store = open();
    store.actions.setFilter('amountFrom', '5');
    store.actions.setFilter('amountTo', '4');
    await store.actions.search();
    expect(store.getState().problem).toEqual({ field: 'amountTo', code: 'empty-range' });
    expect(asked).toEqual([]);
    store.actions.setFilter('amountTo', '6');
    expect(store.getState().problem).toBeUndefined();
  });

  it.each([{ amountFrom: '1e3' }, { status: 'cancelled' }, { createdTo: '12026-01-01' }])(
    'with %j, which is no filter, is not made without it, nor what was found before cancelled',
    async (odd) => {
      const store = open();
      await store.actions.search();
      const sent = asked.length;
      store.actions.selectAll();
      const [[field, typed]] = Object.entries(odd) as [[FilterName, string]];
      store.actions.setFilter(field, typed);
      await store.actions.search();
      expect(store.getState().problem).toEqual({ field, code: 'unreadable' });
      expect(store.getState().filters[field]).toBe(typed);
      expect([asked.length, foundOf(store)?.state]).toEqual([sent, 'done']);
      await store.actions.cancelSelected();
      expect(reviewed).toEqual([]);
    },
  );

  it('asks for smaller pages where one is too much, and stays with them', async () => {
    instead = [() => undefined, failed('too-large'), failed('timeout')];
    const store = open();
    await store.actions.search();
    expect(asked.map(({ limit }) => limit)).toEqual([500, 1_000, 500, 250, 250, 250, 250, 250, 250, 250]);
    expect(store.getState().rows).toHaveLength(1_800);
  });

  it('stops at a failure, says it, and goes on from there', async () => {
    instead = [() => undefined, failed('server-error')];
    const store = open();
    await store.actions.search();
    expect(foundOf(store)).toMatchObject({ state: 'stopped', failure: { reason: 'server-error' } });
    expect(store.getState().rows).toHaveLength(500);
    await store.actions.resumeSearch();
    expect(foundOf(store)).toMatchObject({ state: 'done', failure: undefined });
    expect(asked[2]).toMatchObject({ offset: 499 });
    expect(store.getState().rows).toHaveLength(1_800);
  });

  it('waits as long as it is asked to, and not without end', async () => {
    instead = [
      () => ({ kind: 'rate-limited', until: now + 4_000, message: '' }),
      () => ({ kind: 'not-sent', reason: 'rate-limited', until: now }),
    ];
    const store = open();
    await store.actions.search();
    expect(slept).toEqual([4_000, 1_000]);
    expect(foundOf(store)).toMatchObject({ state: 'done', waitingUntil: undefined });
    instead = [() => ({ kind: 'rate-limited', until: now + 86_400_000, message: '' })];
    await store.actions.search();
    expect(foundOf(store)).toMatchObject({ state: 'stopped', failure: { kind: 'rate-limited' } });
  });

  it('is asked for again where the worker died, three times at most', async () => {
    const died = () => Promise.reject(new Error('The background gave no answer.'));
    instead = [died, died];
    const store = open();
    await store.actions.search();
    expect(foundOf(store)?.state).toBe('done');
    instead = [died, died, died];
    await store.actions.search();
    expect(foundOf(store)).toMatchObject({ state: 'stopped', failure: { reason: 'connection' } });
  });

  it('that is stopped asks for no further page, and what comes late is not taken in', async () => {
    const store = open();
    instead = [
      () => undefined,
      async () => {
        store.actions.stop();
        return undefined;
      },
    ];
    await store.actions.search();
    expect(asked).toHaveLength(2);
    expect([foundOf(store)?.state, store.getState().rows.length]).toEqual(['stopped', 500]);
    await store.actions.resumeSearch();
    expect(store.getState().rows).toHaveLength(1_800);
  });

  it('takes the place of the one before', async () => {
    const store = open();
    let second: Promise<void> | undefined;
    instead = [
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

describe('the account', () => {
  it('that a bookmark is opened with is waited for', async () => {
    const store = open({ filters: { status: 'ACTIVE' }, atOnce: true }, null);
    expect(asked).toEqual([]);
    store.actions.syncAccount(pageWith(MAIN, { status: 'locked' } as AppState['vault']));
    expect(asked).toEqual([]);
    store.actions.syncAccount(pageWith(MAIN));
    expect(asked).toHaveLength(1);
    store.actions.syncAccount(pageWith(MAIN));
    expect(asked).toHaveLength(1);
  });

  it('is not searched with a bookmark that names what is no filter, as that would find more', () => {
    const store = open({ filters: { status: 'cancelled', text: 'tea' }, atOnce: true });
    expect([asked, store.getState().problem?.field]).toEqual([[], 'status']);
    store.actions.clearFilters();
    expect([store.getState().filters, store.getState().problem]).toEqual([{}, undefined]);
  });

  it('that is not known yet, or locked, when the button is pressed is waited for', async () => {
    const store = open({}, null);
    await store.actions.search();
    expect(asked).toEqual([]);
    store.actions.syncAccount(pageWith(MAIN, { status: 'locked' } as AppState['vault']));
    expect(asked).toEqual([]);
    store.actions.syncAccount(pageWith(MAIN));
    expect(asked).toHaveLength(1);
  });

  it('that is no longer in use, or locked, takes what was found along', async () => {
    for (const then of [pageWith(OTHER), pageWith(MAIN, { status: 'locked' } as AppState['vault'])]) {
      const store = open();
      await store.actions.search();
      store.actions.selectAll();
      await store.actions.open('QR26AB1000');
      store.actions.syncAccount(then);
      const { found, rows, selection, details: shown } = store.getState();
      expect([found, rows.length, selection.ids.size, shown]).toEqual([undefined, 0, 0, undefined]);
    }
  });
});

describe('what is selected', () => {
  it('is handed over as a list, in the order shown', async () => {
    const store = open();
    await store.actions.search();
    store.actions.sortBy('amount');
    store.actions.sortBy('amount');
    for (const id of ['QR26AB1001', 'QR26AB1005', 'QR26AB1003']) store.actions.toggle(id);
    await store.actions.cancelSelected();
    expect(reviewed).toEqual([['QR26AB1005', 'QR26AB1003', 'QR26AB1001']]);
  });

  it('is not handed over where there is nothing of it, or too much', async () => {
    codes = Array.from({ length: 100_001 }, (_, index) => codeOf(index));
    const store = open();
    await store.actions.search();
    await store.actions.cancelSelected();
    store.actions.selectAll();
    await store.actions.cancelSelected();
    expect(reviewed).toEqual([]);
    store.actions.toggle('QR26AB1000');
    await store.actions.cancelSelected();
    expect(reviewed[0]).toHaveLength(100_000);
  });

  it('loses what a later page takes back', async () => {
    const store = open();
    store.actions.setFilter('status', 'CANCELLED');
    instead = [
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

  it('goes with a new search', async () => {
    const store = open();
    await store.actions.search();
    store.actions.selectAll();
    expect(store.getState().selection.ids.size).toBe(1_800);
    await store.actions.search();
    expect(store.getState().selection.ids.size).toBe(0);
  });
});

describe('a code’s details', () => {
  it('are read afresh, and give id, row and image away', async () => {
    const store = open();
    codes[4] = codeOf(4, { qrName: '=cmd()', multipleUse: true, customerName: 'Asha Rao' });
    await store.actions.search();
    await store.actions.open('QR26AB1004');
    await store.actions.copyId();
    await store.actions.copyRow();
    store.actions.saveImage();
    expect(copied).toEqual(['QR26AB1004', 'QR26AB1004\t"\'=cmd()"\t\tACTIVE\tMultiple\t\t']);
    expect(saved).toEqual([['qr-code-QR26AB1004.png', IMAGE]]);
    expect(store.getState().details?.copied).toBe(true);
    store.actions.close();
    expect(store.getState().details).toBeUndefined();
  });

  it('are of the account they are read for, and not of a reading before', async () => {
    const answers: ((name: string) => void)[] = [];
    const late: Send = async (name, request) => {
      if (name !== 'getQrCode') return send(name, request);
      const { qrCodeId } = request as Request<'getQrCode'>;
      const qrName = await new Promise<string>((resolve) => answers.push(resolve));
      const answer = { kind: 'answered', code: 0, message: '', payload: { qrCodeId, qrName } };
      return answer as Response<MessageName> as Response<typeof name>;
    };
    const store = open({ send: late });
    await store.actions.search();
    const first = store.actions.open('QR26AB1004');
    store.actions.syncAccount(pageWith(OTHER));
    await store.actions.search();
    const second = store.actions.open('QR26AB1004');
    answers[0]?.('of Main');
    await first;
    expect(store.getState().details).toEqual({ qrCodeId: 'QR26AB1004' });
    answers[1]?.('of Other');
    await second;
    expect(store.getState().details?.read).toMatchObject({ payload: { qrName: 'of Other' } });
  });

  it('say where something could not be copied', async () => {
    const store = open({ copy: () => Promise.reject(new Error('No clipboard.')) });
    await store.actions.search();
    await store.actions.open('QR26AB1004');
    await store.actions.copyId();
    expect(store.getState().details?.copied).toBe(false);
  });
});

describe('the export', () => {
  it('has every row found as it is sorted, with formulas made harmless and nothing of customers', async () => {
    codes = [codeOf(1, { qrName: '@x', amount: 5, customerName: 'Asha' }), codeOf(2, { amount: 3 })];
    const store = open();
    await store.actions.search();
    store.actions.sortBy('amount');
    store.actions.exportCsv();
    expect(saved[0]?.slice(0, 2)).toEqual(['qr-codes.csv', 'text/csv']);
    expect(saved[0]?.[2]?.split('\r\n')).toEqual([
      '\ufeffqrCodeId,name,amount,status,uses,reference,created,account,environment',
      'QR26AB1002,,3,ACTIVE,,,,Main,UAT',
      'QR26AB1001,"\'@x",5,ACTIVE,,,,Main,UAT',
    ]);
  });
});
