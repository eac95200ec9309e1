import type { Page } from 'puppeteer-core';
import { startSandbox } from '../../../sandbox/server.ts';
import { launchChromium } from '../../harness/chromium.ts';
import { createIdSource } from './ids.ts';
import { seedAccount } from './operator.ts';

/** Opens the built extension in Chromium, maps the gateway's hosts to the sandbox, and saves one account. */
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

  /** Closes every page except one. The browser's popup is a page too, although it is not in the list of pages. */
  async function closePages(): Promise<void> {
    const [first] = await chromium.browser.pages();
    await first?.goto('about:blank');
    for (const target of chromium.browser.targets()) {
      if (target.type() !== 'page' || target === first?.target()) continue;
      const page = await target.asPage();
      // It may have closed with its window.
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
    /** Closes the pages, and removes the sandbox's faults and requests. Tokens stay valid. */
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
