import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clickRole } from '../../harness/act.ts';
import { hasRole, textOf, waitForText } from '../../harness/find.ts';
import { downloadRows, inWords, putBulkAway } from '../support/bulk-steps.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { COUNT, idOf, isCancelled, putCatalogue, rowCount } from '../support/search-catalogue.ts';
import { drawnCells, openSearchTab, searchFor } from '../support/search-steps.ts';

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
  putCatalogue(kit);
});
afterAll(() => kit?.close());
afterEach(() => putBulkAway(kit));

describe('an unreliable gateway', () => {
  it('that ignores every filter: hides codes that do not match, and reports it', async () => {
    kit.sandbox.faults.add({ on: 'search', answer: { kind: 'ignore-filters' } });
    const page = await openSearchTab(kit);
    const expected = Array.from({ length: COUNT }).filter((_, index) => isCancelled(index)).length;
    await searchFor(page, { Status: 'Cancelled' }, `${inWords(expected)} QR codes found.`);
    await waitForText(page, /EnKash ignored a filter, or part of it \(Status\)/);
    for (const cells of await drawnCells(page)) expect(cells[4]).toBe('Cancelled');
    const { rows } = await downloadRows(kit, page, 'Export (CSV)');
    expect(rows).toHaveLength(expected);
    expect(rows.every(({ status }) => status === 'CANCELLED')).toBe(true);
  });

  it.each([
    ['overlap', 120],
    ['shift', -120],
  ])('with pages that %s: shows each code once', async (_, by) => {
    kit.sandbox.faults.add({ on: 'search', answer: { kind: 'shift-pages', by } });
    const page = await openSearchTab(kit);
    await searchFor(page, { Status: 'Active' }, /^[\d,]+ QR codes found\.$/);
    if (by > 0) await waitForText(page, 'a second time');
    await clickRole(page, 'button', `Select all ${inWords(await rowCount(page))}`);
    await waitForText(page, `${inWords(await rowCount(page))} selected`);
    const { rows } = await downloadRows(kit, page, 'Export (CSV)');
    expect(new Set(rows.map(({ qrCodeId }) => qrCodeId)).size).toBe(rows.length);
    expect(rows).toHaveLength(await rowCount(page));
    expect(rows.every(({ status }) => status === 'ACTIVE')).toBe(true);
  });

  it.each(['content', 'items', 'data'] as const)('with the list under “%s”', async (under) => {
    kit.sandbox.faults.add({ on: 'search', answer: { kind: 'wrap-list', under, total: true } });
    const page = await openSearchTab(kit);
    await searchFor(page, { Text: 'Saris 1234' }, /QR codes? found\.$/);
    expect((await drawnCells(page)).map(([, id]) => id)).toContain(idOf(1234));
  });

  it.each(['array', 'string', 'null', 'nested'] as const)(
    'with another shape of response: %s',
    async (shape) => {
      kit.sandbox.faults.add({ on: 'search', answer: { kind: 'wrong-shape', shape } });
      const page = await openSearchTab(kit);
      await clickRole(page, 'button', 'Search QR codes');
      expect(await textOf(page, 'alert')).toContain('EnKash’s answer could not be understood.');
      expect(await hasRole(page, 'grid')).toBe(false);
    },
  );

  it('with other values in every code: shows no match', async () => {
    kit.sandbox.faults.add({
      on: 'search',
      answer: { kind: 'merge', fields: { status: 'On hold', createdOn: 'yesterday', amount: '1 lakh' } },
    });
    const page = await openSearchTab(kit);
    await searchFor(page, { 'Amount from': '1', 'Created to': '2030-01-01' }, 'No QR code found.');
    await waitForText(page, /EnKash ignored a filter, or part of it \(Created to, Amount from\)/);
  });
});
