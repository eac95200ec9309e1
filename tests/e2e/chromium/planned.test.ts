import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clickRole, typeInto } from '../../harness/act.ts';
import { byRole, textOf, waitForText, waitUntilGone } from '../../harness/find.ts';
import { said } from '../../support/said.ts';
import { putCodes } from '../support/bulk-codes.ts';
import {
  openBulkTab,
  openQuestion,
  putBulkAway,
  reviewList,
  startJob,
  waitForPatches,
  waitForReport,
  waitForSummary,
} from '../support/bulk-steps.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { enterId } from '../support/operator.ts';
import { chooseStart, dropAll, enterStart, setWait, wallIn } from '../support/planned-steps.ts';

const DAY_MS = 86_400_000;
/** The countdown and the run after it. */
const COUNTDOWN = { timeout: 30_000 };

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
});
afterAll(() => kit?.close());
afterEach(async () => {
  await dropAll(kit);
  await putBulkAway(kit);
  await setWait(kit, { waitBeforeCancelling: 0, waitForSingle: false, confirmBeforeCancelling: true });
  await kit.closePages();
});

async function reviewCodes(count: number) {
  const ids = putCodes(kit, count);
  const page = await openBulkTab(kit);
  await reviewList(page, ids);
  await waitForSummary(page, `${count} will be cancelled`);
  await openQuestion(page, count);
  return { page, ids };
}

async function planCodes(count: number) {
  const { page, ids } = await reviewCodes(count);
  const wall = await wallIn(page, DAY_MS);
  await chooseStart(page, wall);
  await clickRole(page, 'button', `Plan the cancel of ${count} QR codes`);
  await byRole(page, 'heading', 'Planned');
  return { page, ids, wall };
}

describe('a planned list', () => {
  it('is on screen with its time, gets another time, and is dropped without a PATCH', async () => {
    const { page, wall } = await planCodes(3);
    const row = await textOf(page, 'list', 'Planned');
    expect(row).toContain('3 QR codes');
    expect(row).toContain('Main counter');
    expect(row).toContain('UAT');
    expect(row).toContain(wall.slice(11));
    await waitForText(page, /Planned for .*\d\d:\d\d\./);

    await clickRole(page, 'button', 'Change time…');
    const later = await wallIn(page, 40 * DAY_MS);
    await enterStart(page, later);
    await clickRole(page, 'button', 'Set this time');
    await waitForText(page, 'in 40 days');

    await clickRole(page, 'button', 'Drop');
    const question = await textOf(page, 'alertdialog', 'Drop the planned cancel of 3 QR codes?');
    expect(question).toContain(said('dropText'));
    await clickRole(page, 'button', 'Drop it');
    await waitForText(page, 'Dropped. Nothing was sent.');
    await waitUntilGone(page, 'heading', 'Planned');
    expect(kit.patches()).toEqual([]);
  });

  it('keeps a time that has passed in the field, with the reason', async () => {
    const { page } = await reviewCodes(2);
    const past = await wallIn(page, -DAY_MS);
    await chooseStart(page, past);
    await clickRole(page, 'button', 'Plan the cancel of 2 QR codes');
    await waitForText(page, 'That time has already passed.');
    expect(await textOf(page, 'textbox', 'Start at')).toBe(past);
    await clickRole(page, 'button', 'Today 23:59');
    expect(await textOf(page, 'textbox', 'Start at')).toMatch(/T23:59$/);
    expect(kit.patches()).toEqual([]);
  });

  it('runs at once by “Run now”, and asks first if it is long', async () => {
    const { page } = await planCodes(3);
    await clickRole(page, 'button', 'Run now');
    await waitForReport(page, '3 cancelled');
    expect(kit.patches()).toHaveLength(3);
    await clickRole(page, 'button', 'New list');

    await reviewList(page, putCodes(kit, 21));
    await waitForSummary(page, '21 will be cancelled');
    await openQuestion(page, 21);
    await chooseStart(page, await wallIn(page, DAY_MS));
    await typeInto(page, 'Type CANCEL 21 to confirm', 'CANCEL 21');
    await clickRole(page, 'button', 'Plan the cancel of 21 QR codes');
    await byRole(page, 'heading', 'Planned');
    kit.sandbox.requests.clear();
    await clickRole(page, 'button', 'Run now');
    await byRole(page, 'alertdialog', 'Cancel 21 QR codes?');
    expect(kit.patches()).toEqual([]);
    await typeInto(page, 'Type CANCEL 21 to confirm', 'CANCEL 21');
    await clickRole(page, 'button', 'Cancel 21 QR codes');
    await waitForReport(page, '21 cancelled');
  });

  it('has a row in the history, which says when it was dropped', async () => {
    const { page } = await planCodes(2);
    await clickRole(page, 'tab', 'History');
    await waitForText(page, /Bulk cancel planned for .*: 2 QR codes/);
    await waitForText(page, 'Not started yet');
    await dropAll(kit);
    await waitForText(page, 'Dropped, nothing was sent');
    expect(kit.patches()).toEqual([]);
  });

  it('is planned, changed and dropped by keyboard alone', async () => {
    const { page } = await reviewCodes(2);
    // From “Keep active” forward, round to the dialog's first control.
    await page.keyboard.press('Tab');
    for (let presses = 0; presses < 12; presses += 1) {
      const isRadio = await page.evaluate(
        () => (document.activeElement as HTMLInputElement)?.type === 'radio',
      );
      if (isRadio) break;
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('ArrowDown');
    await byRole(page, 'textbox', 'Start at');
    const reach = async (name: string) => {
      for (let presses = 0; presses < 40; presses += 1) {
        const text = await page.evaluate(() => document.activeElement?.textContent ?? '');
        if (text === name) return page.keyboard.press('Enter');
        await page.keyboard.press('Tab');
      }
      throw new Error(`The keyboard does not reach “${name}”`);
    };
    await reach('1st of next month 00:05');
    await reach('Plan the cancel of 2 QR codes');
    await byRole(page, 'heading', 'Planned');
    await reach('Change time…');
    await byRole(page, 'textbox', 'Start at');
    await page.keyboard.press('Escape');
    await waitUntilGone(page, 'alertdialog');
    await reach('Drop');
    await byRole(page, 'alertdialog');
    await reach('Drop it');
    await waitUntilGone(page, 'heading', 'Planned');
    expect(kit.patches()).toEqual([]);
  });
});

describe('the wait after a confirmation', () => {
  it('is stopped in its last second, and no PATCH was sent', async () => {
    await setWait(kit, { waitBeforeCancelling: 10 });
    const { page, ids } = await reviewCodes(2);
    await clickRole(page, 'button', 'Cancel 2 QR codes');
    await waitForText(page, /Starts in \d+ s/);
    await waitForText(page, said('countdownText', 'Keep active'));
    await waitForText(page, 'Starts in 1 s', COUNTDOWN);
    await clickRole(page, 'button', 'Keep active');
    await waitForText(page, 'Stopped in time. Nothing was sent; the 2 QR codes stay as they are.');
    // By the end of another job the stopped one would have been sent.
    await setWait(kit, { waitBeforeCancelling: 0 });
    const others = putCodes(kit, 2);
    await startJob(page, others);
    await waitForReport(page, '2 cancelled');
    expect(ids.flatMap((id) => kit.patches(id))).toEqual([]);
  });

  it('goes on after the page was closed', async () => {
    await setWait(kit, { waitBeforeCancelling: 10 });
    const { page } = await reviewCodes(2);
    await clickRole(page, 'button', 'Cancel 2 QR codes');
    await waitForText(page, /Starts in \d+ s/);
    await page.close();
    expect(kit.patches()).toEqual([]);
    await waitForPatches(kit, 2);
  });

  it('is skipped by “Run now”', async () => {
    await setWait(kit, { waitBeforeCancelling: 30 });
    const { page } = await reviewCodes(2);
    await clickRole(page, 'button', 'Cancel 2 QR codes');
    await clickRole(page, 'button', 'Run now');
    await waitForReport(page, '2 cancelled');
  });
});

describe('the popup', () => {
  it('plans one code, and says so after a check', async () => {
    const id = kit.nextId();
    const popup = await kit.openPopup();
    await typeInto(popup, 'QR code ID', id);
    await clickRole(popup, 'button', 'Cancel later…');
    await byRole(popup, 'alertdialog', 'Cancel this QR code?');
    await enterStart(popup, await wallIn(popup, 40 * DAY_MS));
    await clickRole(popup, 'button', 'Plan the cancel');
    await waitForText(popup, /1 planned for .*\d\d:\d\d/);
    await popup.reload();
    await enterId(popup, id, 'Check status');
    await waitForText(popup, /1 planned for .*\d\d:\d\d/);
    expect(kit.patches()).toEqual([]);
  });

  it('counts down before one code if the operator chose so, and shows the outcome', async () => {
    await setWait(kit, { waitBeforeCancelling: 10, waitForSingle: true });
    const popup = await kit.openPopup();
    const id = kit.nextId();
    await enterId(popup, id, 'Cancel QR code…');
    await byRole(popup, 'alertdialog', 'Cancel this QR code?');
    await clickRole(popup, 'button', 'Cancel QR code');
    await waitForText(popup, /Starts in \d+ s/);
    expect(kit.patches(id)).toEqual([]);
    await waitForText(popup, 'EnKash confirmed it.', COUNTDOWN);
    expect(kit.patches(id)).toHaveLength(1);
  });

  it('shows the countdown of a cancel that the menu was not asked about, and stops it', async () => {
    await setWait(kit, { confirmBeforeCancelling: false });
    const id = kit.nextId();
    await kit.chromium.clickMenu('cancel-qr-code', id);
    const popup = await kit.chromium.waitForPopup();
    await waitForText(popup, /Starts in \d+ s/);
    expect(await popup.evaluate(() => document.body.innerText)).toContain(id);
    await clickRole(popup, 'button', 'Keep active');
    await waitForText(popup, 'Stopped in time.');
    expect(kit.patches(id)).toEqual([]);
  });
});
