import { chooseFile, clickRole, typeInto } from '../../../harness/act.ts';
import { byRole, waitForText, waitUntilGone } from '../../../harness/find.ts';
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
import { openHistoryTab } from '../history-steps.ts';
import { paste } from '../operator.ts';
import { inPrint } from '../print-view.ts';
import { LONG, NO_ANSWER, type Visit, withoutBackground } from './visit.ts';

const SPREADSHEET = 'tests/spreadsheets/codes.xlsx';
const OLD_SPREADSHEET = 'tests/spreadsheets/codes.xls';

/** Lists of codes from the empty field to the report. */
export async function walkBulk(kit: ChromiumFixture, visit: Visit): Promise<void> {
  await walkReview(kit, visit);
  await walkRun(kit, visit);
  await walkReport(kit, visit);
  await walkLongList(kit, visit);
  const silent = await openBulkTab(kit);
  await withoutBackground(silent);
  await silent.reload();
  await waitForText(silent, NO_ANSWER);
  await visit('bulk-no-answer', silent);
  await kit.closePages();
}

async function walkReview(kit: ChromiumFixture, visit: Visit): Promise<void> {
  const page = await openBulkTab(kit);
  await byRole(page, 'textbox', 'QR code IDs');
  await visit('bulk-empty', page);
  await clickRole(page, 'button', 'Review IDs');
  await waitForText(page, 'There are no IDs in this.');
  await visit('bulk-nothing', page);

  await chooseFile(page, 'Choose a CSV or text file', SPREADSHEET, OLD_SPREADSHEET);
  await waitForText(page, 'This is an old Excel file');
  await clickRole(page, 'button', 'Review IDs');
  await visit('bulk-sheet-question', page);
  await clickRole(page, 'radio', 'Filtered');
  await clickRole(page, 'button', 'Read this sheet');
  await waitForText(page, 'the spreadsheet hides 1 row');
  await visit('bulk-hidden-rows', page);

  const [old = '', other = ''] = putCodes(kit, 2);
  await reviewList(page, `Shop,Old QR,New QR\nKothrud,${old},${other}\nTotal,,`);
  await byRole(page, 'radiogroup', 'Which column holds the QR code IDs?');
  await visit('bulk-which-column', page);
  await page.$eval('[role=radiogroup] input', (radio) => (radio as HTMLElement).click());
  await waitForText(page, '2 IDs in the text · 1 in the list · 1 left out');
  await (await page.$('summary'))?.click();
  await byRole(page, 'table', 'What was left out');
  await visit('bulk-left-out', page);

  kit.sandbox.faults.add({ on: 'get', answer: { kind: 'slow', ms: 400 } });
  await reviewList(page, putCodes(kit, 120));
  await waitForText(page, /[1-9]\d* of 120 checked/);
  await visit('bulk-reading', page);
  await clickRole(page, 'button', 'Stop checking');
  await waitForText(page, 'You stopped the check.');
  await visit('bulk-reading-stopped', page);
  kit.sandbox.faults.clear();

  kit.sandbox.faults.add({ on: 'get', answer: { kind: 'status', httpStatus: 401 } });
  await reviewList(page, putCodes(kit, 3));
  await waitForText(page, 'Checking has stopped.');
  await visit('bulk-review-failed', page);
  kit.sandbox.faults.clear();

  const [first = '', ...rest] = putCodes(kit, 23);
  const gone = putCodes(kit, 2, { status: 'CANCELLED' });
  const [held = ''] = putCodes(kit, 1, { status: 'ON_HOLD' });
  kit.sandbox.qrCodes.put('UAT', { qrCodeId: first, qrName: LONG.name });
  kit.sandbox.qrCodes.put('UAT', { qrCodeId: String(rest[0]), qrName: LONG.unbroken });
  const lines = [first, freshId(), first, '1.23E+15', ...gone, held, first.toLowerCase(), ...rest];
  await reviewList(page, lines);
  await waitForSummary(page, /23 will be cancelled/);
  await visit('bulk-review', page);
  await openQuestion(page, 23);
  await visit('bulk-gate', page);
  await typeInto(page, 'Type CANCEL 23 to confirm', 'CANCEL 2');
  await visit('bulk-gate-half-typed', page);
  await clickRole(page, 'button', 'Keep active');
  await waitUntilGone(page, 'alertdialog');
  await page.close();
}

async function walkRun(kit: ChromiumFixture, visit: Visit): Promise<void> {
  const page = await openBulkTab(kit);
  slowDown(kit, 1_500);
  await startJob(page, putCodes(kit, 90));
  await waitForPatches(kit, 8);
  await waitForText(page, /[1-9]\d* cancelled/);
  await visit('bulk-running', page);
  await clickRole(page, 'button', 'Pause');
  await waitForText(page, 'You paused it. Nothing is being sent.');
  await visit('bulk-paused', page);
  kit.sandbox.faults.clear();
  kit.sandbox.faults.add({ on: 'any', answer: { kind: 'status', httpStatus: 401 } });
  await clickRole(page, 'button', 'Resume');
  await waitForText(page, 'Check the keys in Settings, then press “Resume”.', { timeout: 30_000 });
  await visit('bulk-paused-keys-refused', page);
  kit.sandbox.faults.clear();
  await clickRole(page, 'button', 'Stop for good');
  await waitForText(page, 'Bulk cancel stopped early');
  await visit('bulk-ended', page);
  await page.close();
  await putBulkAway(kit);
}

/** A job of 24 codes, of which two are rejected and two not confirmed. */
async function walkReport(kit: ChromiumFixture, visit: Visit): Promise<void> {
  const ids = putCodes(kit, 24);
  const [rejected, alsoRejected, unclear, alsoUnclear] = ids;
  const page = await openBulkTab(kit);
  await reviewList(page, ids);
  await waitForSummary(page, '24 will be cancelled');
  for (const qrCodeId of [rejected, alsoRejected])
    kit.sandbox.faults.add({
      on: 'cancel',
      ...(qrCodeId && { qrCodeId }),
      answer: { kind: 'reject', code: 512, message: 'Approval of the branch manager is pending' },
    });
  for (const qrCodeId of [unclear, alsoUnclear])
    kit.sandbox.faults.add({ on: 'cancel', ...(qrCodeId && { qrCodeId }), answer: { kind: 'says-active' } });
  await openQuestion(page, 24);
  await answerQuestion(page, 24);
  await waitForReport(page, /20 cancelled/);
  await visit('bulk-report', page);
  await inPrint(page, () => visit('bulk-report-print', page));
  const filter = await byRole(page, 'combobox', 'Show');
  await filter.select('rejected');
  await waitForText(page, 'Approval of the branch manager');
  await visit('bulk-report-filtered', page);
  await page.close();
  await walkJobInHistory(kit, visit);
  await putBulkAway(kit);
}

async function walkJobInHistory(kit: ChromiumFixture, visit: Visit): Promise<void> {
  const page = await openHistoryTab(kit);
  await waitForText(page, 'Bulk cancel');
  await visit('history-job', page);
  await page.close();
}

async function walkLongList(kit: ChromiumFixture, visit: Visit): Promise<void> {
  const page = await openBulkTab(kit);
  kit.sandbox.faults.add({ on: 'get', answer: { kind: 'silence' } });
  const ids = Array.from({ length: 10_000 }, (_, index) => `QR26LONG${String(index).padStart(6, '0')}`);
  await paste(page, 'QR code IDs', ids.join('\n'));
  await clickRole(page, 'button', 'Review IDs');
  await waitForText(page, '0 of 10,000 checked');
  await visit('bulk-10000-lines', page);
  await clickRole(page, 'button', 'Stop checking');
  await page.close();
  kit.sandbox.faults.clear();
}

/** A list with the LIVE account: its review and its confirmation. */
export async function walkLiveBulk(kit: ChromiumFixture, visit: Visit): Promise<void> {
  const page = await openBulkTab(kit);
  const ids = putCodes(kit, 3, { environment: 'LIVE' });
  await reviewList(page, ids);
  await waitForSummary(page, '3 will be cancelled');
  await visit('bulk-live-review', page);
  await openQuestion(page, 3);
  await visit('bulk-live-gate', page);
  await page.close();
}
