import type { ElementHandle, Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../../sandbox/server.ts';
import { chooseFile, clickRole } from '../../harness/act.ts';
import { openContextMenuOn, pickFromEnd } from '../../harness/context-menu.ts';
import { byRole, textOf, waitForText } from '../../harness/find.ts';
import { type FirefoxSession, launchFirefox } from '../../harness/firefox.ts';
import { type Screen, screenUnavailable, startScreen } from '../../harness/screen.ts';
import { until } from '../../harness/until.ts';
import {
  copyPicture,
  PictureFiles,
  pngOf,
  readsOf,
  textOfCode,
  waitForFindings,
} from '../support/find-steps.ts';
import { createIdSource } from '../support/ids.ts';
import { seedAccount } from '../support/operator.ts';

const FOUND = 'This is the QR code: its own picture says the same.';
const reason = screenUnavailable();
if (reason) console.warn(`The context menu and the popup are not really opened here: ${reason}`);

interface PopupApi {
  extension: { getViews(filter: { type: 'popup' }): Window[] };
}

describe('the tab Find in Firefox', () => {
  let sandbox: Sandbox;
  let firefox: FirefoxSession;
  let nextId: () => string;
  const files = new PictureFiles();
  beforeAll(async () => {
    sandbox = await startSandbox();
    nextId = createIdSource(sandbox);
    firefox = await launchFirefox({ extensionDir: '.output/firefox-mv3', gateway: { port: sandbox.port } });
    const options = await firefox.openPage('options.html');
    await seedAccount(options, sandbox, { name: 'Main counter' });
    await options.close();
  });
  afterAll(async () => {
    files.remove();
    await firefox?.close();
    await sandbox?.close();
  });
  beforeEach(() => sandbox.requests.clear());

  async function openFind(): Promise<Page> {
    const page = await firefox.openPage('workbench.html#find');
    await byRole(page, 'button', 'Choose pictures');
    return page;
  }

  it('finds the codes of chosen pictures, and refuses HEIC by name', async () => {
    const ids = [nextId(), nextId()];
    const paths = ids.map((id) => files.picture(`${id}.png`, textOfCode({ sandbox }, id)));
    const heic = files.write('photo.heic', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0'));
    const page = await openFind();
    await chooseFile(page, 'Choose pictures', ...paths, heic);
    const shown = await waitForFindings(page, 2);
    for (const [index, id] of ids.entries()) expect(shown[index]?.found).toContain(`${FOUND} ${id}`);
    expect(await textOf(page, 'alert')).toContain('photo.heic: HEIC pictures can’t be read here.');
    expect(readsOf({ sandbox }).toSorted()).toEqual(ids.map((id) => `get ${id}`).toSorted());
    await clickRole(page, 'button', 'Review 2 QR codes found…');
    await waitForText(page, '2 will be cancelled');
    await page.close();
  });
});

/** The driver cannot access Firefox's popup. Another page of the extension reads it, and the log has its requests. */
describe.skipIf(reason)('the codes of a page in Firefox, on a screen', () => {
  let sandbox: Sandbox;
  let screen: Screen;
  let firefox: FirefoxSession;
  let nextId: () => string;
  let page: Page;
  let options: Page;

  beforeAll(async () => {
    sandbox = await startSandbox();
    nextId = createIdSource(sandbox);
    screen = await startScreen();
    firefox = await launchFirefox({
      extensionDir: '.output/firefox-mv3',
      gateway: { port: sandbox.port },
      headless: false,
      env: { DISPLAY: screen.display },
    });
    options = await firefox.openPage('options.html');
    await seedAccount(options, sandbox, { name: 'Main counter' });
    page = await firefox.browser.newPage();
  });
  afterAll(async () => {
    await firefox?.close();
    await screen?.close();
    await sandbox?.close();
  });
  beforeEach(() => sandbox.requests.clear());

  async function openPicturePage(path: string): Promise<void> {
    await page.goto(`https://olympus-pg-uat.enkash.in/pictures/${path}`);
    await page.bringToFront();
    await page.waitForFunction(() => [...document.images].every(({ complete }) => complete));
  }
  const popups = () =>
    options.evaluate(() => {
      const { browser: api } = globalThis as unknown as { browser: PopupApi };
      return api.extension.getViews({ type: 'popup' }).map((view) => view.document.body.innerText);
    });
  async function waitForPopup(text: string): Promise<string> {
    return until(
      `the popup to say ${text}`,
      async () => (await popups()).find((said) => said.includes(text)),
      {
        timeout: 20_000,
      },
    ).catch(async (cause: Error) => {
      throw new Error(`${cause.message}; it says ${JSON.stringify(await popups())}`);
    });
  }
  const closePopup = () =>
    until('the popup to be closed', async () => {
      await screen.xdotool('key', 'Escape');
      return (await popups()).length === 0;
    });
  const pressInPopup = (name: string) =>
    options.evaluate((text) => {
      const { browser: api } = globalThis as unknown as { browser: PopupApi };
      const [view] = api.extension.getViews({ type: 'popup' });
      const buttons = [...(view?.document.querySelectorAll('button') ?? [])];
      buttons.find((button) => button.innerText.trim() === text)?.click();
    }, name);

  it('are found from the browser’s own menu on an image', async () => {
    const [id, other] = [nextId(), nextId()];
    await openPicturePage(`three?code=${other}&code=${id}`);
    await openContextMenuOn(screen, (await page.$('#code-2')) as ElementHandle);
    await pickFromEnd(screen, 1);
    const said = await waitForPopup('Active.');
    expect(said).toContain(FOUND);
    expect(said).toContain(id);
    expect(said).not.toContain(other);
    expect(new Set(readsOf({ sandbox }))).toEqual(new Set([`get ${id}`]));
    await closePopup();
  });

  it('are found by “Scan this page” after a key press on the page', async () => {
    const id = nextId();
    await openPicturePage(`zoom?code=${id}`);
    await screen.xdotool('key', 'alt+shift+u');
    await waitForPopup('Scan this page');
    await pressInPopup('Scan this page');
    const said = await waitForPopup('Active.');
    expect(said).toContain(FOUND);
    expect(said).toContain(id);
    await closePopup();
  });

  it('is found from a pasted screenshot', async () => {
    const id = nextId();
    const find = await firefox.openPage('workbench.html#find');
    await byRole(find, 'button', 'Choose pictures');
    await copyPicture(find, pngOf(textOfCode({ sandbox }, id)));
    await find.click('h1');
    await screen.xdotool('key', 'ctrl+v');
    const [shown] = await waitForFindings(find, 1);
    expect(shown?.found).toContain(`${FOUND} ${id}`);
    expect(readsOf({ sandbox })).toEqual([`get ${id}`]);
    await find.close();
  });
});
