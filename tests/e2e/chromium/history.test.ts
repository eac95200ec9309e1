import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { HistoryRow } from '../../../utils/model/history-row.ts';
import { clickRole, typeInto } from '../../harness/act.ts';
import { waitForDownload } from '../../harness/downloads.ts';
import { byRole, textOf, waitForText, waitUntilGone } from '../../harness/find.ts';
import { until } from '../../harness/until.ts';
import { makeHistory } from '../../support/history-rows.ts';
import { putCodes } from '../support/bulk-codes.ts';
import { downloadRows, openBulkTab, startJob, waitForReport } from '../support/bulk-steps.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import {
  drawnLines,
  lineWith,
  loseChain,
  openHistoryTab,
  rowsInJournal,
  seedHistory,
  setHistoryFilter,
  tamper,
  waitForRecord,
} from '../support/history-steps.ts';
import { enterId } from '../support/operator.ts';
import { tell } from '../support/tell.ts';
import { confirmQuestion } from '../support/vault-steps.ts';

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
});
afterAll(() => kit?.close());
afterEach(async () => {
  await kit.reset();
  await kit.withOptions(async (page) => {
    await tell(page, 'updateSettings', { historyRetentionDays: null, operator: '' });
    await tell(page, 'clearHistory', {});
  });
});

const REJECTS = { kind: 'reject', code: 2041, message: 'Approval pending' } as const;
/** How fast it is, the bench says; here others may be at work. */
const LONG = { timeout: 90_000 };
const summary = (page: Page) => page.$eval('.history-summary', (line) => (line as HTMLElement).innerText);
const waitForMatches = (page: Page, text: string) =>
  until(`the summary ${text}`, async () => (await summary(page)) === text, { timeout: 30_000 });

async function downloadJson(page: Page): Promise<{ chain: { hash: string }; rows: HistoryRow[] }> {
  rmSync(kit.chromium.downloadDir, { recursive: true, force: true });
  await clickRole(page, 'button', 'Export history (JSON)');
  return JSON.parse((await waitForDownload(kit.chromium.downloadDir, /\.json$/, LONG)).text);
}

/** Makes a history by hand: a check, a cancel with a reason, one from the menu that is rejected, and a job of four. */
async function makeSome() {
  const [checked, cancelled, rejected] = [kit.nextId(), kit.nextId(), kit.nextId()];
  kit.sandbox.faults.add({ on: 'cancel', qrCodeId: rejected, answer: REJECTS });
  const popup = await kit.openPopup();
  await enterId(popup, checked, 'Check status');
  await waitForText(popup, /Active\./);
  await enterId(popup, cancelled, 'Cancel QR code…');
  await byRole(popup, 'alertdialog', 'Cancel this QR code?');
  await typeInto(popup, 'Reason (optional)', 'The stand was stolen');
  await clickRole(popup, 'button', 'Cancel QR code');
  await waitForText(popup, 'EnKash confirmed it.');
  await popup.close();
  await kit.chromium.clickMenu('cancel-qr-code', rejected);
  const fromMenu = await kit.chromium.waitForPopup();
  await clickRole(fromMenu, 'button', 'Cancel QR code');
  await waitForText(fromMenu, 'Approval pending');
  await kit.closePages();
  const job = putCodes(kit, 4);
  kit.sandbox.faults.add({ on: 'cancel', qrCodeId: String(job[2]), answer: REJECTS });
  const bulk = await openBulkTab(kit);
  await startJob(bulk, job);
  await waitForReport(bulk, '3 cancelled · 1 rejected');
  await kit.closePages();
  return { checked, cancelled, rejected, job };
}

describe('what was done', () => {
  it('is there with all its facts, filtered, grouped by job, exported, and led to', async () => {
    const { checked, cancelled, rejected, job } = await makeSome();
    const page = await openHistoryTab(kit);
    await waitForRecord(page, /Record complete: \d+ rows, unchanged since/);

    // From where it was started, by what it is known, what EnKash said, and why.
    expect((await lineWith(page, checked)).slice(3)).toEqual([
      'Check',
      'Active by EnKash’s answer',
      expect.any(String),
      'Popup',
      expect.stringMatching(/^\d(\.\d)? secs?$/),
      '',
    ]);
    expect((await lineWith(page, cancelled)).slice(3)).toEqual([
      'Cancel',
      'Cancelled by EnKash’s answer',
      'SUCCESS (code 0)',
      'Popup',
      expect.stringMatching(/^\d(\.\d)? secs?$/),
      'The stand was stolen',
    ]);
    const [time, account, code, action, outcome, said, started] = await lineWith(page, rejected);
    expect(time).toMatch(/^\d+ \w+ \d{4} \d+:\d\d [ap]m$/);
    expect(account).toBe('Main counter UAT');
    expect(code).toMatch(new RegExp(`^${rejected} .+, ₹`));
    expect([action, outcome, said, started]).toEqual([
      'Cancel',
      'Rejected by EnKash’s answer',
      'Approval pending (code 2041)',
      'Right-click menu',
    ]);

    // One line for the job, which opens by mouse and by keyboard.
    const [heading] = await drawnLines(page);
    expect(heading).toEqual([
      expect.stringMatching(/^▸ Bulk cancel of .+: 3 cancelled · 1 rejected Main counter UAT$/),
    ]);
    const grid = await byRole(page, 'treegrid', 'History, row by row');
    await grid.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    const ofJob = await lineWith(page, String(job[2]));
    expect(ofJob.slice(4, 7)).toEqual([
      'Rejected by EnKash’s answer',
      'Approval pending (code 2041)',
      expect.stringMatching(/^Workbench, bulk cancel no\. \d+$/),
    ]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const details = await textOf(page, 'dialog');
    for (const part of ['Times sent', 'Attempt', 'Hash', 'Main counter', 'by EnKash’s answer'])
      expect(details).toContain(part);
    await page.keyboard.press('Escape');
    await waitUntilGone(page, 'dialog');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await until('the job to be closed', async () => (await drawnLines(page))[0]?.[0]?.startsWith('▸'));

    // Each filter alone; what they are is kept in the address.
    const total = (await rowsInJournal(page)).length;
    const filters: [name: string, text: string, matching: number][] = [
      ['Find in history', 'stolen', 1],
      ['Find in history', 'approval', 2],
      ['Outcome', 'Rejected', 2],
      ['Action', 'Check', 1],
      ['Bulk cancel', 'No. ', 4],
      ['From', '2001-01-01', total],
      ['To', '2001-01-01', 0],
      ['Environment', 'LIVE', 0],
    ];
    for (const [name, text, matching] of filters) {
      await setHistoryFilter(page, name, text);
      await waitForMatches(
        page,
        matching === total
          ? `${total} rows`
          : `${matching} of ${total} rows ${matching === 1 ? 'matches' : 'match'}`,
      );
      await clickRole(page, 'button', 'Clear filters');
    }
    await setHistoryFilter(page, 'Outcome', 'Rejected');
    await setHistoryFilter(page, 'Find in history', 'approval');
    expect(await page.evaluate(() => location.search + location.hash)).toBe(
      '?find=approval&outcome=rejected#history',
    );
    await page.reload();
    await waitForMatches(page, `2 of ${total} rows match`);
    // What was done is in the file, as on screen.
    const { rows } = await downloadRows(kit, page, 'Export history (CSV)');
    expect(
      rows.map(({ qrCodeId, outcome: what, code: gatewayCode, startedFrom }) => [
        qrCodeId,
        what,
        gatewayCode,
        startedFrom,
      ]),
    ).toEqual([
      [job[2], 'Rejected', '2041', 'Workbench'],
      [rejected, 'Rejected', '2041', 'Right-click menu'],
    ]);
    const shown = (await drawnLines(page)).map((cells) => cells[2]?.split(' ')[0]).filter(Boolean);
    expect(rows.map(({ qrCodeId }) => qrCodeId)).toEqual(shown);

    // A click on a notification leads to its row.
    const row = (await rowsInJournal(page)).find((each) => 'qrCodeId' in each && each.qrCodeId === cancelled);
    await kit.closePages();
    await kit.chromium.clickNotification(`attempt-${row && 'attemptId' in row && row.attemptId}`);
    const led = await kit.chromium.waitForPage('workbench.html');
    const current = await until('the row that was led to', () =>
      led.$$eval('tr[aria-current=true]', (all) => all[0]?.innerText),
    );
    expect(current).toContain(cancelled);
  });

  it('appears while the tab is open, without the rest being read again', async () => {
    const page = await openHistoryTab(kit);
    await seedHistory(page, makeHistory(2_000, Date.now()));
    await page.reload();
    await waitForRecord(page, 'Record complete: 2,000 rows');
    await page.evaluate(() => {
      const read: number[] = [];
      const { getAll } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.getAll = function (...args) {
        const request = getAll.apply(this, args);
        if (this.name === 'history')
          request.addEventListener('success', () => read.push(request.result.length));
        return request;
      };
      Object.assign(globalThis, { read });
    });
    const ids = putCodes(kit, 6);
    const bulk = await openBulkTab(kit);
    await startJob(bulk, ids);
    await waitForReport(bulk, '6 cancelled');
    await page.bringToFront();
    await waitForRecord(page, 'Record complete: 2,006 rows');
    expect((await drawnLines(page))[0]?.[0]).toContain('6 cancelled');
    const read = await page.evaluate(() => (globalThis as unknown as { read: number[] }).read);
    expect(read.reduce((sum, count) => sum + count, 0)).toBeLessThan(100);
  });
});

describe('who did it', () => {
  it('is in each row from the time on that the operator has given a name', async () => {
    const [before, checked] = [kit.nextId(), kit.nextId()];
    const popup = await kit.openPopup();
    await enterId(popup, before, 'Check status');
    await waitForText(popup, /Active\./);
    await kit.withOptions(async (options) => {
      await typeInto(options, 'Your name (optional)', ' Asha Rao ');
      await options.keyboard.press('Enter');
      await until('the name to be kept', async () => {
        const { settings } = (await tell(options, 'getAppState', {})) as { settings: { operator: string } };
        return settings.operator === 'Asha Rao';
      });
      await options.reload();
      expect(await textOf(options, 'textbox', 'Your name (optional)')).toBe('Asha Rao');
    });
    await popup.bringToFront();
    await enterId(popup, checked, 'Check status');
    await waitForText(popup, new RegExp(checked));
    const job = putCodes(kit, 2);
    const bulk = await openBulkTab(kit);
    await startJob(bulk, job);
    await waitForReport(bulk, '2 cancelled');
    await kit.closePages();

    const page = await openHistoryTab(kit);
    expect((await lineWith(page, checked))[6]).toBe('Popup Asha Rao');
    expect((await lineWith(page, before))[6]).toBe('Popup');
    expect((await drawnLines(page))[0]?.[0]).toContain('Asha Rao');
    await setHistoryFilter(page, 'Find in history', 'asha rao');
    await waitForMatches(page, `3 of ${(await rowsInJournal(page)).length} rows match`);
    const { rows } = await downloadRows(kit, page, 'Export history (CSV)');
    expect(rows.map(({ qrCodeId, operator }) => `${qrCodeId} ${operator}`).toSorted()).toEqual(
      [...job, checked].map((id) => `${id} Asha Rao`).toSorted(),
    );
  });
});

describe('a record that was tampered with', () => {
  async function withTampering(
    change: (rows: HistoryRow[]) => { put?: HistoryRow[]; remove?: number[] },
  ): Promise<{ page: Page; note: string }> {
    const page = await openHistoryTab(kit);
    await seedHistory(page, makeHistory(40, Date.now()));
    await tamper(page, change(await rowsInJournal(page)));
    await page.reload();
    return { page, note: await waitForRecord(page, 'The record was changed outside this extension') };
  }

  it('by changing a row is broken at that row', async () => {
    const { page, note } = await withTampering((rows) => ({
      put: [{ ...rows[29], qrCodeId: 'QR26OTHER' } as HistoryRow],
    }));
    expect(note).toMatch(/Row 30 \(.+\) is not what was written/);
    expect(await lineWith(page, 'QR26OTHER')).toContainEqual(expect.stringContaining('Changed'));
  });

  it('by taking rows out is broken there', async () => {
    const { page, note } = await withTampering(() => ({ remove: [31, 32] }));
    expect(note).toMatch(/Rows 31 to 32 are missing \(after .+, before .+\)\./);
    expect((await lineWith(page, 'QR26HIST000032'))[0]).toContain('Rows missing before this');
  });

  it('by putting a row in is broken there', async () => {
    const { page, note } = await withTampering((rows) => ({
      put: [{ ...rows[29], row: 30.5, qrCodeId: 'QR26EXTRA' } as HistoryRow],
    }));
    expect(note).toMatch(/Row 30\.5 \(.+\) was never written by this extension\./);
    expect((await lineWith(page, 'QR26EXTRA'))[0]).toContain('Inserted');
  });

  it('so that a row can’t be read still shows all others', async () => {
    const { page } = await withTampering((rows) => ({
      put: [{ ...rows[34], at: 'x', outcome: 7 } as unknown as HistoryRow],
    }));
    expect(await lineWith(page, 'Can’t be read')).toBeDefined();
    await waitForMatches(page, '40 rows');
  });
});

describe('a record whose end was lost', () => {
  const LOST =
    /The record was changed outside.+\n+After row 40 it was no longer known where the record ended/s;

  it('says so for good, and nobody is kept from cancelling', async () => {
    const seeding = await openHistoryTab(kit);
    await seedHistory(seeding, makeHistory(40, Date.now()));
    await loseChain(seeding);
    await seeding.reload();
    expect(await waitForRecord(seeding, LOST)).not.toContain('never written');
    await lineWith(seeding, 'QR26HIST000039');
    await waitForMatches(seeding, '40 rows');

    const [alone, job] = [kit.nextId(), putCodes(kit, 3)];
    const popup = await kit.openPopup();
    await enterId(popup, alone, 'Cancel QR code…');
    await confirmQuestion(popup, 'Cancel this QR code?');
    await waitForText(popup, 'EnKash confirmed it.');
    expect(await textOf(popup, 'list', 'Recent')).toMatch(new RegExp(`${alone}\\s+UAT\\s+Cancelled`));
    await popup.close();
    // The page that was open meanwhile goes on with it, and so does a list.
    await seeding.bringToFront();
    expect((await lineWith(seeding, alone))[4]).toBe('Cancelled by EnKash’s answer');
    const bulk = await openBulkTab(kit);
    await startJob(bulk, job);
    await waitForReport(bulk, '3 cancelled');
    await kit.closePages();

    const page = await openHistoryTab(kit);
    await waitForRecord(page, LOST);
    await waitForMatches(page, '45 rows');
    expect((await lineWith(page, alone))[4]).toBe('Cancelled by EnKash’s answer');
    const [, , , action, outcome, said] = await lineWith(page, 'After row 40');
    expect([action, outcome]).toEqual(['End of record lost', 'End of record lost']);
    expect(said).toContain('rows may have been removed or added there');
    const exported = await downloadJson(page);
    expect(exported.rows.slice(40)).toMatchObject([
      { row: 41, action: 'lost' },
      { qrCodeId: alone },
      {},
      {},
      {},
    ]);
  });

  it('or followed by a row that was put there, neither', async () => {
    const page = await openHistoryTab(kit);
    await seedHistory(page, makeHistory(40, Date.now()));
    const [last] = (await rowsInJournal(page)).slice(-1);
    await tamper(page, { put: [{ ...last, row: 41, qrCodeId: 'QR26EXTRA' } as HistoryRow] });
    await page.reload();
    await waitForRecord(page, /Row 41 \(.+\) was never written by this extension/);
    const id = kit.nextId();
    const popup = await kit.openPopup();
    await enterId(popup, id, 'Cancel QR code…');
    await confirmQuestion(popup, 'Cancel this QR code?');
    await waitForText(popup, 'EnKash confirmed it.');
    await popup.close();
    await page.bringToFront();
    expect((await lineWith(page, id))[4]).toBe('Cancelled by EnKash’s answer');
    const note = await waitForRecord(page, 'After row 41 it was no longer known where the record ended');
    expect(note).toMatch(/Row 41 \(.+\) is not what was written/);
  });
});

describe('100,000 rows', () => {
  it('are shown few at a time, filtered, found whole, and exported', { timeout: 240_000 }, async () => {
    const seeding = await openHistoryTab(kit);
    const made = makeHistory(100_000, Date.now());
    await seedHistory(seeding, made);
    await seeding.close();
    const page = await openHistoryTab(kit);
    const rows = () => page.$$eval('tr', (all) => all.length);
    await lineWith(page, 'QR26HIST099949');
    expect(await rows()).toBeLessThanOrEqual(80);
    await waitForRecord(page, 'Record complete: 1,00,000 rows', LONG.timeout);
    await waitForMatches(page, '1,00,000 rows');
    await setHistoryFilter(page, 'Find in history', 'qr26hist0000');
    await waitForMatches(page, '100 of 1,00,000 rows match');
    await lineWith(page, 'QR26HIST000099');
    expect(await rows()).toBeLessThanOrEqual(80);
    await clickRole(page, 'button', 'Clear filters');
    const table = await byRole(page, 'region', 'History, row by row');
    await until('the oldest row', async () => {
      await table.evaluate((box) => {
        box.scrollTop = box.scrollHeight;
      });
      return (await drawnLines(page)).at(-1)?.[2]?.startsWith('QR26HIST000000');
    });
    expect(await rows()).toBeLessThanOrEqual(80);

    const csv = await downloadRows(kit, page, 'Export history (CSV)', LONG);
    expect(csv.rows).toHaveLength(100_000);
    const exported = await downloadJson(page);
    expect(exported.rows.map(({ hash }) => hash)).toEqual(made.rows.map(({ hash }) => hash));
    expect(exported.rows.slice(-100)).toEqual(made.rows.slice(-100));
    // The last row's hash, by other means than ours.
    const { hash, ...content } = exported.rows.at(-1) as HistoryRow;
    const inOrder = (value: unknown): unknown =>
      value === null || typeof value !== 'object'
        ? value
        : Object.fromEntries(
            Object.entries(value)
              .toSorted()
              .map(([name, part]) => [name, inOrder(part)]),
          );
    const hashed = `${exported.rows.at(-2)?.hash}\n${JSON.stringify(inOrder(content))}`;
    expect([hash, exported.chain.hash]).toEqual(
      Array(2).fill(createHash('sha256').update(hashed).digest('hex')),
    );
  });
});

describe('how long the history is kept', () => {
  it('is made shorter only after a question that says how many rows go', async () => {
    const options = await kit.chromium.openPage('options.html');
    const choose = async (words: string) => (await byRole(options, 'combobox', 'Keep history')).select(words);
    const chosen = () => options.evaluate(() => [...document.querySelectorAll('select')].at(-1)?.value);
    // A row a minute, the newest of them half a day short of 90 days old.
    await seedHistory(options, makeHistory(2_000, Date.now() - 89.5 * 86_400_000));
    await byRole(options, 'combobox', 'Keep history');
    await choose('90');
    const question = await textOf(options, 'alertdialog', 'Keep history for 90 days only?');
    const [, count = ''] = /([\d,]+) rows are older than that/.exec(question) ?? [];
    expect(Number(count.replaceAll(',', ''))).toBeGreaterThan(1_275);
    await clickRole(options, 'button', 'Keep as it is');
    expect([await chosen(), (await rowsInJournal(options)).length]).toEqual(['null', 2_000]);
    await choose('90');
    await confirmQuestion(options, 'Keep history for 90 days only?');
    await waitForText(options, 'The history is kept for 90 days.');
    expect(await chosen()).toBe('90');
    const left = await rowsInJournal(options);
    expect(left.at(-1)).toMatchObject({ action: 'erase', by: 'retention' });
    expect(2_001 - left.length).toBe((left.at(-1) as { count: number }).count);
    const page = await openHistoryTab(kit);
    await waitForRecord(page, `Record complete: ${left.length.toLocaleString('en-IN')} rows`);
    expect(await lineWith(page, 'because their time was over')).toBeDefined();
    await options.bringToFront();
    await choose('null');
    await waitForText(options, 'The history is kept for good.');
  });
});
