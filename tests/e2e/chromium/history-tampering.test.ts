import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { HistoryRow } from '../../../utils/model/history-row.ts';
import { textOf, waitForText } from '../../harness/find.ts';
import { makeHistory } from '../../support/history-rows.ts';
import { putCodes } from '../support/bulk-codes.ts';
import { openBulkTab, startJob, waitForReport } from '../support/bulk-steps.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { downloadJson, resetHistory, waitForMatches } from '../support/history-page.ts';
import {
  lineWith,
  loseChain,
  openHistoryTab,
  rowsInJournal,
  seedHistory,
  tamper,
  waitForRecord,
} from '../support/history-steps.ts';
import { enterId } from '../support/operator.ts';
import { confirmQuestion } from '../support/vault-steps.ts';

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
});
afterAll(() => kit?.close());
afterEach(() => resetHistory(kit));

describe('a tampered record', () => {
  async function withTampering(
    change: (rows: HistoryRow[]) => { put?: HistoryRow[]; remove?: number[] },
  ): Promise<{ page: Page; note: string }> {
    const page = await openHistoryTab(kit);
    await seedHistory(page, makeHistory(40, Date.now()));
    await tamper(page, change(await rowsInJournal(page)));
    await page.reload();
    return { page, note: await waitForRecord(page, 'The record was changed outside this extension') };
  }

  it('H1 shows a changed row', async () => {
    const { page, note } = await withTampering((rows) => ({
      put: [{ ...rows[29], qrCodeId: 'QR26OTHER' } as HistoryRow],
    }));
    expect(note).toMatch(/Row 30 \(.+\) is not what was written/);
    expect(await lineWith(page, 'QR26OTHER')).toContainEqual(expect.stringContaining('Changed'));
  });

  it('H1 shows removed rows', async () => {
    const { page, note } = await withTampering(() => ({ remove: [31, 32] }));
    expect(note).toMatch(/Rows 31 to 32 are missing \(after .+, before .+\)\./);
    expect((await lineWith(page, 'QR26HIST000032'))[0]).toContain('Rows missing before this');
  });

  it('H1 shows an inserted row', async () => {
    const { page, note } = await withTampering((rows) => ({
      put: [{ ...rows[29], row: 30.5, qrCodeId: 'QR26EXTRA' } as HistoryRow],
    }));
    expect(note).toMatch(/Row 30\.5 \(.+\) was never written by this extension\./);
    expect((await lineWith(page, 'QR26EXTRA'))[0]).toContain('Inserted');
  });

  it('shows all other rows if one is unreadable', async () => {
    const { page } = await withTampering((rows) => ({
      put: [{ ...rows[34], at: 'x', outcome: 7 } as unknown as HistoryRow],
    }));
    expect(await lineWith(page, 'Can’t be read')).toBeDefined();
    await waitForMatches(page, '40 rows');
  });
});

describe('H4 a record without its end', () => {
  const LOST =
    /The record was changed outside.+\n+After row 40 it was no longer known where the record ended/s;

  it('reports the loss permanently, and cancels still work', async () => {
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
    expect(await textOf(popup, 'list', 'Recent')).toMatch(new RegExp(`${alone}\\s+Cancelled`));
    await popup.close();
    // The open page and a list continue the record.
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
    const exported = await downloadJson(kit, page);
    expect(exported.rows.slice(40)).toMatchObject([
      { row: 41, action: 'lost' },
      { qrCodeId: alone },
      {},
      {},
      {},
    ]);
  });

  it('reports an inserted row after the end too, and cancels still work', async () => {
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
