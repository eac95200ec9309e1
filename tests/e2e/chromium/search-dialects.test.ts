import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { DialectName } from '../../../sandbox/dialects.ts';
import type { Answer } from '../../../sandbox/fault.ts';
import { clickRole } from '../../harness/act.ts';
import { byRole, textOf, waitForText } from '../../harness/find.ts';
import { downloadRows } from '../support/bulk-steps.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { openSearchTab, searches, searchFor } from '../support/search-steps.ts';

const COUNT = 1_200;
const inWords = (count: number) => count.toLocaleString('en-IN');

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
  const { qrCodes } = kit.sandbox;
  for (let index = qrCodes.all('UAT').length; index < COUNT; index += 1)
    qrCodes.put('UAT', {
      qrCodeId: `QR26DIAL${String(index).padStart(6, '0')}`,
      qrName: `Tea ${index}`,
      amount: index % 100,
      status: index % 10 === 3 ? 'CANCELLED' : 'ACTIVE',
      createdOn: `2026-0${1 + (index % 9)}-10T10:00:00.000`,
    });
});
afterAll(() => kit?.close());
afterEach(async () => {
  kit.sandbox.dialects.clear();
  await kit.reset();
});

const notes = (page: Page) =>
  page.$$eval('.report.warning', (shown) => shown.map((note) => note.textContent));

/** All codes that the page found, from its export, without duplicates. */
async function expectAllFound(page: Page): Promise<void> {
  const { rows } = await downloadRows(kit, page, 'Export (CSV)');
  const ids = rows.map(({ qrCodeId }) => String(qrCodeId)).sort();
  expect(ids).toEqual(
    kit.sandbox.qrCodes
      .all('UAT')
      .map(({ qrCodeId }) => qrCodeId)
      .sort(),
  );
}

describe('A49 1,200 codes at a gateway that differs', () => {
  it.each<[DialectName[]]>([
    [['offset-pages-0']],
    [['offset-pages-1']],
    [['page-cap-100']],
    [['page-cap-100', 'offset-pages-0']],
    [['page-cap-100', 'offset-pages-1']],
    [['pages-shrink']],
    [['total-of-page']],
    [['total-of-page', 'offset-pages-0']],
    [['total-too-low']],
    [['list-under-data-data']],
  ])('by %j are all found, each once, and said to be all', async (names) => {
    for (const name of names) kit.sandbox.dialects.use(name);
    const page = await openSearchTab(kit);
    await searchFor(page, {}, `${inWords(COUNT)} QR codes found.`);
    expect(await notes(page)).toEqual([]);
    await byRole(page, 'button', `Select all ${inWords(COUNT)}`);
    await expectAllFound(page);
  });

  it('are filtered here if it ignores both names of the date filter, and the second name is tried first next time', async () => {
    const page = await openSearchTab(kit);
    const filters = { 'Created from': '2026-03-01', 'Created to': '2026-03-31' };
    const count = kit.sandbox.qrCodes
      .all('UAT')
      .filter(({ createdOn }) => String(createdOn).startsWith('2026-03')).length;
    kit.sandbox.dialects.use('ignore-filters');
    await searchFor(page, filters, `${inWords(count)} QR codes found.`);
    await waitForText(page, /EnKash ignored a filter, or part of it \(Created from, Created to\)/);
    const named = () => searches(kit).map(({ body }) => Object.keys(JSON.parse(String(body))).join());
    expect(new Set(named())).toEqual(new Set(['createdOnFrom,createdOnTo', 'fromDate,toDate']));
    kit.sandbox.requests.clear();
    kit.sandbox.dialects.clear();
    await searchFor(page, filters, `${inWords(count)} QR codes found.`);
    expect(new Set(named())).toEqual(new Set(['fromDate,toDate']));
    expect(await notes(page)).toEqual([]);
  });

  const UNKNOWN = { response_code: 400, response_message: 'Unrecognized field', payload: null };
  it.each<[string, Answer]>([
    ['HTTP 400', { kind: 'status', httpStatus: 400, content: UNKNOWN }],
    ['a code', { kind: 'reject', code: 400, message: 'Unrecognized field' }],
  ])(
    'are found without a filter that it refuses with %s, which is applied here and said',
    async (_, answer) => {
      const page = await openSearchTab(kit);
      const count = kit.sandbox.qrCodes
        .all('UAT')
        .filter(
          ({ createdOn, status }) => createdOn && createdOn >= '2026-05-01' && status === 'CANCELLED',
        ).length;
      kit.sandbox.faults.add({ on: 'search', times: 2, answer });
      await searchFor(
        page,
        { 'Created from': '2026-05-01', Status: 'Cancelled' },
        `${inWords(count)} QR codes found.`,
      );
      await waitForText(page, /refused a search with a filter \(Created from\)/);
      const sent = searches(kit).map(({ body }) => JSON.parse(String(body)));
      expect(sent.slice(0, 3)).toEqual([
        { status: 'CANCELLED', createdOnFrom: '2026-04-30' },
        { status: 'CANCELLED', fromDate: '2026-04-30' },
        { status: 'CANCELLED' },
      ]);
    },
  );

  it('are not reported as complete if it returns the same page for every offset', async () => {
    kit.sandbox.dialects.use('page-cap-100');
    kit.sandbox.faults.add({ on: 'search', answer: { kind: 'shift-pages', by: 100_000 } });
    const page = await openSearchTab(kit);
    await searchFor(page, {}, '100 QR codes found. There may be more.');
    await waitForText(page, 'EnKash’s pages do not fit together');
    await clickRole(page, 'button', 'Select all 100 found so far');
    expect(await textOf(page, 'grid')).toContain('QR26');
    expect(kit.patches()).toEqual([]);
  });
});
