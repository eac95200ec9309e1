import { readFileSync } from 'node:fs';
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { typeInto } from '../../harness/act.ts';
import { byRole, textOf, waitForText } from '../../harness/find.ts';
import { buildWithTexts } from '../support/build-with-texts.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { openSearchTab, searchFor } from '../support/search-steps.ts';
import { tell } from '../support/tell.ts';

const HINDI = JSON.parse(readFileSync('public/_locales/hi/messages.json', 'utf8'));

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
});
afterAll(() => kit?.close());
afterEach(async () => {
  await kit.withOptions(async (options) => {
    await tell(options, 'updateSettings', { language: 'system' });
    await options.reload();
    await waitForText(options, 'Save account');
  });
  await kit.reset();
});

async function choose(options: Page, label: string, language: string): Promise<void> {
  const field = await byRole(options, 'combobox', label);
  await field.focus();
  await field.select(language);
}

const documentOf = (page: Page) =>
  page.evaluate(() => {
    const { lang, dir } = document.documentElement;
    return { lang, dir, title: document.title };
  });

/** Opens a page, and records every text that it shows and every messages file that it reads. */
async function openWatched({ chromium }: ChromiumFixture, path: string) {
  const page = await chromium.browser.newPage();
  const read: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('_locales')) read.push(request.url().replace(chromium.origin, ''));
  });
  await page.evaluateOnNewDocument(() => {
    const shown: string[] = [];
    Object.assign(globalThis, { shown });
    new MutationObserver(() => shown.push(document.body?.innerText ?? '')).observe(document, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  });
  await page.goto(chromium.origin + path);
  return {
    page,
    read,
    shown: async () =>
      (await page.evaluate(() => (globalThis as unknown as { shown: string[] }).shown)).join('\n'),
  };
}

describe('a language chosen in the settings', () => {
  it('applies at once, keeps the focus, and applies to every page that opens', async () => {
    const options = await kit.chromium.openPage('options.html');
    await choose(options, 'Language', 'hi');
    await waitForText(options, 'खाता सहेजें');
    expect(await documentOf(options)).toEqual({
      lang: 'hi',
      dir: 'ltr',
      title: 'सेटिंग – QR Cancel for EnKash',
    });
    expect(await options.evaluate(() => (document.activeElement as HTMLSelectElement).value)).toBe('hi');
    expect(await options.evaluate(() => document.body.innerText)).not.toContain('Save account');

    const popup = await openWatched(kit, 'popup.html');
    await byRole(popup.page, 'textbox', 'QR कोड ID');
    expect(await popup.shown()).toContain('सेटिंग');
    expect(await popup.shown()).not.toMatch(/Settings|History/);
    expect(popup.read).toEqual(['_locales/hi/messages.json']);
    const workbench = await kit.chromium.openPage('workbench.html#search');
    await byRole(workbench, 'tab', 'खोज');

    await options.bringToFront();
    await choose(options, 'भाषा', 'system');
    await waitForText(options, 'Save account');
    expect(await documentOf(options)).toMatchObject({ lang: 'en' });
    const english = await openWatched(kit, 'popup.html');
    await byRole(english.page, 'textbox', 'QR code ID');
    expect(await english.shown()).not.toContain('सेटिंग');
    expect(english.read).toEqual([]);
  });

  it('keeps focus and typed text in open pages', async () => {
    const panel = await kit.chromium.openPage('popup.html?panel');
    await (await byRole(panel, 'textbox', 'QR code ID')).type('QR26/');
    await panel.keyboard.press('Enter');
    await waitForText(panel, '“/”');
    const bulk = await kit.chromium.openPage('workbench.html#bulk');
    await (await byRole(bulk, 'textbox', 'QR code IDs')).type('QR26');
    const search = await openSearchTab(kit);
    await searchFor(search, {}, /found/);
    await (await byRole(search, 'button', 'Amount')).focus();
    const pages = [
      [panel, 'QR कोड ID', 'QR26/'],
      [bulk, 'QR कोड ID की सूची', 'QR26'],
      [search, 'राशि', undefined],
    ] as const;
    for (const [page] of pages)
      await page.evaluate(() => Object.assign(globalThis, { focused: document.activeElement }));
    await kit.withOptions((options) => choose(options, 'Language', 'hi'));
    for (const [page, name, value] of pages) {
      await page.bringToFront();
      await byRole(page, value === undefined ? 'button' : 'textbox', name);
      const inFocus = await page.evaluate(() => {
        const field = document.activeElement as HTMLTextAreaElement;
        const { focused } = globalThis as unknown as { focused: Element };
        return { same: field === focused && field.isConnected, value: field.value };
      });
      expect(inFocus).toEqual({ same: true, value: value ?? '' });
      // The earlier message about the field is shown again.
      if (page === panel) expect(await textOf(page, 'alert')).toMatch(/[\u0900-\u097f]/);
    }
  });

  it('applies to open pages', async () => {
    const panel = await kit.chromium.openPage('popup.html?panel');
    const workbench = await kit.chromium.openPage('workbench.html#search');
    await byRole(workbench, 'tab', 'Search');
    const options = await kit.chromium.openPage('options.html');
    await choose(options, 'Language', 'hi');
    for (const [page, text] of [
      [panel, 'सेटिंग'],
      [workbench, 'खोज'],
    ] as const) {
      await page.bringToFront();
      await waitForText(page, text);
    }
  });

  it('keeps amounts and ids as in English', async () => {
    const id = kit.nextId();
    kit.sandbox.qrCodes.put('UAT', { qrCodeId: id, qrName: 'काउंटर 4', amount: 123_456.5 });
    await kit.withOptions((options) => choose(options, 'Language', 'hi'));
    const popup = await kit.openPopup();
    await typeInto(popup, 'QR कोड ID', id);
    await popup.keyboard.press('Enter');
    const details = await textOf(popup, 'region', 'QR कोड का विवरण');
    expect(details).toContain('₹1,23,456.50');
    expect(details).toContain(id);
    expect(await textOf(popup, 'status')).toBe('सक्रिय। काउंटर 4, ₹1,23,456.50।');
  });

  it('applies to the menu and notifications, even after a restart of the worker', async () => {
    await kit.chromium.evaluateInWorker(() => {
      const { chrome: api } = globalThis as unknown as { chrome: typeof import('webextension-polyfill') };
      const update = api.contextMenus.update.bind(api.contextMenus);
      const titles: unknown[] = [];
      Object.assign(globalThis, { titles });
      api.contextMenus.update = ((...given: Parameters<typeof update>) => {
        titles.push(given[1].title);
        return update(...given);
      }) as typeof update;
    });
    await kit.withOptions((options) => choose(options, 'Language', 'hi'));
    await expect
      .poll(() => kit.chromium.evaluateInWorker(() => (globalThis as unknown as { titles: string[] }).titles))
      .toEqual(['“%s” की स्थिति जाँचें', 'QR कोड “%s” रद्द करें…', 'यह QR कोड ढूँढें…']);

    await kit.closePages();
    await kit.chromium.killWorker();
    const from = kit.chromium.notifications.all.length;
    await kit.chromium.clickMenu('check-status', 'Thank you for your payment');
    await kit.chromium.notifications.waitFor('चुने गए टेक्स्ट में कोई QR कोड ID नहीं है', { from });
  });

  it('is reset by Delete everything', async () => {
    const own = await openChromiumFixture();
    try {
      const options = await own.chromium.openPage('options.html');
      await choose(options, 'Language', 'hi');
      await waitForText(options, 'खाता सहेजें');
      await tell(options, 'resetExtension', {});
      await waitForText(options, 'Save account');
      expect(await options.evaluate(() => localStorage.length)).toBe(0);
    } finally {
      await own.close();
    }
  });
});

describe('the browser’s own language', () => {
  // This browser has English only, so the test replaces its English with Hindi.
  it('applies from the first text on, without reading a file', async () => {
    const build = buildWithTexts('en', HINDI);
    const hindi = await openChromiumFixture({ account: false, extensionDir: build.extensionDir });
    try {
      const popup = await openWatched(hindi, 'popup.html');
      await byRole(popup.page, 'heading', 'अपना EnKash खाता जोड़ें');
      expect(await documentOf(popup.page)).toMatchObject({ lang: 'hi' });
      const options = await openWatched(hindi, 'options.html');
      await choose(options.page, 'भाषा', 'hi');
      await byRole(options.page, 'button', 'खाता सहेजें');
      expect([...popup.read, ...options.read]).toEqual([]);
    } finally {
      await hindi.close();
      build.remove();
    }
  });
});
