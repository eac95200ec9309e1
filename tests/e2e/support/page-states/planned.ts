import { clickRole, typeInto } from '../../../harness/act.ts';
import { byRole, waitForText, waitUntilGone } from '../../../harness/find.ts';
import { putCodes } from '../bulk-codes.ts';
import { openBulkTab, openQuestion, putBulkAway, reviewList, waitForSummary } from '../bulk-steps.ts';
import type { ChromiumFixture } from '../chromium-fixture.ts';
import { openHistoryTab } from '../history-steps.ts';
import { enterId } from '../operator.ts';
import { chooseStart, dropAll, enterStart, setWait, wallIn } from '../planned-steps.ts';
import type { Visit } from './visit.ts';

const DAY_MS = 86_400_000;

/** Cancels that start later: the question, the jobs that wait, the countdown, and the popup's part. */
export async function walkPlanned(kit: ChromiumFixture, visit: Visit): Promise<void> {
  await walkPlannedList(kit, visit);
  await walkCountdown(kit, visit);
  await walkLaterInPopup(kit, visit);
  await dropAll(kit);
  await putBulkAway(kit);
  await setWait(kit, { waitBeforeCancelling: 0, waitForSingle: false });
}

async function walkPlannedList(kit: ChromiumFixture, visit: Visit): Promise<void> {
  const page = await openBulkTab(kit);
  const ids = putCodes(kit, 24);
  kit.sandbox.qrCodes.put('UAT', { qrCodeId: String(ids[0]), expiry: '2026-01-31 23:59:59' });
  await reviewList(page, ids);
  await waitForSummary(page, '24 will be cancelled');
  await openQuestion(page, 24);
  await chooseStart(page, await wallIn(page, DAY_MS));
  await visit('bulk-question-later', page);
  await typeInto(page, 'Type CANCEL 24 to confirm', 'CANCEL 24');
  await enterStart(page, await wallIn(page, -DAY_MS));
  await clickRole(page, 'button', 'Plan the cancel of 24 QR codes');
  await waitForText(page, 'That time has already passed.');
  await visit('bulk-question-past', page);
  await enterStart(page, await wallIn(page, DAY_MS));
  await clickRole(page, 'button', 'Plan the cancel of 24 QR codes');
  await byRole(page, 'heading', 'Planned');
  await visit('bulk-planned', page);
  await clickRole(page, 'button', 'Change time…');
  await byRole(page, 'alertdialog', 'When should it start?');
  await visit('bulk-planned-time', page);
  await clickRole(page, 'button', 'Keep it planned');
  await clickRole(page, 'button', 'Drop');
  await byRole(page, 'alertdialog', 'Drop the planned cancel of 24 QR codes?');
  await visit('bulk-planned-drop', page);
  await clickRole(page, 'button', 'Keep it planned');
  await waitUntilGone(page, 'alertdialog');
  await clickRole(page, 'button', 'Run now');
  await byRole(page, 'alertdialog', 'Cancel 24 QR codes?');
  await visit('bulk-planned-run', page);
  await page.close();
  const history = await openHistoryTab(kit);
  await waitForText(history, 'Bulk cancel planned for');
  await visit('history-planned', history);
  await history.close();
}

async function walkCountdown(kit: ChromiumFixture, visit: Visit): Promise<void> {
  await setWait(kit, { waitBeforeCancelling: 30, waitForSingle: true });
  const page = await openBulkTab(kit);
  await reviewList(page, putCodes(kit, 3));
  await waitForSummary(page, '3 will be cancelled');
  await openQuestion(page, 3);
  await clickRole(page, 'button', 'Cancel 3 QR codes');
  await waitForText(page, /Starts in \d+ s/);
  await visit('bulk-countdown', page);
  await clickRole(page, 'button', 'Keep active');
  await waitForText(page, 'Stopped in time.');
  await visit('bulk-countdown-stopped', page);
  await page.close();
}

async function walkLaterInPopup(kit: ChromiumFixture, visit: Visit): Promise<void> {
  const popup = await kit.openPopup();
  await enterId(popup, kit.nextId(), 'Cancel QR code…');
  await byRole(popup, 'alertdialog', 'Cancel this QR code?');
  await clickRole(popup, 'button', 'Cancel QR code');
  await waitForText(popup, /Starts in \d+ s/);
  await visit('popup-countdown', popup);
  await clickRole(popup, 'button', 'Keep active');
  await waitForText(popup, 'Stopped in time.');
  await visit('popup-countdown-stopped', popup);
  await typeInto(popup, 'QR code ID', kit.nextId());
  await clickRole(popup, 'button', 'Cancel later…');
  await byRole(popup, 'textbox', 'Start at');
  await visit('popup-dialog-later', popup);
  await enterStart(popup, await wallIn(popup, 40 * DAY_MS));
  await clickRole(popup, 'button', 'Plan the cancel');
  await waitForText(popup, '1 planned for');
  await visit('popup-planned', popup);
  await popup.close();
}
