import type { Page } from 'puppeteer-core';
import { LANGUAGES, type Language } from '../../../../utils/i18n/language.ts';
import { chooseFile, clickRole, typeInto } from '../../../harness/act.ts';
import { byRole, waitForText, waitUntilGone } from '../../../harness/find.ts';
import type { Size } from '../../../harness/screenshot.ts';
import { freshId, putCodes, slowDown } from '../bulk-codes.ts';
import {
  answerQuestion,
  openBulkTab,
  openQuestion,
  putBulkAway,
  reviewList,
  startJob,
  waitForPatches,
  waitForReport,
  waitForSummary,
} from '../bulk-steps.ts';
import type { ChromiumFixture } from '../chromium-fixture.ts';
import { openFindTab, PictureFiles, textOfCode, waitForFindings } from '../find-steps.ts';
import { openHistoryTab, waitForRecord } from '../history-steps.ts';
import { confirmCancel, enterId } from '../operator.ts';
import { openSearchTab } from '../search-steps.ts';
import { tell } from '../tell.ts';
import type { Visit } from './visit.ts';

/** The widths in CSS pixels, and heights, of a page in each language: the popup is never wider than the first. */
export const NARROW = { width: 380, height: 600 };
export const WIDE = { width: 1280, height: 800 };

export const sizesOf = (state: string) => (state.startsWith('popup') ? [NARROW] : [NARROW, WIDE]);

/** Shows a page in each language, then in English again. An open dialog and a running job stay as they are. */
export async function inEachLanguage(page: Page, look: (language: Language) => Promise<void>): Promise<void> {
  for (const language of LANGUAGES) {
    await speak(page, language, language);
    await look(language);
  }
  await speak(page, 'system', 'en');
}

async function speak(page: Page, choice: string, language: string): Promise<void> {
  await tell(page, 'updateSettings', { language: choice });
  await page.waitForFunction((spoken) => document.documentElement.lang === spoken, {}, language);
}

/** Resizes the page, and waits until its tables have chosen their columns for the width. */
export async function settle(page: Page, size: Size): Promise<void> {
  await page.setViewport(size);
  await page.evaluate(async () => {
    for (let frame = 0; frame < 6; frame += 1) await new Promise(requestAnimationFrame);
  });
}

/** The states that an operator sees on most days, for one look in each language. Needs an account. */
export async function walkMainStates(kit: ChromiumFixture, visit: Visit): Promise<void> {
  await walkReview(kit, visit);
  await walkJob(kit, visit);
  await walkPopup(kit, visit);
  await walkReport(kit, visit);
  await walkTabs(kit, visit);
  const options = await kit.chromium.openPage('options.html');
  await byRole(options, 'textbox', 'Account name');
  await visit('settings', options);
  await kit.closePages();
}

async function walkPopup(kit: ChromiumFixture, visit: Visit): Promise<void> {
  const popup = await kit.openPopup();
  await waitForText(popup, 'What you check or cancel appears here.');
  await visit('popup', popup);
  await enterId(popup, kit.nextId(), 'Cancel QR code…');
  await byRole(popup, 'alertdialog', 'Cancel this QR code?');
  await visit('popup-question', popup);
  await confirmCancel(popup);
  await waitForText(popup, 'EnKash confirmed it.');
  await visit('popup-result', popup);

  kit.sandbox.faults.add({ on: 'cancel', answer: { kind: 'empty' } });
  await enterId(popup, kit.nextId(), 'Cancel QR code…');
  await byRole(popup, 'alertdialog', 'Cancel this QR code?');
  kit.sandbox.faults.add({ on: 'get', answer: { kind: 'status', httpStatus: 500 } });
  await confirmCancel(popup);
  await waitForText(popup, 'Result not confirmed', { timeout: 30_000 });
  await visit('popup-unconfirmed', popup);
  kit.sandbox.faults.clear();
  await kit.closePages();
}

async function walkReview(kit: ChromiumFixture, visit: Visit): Promise<void> {
  const page = await openBulkTab(kit);
  await byRole(page, 'textbox', 'QR code IDs');
  await visit('list', page);
  const [held = ''] = putCodes(kit, 1, { status: 'ON_HOLD' });
  const codes = putCodes(kit, 23);
  const gone = putCodes(kit, 2, { status: 'CANCELLED' });
  await reviewList(page, [...codes, String(codes[0]), freshId(), '1.23E+15', held, ...gone]);
  await waitForSummary(page, /23 will be cancelled/);
  await visit('review', page);
  await openQuestion(page, 23);
  await typeInto(page, 'Type CANCEL 23 to confirm', 'CANCEL 2');
  await visit('gate', page);
  await clickRole(page, 'button', 'Keep active');
  await waitUntilGone(page, 'alertdialog');
  await page.close();
}

async function walkJob(kit: ChromiumFixture, visit: Visit): Promise<void> {
  const page = await openBulkTab(kit);
  slowDown(kit, 1_500);
  await startJob(page, putCodes(kit, 400));
  await waitForPatches(kit, 8);
  await waitForText(page, /[1-9]\d* cancelled/);
  await visit('progress', page);
  await clickRole(page, 'button', 'Pause');
  await waitForText(page, 'You paused it. Nothing is being sent.');
  await visit('paused', page);
  await page.close();
  await putBulkAway(kit);
}

/** A job of 24 codes, of which two are rejected and one is not confirmed, and its entry in the history. */
async function walkReport(kit: ChromiumFixture, visit: Visit): Promise<void> {
  const ids = putCodes(kit, 24);
  const page = await openBulkTab(kit);
  await reviewList(page, ids);
  await waitForSummary(page, '24 will be cancelled');
  // The report begins with the first, the history with the last.
  for (const qrCodeId of [String(ids[0]), String(ids.at(-1))])
    kit.sandbox.faults.add({
      on: 'cancel',
      qrCodeId,
      answer: { kind: 'reject', code: 512, message: 'Approval of the branch manager is pending' },
    });
  kit.sandbox.faults.add({ on: 'cancel', qrCodeId: String(ids[1]), answer: { kind: 'says-active' } });
  await openQuestion(page, 24);
  await answerQuestion(page, 24);
  await waitForReport(page, /21 cancelled/);
  await visit('report', page);
  await page.close();
  kit.sandbox.faults.clear();
  const history = await openHistoryTab(kit);
  await waitForRecord(history, /./);
  await (await byRole(history, 'treegrid')).focus();
  for (const key of ['ArrowDown', 'ArrowRight'] as const) await history.keyboard.press(key);
  await history.waitForSelector('[aria-level="2"]');
  await visit('history', history);
  await history.close();
}

async function walkTabs(kit: ChromiumFixture, visit: Visit): Promise<void> {
  const search = await openSearchTab(kit, '?text=Counter&status=');
  await waitForSummary(search, /QR codes found\.$/, { timeout: 60_000 });
  await search.focus('[role=grid]');
  for (const key of ['ArrowDown', 'Space'] as const) await search.keyboard.press(key);
  await waitForText(search, '1 selected');
  await visit('search', search);
  await search.close();

  const files = new PictureFiles();
  try {
    const find = await openFindTab(kit);
    const picture = files.picture('counter 4.png', textOfCode(kit, kit.nextId()));
    await chooseFile(find, 'Choose pictures', picture);
    await waitForFindings(find, 1);
    await visit('find', find);
    await find.close();
  } finally {
    files.remove();
  }
}
