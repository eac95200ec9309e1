import { type Bench, benchPath } from '../bench.ts';
import { launchBrowser } from '../browser.ts';
import { type CancelAll, Gateway } from '../gateway/gateway.ts';
import { Page } from '../page.ts';
import { type CancelRequest, cancelRequest } from '../peers/cancel-request.ts';
import { BulkSubject } from '../subject.ts';

/** The gateway, the extension with an account, and a loop without a journal, ready for jobs. */
export interface BulkKit {
  gateway: Gateway;
  request: CancelRequest;
  subject: CancelAll;
  /** Sends the same requests from a worker without journal and accounts. */
  loop(atOnce: number): CancelAll;
  /** Opens a page of the extension. */
  open(path: string): Promise<Page>;
}

/** Runs a function with the fixture of bulk jobs, and cleans up. */
export async function withBulkKit(
  bench: Bench,
  extraArgs: readonly string[],
  work: (kit: BulkKit) => Promise<void>,
): Promise<void> {
  const gateway = await Gateway.start();
  try {
    const { port, certificate } = gateway.description;
    const browser = await launchBrowser({
      extensions: [bench.extensionDir, benchPath('fixtures/loop-extension')],
      gateway: { port, spkiHash: certificate.spkiHash },
      extraArgs,
    });
    try {
      const [subjectOrigin = '', loopOrigin = ''] = browser.origins;
      const subject = await BulkSubject.prepare(browser, subjectOrigin, gateway.description);
      const page = await Page.open(browser.cdp);
      await page.goto(`${loopOrigin}page.html`);
      const request = cancelRequest(gateway.description);
      await work({
        gateway,
        request,
        subject: (ids) => subject.cancelAll(ids),
        loop: (atOnce) => (ids) => runLoop(page, { request, ids, atOnce }),
        async open(path) {
          const opened = await Page.open(browser.cdp);
          await opened.goto(subjectOrigin + path);
          return opened;
        },
      });
    } finally {
      await browser.close();
    }
  } finally {
    await gateway.close();
  }
}

async function runLoop(page: Page, message: object): Promise<void> {
  const answer = await page.evaluate<{ ok: boolean; message?: string }>(
    `chrome.runtime.sendMessage(${JSON.stringify(message)})`,
  );
  if (!answer?.ok) throw new Error(`The loop failed: ${answer?.message}`);
}
