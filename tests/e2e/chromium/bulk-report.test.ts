import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { byRole, waitForText } from '../../harness/find.ts';
import { until } from '../../harness/until.ts';
import { putCodes, slowDown } from '../support/bulk-codes.ts';
import { expectInvariants } from '../support/bulk-invariants.ts';
import { journalOf, kindsOf } from '../support/bulk-journal.ts';
import {
  downloadRows,
  drawnRows,
  openBulkTab,
  putBulkAway,
  reviewList,
  startJob,
  waitForReport,
  waitForSummary,
} from '../support/bulk-steps.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
});
afterAll(() => kit?.close());
afterEach(() => putBulkAway(kit));

/** Texts that a spreadsheet would treat as formulas. */
const FORMULAS = ['=cmd()', '=HYPERLINK("https://x.example","pay")', '+1+1', '-2+3', '@SUM(1;2)', '\t=1+1'];

function expectHarmless(text: string): void {
  for (const line of text.replace(/^\ufeff/, '').split('\r\n'))
    for (const cell of line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)) expect(cell).not.toMatch(/^"?[=+\-@\t\r]/);
}

describe('A38 the results as CSV', () => {
  it('neutralise formulas, and match the screen and the journal for each code', async () => {
    const ids = putCodes(kit, 30);
    const odd = ids.slice(0, FORMULAS.length);
    for (const [index, qrCodeId] of odd.entries()) {
      kit.sandbox.qrCodes.put('UAT', { qrCodeId, qrName: FORMULAS[index], amount: FORMULAS[index] });
      const message = String(FORMULAS[index]);
      kit.sandbox.faults.add({ on: 'cancel', qrCodeId, answer: { kind: 'reject', code: 2041, message } });
    }
    const [gone = ''] = ids.slice(-1);
    const page = await openBulkTab(kit);
    await reviewList(page, [...ids, '=cmd()|calc!A1']);
    await waitForSummary(page, '30 will be cancelled · 1 not a QR code ID');
    const review = await downloadRows(kit, page, 'Download review (CSV)');
    expectHarmless(review.text);
    expect(review.rows.at(-1)?.qrCodeId).toBe("'=cmd()|calc!A1");

    kit.sandbox.faults.add({ on: 'cancel', qrCodeId: gone, answer: { kind: 'says-active' } });
    await startJob(page, ids);
    await waitForReport(page, '23 cancelled · 6 rejected · 1 not confirmed');
    const { text, rows } = await downloadRows(kit, page, 'Download results (CSV)');
    expectHarmless(text);
    expect(
      rows.slice(0, odd.length).map(({ code, message, name, amount }) => [code, message, name, amount]),
    ).toEqual(FORMULAS.map((formula) => ['2041', `'${formula}`, `'${formula}`, `'${formula}`]));
    const journal = await journalOf(page);
    expectInvariants(kit, journal, ids);
    expect(kindsOf(journal)).toEqual({ cancelled: 23, rejected: 6, unconfirmed: 1 });
    const words = { cancelled: 'Cancelled', rejected: 'Rejected', unconfirmed: 'Not confirmed' };
    expect(rows.map(({ qrCodeId, outcome }) => [qrCodeId, outcome])).toEqual(
      journal.items.map(({ qrCodeId, state }) => [qrCodeId, words[state.kind as keyof typeof words]]),
    );
    const drawn = (await drawnRows(page)).slice(1);
    expect(drawn.length).toBeGreaterThan(3);
    for (const [index, row] of drawn.entries()) {
      expect(row).toContain(`${index + 1} | ${rows[index]?.qrCodeId} |`);
      expect(row).toContain(`| ${rows[index]?.outcome}`);
    }
  });
});

describe('a report of 10,000 codes', () => {
  /** Writes a finished job to the journal. */
  async function writeLongJob(page: Page, count: number): Promise<void> {
    await page.evaluate(async (total) => {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open('journal');
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      const writing = database.transaction(['jobs', 'items'], 'readwrite');
      const [jobId, at] = [1_000, Date.now()];
      const account = { id: 'main', name: 'Main counter', environment: 'UAT' };
      const over = { state: { kind: 'finished' }, finishedAt: at, epoch: 1, revision: 2 };
      writing.objectStore('jobs').put({ jobId, at, account, total, browserSession: '', ...over });
      for (let number = 1; number <= total; number += 1) {
        const qrCodeId = `QR26LONG${String(number).padStart(5, '0')}`;
        const state = { kind: 'cancelled', evidence: 'response' };
        writing
          .objectStore('items')
          .put({ jobId, position: number, qrCodeId, state, sendings: 1, at, finishedAt: at, revision: 2 });
      }
      await new Promise((resolve) => {
        writing.oncomplete = resolve;
      });
      database.close();
    }, count);
  }

  it('draws only the visible rows, and can be scrolled to its end', async () => {
    await writeLongJob(await openBulkTab(kit), 10_000);
    await kit.closePages();
    const page = await openBulkTab(kit);
    await waitForSummary(page, '10,000 cancelled');
    const rows = () => page.$$eval('tr', (all) => all.length);
    await waitForText(page, 'QR26LONG00001');
    expect(await rows()).toBeLessThanOrEqual(80);
    const table = await byRole(page, 'region', 'Results, code by code');
    await until('the last line', async () => {
      await table.evaluate((box) => {
        box.scrollTop = box.scrollHeight;
      });
      return (await drawnRows(page)).at(-1)?.startsWith('10000 | QR26LONG10000');
    });
    expect(await rows()).toBeLessThanOrEqual(80);
    const { rows: written } = await downloadRows(kit, page, 'Download results (CSV)');
    expect(written).toHaveLength(10_000);
  });
});

describe('the cost of a job', () => {
  const COUNT = 300;

  /** Starts counting the worker's write transactions in the journal. */
  function countWritings(): Promise<void> {
    return kit.chromium.evaluateInWorker(() => {
      const scope = globalThis as unknown as { writings: number };
      scope.writings = 0;
      const { transaction } = IDBDatabase.prototype;
      IDBDatabase.prototype.transaction = function (this: IDBDatabase, ...args) {
        if (this.name === 'journal' && args[1] === 'readwrite') scope.writings += 1;
        return transaction.apply(this, args);
      };
    });
  }

  it('is one call to EnKash for each code, and at most one journal transaction for five codes', async () => {
    const ids = putCodes(kit, COUNT);
    const page = await openBulkTab(kit);
    await countWritings();
    slowDown(kit, 20);
    await startJob(page, ids);
    await waitForReport(page, `${COUNT} cancelled`);
    const writings = await kit.chromium.evaluateInWorker(
      () => (globalThis as unknown as { writings: number }).writings,
    );
    expect(writings).toBeGreaterThan(0);
    expect(writings / COUNT).toBeLessThanOrEqual(0.2);
    const calls = kit.sandbox.requests.all().map(({ operation }) => operation);
    expect(calls.filter((operation) => operation === 'get')).toHaveLength(COUNT);
    expect(calls.filter((operation) => operation === 'cancel')).toHaveLength(COUNT);
    expect(kit.sandbox.requests.of('token').length).toBeLessThanOrEqual(1);
    expectInvariants(kit, await journalOf(page), ids);
  });
});
