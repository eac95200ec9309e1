import { beforeEach, describe, expect, it } from 'vitest';
import { calcFile, chosen, odsFile } from '../../tests/support/spreadsheet-files.ts';
import type { JobReader } from '../bulk/job-reader.ts';
import { systemClock } from '../lib/clock.ts';
import { systemLocalTime } from '../lib/local-time.ts';
import { DEFAULT_SETTINGS } from '../settings/settings.ts';
import { createBulkStore } from './bulk.ts';
import type { BulkDeps, BulkStore } from './bulk-state.ts';

const NO_JOBS: JobReader = {
  latest: async () => undefined,
  get: async () => undefined,
  items: async () => [],
};
let store: BulkStore;
const deps: BulkDeps = {
  send: () => expect.fail('nothing is sent'),
  jobs: NO_JOBS,
  clock: systemClock,
  local: systemLocalTime,
  onPlanned: () => expect.fail('nothing is planned'),
  download: () => undefined,
  jobMarker: { read: async () => null, write: async () => undefined, remove: async () => undefined },
};
beforeEach(() => {
  store = createBulkStore(deps);
});

const files = () => store.getState().files;
const idsInList = () => {
  const { list } = store.getState();
  return list?.ok ? list.ids : list?.problem.code;
};
const xlsx = () => chosen('codes.xlsx', calcFile('codes.xlsx'));

describe('A65 chosen files', () => {
  it('come into the field together; those that can’t be read are named and the others kept', async () => {
    await store.actions.readFiles([
      chosen('a.csv', 'QR26AB0001'),
      chosen('old.xls', calcFile('codes.xls')),
      chosen('b.txt', 'QR26AB0002\n'),
    ]);
    expect(store.getState().text).toBe('QR26AB0001\nQR26AB0002\n');
    expect(idsInList()).toEqual(['QR26AB0001', 'QR26AB0002']);
    expect(files().problems).toEqual([{ name: 'old.xls', problem: { code: 'kind', kind: 'old-excel' } }]);
    expect(files().reading).toBe(false);
  });

  it('leave the text in the field if none can be read', async () => {
    store.actions.setText('QR26AB0009');
    await store.actions.readFiles([chosen('old.xls', calcFile('codes.xls'))]);
    expect(store.getState()).toMatchObject({ text: 'QR26AB0009', stashedList: undefined });
  });

  it('stash the typed text', async () => {
    store.actions.setText('typed');
    await store.actions.readFiles([chosen('a.csv', 'QR26AB0001')]);
    expect(store.getState()).toMatchObject({ text: 'QR26AB0001\n', stashedList: 'typed' });
  });

  it('are dropped once others were chosen, even if they are read later', async () => {
    const slow = Promise.withResolvers<ArrayBuffer>();
    const first = store.actions.readFiles([{ name: 'slow.csv', size: 1, arrayBuffer: () => slow.promise }]);
    await store.actions.readFiles([chosen('b.csv', 'QR26AB0002')]);
    slow.resolve(new TextEncoder().encode('QR26AB0001').buffer);
    await first;
    expect(idsInList()).toEqual(['QR26AB0002']);
  });

  it('are not reviewed before they are read', async () => {
    const slow = Promise.withResolvers<ArrayBuffer>();
    store.actions.setText('QR26AB0009');
    const reading = store.actions.readFiles([{ name: 'slow.csv', size: 1, arrayBuffer: () => slow.promise }]);
    expect(files().reading).toBe(true);
    await store.actions.review();
    expect(store.getState().list).toBeUndefined();
    expect(files().awaited).toBe(true);
    slow.resolve(new TextEncoder().encode('QR26AB0001').buffer);
    await reading;
    expect(idsInList()).toEqual(['QR26AB0001']);
    expect(files().awaited).toBe(false);
  });

  it('are reviewed as soon as they are read, if a review was requested in the meantime', async () => {
    const page = { accounts: [{ id: 'a', name: 'Shop', environment: 'UAT' }], currentAccountId: 'a' };
    const reads: string[] = [];
    const reviewed = createBulkStore({
      ...deps,
      send: (async (kind: string) => {
        reads.push(kind);
        return new Promise(() => undefined);
      }) as never,
    });
    reviewed.actions.syncAccount({ ...page, vault: { status: 'open' }, settings: DEFAULT_SETTINGS } as never);
    const slow = Promise.withResolvers<ArrayBuffer>();
    const file = { name: 'slow.csv', size: 1, arrayBuffer: () => slow.promise };
    const reading = reviewed.actions.readFiles([file]);
    await reviewed.actions.review();
    expect(reviewed.getState().review).toBeUndefined();
    expect(reads).toEqual([]);
    slow.resolve(new TextEncoder().encode('QR26AB0001').buffer);
    await reading;
    expect(reviewed.getState().review?.ids).toEqual(['QR26AB0001']);
  });

  it('are not reviewed if the text changed, or others were chosen, after the request', async () => {
    const slow = Promise.withResolvers<ArrayBuffer>();
    const file = { name: 'slow.csv', size: 1, arrayBuffer: () => slow.promise };
    const reading = store.actions.readFiles([file]);
    await store.actions.review();
    store.actions.setText('QR26AB0009');
    expect(files().awaited).toBe(false);
    await store.actions.review();
    const others = store.actions.readFiles([chosen('b.csv', 'QR26AB0002')]);
    expect(files().awaited).toBe(false);
    slow.resolve(new ArrayBuffer(0));
    await Promise.all([reading, others]);
    expect(store.getState().review).toBeUndefined();
  });

  it('close the confirmation of the list before', async () => {
    store.actions.ask();
    await store.actions.readFiles([chosen('a.csv', 'QR26AB0001')]);
    expect(store.getState().confirmation).toBeUndefined();
  });

  it('lose their names once the text is edited, but keep their text', async () => {
    await store.actions.readFiles([
      chosen('a.csv', 'QR26AB0001'),
      chosen('b.csv', 'QR26AB0002'),
      chosen('old.xls', calcFile('codes.xls')),
    ]);
    expect(store.getState().parts).toHaveLength(2);
    expect(files().problems).toHaveLength(1);
    store.actions.setText(`${store.getState().text}QR26AB0003`);
    expect(files().problems).toEqual([]);
    await store.actions.review();
    expect(store.getState().parts).toMatchObject([{ name: undefined }]);
    expect(idsInList()).toEqual(['QR26AB0001', 'QR26AB0002', 'QR26AB0003']);
  });
});

describe('A65 a spreadsheet', () => {
  it('of one sheet is read at once', async () => {
    const row =
      '<table:table-row><table:table-cell office:value-type="string"><text:p>QR26AB0001</text:p></table:table-cell></table:table-row>';
    await store.actions.readFiles([
      chosen('one.ods', odsFile(`<table:table table:name="One">${row}</table:table>`)),
    ]);
    expect(idsInList()).toEqual(['QR26AB0001']);
  });

  it('of several sheets is not read, and the list not reviewed, before a sheet is chosen', async () => {
    await store.actions.readFiles([chosen('a.csv', 'QR26AB0001'), xlsx(), chosen('b.csv', 'QR26AB0002')]);
    expect(files().questions).toMatchObject([{ name: 'codes.xlsx', missed: false }]);
    await store.actions.review();
    expect(store.getState().review).toBeUndefined();
    expect(files().questions).toMatchObject([{ missed: true }]);
    await store.actions.chooseSheet(Number(files().questions[0]?.key), 1);
    expect(files().questions).toEqual([]);
    // In the order of the files; the filtered row is left out.
    expect(idsInList()).toEqual(['QR26AB0001', 'QR26ABCDEFGHJ5', 'QR26ABCDEFGHJ7', 'QR26AB0002']);
    expect(store.getState().stashedList).toBeUndefined();
  });

  it('that is left out keeps the others', async () => {
    await store.actions.readFiles([chosen('a.csv', 'QR26AB0001'), xlsx()]);
    store.actions.leaveFileOut(Number(files().questions[0]?.key));
    await store.actions.review();
    expect(idsInList()).toEqual(['QR26AB0001']);
  });

  it('whose sheet is chosen after the text was edited keeps that text', async () => {
    await store.actions.readFiles([chosen('a.csv', 'QR26AB0001'), xlsx()]);
    store.actions.setText('QR26AB0001\nQR26AB0009');
    await store.actions.chooseSheet(Number(files().questions[0]?.key), 1);
    expect(idsInList()).toEqual(['QR26AB0001', 'QR26AB0009', 'QR26ABCDEFGHJ5', 'QR26ABCDEFGHJ7']);
  });

  it('adds its hidden rows to the list if they are included, and removes them if they are left out again', async () => {
    await store.actions.readFiles([xlsx()]);
    await store.actions.chooseSheet(Number(files().questions[0]?.key), 1);
    const toggle = (include: boolean) => {
      const [source] = store.getState().sources;
      if (source) store.actions.includeHidden(source, include);
    };
    toggle(true);
    expect(idsInList()).toEqual(['QR26ABCDEFGHJ5', 'QR26ABCDEFGHJ6', 'QR26ABCDEFGHJ7']);
    toggle(false);
    expect(idsInList()).toEqual(['QR26ABCDEFGHJ5', 'QR26ABCDEFGHJ7']);
    expect(store.getState().stashedList).toBeUndefined();
  });

  it('asks for no sheet once another list has replaced it', async () => {
    await store.actions.readFiles([xlsx()]);
    const key = Number(files().questions[0]?.key);
    const choosing = store.actions.chooseSheet(key, 0);
    await store.actions.loadList({ text: 'QR26AB0007' });
    await choosing;
    expect(files().questions).toEqual([]);
    expect(store.getState().text).toBe('QR26AB0007');
  });

  it('keeps the chosen column when hidden rows are included', async () => {
    await store.actions.readFiles([xlsx()]);
    await store.actions.chooseSheet(Number(files().questions[0]?.key), 0);
    store.actions.chooseColumn(3, 0);
    expect(idsInList()).toEqual(['QR25ABCDEFGHJ1']);
    const [source] = store.getState().sources;
    if (source) store.actions.includeHidden(source, true);
    expect(idsInList()).toEqual(['QR25ABCDEFGHJ1']);
  });
});

describe('A65 the columns of several files', () => {
  const table = ['old,new', 'QR25AB0001,QR26AB0001', 'QR25AB0002,QR26AB0002'].join('\n');
  const ask = () =>
    store.actions.readFiles([
      chosen('may.csv', table),
      chosen('june.csv', table),
      chosen('c.txt', 'QR26AB0009'),
    ]);
  const columns = () =>
    store.getState().parts.map(({ name, column, choice }) => [name, column, choice?.columns.length]);

  it('are chosen for each file, and nothing is sent before that', async () => {
    await ask();
    expect(columns()).toEqual([
      ['may.csv', undefined, 2],
      ['june.csv', undefined, 2],
      ['c.txt', undefined, undefined],
    ]);
    store.actions.chooseColumn(1, 1);
    await store.actions.review();
    expect(idsInList()).toBe('choose-column');
    expect(store.getState().review).toBeUndefined();
    store.actions.chooseColumn(0, 0);
    expect(idsInList()).toEqual(['QR25AB0001', 'QR25AB0002', 'QR26AB0001', 'QR26AB0002', 'QR26AB0009']);
    expect(columns()).toEqual([
      ['may.csv', 0, 2],
      ['june.csv', 1, 2],
      ['c.txt', undefined, undefined],
    ]);
    expect(store.getState().list).toMatchObject({ columnName: 'old, new' });
  });

  it('include an id of another column on request, and are forgotten with the text', async () => {
    await ask();
    store.actions.chooseColumn(1, 0);
    store.actions.chooseColumn(1, 1);
    expect(idsInList()).toEqual(['QR26AB0001', 'QR26AB0002', 'QR26AB0009']);
    store.actions.take('QR25AB0002');
    expect(idsInList()).toContain('QR25AB0002');
    store.actions.setText(table);
    await store.actions.review();
    expect(idsInList()).toBe('choose-column');
  });
});
