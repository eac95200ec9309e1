import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clickRole } from '../../harness/act.ts';
import { byRole, textOf, waitForText } from '../../harness/find.ts';
import { until } from '../../harness/until.ts';
import { said } from '../../support/said.ts';
import { activeOf, eachOnce, patchCounts, putCodes } from '../support/bulk-codes.ts';
import { failCancel } from '../support/bulk-faults.ts';
import { journalOf, readLastJob } from '../support/bulk-journal.ts';
import { expectNoPatches, startSlowJob } from '../support/bulk-runs.ts';
import {
  answerQuestion,
  openBulkTab,
  openQuestion,
  putBulkAway,
  reviewList,
  startJob,
  waitForReport,
  waitForSummary,
} from '../support/bulk-steps.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { openSearchTab } from '../support/search-steps.ts';
import { tell } from '../support/tell.ts';

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
});
afterAll(() => kit?.close());
afterEach(() => putBulkAway(kit));

/** The drawn row of a code. */
const rowOf = (page: Page, id: string) =>
  until(`the row of ${id}`, () =>
    page.$$eval(
      'tr[aria-rowindex]',
      (rows, code) => rows.map((row) => row.innerText).find((row) => row.includes(code)),
      id,
    ),
  );

describe('a job', () => {
  it('that is paused, closed and stopped for good sends nothing more: pausedNothingSent to noteNotStarted', async () => {
    const { page, ids } = await startSlowJob(kit, 60, 700);
    await waitForText(page, said('endRunHint'));
    await clickRole(page, 'button', 'Pause');
    await waitForText(page, said('pausedNothingSent'));
    await waitForText(page, said('jobTabPaused'));
    const sent = patchCounts(kit, ids);
    const [unsent = ''] = ids.filter((id) => sent[id] === 0);
    await page.close();
    const again = await openBulkTab(kit);
    await waitForText(again, said('pausedNothingSent'));
    await expectNoPatches(kit);
    await clickRole(again, 'button', 'Stop for good');
    await waitForText(again, said('jobEnded'));
    const rest = activeOf(kit, ids);
    await waitForText(again, said('partNotStartedOther', rest.length));
    await expectNoPatches(kit);
    expect(patchCounts(kit, ids)).toEqual(sent);
    expect(rest).toEqual(ids.filter((id) => sent[id] === 0));
    const { items } = await journalOf(again);
    expect(items.filter(({ state }) => state.kind === 'pending').map(({ qrCodeId }) => qrCodeId)).toEqual(
      rest,
    );
    const row = await rowOf(again, unsent);
    for (const key of ['shortNotStarted', 'noteNotStarted']) expect(row).toContain(said(key));
  });

  it('shows a code as not sent yet before its first request: shortToGo', async () => {
    const { page, ids } = await startSlowJob(kit, 60, 700);
    await clickRole(page, 'button', 'Pause');
    await byRole(page, 'button', 'Resume');
    const rows = await page.$$eval('tr[aria-rowindex]', (all) => all.map((row) => row.innerText));
    const shown = ids.filter((id) => rows.some((row) => row.includes(id) && row.includes('Not sent yet')));
    expect(said('shortToGo')).toBe('Not sent yet');
    expect(shown.length).toBeGreaterThan(0);
    const sent = patchCounts(kit, ids);
    for (const id of shown) expect(sent[id]).toBe(0);
    expect(activeOf(kit, shown)).toEqual(shown);
  });

  it('is not created beside another one: startNothing', async () => {
    const { page } = await startSlowJob(kit, 60, 700);
    const [other = ''] = putCodes(kit, 1);
    const { accounts } = (await tell(page, 'getAppState', {})) as { accounts: { id: string }[] };
    const refused = await tell(page, 'startJob', {
      accountId: accounts[0]?.id,
      codes: [{ qrCodeId: other }],
    });
    expect(refused).toMatchObject({ ok: false });
    await waitForReport(page, '60 cancelled');
    expect(patchCounts(kit, [other])).toMatchObject({ [other]: 0 });
    expect(activeOf(kit, [other])).toEqual([other]);
  });

  it('whose record is lost ends, and a new list leaves cancelled codes alone: journalLost', async () => {
    const { page, ids } = await startSlowJob(kit, 80, 700);
    await page.evaluate(
      () =>
        new Promise<void>((resolve, reject) => {
          const deletion = indexedDB.deleteDatabase('journal');
          deletion.onsuccess = () => resolve();
          deletion.onerror = () => reject(deletion.error);
        }),
    );
    await page.reload();
    const text = said('journalLostOther', 80, '…');
    // Codes that the worker has claimed may still be sent, so the text does not say that nothing is sent.
    expect(text).not.toMatch(/nothing/i);
    await waitForText(page, String(text.split('…')[0]));
    await waitForText(page, String(text.split('….')[1]).trim());
    for (let count = -1; count !== kit.patches().length; ) {
      count = kit.patches().length;
      await sleep(2_000);
    }
    kit.sandbox.faults.clear();
    const sent = patchCounts(kit, ids);
    const rest = activeOf(kit, ids);
    expect(rest).toEqual(ids.filter((id) => sent[id] === 0));
    expect(rest.length).toBeGreaterThan(0);
    await reviewList(page, ids);
    await waitForSummary(page, `${rest.length} will be cancelled · ${80 - rest.length} already cancelled`);
    await openQuestion(page, rest.length);
    await answerQuestion(page, rest.length);
    await waitForReport(page, `${rest.length} cancelled`);
    expect(patchCounts(kit, ids)).toEqual(eachOnce(ids));
  });
});

describe('a planned job', () => {
  it('leaves a code alone that is no longer active: reasonNotActive, shortNotSent, partNotSent', async () => {
    const [gone = '', id = ''] = putCodes(kit, 2);
    const page = await openBulkTab(kit);
    const { accounts } = (await tell(page, 'getAppState', {})) as { accounts: { id: string }[] };
    const codes = [{ qrCodeId: gone }, { qrCodeId: id }];
    const started = await tell(page, 'startJob', { accountId: accounts[0]?.id, codes, waitSeconds: 10 });
    expect(started).toMatchObject({ ok: true });
    kit.sandbox.qrCodes.put('UAT', { qrCodeId: gone, status: 'EXPIRED' });
    await until('the end', async () => (await readLastJob(page))?.state.kind === 'finished', {
      timeout: 40_000,
    });
    await page.reload();
    await waitForText(page, said('partNotSentOne', 1));
    const row = await rowOf(page, gone);
    for (const key of ['shortNotSent', 'nothingChanged']) expect(row).toContain(said(key));
    expect(row).toMatch(/A check just before the cancel gave its status as “.+”, so it was left as it is\./);
    expect(patchCounts(kit, [gone, id])).toEqual({ [gone]: 0, [id]: 1 });
    expect(kit.sandbox.qrCodes.get('UAT', gone)?.status).toBe('EXPIRED');
  });
});

describe('a review', () => {
  it('cancels nothing, also if it is stopped: reviewStopped', async () => {
    const ids = putCodes(kit, 150);
    kit.sandbox.faults.add({ on: 'get', answer: { kind: 'slow', ms: 150 } });
    const page = await openBulkTab(kit);
    await reviewList(page, ids);
    await waitForText(page, /[1-9]\d* of 150 checked/);
    await clickRole(page, 'button', 'Stop checking');
    await waitForText(page, said('reviewStopped'));
    await expectNoPatches(kit, 1_000);
    expect(kit.patches()).toEqual([]);
    expect(activeOf(kit, ids)).toEqual(ids);
  });

  it('that fails cancels nothing: reviewFailed', async () => {
    const ids = putCodes(kit, 60);
    kit.sandbox.faults.add({ on: 'get', answer: { kind: 'status', httpStatus: 503 } });
    const page = await openBulkTab(kit);
    await reviewList(page, ids);
    expect(await textOf(page, 'alert')).toContain(said('reviewFailed'));
    expect(kit.patches()).toEqual([]);
    expect(activeOf(kit, ids)).toEqual(ids);
  });

  it('leaves a code of another status as it is: noteOtherStatus', async () => {
    const [active = ''] = putCodes(kit, 1);
    const [other = ''] = putCodes(kit, 1, { status: 'EXPIRED' });
    const page = await openBulkTab(kit);
    await reviewList(page, [active, other]);
    await waitForSummary(page, /^1 will be cancelled/);
    expect(await rowOf(page, other)).toContain(said('noteOtherStatus'));
    await openQuestion(page, 1);
    await answerQuestion(page, 1);
    await waitForReport(page, '1 cancelled');
    expect(patchCounts(kit, [active, other])).toEqual({ [active]: 1, [other]: 0 });
    expect(kit.sandbox.qrCodes.get('UAT', other)?.status).toBe('EXPIRED');
  });

  it('whose file could not be made changed nothing at EnKash: exportFailed', async () => {
    const ids = putCodes(kit, 2);
    const page = await openBulkTab(kit);
    await reviewList(page, ids);
    await waitForSummary(page, '2 will be cancelled');
    kit.sandbox.requests.clear();
    await page.evaluate(() => {
      URL.createObjectURL = () => {
        throw new Error('No space left.');
      };
    });
    await clickRole(page, 'button', 'Download review (Excel)');
    await waitForText(page, said('exportFailed'));
    expect(kit.sandbox.requests.all()).toEqual([]);
    expect(activeOf(kit, ids)).toEqual(ids);
  });
});

describe('a search', () => {
  it('that fails changes nothing: searchFailed', async () => {
    const before = kit.sandbox.qrCodes.all('UAT').map(({ status }) => status);
    kit.sandbox.faults.add({ on: 'search', answer: { kind: 'reject', code: 77, message: 'Closed' } });
    const page = await openSearchTab(kit);
    await clickRole(page, 'button', 'Search QR codes');
    expect(await textOf(page, 'alert')).toContain(said('searchFailed'));
    const operations = new Set(kit.sandbox.requests.all().map(({ operation }) => operation));
    operations.delete('token');
    expect(operations).toEqual(new Set(['search']));
    expect(kit.sandbox.qrCodes.all('UAT').map(({ status }) => status)).toEqual(before);
  });
});

// Last, as the account must wait after it.
describe('a job behind a proxy', () => {
  it('that was stopped in the wait for a repetition claims no status that it did not read', async () => {
    const ids = putCodes(kit, 6);
    const [doubtful = ''] = ids;
    failCancel(kit, doubtful, { answer: { kind: 'status', httpStatus: 503 } });
    const page429 = {
      kind: 'status',
      httpStatus: 429,
      body: 'html',
      headers: { 'retry-after': '10' },
    } as const;
    failCancel(kit, doubtful, { answer: page429, applyEffect: true });
    const page = await openBulkTab(kit);
    await startJob(page, ids);
    await until('both requests', () => kit.patches(doubtful).length === 2);
    await clickRole(page, 'button', 'Stop for good');
    await waitForText(page, said('jobEnded'));
    const row = await rowOf(page, doubtful);
    expect(row).not.toContain(said('stillActive'));
    expect(kit.sandbox.qrCodes.get('UAT', doubtful)?.status).toBe('CANCELLED');
  });
});
