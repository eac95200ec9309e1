import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clickRole, typeInto } from '../../harness/act.ts';
import { byRole, hasRole, textOf, waitForText, waitUntilGone } from '../../harness/find.ts';
import { until } from '../../harness/until.ts';
import { eachOnce, freshId, patchCounts, putCodes } from '../support/bulk-codes.ts';
import { expectInvariants } from '../support/bulk-invariants.ts';
import { journalOf, kindsOf } from '../support/bulk-journal.ts';
import {
  answerQuestion,
  badgeText,
  downloadRows,
  drawnRows,
  openBulkTab,
  openQuestion,
  putBulkAway,
  reviewList,
  startJob,
  waitForReport,
  waitForSummary,
} from '../support/bulk-steps.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { enterAccount, useAccount } from '../support/operator.ts';

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
});
afterAll(() => kit?.close());
afterEach(() => putBulkAway(kit));

const confirmButton = async (page: Page, name: string) => {
  const button = await byRole(page, 'button', name);
  return button.evaluate((element) => (element as HTMLButtonElement).disabled);
};

/** A realistic list: 48 lines with 42 codes to cancel, and other words. */
function mixedList() {
  const active = putCodes(kit, 42);
  const cancelled = putCodes(kit, 9, { status: 'CANCELLED' });
  const missing = [freshId(), freshId(), freshId()];
  const [expired = ''] = putCodes(kit, 1, { status: 'EXPIRED' });
  const lines = [
    ...active.slice(0, 20),
    ...cancelled,
    '1.23E+15',
    ...missing,
    expired,
    ...active.slice(20),
    active[3],
    active[4],
    'QR26/../X',
  ];
  return { active, cancelled, missing, expired, lines: lines.map(String) };
}

const CONFIRM_42 = 'Type CANCEL 42 to confirm';

/** Checks the confirmation of 42 cancels: its texts, and the texts that enable its button. */
async function expectConfirmation(page: Page): Promise<void> {
  const dialog = await textOf(page, 'alertdialog', 'Cancel 42 QR codes?');
  expect(dialog).toContain('Main counter');
  expect(dialog).toContain('UAT');
  expect(dialog).toContain(
    'Once they are cancelled, customers can’t pay with them any more. This cannot be undone.',
  );
  const confirm = 'Cancel 42 QR codes';
  for (const wrong of ['', 'CANCEL', 'CANCEL 4', '42', 'CANCEL 420', 'CANCEL 41']) {
    await typeInto(page, CONFIRM_42, wrong);
    expect(await confirmButton(page, confirm)).toBe(true);
  }
  await waitForText(page, 'You typed 41; the number is 42.');
  for (const right of ['CANCEL 42', 'cancel  42', 'CANCEL ४२']) {
    await typeInto(page, CONFIRM_42, right);
    expect(await confirmButton(page, confirm)).toBe(false);
  }
}

describe('a list', () => {
  it('is reviewed first: summary, lines and CSV, without a cancel', async () => {
    const { active, cancelled, missing, expired, lines } = mixedList();
    const page = await openBulkTab(kit);
    await reviewList(page, lines);
    await waitForSummary(
      page,
      '42 will be cancelled · 9 already cancelled · 3 not found · 1 with another status · 2 not QR code IDs · 2 duplicates',
    );
    const { name, rows } = await downloadRows(kit, page, 'Download review (CSV)');
    expect(name).toBe('qr-cancel-review.csv');
    const reviews = Object.fromEntries(rows.map(({ line, review }) => [Number(line), review]));
    expect(rows.map(({ qrCodeId }) => qrCodeId)).toEqual(lines);
    const kinds = lines.map((id, index) => {
      if (index >= lines.length - 3) return id.includes('/') ? 'Not a QR code ID' : 'Duplicate';
      if (active.includes(id)) return 'Will be cancelled';
      if (cancelled.includes(id)) return 'Already cancelled';
      if (missing.includes(id)) return 'Not found';
      return id === expired ? 'EXPIRED' : 'Not a QR code ID';
    });
    expect(Object.values(reviews)).toEqual(kinds);
    const drawn = await drawnRows(page);
    expect(drawn.length).toBeGreaterThan(5);
    for (const [index, row] of drawn.slice(1).entries())
      expect(row).toMatch(new RegExp(`^${index + 1} \\| ${lines[index]} \\|.*\\| ${kinds[index]}`, 's'));
    expect(rows.find(({ qrCodeId }) => qrCodeId === '1.23E+15')?.note).toContain('damaged by a spreadsheet');
    expect(rows.at(-2)?.note).toBe('Same as line 5');
    const reads = kit.sandbox.requests.of('get').map(({ qrCodeId }) => qrCodeId);
    expect(reads.toSorted()).toEqual([...active, ...cancelled, ...missing, expired].toSorted());
    expect(kit.patches()).toEqual([]);
  });

  it('sends exactly one cancel for each ACTIVE code after the confirmation', async () => {
    const from = kit.chromium.notifications.all.length;
    const { active, lines } = mixedList();
    const page = await openBulkTab(kit);
    await reviewList(page, lines);
    await waitForSummary(page, /^42 will be cancelled/);

    await openQuestion(page, 42);
    await expectConfirmation(page);
    await page.keyboard.press('Escape');
    await waitUntilGone(page, 'alertdialog');
    await openQuestion(page, 42);
    expect(await textOf(page, 'textbox', CONFIRM_42)).toBe('');
    await clickRole(page, 'button', 'Keep active');
    await waitUntilGone(page, 'alertdialog');
    expect(kit.patches()).toEqual([]);

    await openQuestion(page, 42);
    await answerQuestion(page, 42);
    await waitForReport(page, '42 cancelled');
    expect(patchCounts(kit, active)).toEqual(eachOnce(active));
    const journal = await journalOf(page);
    expect(kindsOf(journal)).toEqual({ cancelled: 42 });
    expectInvariants(kit, journal, active);

    const notified = kit.chromium.notifications.all.slice(from);
    expect(notified.map(({ id, title, message }) => ({ id, title, message }))).toEqual([
      { id: 'bulk', title: 'Bulk cancel finished', message: '42 cancelled · Main counter (UAT)' },
    ]);
    await until('an empty badge', async () => (await badgeText(kit)) === '');

    const { name, rows } = await downloadRows(kit, page, 'Download results (CSV)');
    expect(name).toBe('qr-cancel-results.csv');
    expect(rows.map(({ qrCodeId, outcome }) => `${qrCodeId} ${outcome}`)).toEqual(
      active.map((id) => `${id} Cancelled`),
    );
    const [first = ''] = (await drawnRows(page)).slice(1);
    expect(first).toMatch(new RegExp(`^1 \\| ${active[0]} \\| Stall ${active[0]}, ₹250 \\| Cancelled`));

    await clickRole(page, 'tab', 'History');
    await waitForText(page, /Bulk cancel of .+: 42 cancelled/);
    await page.click('tr[aria-expanded=false]');
    const shown = await until('the rows of the job', async () => {
      const rows = (await drawnRows(page)).join('\n');
      return active.filter((id) => rows.includes(id)).length > 9 ? rows : undefined;
    });
    expect(shown).not.toContain('Not confirmed');
  });

  it('can be started again after the report', async () => {
    const ids = putCodes(kit, 3);
    const page = await openBulkTab(kit);
    await startJob(page, ids);
    await waitForReport(page, '3 cancelled');
    await clickRole(page, 'button', 'New list');
    await reviewList(page, ids);
    await waitForSummary(page, '3 already cancelled');
    await waitForText(page, 'There is nothing to cancel in this list. Nothing was changed.');
    expect(kit.patches()).toHaveLength(3);
  });
});

describe('the word to type', () => {
  it('is not required for 20 codes in UAT', async () => {
    const ids = putCodes(kit, 20);
    const page = await openBulkTab(kit);
    await reviewList(page, ids);
    await waitForSummary(page, '20 will be cancelled');
    await openQuestion(page, 20);
    expect(await hasRole(page, 'textbox', 'Type CANCEL 20 to confirm')).toBe(false);
    await clickRole(page, 'button', 'Cancel 20 QR codes');
    await waitForReport(page, '20 cancelled');
    expect(patchCounts(kit, ids)).toEqual(eachOnce(ids));
  });

  it('is required for a single code in LIVE', async () => {
    await kit.withOptions(async (options) => {
      await enterAccount(options, kit.sandbox, { name: 'Real shop', environment: 'LIVE' });
      await useAccount(options, 'Real shop');
    });
    const ids = putCodes(kit, 1, { environment: 'LIVE' });
    const page = await openBulkTab(kit);
    await reviewList(page, ids);
    await waitForSummary(page, '1 will be cancelled');
    await openQuestion(page, 1);
    const dialog = await textOf(page, 'alertdialog', 'Cancel 1 QR code?');
    expect(dialog).toContain('LIVE');
    expect(dialog).toContain('What you cancel stops taking real payments.');
    expect(await confirmButton(page, 'Cancel 1 QR code')).toBe(true);
    await page.keyboard.press('Enter');
    expect(kit.patches()).toEqual([]);
    await waitUntilGone(page, 'alertdialog');
    await openQuestion(page, 1);
    await answerQuestion(page, 1);
    await waitForReport(page, '1 cancelled');
    expect(kit.patches().map(({ environment }) => environment)).toEqual(['LIVE']);
    expectInvariants(kit, await journalOf(page), ids, { environment: 'LIVE' });
  });
});
