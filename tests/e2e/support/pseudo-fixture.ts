import type { Page } from 'puppeteer-core';
import { expect } from 'vitest';
import { clickRole, typeInto } from '../../harness/act.ts';
import { byRole, waitForText } from '../../harness/find.ts';
import { buildWithTexts } from './build-with-texts.ts';
import { openChromiumFixture } from './chromium-fixture.ts';
import { findCutOff } from './cut-off.ts';
import { seedAccount } from './operator.ts';
import { pseudoTexts, say } from './pseudo-locale.ts';
import { tell } from './tell.ts';
import { findUntranslated } from './untranslated.ts';

/** Names without letters, so that every letter on a page has to come from a message. */
export const [UAT_NAME, LIVE_NAME, QR_NAME, REASON] = ['№ 7', '№ 8', '4711', '!?!'] as const;
export const PASSPHRASE = '1234-5678-9012';
export const WIDTH = 320;

/** Chromium with a build in which the pseudo-locale takes the place of Hindi, and no account. */
export async function openPseudoFixture() {
  const build = buildWithTexts('hi', pseudoTexts('hi'));
  const kit = await openChromiumFixture({ account: false, extensionDir: build.extensionDir });
  await kit.withOptions(async (page) => {
    await tell(page, 'updateSettings', { language: 'hi' });
  });

  /** Opens a page at the minimum width, and waits for its language. */
  async function open(path: string): Promise<Page> {
    await kit.closePages();
    const page = await kit.chromium.openPage(path);
    await page.setViewport({ width: WIDTH, height: 700 });
    await page.waitForFunction(() => document.body.innerText.includes('⟦'));
    return page;
  }

  let lastId = 0;
  /** Adds a code without letters, except in its id. */
  function putCode(environment: 'UAT' | 'LIVE' = 'UAT', status = 'ACTIVE'): string {
    lastId += 1;
    const qrCodeId = `QR${String(lastId).padStart(12, '0')}`;
    kit.sandbox.qrCodes.put(environment, {
      qrCodeId,
      status,
      qrName: QR_NAME,
      amount: 123_456.5,
      multipleUse: lastId % 2 === 0,
      fixedAmount: true,
      referenceNumber: '12-34',
      customerName: '99',
      expiry: '2027-01-15T08:00:00Z',
      createdOn: '2026-01-15T08:00:00Z',
    });
    return qrCodeId;
  }

  const saveAccount = (name: string, environment: 'UAT' | 'LIVE') =>
    kit.withOptions((page) => seedAccount(page, kit.sandbox, { name, environment }));

  return {
    kit,
    open,
    putCode,
    saveAccount,
    async close(): Promise<void> {
      await kit.close();
      build.remove();
    },
  };
}

export type PseudoFixture = Awaited<ReturnType<typeof openPseudoFixture>>;

/** Fails if a text on the page comes from no message, or is cut off. */
export async function expectRight(page: Page, state: string): Promise<void> {
  expect([...(await findUntranslated(page)), ...(await findCutOff(page))], state).toEqual([]);
}

export const click = (page: Page, key: Parameters<typeof say>[0], ...substitutions: string[]) =>
  clickRole(page, 'button', say(key, ...substitutions));
/** Waits for a message with these substitutions. */
export const waitFor = (page: Page, key: Parameters<typeof say>[0], ...substitutions: string[]) =>
  waitForText(page, say(key, ...substitutions));

/** Types into the popup's field, and checks with Enter. */
export async function check(popup: Page, text: string): Promise<void> {
  await typeInto(popup, say('qrCodeIdLabel'), text);
  await popup.keyboard.press('Enter');
}

/** Types an id and confirms its cancel. */
export async function cancel(popup: Page, id: string): Promise<void> {
  await typeInto(popup, say('qrCodeIdLabel'), id);
  await click(popup, 'cancelQrCodeDots');
  await byRole(popup, 'alertdialog', say('dialogTitle'));
  await click(popup, 'cancelQrCode');
}
