import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { expect } from 'vitest';
import { eachOnce, patchCounts, putCodes, slowDown } from './bulk-codes.ts';
import { expectInvariants } from './bulk-invariants.ts';
import { journalOf } from './bulk-journal.ts';
import { openBulkTab, startJob, waitForPatches, waitForReport } from './bulk-steps.ts';
import type { ChromiumFixture } from './chromium-fixture.ts';

/** Starts a job of `count` new codes, whose cancels take `ms` each, and waits for the first requests. */
export async function startSlowJob(kit: ChromiumFixture, count: number, ms = 300) {
  const ids = putCodes(kit, count);
  const page = await openBulkTab(kit);
  slowDown(kit, ms);
  await startJob(page, ids);
  await waitForPatches(kit, 5);
  return { page, ids };
}

/** Waits for the report of a job without faults, and expects one cancel for each code. */
export async function expectAllCancelledOnce(
  kit: ChromiumFixture,
  page: Page,
  ids: readonly string[],
): Promise<void> {
  await waitForReport(page, `${ids.length} cancelled`);
  expect(patchCounts(kit, ids)).toEqual(eachOnce(ids));
  expectInvariants(kit, await journalOf(page), ids);
}

/** Expects that no cancel reaches the gateway for a while. */
export async function expectNoPatches(kit: ChromiumFixture, ms = 2_000): Promise<void> {
  const before = kit.patches().length;
  await sleep(ms);
  expect(kit.patches().length - before).toBe(0);
}
