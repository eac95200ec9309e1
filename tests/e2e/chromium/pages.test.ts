import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { byRole, hasRole, textOf, waitForText } from '../../harness/find.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { enterId } from '../support/operator.ts';

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
});
afterAll(() => kit?.close());
afterEach(() => kit.reset());

const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent);
const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe('the popup', () => {
  it('works with the keyboard alone: seven keys and the id from opening to cancelled', async () => {
    const id = kit.nextId();
    const popup = await kit.openPopup();
    await byRole(popup, 'textbox', 'QR code ID');
    await popup.keyboard.type(id);
    await popup.keyboard.press('Tab');
    await popup.keyboard.press('Tab');
    expect(await focused(popup)).toBe('Cancel QR code…');
    await popup.keyboard.press('Enter');
    await byRole(popup, 'alertdialog', 'Cancel this QR code?');
    expect(await focused(popup)).toBe('Keep active');
    await popup.keyboard.press('Tab');
    expect(await focused(popup)).toBe('Cancel QR code');
    await popup.keyboard.press('Enter');
    await waitForText(popup, 'EnKash confirmed it.');
    expect(kit.patches(id)).toHaveLength(1);
  });

  it('checks on Enter, and only once if Enter is held down', async () => {
    const id = kit.nextId();
    const popup = await kit.openPopup();
    await byRole(popup, 'textbox', 'QR code ID');
    await popup.keyboard.type(id);
    for (let press = 0; press < 5; press += 1) await popup.keyboard.down('Enter');
    await popup.keyboard.up('Enter');
    await waitForText(popup, /Active\. /);
    expect(kit.callsFor(id)).toEqual(['GET 200']);
  });

  it('has no button named only “Cancel”', async () => {
    const popup = await kit.openPopup();
    await enterId(popup, kit.nextId(), 'Cancel QR code…');
    await byRole(popup, 'alertdialog', 'Cancel this QR code?');
    const names = await popup.$$eval('button, a', (found) => found.map((each) => each.textContent?.trim()));
    expect(names).not.toContain('Cancel');
    expect(names).toContain('Cancel QR code');
  });

  it.each([
    ['320 px wide', 320, 1],
    ['in a window of 640 px at 200 %', 320, 2],
  ])('fits %s without scrolling sideways', async (_, width, deviceScaleFactor) => {
    const popup = await kit.openPopup();
    await popup.setViewport({ width, height: 600, deviceScaleFactor });
    await enterId(popup, kit.nextId(), 'Check status');
    await byRole(popup, 'region', 'QR code details');
    expect(await overflow(popup)).toBe(0);
    await enterId(popup, kit.nextId(), 'Cancel QR code…');
    await byRole(popup, 'alertdialog', 'Cancel this QR code?');
    expect(await overflow(popup)).toBe(0);
  });

  it('lists attempts under Recent, and checks a chosen one again', async () => {
    const id = kit.nextId();
    const popup = await kit.openPopup();
    await enterId(popup, id, 'Check status');
    await byRole(popup, 'region', 'QR code details');
    kit.sandbox.requests.clear();
    const [first] = await popup.$$('ul[aria-labelledby="recent"] button');
    expect(await first?.evaluate((button) => button.textContent)).toContain(id);
    await first?.click();
    await expect.poll(() => kit.callsFor(id)).toEqual(['GET 200']);
    expect(await hasRole(popup, 'alertdialog')).toBe(false);
  });
});

describe('the settings and the workbench', () => {
  it.each([
    'options.html',
    'workbench.html#bulk',
    'workbench.html#search',
    'workbench.html#history',
    'workbench.html#find',
  ])('%s fits 320 px without scrolling sideways', async (path) => {
    const page = await kit.chromium.openPage(path);
    await page.setViewport({ width: 320, height: 700 });
    await byRole(page, 'heading');
    expect(await overflow(page)).toBe(0);
  });

  it('the settings lead by keyboard to a section, and mark it', async () => {
    const options = await kit.chromium.openPage('options.html');
    const index = await byRole(options, 'navigation', 'Sections');
    const marked = () => index.$$eval('[aria-current]', (links) => links.map((link) => link.textContent));
    await expect.poll(marked).toEqual(['Accounts']);
    await (await byRole(options, 'link', 'Keyboard')).focus();
    await options.keyboard.press('Enter');
    await expect.poll(() => focused(options)).toBe('Keyboard');
    await expect.poll(marked).toEqual(['Keyboard']);
    await options.evaluate(() => {
      dispatchEvent(new WheelEvent('wheel'));
      scrollTo(0, 0);
    });
    await expect.poll(marked).toEqual(['Accounts']);
    await options.setViewport({ width: 900, height: 700 });
    await expect.poll(() => options.$eval('nav details', (details) => details.open)).toBe(false);
  });

  it('switch tabs with arrow keys, and the address names the tab', async () => {
    const workbench = await kit.chromium.openPage('workbench.html#bulk');
    await (await byRole(workbench, 'tab', 'Bulk cancel')).focus();
    await workbench.keyboard.press('ArrowRight');
    await workbench.keyboard.press('ArrowRight');
    expect(await focused(workbench)).toBe('History');
    expect(await workbench.evaluate(() => location.hash)).toBe('#history');
    expect(await textOf(workbench, 'tabpanel')).toContain('Find in history');
  });
});
