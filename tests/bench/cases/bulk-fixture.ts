import { readFileSync } from 'node:fs';
import type { PinnedGateway } from '../../harness/gateway-hosts.ts';
import { type Bench, benchPath } from '../bench.ts';
import { type BenchBrowser, launchBrowser } from '../browser.ts';
import { copyWithWorker } from '../extension-copy.ts';
import { type CancelAll, Gateway } from '../gateway/gateway.ts';
import { Page } from '../page.ts';
import { type CancelRequest, cancelRequest } from '../peers/cancel-request.ts';
import { BulkSubject } from '../subject.ts';

/** The gateway, the extension with an account, and a loop without a journal, ready for jobs. */
export interface BulkKit {
  gateway: Gateway;
  browser: BenchBrowser;
  request: CancelRequest;
  /** `chrome-extension://<id>/` of the extension. */
  origin: string;
  subject: CancelAll;
  /**
   * Sends the same requests from a worker with the same permissions and the same header rule, but without journal and
   * accounts.
   */
  loop(atOnce: number): CancelAll;
  /** Opens a page of the extension. */
  open(path: string): Promise<Page>;
}

/** The gateway, and the extension with an account as the only one of its browser. No page is open. */
export type LoneExtension = Pick<BulkKit, 'gateway' | 'browser' | 'origin' | 'open'>;

/** Runs a function with the extension alone, and cleans up. */
export async function withExtension(
  bench: Bench,
  work: (kit: LoneExtension) => Promise<void>,
): Promise<void> {
  const gateway = await Gateway.start();
  try {
    const browser = await launchBrowser({
      extensions: [bench.extensionDir],
      gateway: pinnedGateway(gateway),
    });
    try {
      const [origin = ''] = browser.origins;
      const subject = await BulkSubject.prepare(browser, origin, gateway.description);
      await subject.closePage();
      await work({ gateway, browser, origin, open: (path) => Page.openAt(browser.cdp, origin + path) });
    } finally {
      await browser.close();
    }
  } finally {
    await gateway.close();
  }
}

/** Runs a function with the fixture of bulk jobs, and cleans up. */
export async function withBulkKit(
  bench: Bench,
  extraArgs: readonly string[],
  work: (kit: BulkKit) => Promise<void>,
): Promise<void> {
  const gateway = await Gateway.start();
  try {
    const browser = await launchBrowser({
      extensions: [bench.extensionDir, loopExtension(bench.extensionDir)],
      gateway: pinnedGateway(gateway),
      extraArgs,
    });
    try {
      const [subjectOrigin = '', loopOrigin = ''] = browser.origins;
      const subject = await BulkSubject.prepare(browser, subjectOrigin, gateway.description);
      const page = await Page.open(browser.cdp);
      await page.gotoBare(`${loopOrigin}workbench.html`);
      const rules = await subject.headerRules(loopOrigin);
      const request = cancelRequest(gateway.description);
      await work({
        gateway,
        browser,
        request,
        origin: subjectOrigin,
        subject: (ids) => subject.cancelAll(ids),
        loop: (atOnce) => (ids) => runLoop(page, { request, ids, atOnce, rules }),
        open: (path) => Page.openAt(browser.cdp, subjectOrigin + path),
      });
    } finally {
      await browser.close();
    }
  } finally {
    await gateway.close();
  }
}

function pinnedGateway({ description: { port, certificate } }: Gateway): PinnedGateway {
  return { port, spkiHash: certificate.spkiHash };
}

function loopExtension(extensionDir: string): string {
  const worker = readFileSync(benchPath('fixtures/loop-worker.js'), 'utf8');
  return copyWithWorker(extensionDir, 'loop', () => worker);
}

async function runLoop(page: Page, message: object): Promise<void> {
  const answer = await page.evaluate<{ ok: boolean; message?: string }>(
    `chrome.runtime.sendMessage(${JSON.stringify(message)})`,
  );
  if (!answer?.ok) throw new Error(`The loop failed: ${answer?.message}`);
}
