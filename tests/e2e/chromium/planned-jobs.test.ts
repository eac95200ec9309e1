import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PlannedJob } from '../../../utils/messaging/protocol.ts';
import { until } from '../../harness/until.ts';
import { activeOf, eachOnce, patchCounts, putCodes } from '../support/bulk-codes.ts';
import { readLastJob } from '../support/bulk-journal.ts';
import { expectNoPatches } from '../support/bulk-runs.ts';
import { openBulkTab, putBulkAway } from '../support/bulk-steps.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { tell } from '../support/tell.ts';
import { readArea } from '../support/vault-steps.ts';

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
});
afterAll(() => kit?.close());
afterEach(() => putBulkAway(kit));

const MINUTE_MS = 60_000;
/** An alarm may be up to a minute late. */
const BY_ALARM = { timeout: 2.5 * MINUTE_MS };
const LONG_TEST_MS = 3.5 * MINUTE_MS;

/** The next full minute that is at least 20 seconds away (epoch ms). */
const nextMinute = () => Math.ceil((Date.now() + 20_000) / MINUTE_MS) * MINUTE_MS;

/** Starts a job of these codes later, as a page does after the confirmation. */
async function plan(page: Page, ids: readonly string[], when: number | { waitSeconds: 10 | 30 }) {
  const { accounts } = await readArea(kit.chromium, 'local');
  const { currentId: accountId } = accounts as { currentId: string };
  const time = typeof when === 'number' ? { at: await wallOf(page, when) } : when;
  const started = await tell(page, 'startJob', {
    accountId,
    codes: ids.map((qrCodeId) => ({ qrCodeId })),
    ...time,
  });
  expect(started).toMatchObject({ ok: true });
  return (started as { jobId: number }).jobId;
}

/** The wall time of a moment, with the zone, in the browser. */
function wallOf(page: Page, at: number): Promise<{ wall: string; zone: string }> {
  return page.evaluate((moment) => {
    const wall = new Date(moment - new Date(moment).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
    return { wall, zone: new Intl.DateTimeFormat().resolvedOptions().timeZone };
  }, at);
}

const planned = (page: Page) => tell(page, 'getScheduledJobs', {}) as Promise<PlannedJob[]>;
const noneActive = (ids: readonly string[]) => () => activeOf(kit, ids).length === 0;

/** Moves the job in the journal into the past, as if its time had passed while the browser was closed. */
function moveBack(page: Page, jobId: number, ms: number): Promise<void> {
  return page.evaluate(
    async (id, by) => {
      const done = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      const database = await done(indexedDB.open('journal'));
      const writing = database.transaction('jobs', 'readwrite', { durability: 'strict' });
      const committed = new Promise((resolve) => writing.addEventListener('complete', resolve));
      const store = writing.objectStore('jobs');
      const job = await done(store.get(id));
      job.state.at -= by;
      job.state.wall = new Date(Date.parse(`${job.state.wall}Z`) - by).toISOString().slice(0, 16);
      job.planned = { at: job.state.at, wall: job.state.wall, zone: job.state.zone };
      store.put(job);
      await committed;
      database.close();
    },
    jobId,
    ms,
  );
}

describe('a planned job', () => {
  it(
    'starts at its time with no page open and a stopped worker, and leaves alone what is not ACTIVE',
    async () => {
      const [gone = '', ...ids] = putCodes(kit, 4);
      const at = nextMinute();
      const page = await openBulkTab(kit);
      await plan(page, [gone, ...ids], at);
      expect(await planned(page)).toMatchObject([{ total: 4, dueAt: at, state: { kind: 'scheduled', at } }]);
      kit.sandbox.qrCodes.put('UAT', { qrCodeId: gone, status: 'EXPIRED' });
      await kit.closePages();
      await kit.chromium.killWorker();
      await until('every code to be cancelled', noneActive(ids), BY_ALARM);
      expect(Date.now()).toBeGreaterThanOrEqual(at);
      const after = await openBulkTab(kit);
      await until('the end', async () => (await readLastJob(after))?.state.kind === 'finished');
      expect(patchCounts(kit, [gone, ...ids])).toEqual({ ...eachOnce(ids), [gone]: 0 });
      expect(await planned(after)).toEqual([]);
    },
    LONG_TEST_MS,
  );

  it(
    'starts by itself after a restart of the browser until 15 minutes after its time',
    async () => {
      const ids = putCodes(kit, 2);
      const page = await openBulkTab(kit);
      const jobId = await plan(page, ids, nextMinute() + 10 * MINUTE_MS);
      await moveBack(page, jobId, 20 * MINUTE_MS);
      await kit.chromium.killBrowser();
      await kit.chromium.start();
      await until('every code to be cancelled', noneActive(ids), BY_ALARM);
      expect(patchCounts(kit, ids)).toEqual(eachOnce(ids));
    },
    LONG_TEST_MS,
  );

  it('later asks first: it tells so and sends nothing until the operator starts it', async () => {
    const ids = putCodes(kit, 2);
    const from = kit.chromium.notifications.all.length;
    const page = await openBulkTab(kit);
    const jobId = await plan(page, ids, nextMinute() + 10 * MINUTE_MS);
    await moveBack(page, jobId, 40 * MINUTE_MS);
    await kit.chromium.killBrowser();
    await kit.chromium.start();
    const after = await openBulkTab(kit);
    await until('the job to be overdue', async () => (await planned(after))[0]?.state.kind === 'overdue');
    await expectNoPatches(kit);
    await kit.closePages();
    await kit.chromium.notifications.waitFor('Planned cancel not started: its time has passed', { from });
    const again = await openBulkTab(kit);
    expect(await tell(again, 'runJobNow', { jobId })).toEqual({ ok: true, jobId });
    await until('every code to be cancelled', noneActive(ids));
    expect(patchCounts(kit, ids)).toEqual(eachOnce(ids));
  });
});

describe('the wait before a cancel', () => {
  it('can be stopped until its end: no cancel is sent', async () => {
    const ids = putCodes(kit, 1);
    const page = await openBulkTab(kit);
    const jobId = await plan(page, ids, { waitSeconds: 10 });
    await sleep(8_000);
    expect(await tell(page, 'dropJob', { jobId })).toEqual({ dropped: true });
    await expectNoPatches(kit, 5_000);
    expect(kit.sandbox.requests.of('cancel', ids[0])).toEqual([]);
  });

  it('ends with the cancel, also with the page closed', async () => {
    const ids = putCodes(kit, 1);
    const begun = Date.now();
    await plan(await openBulkTab(kit), ids, { waitSeconds: 10 });
    await kit.closePages();
    await until('the cancel', noneActive(ids), { timeout: MINUTE_MS });
    expect(Date.now() - begun).toBeGreaterThanOrEqual(10_000);
    expect(patchCounts(kit, ids)).toEqual(eachOnce(ids));
  });
});
