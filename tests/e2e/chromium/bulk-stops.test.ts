import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clickRole } from '../../harness/act.ts';
import { byRole, hasRole, textOf, waitForText, waitUntilGone } from '../../harness/find.ts';
import { until } from '../../harness/until.ts';
import { said } from '../../support/said.ts';
import { activeOf, putCodes, slowDown } from '../support/bulk-codes.ts';
import { expectInvariants } from '../support/bulk-invariants.ts';
import { journalOf, kindsOf } from '../support/bulk-journal.ts';
import { expectAllCancelledOnce, expectNoPatches, startSlowJob } from '../support/bulk-runs.ts';
import {
  badgeText,
  openBulkTab,
  openQuestion,
  putBulkAway,
  reviewList,
  startJob,
  waitForReport,
  waitForSummary,
} from '../support/bulk-steps.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { enterId } from '../support/operator.ts';
import { tell } from '../support/tell.ts';

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
});
afterAll(() => kit?.close());
afterEach(() => putBulkAway(kit));

describe('every page closed during a job', () => {
  it('the job finishes; the popup works in the meantime, and a reopened page shows the report', async () => {
    const from = kit.chromium.notifications.all.length;
    const { ids } = await startSlowJob(kit, 120, 500);
    await kit.closePages();
    const other = kit.nextId();
    const popup = await kit.openPopup();
    await enterId(popup, other, 'Check status');
    await waitForText(popup, /Active\. /);
    expect(kit.callsFor(other)).toEqual(['GET 200']);
    expect(kit.patches().length).toBeLessThan(120);
    await kit.closePages();
    const notified = await kit.chromium.notifications.waitFor('Bulk cancel finished', { from });
    expect(notified.message).toBe('120 cancelled · Main counter (UAT)');
    await expectAllCancelledOnce(kit, await openBulkTab(kit), ids);

    await kit.closePages();
    await kit.chromium.killWorker();
    await kit.chromium.clickNotification('bulk');
    await waitForReport(await kit.chromium.waitForPage('workbench.html'), '120 cancelled');
  });
});

describe('A37 pause and resume', () => {
  it('sends nothing once paused, and finishes after Resume', async () => {
    const { page, ids } = await startSlowJob(kit, 100);
    expect(await until('the progress on the badge', () => badgeText(kit))).toMatch(/^\d+%$/);
    await clickRole(page, 'button', 'Pause');
    await byRole(page, 'button', 'Resume');
    await waitForText(page, 'You paused it. Nothing is being sent.');
    const arrived = kit.patches().length;
    expect(kit.patches().every(({ answeredStatus }) => answeredStatus === 200)).toBe(true);
    await waitForText(page, `${arrived} cancelled · ${100 - arrived} to go`);
    await expectNoPatches(kit);
    expect(await badgeText(kit)).toBe('II');
    const journal = await journalOf(page);
    expect(kindsOf(journal)).toEqual({ cancelled: arrived, pending: 100 - arrived });
    expectInvariants(kit, journal, ids);
    kit.sandbox.faults.clear();
    await clickRole(page, 'button', 'Resume');
    await expectAllCancelledOnce(kit, page, ids);
  });

  it('20 times in a row on screen: sends one cancel for each code', async () => {
    // At most 24 requests are under way at once, and each pause happens during them.
    const { page, ids } = await startSlowJob(kit, 600, 700);
    for (let pauses = 0; pauses < 20; pauses += 1) {
      await clickRole(page, 'button', 'Pause');
      await clickRole(page, 'button', 'Resume');
      await waitUntilGone(page, 'button', 'Resume');
    }
    expect(kit.patches().length).toBeLessThan(600);
    kit.sandbox.faults.clear();
    await expectAllCancelledOnce(kit, page, ids);
  });

  it('20 times at once without waiting for responses: sends one cancel for each code', async () => {
    const { page, ids } = await startSlowJob(kit, 80, 100);
    const { jobId } = (await journalOf(page)).job;
    const messages = Array.from({ length: 20 }, () => [
      tell(page, 'pauseJob', { jobId }),
      tell(page, 'resumeJob', { jobId }),
    ]);
    await Promise.all(messages.flat());
    // The last message decides: if the job is paused, resume it.
    const isFinished = async () => {
      const { state } = (await journalOf(page)).job;
      if (state.kind === 'paused') await tell(page, 'resumeJob', { jobId });
      return state.kind === 'finished';
    };
    await until('the job to finish', isFinished, { timeout: 30_000 });
    await expectAllCancelledOnce(kit, page, ids);
  });
});

describe('A37 “Stop for good” half-way', () => {
  it('sends nothing more, and reports the rest as not started', async () => {
    const from = kit.chromium.notifications.all.length;
    const { page, ids } = await startSlowJob(kit, 100);
    await clickRole(page, 'button', 'Stop for good');
    await waitForText(page, 'Bulk cancel stopped early');
    const arrived = kit.patches().length;
    const rest = activeOf(kit, ids);
    expect(rest).toHaveLength(100 - arrived);
    await waitForSummary(page, `${arrived} cancelled · ${rest.length} not started (nothing sent)`);
    await expectNoPatches(kit);
    const journal = await journalOf(page);
    const pending = journal.items.filter(({ state }) => state.kind === 'pending');
    expect(pending.map(({ qrCodeId }) => qrCodeId)).toEqual(rest);
    expectInvariants(kit, journal, ids);
    expect(kit.chromium.notifications.all.slice(from).map(({ title, message }) => [title, message])).toEqual([
      [
        'Bulk cancel stopped early',
        `${arrived} cancelled · ${rest.length} not started (nothing sent) · Main counter (UAT)`,
      ],
    ]);
    expect(await hasRole(page, 'button', 'Resume')).toBe(false);
  });

  it('works during a pause too', async () => {
    const { page, ids } = await startSlowJob(kit, 60);
    await clickRole(page, 'button', 'Pause');
    await byRole(page, 'button', 'Resume');
    const arrived = kit.patches().length;
    await clickRole(page, 'button', 'Stop for good');
    await waitForSummary(page, `${arrived} cancelled · ${60 - arrived} not started (nothing sent)`);
    expect(kit.patches()).toHaveLength(arrived);
    expectInvariants(kit, await journalOf(page), ids);
  });
});

describe('A37 two workbench tabs', () => {
  it('show the same job, and refuse a second one', async () => {
    const ids = putCodes(kit, 60);
    const others = putCodes(kit, 4);
    const second = await openBulkTab(kit);
    await reviewList(second, others);
    await waitForSummary(second, '4 will be cancelled');
    await openQuestion(second, 4);
    const first = await openBulkTab(kit);
    slowDown(kit, 400);
    await startJob(first, ids);
    await second.bringToFront();
    await clickRole(second, 'button', 'Cancel 4 QR codes');
    const dialog = () => textOf(second, 'alertdialog', 'Cancel 4 QR codes?');
    await until('the refusal', async () =>
      (await dialog()).includes(`Another bulk cancel is under way. ${said('startNothing')}`),
    );
    await clickRole(second, 'button', 'Keep active');
    await byRole(second, 'progressbar', 'Cancelling QR codes');
    await clickRole(second, 'button', 'Pause');
    await byRole(second, 'button', 'Resume');
    await first.bringToFront();
    await byRole(first, 'button', 'Resume');
    const figures = async (page: Page) =>
      /(\d+) cancelled · (\d+) to go/.exec(await waitForText(page, /to go/))?.[0];
    await until('the same figures', async () => (await figures(first)) === (await figures(second)));
    kit.sandbox.faults.clear();
    await clickRole(first, 'button', 'Resume');
    await waitForReport(first, '60 cancelled');
    await second.bringToFront();
    await waitForReport(second, '60 cancelled');
    expect(activeOf(kit, others)).toEqual(others);
    for (const id of others) expect(kit.patches(id)).toEqual([]);
    await expectAllCancelledOnce(kit, second, ids);
  });
});
