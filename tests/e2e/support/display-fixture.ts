import type { Page } from 'puppeteer-core';
import { startSandbox } from '../../../sandbox/server.ts';
import { launchChromium } from '../../harness/chromium.ts';
import { startScreen } from '../../harness/screen.ts';
import { until } from '../../harness/until.ts';
import { createIdSource } from './ids.ts';
import { seedAccount } from './operator.ts';

/**
 * Opens the built extension in Chromium on a screen, for real key presses, and saves one account. `scale` is the number of
 * the screen's pixels for a pixel of the browser's window.
 */
export async function openDisplayFixture({ scale = 1 } = {}) {
  const sandbox = await startSandbox();
  const screen = await startScreen({ width: 1280 * scale, height: 900 * scale });
  const chromium = await launchChromium({
    extensionDir: '.output/chrome-mv3',
    gateway: { port: sandbox.port, spkiHash: sandbox.certificate.spkiHash },
    headless: false,
    env: { DISPLAY: screen.display },
    extraArgs: [`--force-device-scale-factor=${scale}`],
  });
  const options = await chromium.openPage('options.html');
  await seedAccount(options, sandbox, { name: 'Main counter' });
  // Chromium assigns the suggested keys on installation. Reloading installs our extension, which came with the profile.
  await chromium.reloadExtension();

  return {
    sandbox,
    screen,
    chromium,
    scale,
    nextId: createIdSource(sandbox),
    /** Presses a key, after a pause, so that it does not count as a key that is held down. */
    press: (key: string) => screen.xdotool('sleep', '1.2', 'key', key),
    /** Types into the focused window, as fast as a fast typist. */
    type: (text: string) => screen.xdotool('type', '--delay', '30', text),
    /** Opens a web page in front; by default the sandbox's demo page. */
    async openWebPage(html?: string): Promise<Page> {
      const page = await chromium.browser.newPage();
      await page.goto('https://olympus-pg-uat.enkash.in/demo');
      if (html !== undefined) await page.setContent(html);
      await page.bringToFront();
      return page;
    },
    /** Closes every page except one, so that the next test finds no old popup. */
    async settle(): Promise<void> {
      const [first] = await chromium.browser.pages();
      await first?.goto('about:blank');
      const others = () =>
        chromium.browser.targets().filter((target) => target.type() === 'page' && target !== first?.target());
      // The browser's popup closes by itself if another page comes to the front.
      for (const target of others())
        await target
          .asPage()
          .then((page) => page.close())
          .catch(() => undefined);
      await until('the other pages to be gone', () => others().length === 0);
      sandbox.faults.clear();
      sandbox.requests.clear();
    },
    async close(): Promise<void> {
      await chromium.close();
      await screen.close();
      await sandbox.close();
    },
  };
}

export type ScreenKit = Awaited<ReturnType<typeof openDisplayFixture>>;
