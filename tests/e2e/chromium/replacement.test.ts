import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { clickRole, typeInto } from '../../harness/act.ts';
import { waitForDownload } from '../../harness/downloads.ts';
import { byRole, hasRole, textOf, waitForText, waitUntilGone } from '../../harness/find.ts';
import { until } from '../../harness/until.ts';
import { said } from '../../support/said.ts';
import { waitForSummary } from '../support/bulk-steps.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { paste, seedAccount, useAccount } from '../support/operator.ts';
import { cancelledCode, creates, fault, LONG, named, openForm } from '../support/replacement-steps.ts';
import { openSearchTab, watchClipboard } from '../support/search-steps.ts';

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
});
afterAll(() => kit?.close());
afterEach(() => kit.reset());

describe('a replacement', () => {
  it('is filled in from the cancelled code, confirmed, created once, and shown', async () => {
    const old = cancelledCode(kit);
    const page = await openForm(kit, old.qrCodeId);
    await waitForText(page, said('replacementOf', old.qrCodeId));
    expect(await textOf(page, 'textbox', 'Name')).toBe(old.qrName);
    expect(await textOf(page, 'textbox', 'Amount in ₹')).toBe('125000.5');
    expect(await textOf(page, 'textbox', 'Description')).toBe(old.description);
    expect(await textOf(page, 'textbox', 'Customer’s name')).toBe('Asha Rao');
    expect(await textOf(page, 'textbox', 'Value of param 1')).toBe('Pune');
    await typeInto(page, 'Amount in ₹', '499.99');
    await clickRole(page, 'button', 'Create QR code…');
    const question = await textOf(page, 'alertdialog', 'Create a QR code?');
    for (const part of ['Main counter', 'UAT', old.qrName, '₹499.99', 'Multiple', old.qrCodeId])
      expect(question).toContain(part);
    expect(creates(kit)).toEqual([]);
    await clickRole(page, 'button', 'Create QR code');
    await waitForText(page, 'EnKash said: “SUCCESS” (code 0).');

    const [made] = named(kit, old.qrName).filter(({ status }) => status === 'ACTIVE');
    expect(creates(kit)).toHaveLength(1);
    expect(creates(kit)[0]?.origin).toBeUndefined();
    expect(JSON.parse(creates(kit)[0]?.body ?? '')).toEqual({
      qrName: old.qrName,
      multipleUse: true,
      fixedAmount: true,
      amount: 499.99,
      description: old.description,
      expiry: old.expiry,
      customerName: 'Asha Rao',
      customParams: { store: 'Pune' },
    });
    const id = String(made?.qrCodeId);
    await byRole(page, 'image', `QR code ${id}`);
    expect(await hasRole(page, 'alert')).toBe(false);
    expect(kit.sandbox.qrCodes.get('UAT', old.qrCodeId)).toMatchObject({ status: 'CANCELLED' });

    const clipboard = await watchClipboard(page);
    await clickRole(page, 'button', 'Copy QR code ID');
    await until('the id', async () => (await clipboard())[0] === id);
    await clickRole(page, 'button', 'Download image');
    expect((await waitForDownload(kit.chromium.downloadDir, /\.png$/)).name).toBe(`qr-code-${id}.png`);
    expect(await printed(page)).toBe(
      ['TEST (UAT) – no real payment', old.qrName, '₹499.99', `QR code ${id}`, id].join(' | '),
    );
    await clickRole(page, 'button', 'Load the new code');
    await until('a read', () => kit.callsFor(id).length === 1);
    expect(kit.callsFor(id)).toEqual(['GET 200']);
  });

  /** Presses `Print` and returns the printed texts. */
  async function printed(page: Page): Promise<string> {
    await page.emulateMediaType('print');
    await page.evaluate(() => {
      window.print = () => {
        const shown = [...document.querySelectorAll<HTMLElement>('body *')].filter(
          (part) => part.children.length === 0 && part.checkVisibility(),
        );
        // An image that is not loaded yet would be missing in print.
        const textOfImage = ({ complete, naturalWidth, alt }: HTMLImageElement) =>
          complete && naturalWidth > 0 ? alt : 'no picture';
        const sheet = shown.map((part) =>
          part instanceof HTMLImageElement ? textOfImage(part) : part.innerText,
        );
        Object.assign(globalThis, { sheet });
      };
    });
    await clickRole(page, 'button', 'Print');
    const sheet = await until('the sheet', () =>
      page.evaluate(() => (globalThis as unknown as { sheet?: string[] }).sheet),
    );
    await page.emulateMediaType('screen');
    return sheet.join(' | ');
  }

  it('is created in LIVE only once the word is typed', async () => {
    await kit.withOptions((options) =>
      seedAccount(options, kit.sandbox, { name: 'Shop floor', environment: 'LIVE' }),
    );
    await kit.withOptions((options) => useAccount(options, 'Shop floor'));
    onTestFinished(() => kit.withOptions((options) => useAccount(options, 'Main counter')));
    const old = cancelledCode(kit, 'LIVE');
    const page = await openForm(kit, old.qrCodeId);
    await clickRole(page, 'button', 'Create QR code…');
    const question = await textOf(page, 'alertdialog', 'Create a QR code?');
    expect(question).toContain('This is your LIVE account.');
    expect(question).toContain('Shop floor');
    const button = await byRole(page, 'button', 'Create QR code');
    const isDisabled = () => button.evaluate((node) => (node as HTMLButtonElement).disabled);
    expect(await isDisabled()).toBe(true);
    await typeInto(page, 'Type CREATE to confirm', 'creat');
    expect(await isDisabled()).toBe(true);
    expect(creates(kit)).toEqual([]);
    await typeInto(page, 'Type CREATE to confirm', 'CREATE');
    await clickRole(page, 'button', 'Create QR code');
    await waitForText(page, 'QR code created');
    expect(creates(kit)).toMatchObject([{ environment: 'LIVE' }]);
  });

  it('is not offered for an active code', async () => {
    const page = await openSearchTab(kit, `?text=${kit.nextId()}`);
    await waitForSummary(page, '1 QR code found.', LONG);
    await clickRole(page, 'button', new URL(page.url()).searchParams.get('text') ?? '');
    await byRole(page, 'region', 'QR code details');
    expect(await hasRole(page, 'button', 'Create a replacement…')).toBe(false);
  });

  it('with invalid fields shows errors and no confirmation', async () => {
    const old = cancelledCode(kit);
    const page = await openForm(kit, old.qrCodeId);
    await paste(page, 'Name', 'a\u202eb');
    await typeInto(page, 'Amount in ₹', '1,250');
    await clickRole(page, 'button', 'Add a param');
    await typeInto(page, 'Name of param 2', 'store');
    await clickRole(page, 'button', 'Create QR code…');
    await waitForText(page, 'RIGHT-TO-LEFT OVERRIDE');
    await waitForText(page, 'Enter rupees in digits without commas');
    await waitForText(page, 'There is already a param with this name.');
    expect(await hasRole(page, 'alertdialog')).toBe(false);
    expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).value)).toBe('a\u202eb');
    await page.keyboard.press('Escape');
    await waitUntilGone(page, 'button', 'Create QR code…');
    expect(creates(kit)).toEqual([]);
  });

  it('is not sent without a confirmation', async () => {
    const page = await openForm(kit, cancelledCode(kit).qrCodeId);
    await clickRole(page, 'button', 'Create QR code…');
    await clickRole(page, 'button', 'Don’t create');
    await waitUntilGone(page, 'alertdialog');
    await clickRole(page, 'button', 'Create QR code…');
    await byRole(page, 'alertdialog');
    await page.keyboard.press('Escape');
    await waitUntilGone(page, 'alertdialog');
    expect(creates(kit)).toEqual([]);
  });

  it.each([
    { width: 1280, height: 800, under: /^Create a QR code\?/ },
    { width: 640, height: 400, under: /^Create QR code$/ },
    { width: 320, height: 400, under: /^Don’t create$/ },
  ])(
    'opens the confirmation, and is not sent, on a double click in a window of $width × $height',
    async ({ under, ...size }) => {
      const page = await openForm(kit, cancelledCode(kit).qrCodeId);
      await page.setViewport(size);
      const button = await byRole(page, 'button', 'Create QR code…');
      const { x, y } = await button.clickablePoint();
      await page.mouse.click(x, y);
      await byRole(page, 'alertdialog', 'Create a QR code?');
      // The target of the second click: the confirmation, or one of its buttons.
      expect(await page.evaluate((...at) => document.elementFromPoint(...at)?.textContent, x, y)).toMatch(
        under,
      );
      const devtools = await page.createCDPSession();
      for (const type of ['mousePressed', 'mouseReleased'] as const)
        await devtools.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount: 2 });
      await sleep(500);
      expect(creates(kit)).toEqual([]);
      await clickRole(page, 'button', 'Create QR code');
      await waitForText(page, 'QR code created');
    },
  );

  it('with an incomplete expiry opens no confirmation', async () => {
    const page = await openForm(kit, cancelledCode(kit).qrCodeId);
    const expiry = (await page.$('input[type=datetime-local]')) as NonNullable<
      Awaited<ReturnType<typeof page.$>>
    >;
    await expiry.focus();
    await page.keyboard.press('Backspace');
    await clickRole(page, 'button', 'Create QR code…');
    await waitForText(page, 'Enter a day and a time');
    expect(await hasRole(page, 'alertdialog')).toBe(false);
    expect(await expiry.evaluate((node) => node === document.activeElement)).toBe(true);
    expect(creates(kit)).toEqual([]);
  });

  it('is sent once if it is confirmed repeatedly', async () => {
    const old = cancelledCode(kit);
    fault(kit, { kind: 'slow', ms: 1_500 });
    const page = await openForm(kit, old.qrCodeId);
    await clickRole(page, 'button', 'Create QR code…');
    const button = await byRole(page, 'button', 'Create QR code');
    await button.evaluate((node) => {
      for (let times = 0; times < 3; times += 1) (node as HTMLButtonElement).click();
    });
    await waitForText(page, 'Creating…');
    for (const key of ['Escape', 'Escape', 'Enter'] as const) await page.keyboard.press(key);
    await waitForText(page, 'QR code created', LONG);
    expect(creates(kit)).toHaveLength(1);
    expect(named(kit, old.qrName)).toHaveLength(2);
  });
});
