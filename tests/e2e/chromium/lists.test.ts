import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { chooseFile, clickRole } from '../../harness/act.ts';
import { byRole, textOf, waitForText } from '../../harness/find.ts';
import { until } from '../../harness/until.ts';
import { openBulkTab, waitForList } from '../support/bulk-steps.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { expectedLists, idsReadable } from '../support/expected-lists.ts';
import { paste } from '../support/operator.ts';

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
});
afterAll(() => kit?.close());
afterEach(() => kit.reset());

/** The requested ids, once the page has finished. */
async function idsRead(page: Page): Promise<string[]> {
  await until('the review to be done', async () => {
    const text = await page.evaluate(() => document.body.innerText);
    const isUnread = (await page.$$('[role=alert]')).length > 0;
    return isUnread || /Download review/.test(text);
  });
  return kit.sandbox.requests.of('get').map(({ qrCodeId }) => String(qrCodeId));
}

describe.each(['file', 'paste'] as const)('A63 real lists, by %s', (way) => {
  const lists = expectedLists().filter(({ file }) => way === 'file' || idsReadable(file));

  it.each(lists)('$file', async ({ file, ids, columns, mayBeLeftOut }) => {
    const page = await openBulkTab(kit);
    if (way === 'file') {
      await chooseFile(page, 'Choose a CSV or text file', resolve('tests/lists', file));
      await waitForList(page);
    } else await paste(page, 'QR code IDs', readFileSync(`tests/lists/${file}`, 'utf8'));
    if (file.endsWith('.rtf')) {
      await clickRole(page, 'button', 'Review IDs');
      expect(await textOf(page, 'alert')).toContain('RTF');
      return expect(kit.sandbox.requests.all()).toEqual([]);
    }
    if (way === 'file' && file.endsWith('.xls')) {
      expect(await textOf(page, 'alert')).toContain(`${file}: This is a web page`);
      return expect(kit.sandbox.requests.all()).toEqual([]);
    }
    await clickRole(page, 'button', 'Review IDs');
    if (columns) {
      const group = await byRole(page, 'radiogroup', 'Which column holds the QR code IDs?');
      expect(await group.$$('input')).toHaveLength(columns);
      return expect(kit.sandbox.requests.all()).toEqual([]);
    }
    const read = await idsRead(page);
    if (!mayBeLeftOut) return expect(read.toSorted()).toEqual(ids.toSorted());
    await (await page.$('summary'))?.click();
    for (const id of ids.filter((each) => !read.includes(each))) await waitForText(page, id);
    expect(ids).toEqual(expect.arrayContaining(read));
  });
});
