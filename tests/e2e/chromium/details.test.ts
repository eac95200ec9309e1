import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../../sandbox/fault.ts';
import { clickRole } from '../../harness/act.ts';
import { byRole, hasRole, waitForText, waitUntilGone } from '../../harness/find.ts';
import { until } from '../../harness/until.ts';
import { waitForSummary } from '../support/bulk-steps.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { openSearchTab, watchClipboard } from '../support/search-steps.ts';

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
});
afterAll(() => kit?.close());
afterEach(() => kit.reset());

const CANCELLED = {
  qrCodeId: 'QR26DETAILS1',
  qrName: 'Saffron Lane – चाय',
  multipleUse: true,
  fixedAmount: true,
  amount: 125_000.5,
  description: 'Counter by the door. '.repeat(20),
  customerName: 'Asha Rao',
  customParams: { store: 'Pune', till: '4', floor: 'Ground' },
  qrCodeBase64:
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  status: 'CANCELLED',
};

const ACTIONS = ['Copy QR code ID', 'Copy as a row', 'Download image', 'Close'] as const;

/** Opens the details of the cancelled code in a window of this size, during their read. */
async function openDetails(page: Page, size: { width: number; height: number }, answer?: Answer) {
  kit.sandbox.faults.add({ on: 'get', answer: { kind: 'slow', ms: 4_000 } });
  if (answer) kit.sandbox.faults.add({ on: 'get', answer });
  await page.setViewport(size);
  await clickRole(page, 'button', CANCELLED.qrCodeId);
  await waitForText(page, 'Checking…');
}

/** The position of the actions, once it no longer changes. */
async function placesOf(page: Page): Promise<Record<string, number[]>> {
  const places: Record<string, number[]> = {};
  for (const name of ACTIONS) {
    const button = await byRole(page, 'button', name);
    places[name] = await button.evaluate(async (node) => {
      await Promise.all(document.getAnimations().map(({ finished }) => finished));
      const { left, top, right, bottom } = node.getBoundingClientRect();
      return [left, top, right, bottom].map(Math.round);
    });
  }
  return places;
}

describe.each([
  { width: 1280, height: 800 },
  { width: 380, height: 700 },
  { width: 320, height: 560 },
])('the actions of the details, in a window of $width × $height', (size) => {
  async function found(): Promise<Page> {
    kit.sandbox.qrCodes.put('UAT', CANCELLED);
    const page = await openSearchTab(kit, `?text=${CANCELLED.qrCodeId}`);
    await waitForSummary(page, '1 QR code found.');
    return page;
  }

  it('do not move when the code has been read or something was copied', async () => {
    const page = await found();
    await openDetails(page, size);
    const before = await placesOf(page);
    expect(await hasRole(page, 'region', 'QR code details')).toBe(false);
    for (const place of Object.values(before)) {
      expect(place[1]).toBeGreaterThan(0);
      expect(place[3]).toBeLessThan(size.height);
    }
    await byRole(page, 'region', 'QR code details');
    await byRole(page, 'button', 'Create a replacement…');
    expect(await placesOf(page)).toEqual(before);
    const clipboard = await watchClipboard(page);
    await clickRole(page, 'button', 'Copy QR code ID');
    await waitForText(page, 'Copied.');
    expect(await clipboard()).toEqual([CANCELLED.qrCodeId]);
    expect(await placesOf(page)).toEqual(before);
  });

  it('do not move when the code could not be read', async () => {
    const page = await found();
    await openDetails(page, size, { kind: 'status', httpStatus: 500 });
    const before = await placesOf(page);
    expect(await hasRole(page, 'alert')).toBe(false);
    await byRole(page, 'alert');
    expect(await placesOf(page)).toEqual(before);
    expect(await hasRole(page, 'button', 'Create a replacement…')).toBe(false);
    kit.sandbox.faults.clear();
    await clickRole(page, 'button', 'Try again');
    await byRole(page, 'region', 'QR code details');
    expect(await placesOf(page)).toEqual(before);
  });
});

describe('a key that is held down', () => {
  it('opens the details, and presses no button in them', async () => {
    kit.sandbox.qrCodes.put('UAT', CANCELLED);
    const page = await openSearchTab(kit, `?text=${CANCELLED.qrCodeId}`);
    await waitForSummary(page, '1 QR code found.');
    const clipboard = await watchClipboard(page);
    await page.focus('[role=grid]');
    await page.keyboard.press('ArrowDown');
    for (let times = 0; times < 20; times += 1) await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    await byRole(page, 'region', 'QR code details');
    expect(await clipboard()).toEqual([]);
    await byRole(page, 'button', 'Create a replacement…');
    for (const key of ['Tab', 'Tab', 'Enter'] as const) await page.keyboard.press(key);
    await waitForText(page, 'Copied.');
    expect(await clipboard()).toEqual([CANCELLED.qrCodeId]);
  });
});

describe('the focus', () => {
  it('returns to its place after Escape in the details or in their form', async () => {
    kit.sandbox.qrCodes.put('UAT', CANCELLED);
    const page = await openSearchTab(kit, `?text=${CANCELLED.qrCodeId}`);
    await waitForSummary(page, '1 QR code found.');
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('role'));
    await page.focus('[role=grid]');
    for (const key of ['ArrowDown', 'Enter'] as const) await page.keyboard.press(key);
    await byRole(page, 'region', 'QR code details');
    await page.keyboard.press('Escape');
    await waitUntilGone(page, 'dialog');
    expect(await focused()).toBe('grid');
    await page.keyboard.press('Enter');
    await byRole(page, 'button', 'Create a replacement…');
    for (const key of ['Tab', 'Enter'] as const) await page.keyboard.press(key);
    await byRole(page, 'textbox', 'Name');
    await page.keyboard.press('Escape');
    await waitUntilGone(page, 'dialog');
    expect(await focused()).toBe('grid');
    expect(kit.sandbox.requests.of('create')).toEqual([]);
  });
});

describe('a copy that the browser refuses', () => {
  it('is reported, and the close button does not move', async () => {
    kit.sandbox.qrCodes.put('UAT', CANCELLED);
    const page = await openSearchTab(kit, `?text=${CANCELLED.qrCodeId}`);
    await clickRole(page, 'button', CANCELLED.qrCodeId);
    await byRole(page, 'region', 'QR code details');
    const before = await placesOf(page);
    await page.evaluate(() => {
      navigator.clipboard.writeText = async () => {
        throw new DOMException('Refused', 'NotAllowedError');
      };
    });
    await clickRole(page, 'button', 'Copy as a row');
    await until('the words', () => waitForText(page, 'This could not be copied.'));
    expect(await placesOf(page)).toEqual(before);
  });
});
