import { readFileSync, rmSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../utils/lib/clock.ts';
import { readListFile } from '../../../utils/qr-code-id/read-file.ts';
import { chooseFile, clickRole } from '../../harness/act.ts';
import { waitForDownload } from '../../harness/downloads.ts';
import { byRole, hasRole, textOf, waitForText, waitUntilGone } from '../../harness/find.ts';
import { makeZip } from '../../support/make-zip.ts';
import { calcFile, xlsxFile } from '../../support/spreadsheet-files.ts';
import { putCodes } from '../support/bulk-codes.ts';
import {
  answerQuestion,
  drawnRows,
  inWords,
  openBulkTab,
  openQuestion,
  putBulkAway,
  reviewList,
  waitForList,
  waitForReport,
  waitForSummary,
} from '../support/bulk-steps.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { Keyboard } from '../support/keyboard.ts';

const CHOOSE = 'Choose a CSV or text file';

let kit: ChromiumFixture;
let folder: string;
beforeAll(async () => {
  kit = await openChromiumFixture();
  folder = await mkdtemp(join(tmpdir(), 'qr-cancel-files-'));
});
afterAll(async () => {
  await kit?.close();
  await rm(folder, { recursive: true, force: true });
});
afterEach(() => putBulkAway(kit));

async function fileOf(name: string, content: Uint8Array | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

/** Drops files on the tab. */
async function dropFiles(page: Page, files: readonly { name: string; base64: string }[]): Promise<void> {
  const field = await byRole(page, 'textbox', 'QR code IDs');
  await field.evaluate((node, dropped) => {
    const dataTransfer = new DataTransfer();
    for (const { name, base64 } of dropped) {
      const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
      dataTransfer.items.add(new File([bytes], name));
    }
    for (const type of ['dragover', 'drop'])
      node.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
  }, files);
}
const dropped = (name: string, content: Uint8Array | string) => ({
  name,
  base64: Buffer.from(content).toString('base64'),
});

/** The rows, as texts, of the workbook that a button downloads. */
async function workbookRows(page: Page, button: string): Promise<(string | undefined)[][]> {
  rmSync(kit.chromium.downloadDir, { recursive: true, force: true });
  await clickRole(page, 'button', button);
  const { path, name } = await waitForDownload(kit.chromium.downloadDir, /\.xlsx$/, { timeout: 60_000 });
  const file = await readListFile(new File([readFileSync(path)], name), systemClock);
  if (file.kind !== 'spreadsheet') throw new Error(`${name}: ${JSON.stringify(file)}`);
  const { rows } = await file.spreadsheet.read(0);
  return rows.map(({ cells }) => cells.map((cell) => cell?.text));
}

describe('A65 a spreadsheet', () => {
  it.each(['codes.xlsx', 'codes.ods'])(
    '%s lets the keyboard choose a sheet, and leaves out filtered rows unless they are included',
    async (name) => {
      const page = await openBulkTab(kit);
      await chooseFile(page, CHOOSE, await fileOf(name, calcFile(name)));
      await byRole(page, 'radiogroup', `Which sheet of ${name} holds the QR code IDs?`);
      await clickRole(page, 'button', 'Review IDs');
      expect(await textOf(page, 'alert')).toContain('Nothing of this file was read.');
      expect(kit.sandbox.requests.all()).toEqual([]);

      const keyboard = new Keyboard(page);
      await (await byRole(page, 'textbox', 'QR code IDs')).focus();
      await keyboard.tabTo('Codes');
      await keyboard.press('ArrowDown');
      await keyboard.tabTo('Read this sheet');
      await keyboard.press('Enter');
      await waitForText(page, `${name}: the spreadsheet hides 1 row (hidden by hand or filtered out).`);
      expect(await hasRole(page, 'radio', 'Secret <old> (hidden)')).toBe(false);
      await clickRole(page, 'button', 'Review IDs');
      await waitForSummary(page, '2 not found');
      await clickRole(page, 'radio', 'Include them in the list');
      await clickRole(page, 'button', 'Review IDs');
      await waitForSummary(page, '3 not found');
      const [, ...rows] = await drawnRows(page);
      expect(rows.map((row) => row.split(' | ').slice(0, 2))).toEqual([
        ['2', 'QR26ABCDEFGHJ5'],
        ['3', 'QR26ABCDEFGHJ6'],
        ['4', 'QR26ABCDEFGHJ7'],
      ]);
    },
  );

  it('with rounded numbers has these refused and not sent', async () => {
    const numbers = '<row><c t="inlineStr"><is><t>qrCodeId</t></is></c></row>';
    const row = (value: string) => `<row><c><v>${value}</v></c></row>`;
    const sheet = `<sheetData>${numbers}${row('1234567890123450000')}${row('261102345678912')}</sheetData>`;
    const page = await openBulkTab(kit);
    await chooseFile(page, CHOOSE, await fileOf('numbers.xlsx', xlsxFile({ sheet })));
    await waitForList(page);
    await clickRole(page, 'button', 'Review IDs');
    await waitForSummary(page, '1 not found · 1 not a QR code ID');
    await waitForText(page, 'rounded by a spreadsheet');
    expect(kit.sandbox.requests.all().filter(({ path }) => path.includes('12345678901234'))).toEqual([]);
  });

  it('of 100,001 rows is refused if it has too many ids, and drawn only in part', {
    timeout: 120_000,
  }, async () => {
    const cells = (index: number) =>
      `<c t="inlineStr"><is><t>QR26BIG${String(index).padStart(7, '0')}</t></is></c><c t="inlineStr"><is><t>Gate ${index}, Chandni Chowk</t></is></c><c><v>${index}.5</v></c>`;
    const rows = Array.from({ length: 100_001 }, (_, index) => `<row>${cells(index)}</row>`);
    const path = await fileOf('big.xlsx', xlsxFile({ sheet: `<sheetData>${rows.join('')}</sheetData>` }));
    const page = await openBulkTab(kit);
    await chooseFile(page, CHOOSE, path);
    expect(await textOf(page, 'alert', undefined, { timeout: 60_000 })).toContain('More than 1,00,000 IDs.');
    // Drawing the whole text would take longer than reading it.
    const field = await byRole(page, 'textbox', 'QR code IDs');
    expect(await field.evaluate((node) => (node as HTMLTextAreaElement).value.length)).toBeLessThan(500_001);
    await waitForText(page, 'All 1,00,001 lines belong to the list.');
    expect(kit.sandbox.requests.all()).toEqual([]);
  });
});

describe('A65 several files', () => {
  it('dropped together become one list; unreadable ones are named', async () => {
    const page = await openBulkTab(kit);
    await dropFiles(page, [
      dropped('codes-may.csv', 'qrCodeId,name\nQR26FILE0001,x\nQR26FILE0002,y\n'),
      dropped('page.xls', '<html><table><tr><td>QR26FILE0009</table></html>'),
      dropped('old.xls', calcFile('codes.xls')),
      dropped('packed.zip', makeZip({ 'codes.csv': 'QR26FILE0009' })),
      dropped('letter.rtf', '{\\rtf1 QR26FILE0009}'),
      dropped('cut.xlsx', calcFile('codes.xlsx').slice(0, 5_000)),
      dropped('june.txt', 'QR26FILE0002\nQR26FILE0003'),
    ]);
    const alert = await textOf(page, 'alert');
    expect(alert.replace(/\s+/g, ' ')).toMatch(
      /page\.xls: This is a web page.*old\.xls: This is an old Excel file \(\.xls\)\. Nothing was read\..*packed\.zip: This is an archive.*letter\.rtf: This is a rich text.*cut\.xlsx: This file is damaged/,
    );
    await clickRole(page, 'button', 'Review IDs');
    await waitForSummary(page, '3 not found · 1 duplicate');
    const [, ...rows] = await drawnRows(page);
    expect(rows.map((row) => row.split(' | ').slice(0, 2).join(' '))).toEqual([
      'codes-may.csv:2 QR26FILE0001',
      'codes-may.csv:3 QR26FILE0002',
      'june.txt:1 QR26FILE0002',
      'june.txt:2 QR26FILE0003',
    ]);
    await waitForText(page, 'Same as line codes-may.csv:3');
    const requestedPaths = kit.sandbox.requests.all().map(({ path }) => path);
    expect(requestedPaths.some((path) => path.includes('QR26FILE0009'))).toBe(false);
    expect(kit.patches()).toEqual([]);
  });

  it('with uncertain columns need a choice each, before which nothing is sent', async () => {
    const page = await openBulkTab(kit);
    const table = 'old,new\nQR25FILE0001,QR26FILE0001\nQR25FILE0002,QR26FILE0002\n';
    await dropFiles(page, [dropped('may.csv', table), dropped('june.csv', table)]);
    const choose = async (file: string, heading: string) => {
      const group = await byRole(page, 'radiogroup', `Which column of ${file} holds the QR code IDs?`);
      for (const label of await group.$$('label'))
        if ((await label.evaluate(({ textContent }) => textContent))?.startsWith(heading))
          await label.click();
    };
    await choose('june.csv', 'new');
    await clickRole(page, 'button', 'Review IDs');
    expect(await textOf(page, 'alert')).toContain('It is not certain which column is meant.');
    expect(kit.sandbox.requests.all()).toEqual([]);
    await choose('may.csv', 'old');
    await waitForText(page, '4 in the list');
    await clickRole(page, 'button', 'Review IDs');
    await waitForSummary(page, '4 not found');
    const [, ...rows] = await drawnRows(page);
    expect(rows.map((row) => row.split(' | ').slice(0, 2).join(' '))).toEqual([
      'may.csv:2 QR25FILE0001',
      'may.csv:3 QR25FILE0002',
      'june.csv:2 QR26FILE0001',
      'june.csv:3 QR26FILE0002',
    ]);
  });

  it('can be chosen together, and a missing one is named', async () => {
    const page = await openBulkTab(kit);
    const [first, gone] = [await fileOf('a.csv', 'QR26FILE0001'), await fileOf('gone.csv', 'QR26FILE0002')];
    // A file cannot be opened if it is deleted after it was chosen.
    await page.evaluate(() => {
      const { arrayBuffer } = File.prototype;
      const vanished = Promise.withResolvers<void>();
      Object.assign(globalThis, { vanished });
      File.prototype.arrayBuffer = async function (this: File) {
        if (this.name === 'gone.csv') await vanished.promise;
        return arrayBuffer.call(this);
      };
    });
    await chooseFile(page, CHOOSE, first, gone);
    await waitForText(page, 'Reading the files…');
    await rm(gone);
    await page.evaluate(() =>
      (globalThis as unknown as { vanished: PromiseWithResolvers<void> }).vanished.resolve(),
    );
    expect(await textOf(page, 'alert')).toContain('gone.csv: This file could not be read');
    await clickRole(page, 'button', 'Review IDs');
    await waitForSummary(page, '1 not found');
  });
});

describe('A65 exports to Excel', () => {
  it('keep the ids unchanged, for review, results, search and history', async () => {
    const ids = putCodes(kit, 3);
    const odd = '00123456789012345';
    kit.sandbox.qrCodes.put('UAT', {
      qrCodeId: odd,
      qrName: '=HYPERLINK("https://x.example")',
      amount: 500.5,
    });
    const page = await openBulkTab(kit);
    // Under a heading, because a list of IDs with letters leaves out words of digits.
    const list = ['qrCodeId,name', ...[...ids, odd].map((id) => `${id},x`)];
    await reviewList(page, list);
    await waitForSummary(page, `${inWords(4)} will be cancelled`);
    const review = await workbookRows(page, 'Download review (Excel)');
    expect(review.map((row) => row[1])).toEqual(['qrCodeId', ...ids, odd]);
    expect(review[4]?.slice(2, 4)).toEqual(['=HYPERLINK("https://x.example")', '500.5']);
    await openQuestion(page, 4);
    await answerQuestion(page, 4);
    await waitForReport(page, '4 cancelled');
    const results = await workbookRows(page, 'Download results (Excel)');
    expect(results.map((row) => [row[1], row[4]])).toEqual([
      ['qrCodeId', 'outcome'],
      ...[...ids, odd].map((id) => [id, 'Cancelled']),
    ]);

    await clickRole(page, 'tab', 'History');
    const history = await workbookRows(page, 'Export history (Excel)');
    const column = Number(history[0]?.indexOf('qrCodeId'));
    expect(history.map((row) => row[column])).toEqual(expect.arrayContaining([...ids, odd]));

    await clickRole(page, 'tab', 'Search');
    await clickRole(page, 'button', 'Search QR codes');
    await byRole(page, 'button', 'Export (Excel)');
    await waitUntilGone(page, 'button', 'Stop searching');
    const found = await workbookRows(page, 'Export (Excel)');
    expect(found.map((row) => row[0])).toEqual(expect.arrayContaining(['qrCodeId', ...ids, odd]));
  });
});
