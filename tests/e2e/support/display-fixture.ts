import type { Page } from 'puppeteer-core';
import { startSandbox } from '../../../sandbox/server.ts';
import { launchChromium } from '../../harness/chromium.ts';
import { startScreen } from '../../harness/screen.ts';
import { until } from '../../harness/until.ts';
import { createIdSource } from './ids.ts';
import { seedAccount } from './operator.ts';

/** The built extension in a Chromium on a screen, where keys are really pressed, with one account entered. */
export async function openDisplayFixture() {
  const sandbox = await startSandbox();
  const screen = await startScreen();
  const chromium = await launchChromium({
    extensionDir: '.output/chrome-mv3',
    gateway: { port: sandbox.port, spkiHash: sandbox.certificate.spkiHash },
    headless: false,
    env: { DISPLAY: screen.display },
  });
  const options = await chromium.openPage('options.html');
  await seedAccount(options, sandbox, { name: 'Main counter' });
  // Chromium gives out the suggested keys when it installs an extension. Ours came with the profile; this installs it.
  await chromium.reloadExtension();

  return {
    sandbox,
    screen,
    chromium,
    nextId: createIdSource(sandbox),
    /** Presses a key; not so soon after the last one that it would be taken for the same, held down. */
    press: (key: string) => screen.xdotool('sleep', '1.2', 'key', key),
    /** Types into what has the focus on the screen, as fast as a person who types fast. */
    type: (text: string) => screen.xdotool('type', '--delay', '30', text),
    /** A web page in front of everything: the sandbox's own of all kinds of ids, where no other is given. */
    async openWebPage(html?: string): Promise<Page> {
      const page = await chromium.browser.newPage();
      await page.goto('https://olympus-pg-uat.enkash.in/demo');
      if (html !== undefined) await page.setContent(html);
      await page.bringToFront();
      return page;
    },
    /** Closes every page but one, so that the next test's popup is no other test's. */
    async settle(): Promise<void> {
      const [first] = await chromium.browser.pages();
      await first?.goto('about:blank');
      const others = () =>
        chromium.browser.targets().filter((target) => target.type() === 'page' && target !== first?.target());
      // The browser's popup closes by itself where another page comes to the front.
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
