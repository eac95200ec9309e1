import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { HistoryRow } from '../../../utils/model/history-row.ts';
import { clickRole } from '../../harness/act.ts';
import { byRole, textOf, waitForText } from '../../harness/find.ts';
import { until } from '../../harness/until.ts';
import { makeHistory } from '../../support/history-rows.ts';
import { downloadRows } from '../support/bulk-steps.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { downloadJson, LONG, resetHistory, waitForMatches } from '../support/history-page.ts';
import {
  drawnLines,
  lineWith,
  openHistoryTab,
  rowsInJournal,
  seedHistory,
  setHistoryFilter,
  waitForRecord,
} from '../support/history-steps.ts';
import { confirmQuestion } from '../support/vault-steps.ts';

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
});
afterAll(() => kit?.close());
afterEach(() => resetHistory(kit));

describe('H2 100,000 rows', () => {
  it('are drawn in part, filtered, verified and exported', { timeout: 240_000 }, async () => {
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
    const exported = await downloadJson(kit, page);
    expect(exported.rows.map(({ hash }) => hash)).toEqual(made.rows.map(({ hash }) => hash));
    expect(exported.rows.slice(-100)).toEqual(made.rows.slice(-100));
    // Computes the last row's hash without our own code.
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

describe('the retention of the history', () => {
  it('is shortened only after a confirmation with the number of rows to erase', async () => {
    const options = await kit.chromium.openPage('options.html');
    const choose = async (words: string) => (await byRole(options, 'combobox', 'Keep history')).select(words);
    const chosen = () => options.evaluate(() => [...document.querySelectorAll('select')].at(-1)?.value);
    // One row a minute, the newest almost 90 days old.
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
    const remaining = await rowsInJournal(options);
    expect(remaining.at(-1)).toMatchObject({ action: 'erase', by: 'retention' });
    expect(2_001 - remaining.length).toBe((remaining.at(-1) as { count: number }).count);
    const page = await openHistoryTab(kit);
    await waitForRecord(page, `Record complete: ${remaining.length.toLocaleString('en-IN')} rows`);
    expect(await lineWith(page, 'because they were older than you keep')).toBeDefined();
    await options.bringToFront();
    await choose('null');
    await waitForText(options, 'The history is kept for good.');
  });
});
