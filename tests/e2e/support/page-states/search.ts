import type { Page } from 'puppeteer-core';
import { clickRole, typeInto } from '../../../harness/act.ts';
import { byRole, waitForText, waitUntilGone } from '../../../harness/find.ts';
import { waitForSummary } from '../bulk-steps.ts';
import type { ChromiumFixture } from '../chromium-fixture.ts';
import { inPrint } from '../print-view.ts';
import { openSearchTab, searchFor } from '../search-steps.ts';
import type { Visit } from './visit.ts';

/** The search from its filters to the details of a code. */
export async function walkSearch(kit: ChromiumFixture, visit: Visit): Promise<void> {
  const page = await openSearchTab(kit);
  await byRole(page, 'button', 'Search QR codes');
  await visit('search-empty', page);
  await searchFor(page, { Text: 'nothing is called so' }, 'No QR code found.');
  await visit('search-nothing-found', page);
  await searchFor(page, { Text: '', 'Amount from': '500', 'Amount to': '100' }, /./).catch(() => undefined);
  await waitForText(page, 'so nothing can match.');
  await visit('search-wrong-filter', page);

  await page.goto(page.url().replace(/(?:\?[^#]*)?#/, '?status=cancelled#'));
  await waitForText(page, 'can’t be searched for here.');
  await visit('search-wrong-address', page);

  kit.sandbox.faults.add({ on: 'search', answer: { kind: 'slow', ms: 1_500 } });
  await page.goto(page.url().replace(/\?[^#]*/, ''));
  await clickRole(page, 'button', 'Search QR codes');
  await waitForText(page, 'Searching…');
  await visit('search-searching', page);
  await waitForSummary(page, /QR codes found\.$/, { timeout: 30_000 });
  await visit('search-found', page);
  kit.sandbox.faults.clear();

  await page.focus('[role=grid]');
  for (const key of ['ArrowDown', 'Space', 'ArrowDown', 'Space'] as const) await page.keyboard.press(key);
  await waitForText(page, '2 selected');
  await visit('search-selected', page);
  await page.keyboard.press('Enter');
  await byRole(page, 'region', 'QR code details');
  await visit('search-details', page);
  await clickRole(page, 'button', 'Close');
  await waitUntilGone(page, 'dialog');

  kit.sandbox.faults.add({ on: 'get', answer: { kind: 'status', httpStatus: 500 } });
  await page.focus('[role=grid]');
  await page.keyboard.press('Enter');
  await waitForText(page, 'EnKash had a problem');
  await visit('search-details-failed', page);
  await clickRole(page, 'button', 'Close');
  await waitUntilGone(page, 'dialog');
  // The focus has returned to the table, and the search button may be below the sticky account bar.
  await page.evaluate(() => scrollTo(0, 0));
  kit.sandbox.faults.clear();

  kit.sandbox.faults.add({ on: 'search', answer: { kind: 'ignore-filters' } });
  await searchFor(page, { Status: 'Cancelled' }, /QR codes found\.$/);
  await waitForText(page, 'EnKash ignored a filter');
  await visit('search-filter-ignored', page);
  kit.sandbox.faults.clear();
  kit.sandbox.faults.add({ on: 'search', answer: { kind: 'status', httpStatus: 500 } });
  await clickRole(page, 'button', 'Search QR codes');
  await waitForText(page, 'Searching has stopped.');
  await visit('search-failed', page);
  kit.sandbox.faults.clear();
  await walkReplacement(kit, page, visit);
  await page.close();
}

/** A replacement for a cancelled code: its form, the confirmation, and all results. */
async function walkReplacement(kit: ChromiumFixture, page: Page, visit: Visit): Promise<void> {
  await searchFor(page, { Text: 'Counter' }, /found\.$/);
  await openReplacement(page);
  await visit('search-replacement-form', page);
  await typeInto(page, 'Name', ' ');
  await clickRole(page, 'button', 'Create QR code…');
  await byRole(page, 'alert');
  await visit('search-replacement-problems', page);
  await typeInto(page, 'Name', 'Counter 1, new');
  await clickRole(page, 'button', 'Create QR code…');
  await byRole(page, 'alertdialog');
  await visit('search-replacement-gate', page);

  kit.sandbox.faults.add({
    on: 'create',
    answer: { kind: 'reject', code: 512, message: 'Approval of the branch manager is pending' },
  });
  await clickRole(page, 'button', 'Create QR code');
  await waitForText(page, 'Approval of the branch manager');
  await visit('search-replacement-rejected', page);
  kit.sandbox.faults.clear();
  await clickRole(page, 'button', 'Back to the form');
  kit.sandbox.faults.add({ on: 'create', answer: { kind: 'status', httpStatus: 502 } });
  await create(page);
  await byRole(page, 'button', 'Search for it');
  await visit('search-replacement-unconfirmed', page);
  kit.sandbox.faults.clear();
  await clickRole(page, 'button', 'Close');
  await waitUntilGone(page, 'dialog');

  await openReplacement(page);
  await create(page);
  await byRole(page, 'region', 'QR code details');
  await visit('search-replacement-created', page);
  await inPrint(page, () => visit('search-replacement-print', page));
}

async function openReplacement(page: Page): Promise<void> {
  await page.focus('[role=grid]');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await clickRole(page, 'button', 'Create a replacement…');
  await byRole(page, 'textbox', 'Name');
}

async function create(page: Page): Promise<void> {
  await clickRole(page, 'button', 'Create QR code…');
  await byRole(page, 'alertdialog');
  await clickRole(page, 'button', 'Create QR code');
  await waitUntilGone(page, 'alertdialog');
}
