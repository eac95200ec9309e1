import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { chooseFile, clickRole } from '../../harness/act.ts';
import { byRole, hasRole, textOf, waitForText } from '../../harness/find.ts';
import { drawnRows, openBulkTab, reviewList, waitForSummary } from '../support/bulk-steps.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';

let kit: ChromiumFixture;
let folder: string;
beforeAll(async () => {
  kit = await openChromiumFixture();
  folder = await mkdtemp(join(tmpdir(), 'qr-cancel-lists-'));
});
afterAll(async () => {
  await kit?.close();
  await rm(folder, { recursive: true, force: true });
});
afterEach(() => kit.reset());

describe('A5 duplicates', () => {
  it('count once; ids that differ only in case are kept with a warning', async () => {
    const page = await openBulkTab(kit);
    for (const qrCodeId of ['QR26AAAA1111', 'qr26aaaa1111']) kit.sandbox.qrCodes.put('UAT', { qrCodeId });
    await reviewList(page, 'QR26AAAA1111\nQR26AAAA1111\nqr26aaaa1111\nQR26BBBB2222');
    await waitForSummary(page, '2 will be cancelled · 1 not found · 1 duplicate');
    await waitForText(page, /differ only in upper and lower case.*QR26AAAA1111, qr26aaaa1111/);
    await waitForText(page, 'Same as line 1');
  });
});

describe('A6 files', () => {
  it('a CSV in UTF-16 with header, quotes and CRLF is read with its line numbers', async () => {
    const rows = ['"QR code","Shop, city"', '"QR26NONE1111","Tea, Pune"', '"1.23E+15","Chai, Surat"'];
    const file = join(folder, 'list.csv');
    await writeFile(file, Buffer.from(`\ufeff${rows.join('\r\n')}\r\n`, 'utf16le'));
    const page = await openBulkTab(kit);
    await chooseFile(page, 'Choose a CSV or text file', file);
    await waitForText(page, 'Column with the IDs: QR code');
    expect(kit.sandbox.requests.all()).toEqual([]);
    await clickRole(page, 'button', 'Review IDs');
    await waitForSummary(page, '1 not found · 1 not a QR code ID');
    await waitForText(page, 'damaged by a spreadsheet');
    const [, ...lines] = await drawnRows(page);
    expect(lines[0]).toMatch(/^2 \| QR26NONE1111 \|/);
    expect(lines[1]).toMatch(/^3 \| 1\.23E\+15 \|/);
  });

  it('a binary file is refused', async () => {
    const file = join(folder, 'picture.csv');
    await writeFile(file, randomBytes(1_000_000));
    const page = await openBulkTab(kit);
    await chooseFile(page, 'Choose a CSV or text file', file);
    expect(await textOf(page, 'alert')).toContain('This file is not text. Nothing was read.');
    await byRole(page, 'textbox', 'QR code IDs');
  });
});

describe('A7 more than the maximum', () => {
  it('is refused whole with the maximum named; exactly the maximum is accepted', async () => {
    const page = await openBulkTab(kit);
    const ids = Array.from({ length: 100_001 }, (_, index) => `QR26X${String(index).padStart(6, '0')}`);
    await reviewList(page, ids);
    expect(await textOf(page, 'alert', undefined, { timeout: 60_000 })).toContain(
      'More than 1,00,000 IDs. Nothing was taken.',
    );
    expect(await hasRole(page, 'button', 'Stop checking')).toBe(false);
    expect(kit.sandbox.requests.all()).toEqual([]);
    await reviewList(page, ids.slice(1));
    await waitForText(page, /\d of 1,00,000 checked/, { timeout: 60_000 });
    await clickRole(page, 'button', 'Stop checking');
    await waitForSummary(page, /^[\d,]+ not found · [\d,]+ not checked yet$/);
    // Only visible rows are drawn; a page of this length would freeze otherwise.
    expect((await page.$$('tr')).length).toBeLessThanOrEqual(80);
    expect(kit.patches()).toEqual([]);
  });
});
