import type { Page } from 'puppeteer-core';
import { startSandbox } from '../../../sandbox/server.ts';
import { launchChromium } from '../../harness/chromium.ts';
import { createIdSource } from './ids.ts';
import { seedAccount } from './operator.ts';

/** The built extension in Chromium with the sandbox behind the gateway's names, and one account entered. */
export async function openChromiumFixture({
  account = true,
  extensionDir = '.output/chrome-mv3',
  extraArgs = [] as string[],
} = {}) {
  const sandbox = await startSandbox();
  const { port, certificate } = sandbox;
  const chromium = await launchChromium({
    extensionDir,
    gateway: { port, spkiHash: certificate.spkiHash },
    extraArgs,
  });

  /** Closes every page but one; the browser's own popup is a page too, though not one of its list. */
  async function closePages(): Promise<void> {
    const [first] = await chromium.browser.pages();
    await first?.goto('about:blank');
    for (const target of chromium.browser.targets()) {
      if (target.type() !== 'page' || target === first?.target()) continue;
      const page = await target.asPage();
      // It may have gone with the window that the page before it was the last one of.
      await page.close().catch((failure: Error) => {
        if (chromium.browser.targets().includes(target)) throw failure;
      });
    }
  }
  async function withOptions(work: (options: Page) => Promise<void>): Promise<void> {
    const options = await chromium.openPage('options.html');
    await work(options);
    await options.close();
  }
  if (account) await withOptions((options) => seedAccount(options, sandbox, { name: 'Main counter' }));

  return {
    sandbox,
    chromium,
    nextId: createIdSource(sandbox),
    withOptions,
    openPopup: () => chromium.openPage('popup.html'),
    /** The calls that reached the gateway for one id, as `GET 200` or `PATCH 200`. */
    callsFor: (id: string): string[] =>
      sandbox.requests
        .all()
        .filter(({ qrCodeId }) => qrCodeId === id)
        .map(({ method, answeredStatus }) => `${method} ${answeredStatus}`),
    patches: (id?: string) => sandbox.requests.of('cancel', id),
    closePages,
    /** Makes the sandbox behave again and forgets what it was asked; tokens stay good. */
    async reset(): Promise<void> {
      await closePages();
      sandbox.faults.clear();
      sandbox.requests.clear();
    },
    async close(): Promise<void> {
      await chromium.close();
      await sandbox.close();
    },
  };
}

export type ChromiumFixture = Awaited<ReturnType<typeof openChromiumFixture>>;
