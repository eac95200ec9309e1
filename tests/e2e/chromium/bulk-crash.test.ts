import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clickRole } from '../../harness/act.ts';
import { byRole, hasRole, waitForText } from '../../harness/find.ts';
import { until } from '../../harness/until.ts';
import { activeOf, putCodes, slowDown } from '../support/bulk-codes.ts';
import { expectInvariants } from '../support/bulk-invariants.ts';
import { journalOf, kindsOf } from '../support/bulk-journal.ts';
import { expectNoPatches, startSlowJob } from '../support/bulk-runs.ts';
import { openBulkTab, putBulkAway, startJob, waitForPatches, waitForReport } from '../support/bulk-steps.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
});
afterAll(() => kit?.close());
afterEach(() => putBulkAway(kit));

const COUNT = 120;

async function expectFinished(page: Page, ids: readonly string[]): Promise<void> {
  await waitForReport(page, `${ids.length} cancelled`);
  const journal = await journalOf(page);
  expect(kindsOf(journal)).toEqual({ cancelled: ids.length });
  expect(ids.map((id) => kit.sandbox.qrCodes.countCancels('UAT', id))).toEqual(ids.map(() => 1));
  expectInvariants(kit, journal, ids);
}

describe('A35 the worker killed', () => {
  it('five times in a job with faults: the job continues by itself and reports true results', async () => {
    const ids = await startJobUnderFaults();
    const page = await openBulkTab(kit);
    for (const share of [1, 2, 3, 4, 5]) {
      await waitForPatches(kit, share * 15);
      await kit.chromium.killWorker();
      // Every message wakes the worker; no button is needed.
      await page.reload();
      await byRole(page, 'tab', 'Bulk cancel');
    }
    kit.sandbox.faults.clear();
    await expectFinished(page, ids);
  });

  async function startJobUnderFaults(): Promise<string[]> {
    const ids = putCodes(kit, COUNT);
    const page = await openBulkTab(kit);
    slowDown(kit, 150);
    for (const [index, qrCodeId] of ids.entries()) {
      const answer = { kind: 'status', httpStatus: 503 } as const;
      if (index % 20 === 7) kit.sandbox.faults.add({ on: 'cancel', qrCodeId, times: 1, answer });
      if (index % 20 === 13)
        kit.sandbox.faults.add({ on: 'cancel', qrCodeId, times: 1, applyEffect: true, answer });
    }
    await startJob(page, ids);
    return ids;
  }

  it('with every page closed: the alarm resumes the job', async () => {
    const { ids } = await startSlowJob(kit, COUNT);
    await waitForPatches(kit, 10);
    await kit.closePages();
    await kit.chromium.killWorker();
    const arrived = kit.patches().length;
    // The browser fires the alarm after half a minute at most.
    await until('a cancel after the alarm', () => kit.patches().length > arrived, { timeout: 60_000 });
    kit.sandbox.faults.clear();
    await expectFinished(await openBulkTab(kit), ids);
  });
});

describe('A36 the browser killed', () => {
  it('offers the job for Resume with exact counts, and sends nothing before', async () => {
    const { ids } = await startSlowJob(kit, COUNT);
    await waitForPatches(kit, 40);
    await kit.chromium.killBrowser();
    // Requests that had arrived still take effect, although the browser never gets their responses.
    const arrived = kit.patches().length;
    await until('the last cancel to be carried out', () => COUNT - activeOf(kit, ids).length === arrived);
    kit.sandbox.faults.clear();
    const requestCount = kit.sandbox.requests.all().length;

    await kit.chromium.start();
    await expectNoPatches(kit, 3_000);
    expect(kit.sandbox.requests.all()).toHaveLength(requestCount);
    const page = await openBulkTab(kit);
    await waitForText(page, 'The browser was restarted. Nothing is being sent. Press “Resume” to go on.');
    const journal = await journalOf(page);
    expectInvariants(kit, journal, ids);
    const { cancelled = 0, unresolved: unknown = 0, pending = 0, ...others } = kindsOf(journal);
    expect(others).toEqual({});
    expect(cancelled).toBeGreaterThan(0);
    expect(cancelled).toBeLessThanOrEqual(arrived);
    expect(cancelled + unknown).toBeGreaterThanOrEqual(arrived);
    await waitForText(page, `${cancelled} cancelled · ${unknown + pending} to go`);
    expect(await hasRole(page, 'button', 'Pause')).toBe(false);
    await expectNoPatches(kit, 1_000);
    expect(kit.sandbox.requests.all()).toHaveLength(requestCount);

    await clickRole(page, 'button', 'Resume');
    await expectFinished(page, ids);
    // Codes under way are read before anything is sent, and cancelled codes are not sent again.
    expect(kit.patches()).toHaveLength(COUNT);
  });

  it('again during a pause: changes nothing, and the job can be ended', async () => {
    const { ids } = await startSlowJob(kit, COUNT);
    await waitForPatches(kit, 20);
    await kit.chromium.killBrowser();
    await kit.chromium.start();
    const first = await openBulkTab(kit);
    await byRole(first, 'button', 'Resume');
    await kit.chromium.killBrowser();
    kit.sandbox.faults.clear();
    await kit.chromium.start();
    const page = await openBulkTab(kit);
    await waitForText(page, 'The browser was restarted.');
    const sent = kit.patches().length;
    await clickRole(page, 'button', 'Stop for good');
    await waitForText(page, 'Bulk cancel stopped early');
    await expectNoPatches(kit, 1_000);
    expect(kit.patches()).toHaveLength(sent);
    const journal = await journalOf(page);
    expectInvariants(kit, journal, ids);
    const active = new Set(activeOf(kit, ids));
    for (const { qrCodeId, state } of journal.items)
      expect([qrCodeId, state.kind === 'cancelled']).toEqual([qrCodeId, !active.has(qrCodeId)]);
  });

  it('does not resume the job by itself if the extension is reloaded, as by an update', async () => {
    const { ids } = await startSlowJob(kit, COUNT);
    await kit.chromium.reloadExtension();
    await until('the last cancel to be carried out', () => {
      const arrived = kit.patches().length;
      return COUNT - activeOf(kit, ids).length === arrived;
    });
    await expectNoPatches(kit);
    kit.sandbox.faults.clear();
    const page = await openBulkTab(kit);
    await waitForText(page, 'Nothing is being sent. Press “Resume” to go on.');
    await clickRole(page, 'button', 'Resume');
    await expectFinished(page, ids);
    expect(kit.patches()).toHaveLength(COUNT);
  });
});
