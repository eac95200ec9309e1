import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { chooseFile, clickRole } from '../../harness/act.ts';
import { byRole, textOf, waitForText } from '../../harness/find.ts';
import { type ChromiumKit, openChromiumKit } from '../support/chromium-kit.ts';
import { paste } from '../support/operator.ts';

let kit: ChromiumKit;
let folder: string;
beforeAll(async () => {
  kit = await openChromiumKit();
  folder = await mkdtemp(join(tmpdir(), 'qr-cancel-lists-'));
});
afterAll(async () => {
  await kit?.close();
  await rm(folder, { recursive: true, force: true });
});
afterEach(() => kit.settle());

async function review(page: Page, text: string): Promise<void> {
  await paste(page, 'QR code IDs', text);
  await clickRole(page, 'button', 'Review IDs');
}

describe('A5 doubles', () => {
  it('count once; those that differ in case are kept with a warning', async () => {
    const page = await kit.chromium.openPage('workbench.html#bulk');
    await review(page, 'QR26AAAA1111\nQR26AAAA1111\nqr26aaaa1111\nQR26BBBB2222');
    await waitForText(page, '3 IDs · 1 duplicates · 0 not IDs');
    await waitForText(page, /differ only in upper and lower case.*QR26AAAA1111, qr26aaaa1111/);
    await waitForText(page, 'Same as line 1');
  });
});

describe('A6 files', () => {
  it('a CSV in UTF-16 with header, quotes and CRLF is read with its line numbers', async () => {
    const rows = ['"QR code","Shop, city"', '"QR26AAAA1111","Tea, Pune"', '"1.23E+15","Chai, Surat"'];
    const file = join(folder, 'list.csv');
    await writeFile(file, Buffer.from(`\ufeff${rows.join('\r\n')}\r\n`, 'utf16le'));
    const page = await kit.chromium.openPage('workbench.html#bulk');
    await chooseFile(page, 'Choose a CSV or text file', file);
    await waitForText(page, '1 IDs · 0 duplicates · 1 not IDs');
    await waitForText(page, 'damaged by a spreadsheet');
    const lines = await page.$$eval('tbody tr', (found) => found.map((row) => row.textContent ?? ''));
    expect(lines[0]).toMatch(/^2QR26AAAA1111/);
    expect(lines[1]).toMatch(/^31\.23E\+15/);
  });

  it('a binary file is refused', async () => {
    const file = join(folder, 'picture.csv');
    await writeFile(file, randomBytes(1_000_000));
    const page = await kit.chromium.openPage('workbench.html#bulk');
    await chooseFile(page, 'Choose a CSV or text file', file);
    expect(await textOf(page, 'alert')).toContain('This file is not text. Nothing was read.');
    await byRole(page, 'textbox', 'QR code IDs');
  });
});

describe('A7 more than the most', () => {
  it('are refused whole, with the maximum named', async () => {
    const page = await kit.chromium.openPage('workbench.html#bulk');
    const ids = Array.from({ length: 10_001 }, (_, index) => `QR26X${String(index).padStart(6, '0')}`);
    await review(page, ids.join('\n'));
    expect(await textOf(page, 'alert')).toContain('More than 10,000 IDs. Nothing was taken.');
    await review(page, ids.slice(1).join('\n'));
    await waitForText(page, '10,000 IDs · 0 duplicates · 0 not IDs');
    expect(kit.sandbox.requests.all()).toEqual([]);
  });
});
