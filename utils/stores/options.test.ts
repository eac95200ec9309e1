import { beforeEach, describe, expect, it } from 'vitest';
import { rowOf } from '../../tests/fixtures/history.ts';
import { textOfFile } from '../../tests/support/text-of-file.ts';
import type { HistoryReader } from '../history/history-reader.ts';
import { EMPTY_CHAIN } from '../journal/hash-chain.ts';
import type { AppState, MessageName, Response, Send } from '../messaging/protocol.ts';
import type { ConnectionCheck } from '../model/connection-check.ts';
import { DEFAULT_POLICY } from '../settings/policy.ts';
import { DEFAULT_SETTINGS, type Settings } from '../settings/settings.ts';
import { createOptionsStore } from './options.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 22);
const ALL_WORKS: ConnectionCheck = {
  'sign-in': { kind: 'signed-in' },
  'qr-code': { kind: 'no-such-code' },
  search: { kind: 'searched' },
};

let settings: Settings;
let sent: [name: string, request: object][];
let saved: [name: string, text: string][];
let isLocked: boolean;
let isJobMarkerCleared: boolean;
/** The background's answers by message; without one it answers with the settings. */
let answers: Partial<Record<MessageName, object>>;
let tested: boolean[];
let showStep: (check: ConnectionCheck) => void;
let checked: Response<'checkConnection'> | Promise<Response<'checkConnection'>>;
/** How many days ago each row was finished. */
let ages: number[];

beforeEach(() => {
  settings = DEFAULT_SETTINGS;
  sent = [];
  saved = [];
  isLocked = false;
  isJobMarkerCleared = false;
  answers = {};
  tested = [];
  checked = { ok: true, check: ALL_WORKS };
  ages = [400, 366, 100, 91, 1];
});

const send: Send = async (name, request) => {
  if (name !== 'getAppState') sent.push([name, request]);
  if (name === 'updateSettings' && !isLocked) settings = { ...settings, ...request } as Settings;
  const vault = { status: 'open', protection: 'device' } as const;
  const page: AppState = { accounts: [], currentAccountId: null, settings, vault, policy: DEFAULT_POLICY };
  const answer =
    name === 'getAppState' ? page : name === 'checkConnection' ? await checked : (answers[name] ?? settings);
  return answer as Response<MessageName> as Response<typeof name>;
};
const journal: HistoryReader = {
  loadBounds: async () => ({ ends: { ...EMPTY_CHAIN, row: ages.length }, isHeadMissing: false, outside: [] }),
  rows: async (from, to) =>
    ages
      .map((days, index) => rowOf(index + 1, { at: 0, finishedAt: NOW - days * DAY }))
      .filter(({ row }) => row >= from && row <= to),
  findOpen: async () => [],
};

async function open(from: HistoryReader = journal) {
  const store = createOptionsStore({
    send,
    clearJobMarker: async () => {
      isJobMarkerCleared = true;
    },
    noteTested: async () => void tested.push(true),
    watchCheck(_, onStep) {
      showStep = onStep;
      return () => undefined;
    },
    journal: from,
    clock: { now: () => NOW, sleep: async () => undefined },
    download: (name, _, parts) => saved.push([name, textOfFile(parts)]),
  });
  await store.actions.load();
  return store;
}

describe('another language', () => {
  it('removes the last report', async () => {
    const store = await open();
    await store.actions.keepHistory(null);
    expect(store.getState().report).toBeDefined();
    await store.actions.updateSettings({ theme: 'dark' });
    expect(store.getState().report).toBeDefined();
    await store.actions.updateSettings({ language: 'hi' });
    expect(store.getState().report).toBeUndefined();
  });
});

describe('the retention of the history', () => {
  it('is made shorter only after a confirmation with the number of rows to be erased', async () => {
    const store = await open();
    await store.actions.keepHistory(90);
    expect(store.getState().confirmation).toEqual({ about: 'retention', days: 90, count: 4 });
    expect(sent).toEqual([]);
    await store.actions.confirm();
    expect(sent).toEqual([['updateSettings', { historyRetentionDays: 90 }]]);
    expect(store.getState()).toMatchObject({
      confirmation: undefined,
      page: { settings: { historyRetentionDays: 90 } },
      report: { tone: 'success', title: 'The history is kept for 90 days.' },
    });
  });

  it('stays as it is if the operator declines', async () => {
    const store = await open();
    await store.actions.keepHistory(365);
    expect(store.getState().confirmation).toMatchObject({ count: 2 });
    store.actions.ask(undefined);
    expect([sent, store.getState().page?.settings.historyRetentionDays]).toEqual([[], null]);
  });

  it.each([null, 365] as const)('is made longer at once (%j)', async (days) => {
    settings = { ...settings, historyRetentionDays: 90 };
    const store = await open();
    await store.actions.keepHistory(days);
    expect(sent).toEqual([['updateSettings', { historyRetentionDays: days }]]);
    expect(store.getState()).toMatchObject({ confirmation: undefined, report: { tone: 'success' } });
  });

  it('needs a confirmation even if no row is older now', async () => {
    ages = [1];
    const store = await open();
    await store.actions.keepHistory(90);
    expect(store.getState().confirmation).toMatchObject({ count: 0 });
  });

  it('is reported as unchanged if the keys were locked in the meantime', async () => {
    isLocked = true;
    const store = await open();
    await store.actions.keepHistory(90);
    await store.actions.confirm();
    expect(store.getState().report).toMatchObject({ tone: 'danger' });
  });

  it('needs no confirmation if the journal can’t be read', async () => {
    const store = await open({ ...journal, loadBounds: () => Promise.reject(new Error()) });
    await store.actions.keepHistory(90);
    expect(store.getState()).toMatchObject({
      confirmation: undefined,
      busy: undefined,
      report: { tone: 'danger' },
    });
  });
});

describe('a deletion', () => {
  const ALL = { keys: true, deviceKey: true, settings: true, session: true, journal: 'gone' } as const;

  it.each([
    [{ about: 'forget' }, { resetExtension: ALL }, 'success', 'Everything was deleted.'],
    [
      { about: 'forget' },
      { resetExtension: { ...ALL, journal: 'newer' } },
      'danger',
      'The keys are deleted from this browser.',
    ],
    [{ about: 'erase' }, { clearHistory: { ok: true } }, 'success', 'History erased.'],
    [{ about: 'erase' }, { clearHistory: { ok: false, trouble: 'blocked' } }, 'danger', 'Another page'],
  ] as const)('of %j with %j reports what was deleted', async (confirmation, given, tone, text) => {
    answers = given;
    const store = await open();
    store.actions.ask(confirmation);
    await store.actions.confirm();
    const { report } = store.getState();
    expect(report?.tone).toBe(tone);
    expect([report?.title, ...(report?.sentences ?? [])].join(' ')).toContain(text);
    expect(isJobMarkerCleared).toBe(confirmation.about === 'erase' && tone === 'success');
  });

  it('of an account reports what happened to its keys', async () => {
    answers = { removeAccount: { keys: 'with-others', account: true } };
    const store = await open();
    const account = {
      id: 'a1',
      name: 'Main',
      environment: 'UAT',
      authMethod: 'secret-key',
      hasKeys: true,
    } as const;
    store.actions.ask({ about: 'remove', account });
    await store.actions.confirm();
    expect(sent).toEqual([['removeAccount', { accountId: 'a1' }]]);
    expect(store.getState().report).toMatchObject({ tone: 'warning' });
  });
});

it('exports the history from the journal', async () => {
  const store = await open();
  await store.actions.exportHistory();
  expect(saved.map(([name]) => name)).toEqual(['qr-cancel-history.csv']);
  expect(saved[0]?.[1].match(/QR26H\d+/g)).toEqual([
    'QR26H00005',
    'QR26H00004',
    'QR26H00003',
    'QR26H00002',
    'QR26H00001',
  ]);
});

describe('A45 the check of a connection', () => {
  it('shows each step, and reports at the end that the connection works', async () => {
    const answer = Promise.withResolvers<Response<'checkConnection'>>();
    checked = answer.promise;
    const store = await open();
    store.actions.setCodeToTry(' ID: QR26DU7U9NREWU. ');
    const over = store.actions.checkConnection();
    expect(store.getState()).toMatchObject({ busy: 'checking', check: { check: {}, running: 'sign-in' } });
    showStep({ 'sign-in': { kind: 'signed-in' } });
    expect(store.getState().check).toMatchObject({ running: 'qr-code', report: undefined });
    answer.resolve({ ok: true, check: ALL_WORKS });
    await over;
    expect(sent).toEqual([
      [
        'checkConnection',
        expect.objectContaining({ draft: store.getState().draft, qrCodeId: 'QR26DU7U9NREWU' }),
      ],
    ]);
    expect(store.getState()).toMatchObject({
      busy: undefined,
      codeToTry: { text: 'QR26DU7U9NREWU' },
      check: { running: undefined, report: { tone: 'success' } },
    });
    expect(tested).toEqual([true]);
  });

  it('is not shown for a draft that has changed since', async () => {
    const answer = Promise.withResolvers<Response<'checkConnection'>>();
    checked = answer.promise;
    const store = await open();
    const over = store.actions.checkConnection();
    store.actions.changeDraft({ environment: 'LIVE' });
    showStep({ 'sign-in': { kind: 'signed-in' } });
    answer.resolve({ ok: true, check: ALL_WORKS });
    await over;
    expect(store.getState()).toMatchObject({ busy: undefined, check: undefined });
  });

  it.each(['a/b', 'QR26AAAA01 QR26AAAA02'])('sends nothing for %j, and shows why', async (text) => {
    const store = await open();
    store.actions.setCodeToTry(text);
    await store.actions.checkConnection();
    expect(store.getState().codeToTry.error).toBeDefined();
    expect(sent).toEqual([]);
  });

  it('shows the problems of the draft at its fields', async () => {
    checked = { ok: false, problems: [{ field: 'secret', code: 'required' }] };
    const store = await open();
    await store.actions.checkConnection();
    expect(store.getState()).toMatchObject({ problems: [{ field: 'secret' }], check: undefined });
    expect(tested).toEqual([]);
  });

  it('is reported as failed if the background does not answer', async () => {
    checked = Promise.reject(new Error('The worker has died.'));
    const store = await open();
    await store.actions.checkConnection();
    expect(store.getState()).toMatchObject({
      check: undefined,
      report: { tone: 'danger', title: 'Connection failed.' },
    });
  });
});

describe('a request without an answer', () => {
  const target = { kind: 'device' } as never;

  it.each(['setProtection', 'clearHistory', 'updateSettings'] as const)(
    '%s: the page does not say that nothing was changed',
    async (name) => {
      answers = { [name]: Promise.reject(new Error('No answer')) };
      const store = await open();
      let refusal: string | undefined;
      if (name === 'setProtection') refusal = await store.actions.protect({ target });
      if (name === 'updateSettings') await store.actions.updateSettings({ theme: 'dark' });
      if (name === 'clearHistory') {
        store.actions.ask({ about: 'erase' });
        await store.actions.confirm();
      }
      const { report } = store.getState();
      const text = [refusal, report?.title, ...(report?.sentences ?? [])].join(' ');
      expect(text).toContain('it is not known whether it did this');
      expect(text).not.toMatch(/was not changed|Nothing was changed|as it was/);
    },
  );
});
