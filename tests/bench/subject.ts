import { setTimeout as wait } from 'node:timers/promises';
import type { Send } from '../../utils/messaging/protocol.ts';
import { startList } from '../../utils/messaging/start-list.ts';
import type { BenchBrowser } from './browser.ts';
import type { GatewayDescription } from './gateway/gateway.ts';
import { Page } from './page.ts';

/** The time between the last response of a job and its end. */
const WIND_UP_MS = 300;
const LAST_JOB_TIMEOUT_MS = 10_000;

/** The extension with an account. A page without scripts starts its bulk jobs. */
export class BulkSubject {
  readonly origin: string;
  readonly #page: Page;
  readonly #send: Send;
  readonly #accountId: string;

  private constructor(origin: string, page: Page, accountId: string) {
    this.origin = origin;
    this.#page = page;
    this.#send = (name, request) => send(page, name, request);
    this.#accountId = accountId;
  }

  /** Saves an account with the settings page's message, and sets that jobs start at once. */
  static async prepare(
    browser: BenchBrowser,
    origin: string,
    { merchant }: GatewayDescription,
  ): Promise<BulkSubject> {
    const page = await Page.open(browser.cdp);
    await page.gotoBare(`${origin}workbench.html`);
    const saved = await send<{ ok: boolean; account: { id: string } }>(page, 'saveAccount', {
      name: 'Bench',
      environment: 'UAT',
      colour: 'blue',
      authMethod: 'secret-key',
      accessKey: merchant.accessKey,
      secret: merchant.secretKey,
    });
    if (!saved.ok) throw new Error(`The account was not saved: ${JSON.stringify(saved)}`);
    // Otherwise a job of the workbench would start after ten seconds.
    await send(page, 'updateSettings', { waitBeforeCancelling: 0 });
    return new BulkSubject(origin, page, saved.account.id);
  }

  /** The header rules in force, as another extension has to apply them to its own requests. */
  async headerRules(otherOrigin: string): Promise<unknown[]> {
    const rules = await this.#page.evaluate<unknown[]>('chrome.declarativeNetRequest.getSessionRules()');
    return JSON.parse(JSON.stringify(rules).replaceAll(hostOf(this.origin), hostOf(otherOrigin)));
  }

  /** Closes the page, after which no more jobs can be started from here. */
  closePage(): Promise<void> {
    return this.#page.close();
  }

  /** Starts a job, after the end of the one before. */
  async cancelAll(ids: readonly string[]): Promise<void> {
    const codes = ids.map((qrCodeId) => ({ qrCodeId, qrName: 'Counter 4', amount: 500 }));
    const deadline = Date.now() + LAST_JOB_TIMEOUT_MS;
    for (;;) {
      await wait(WIND_UP_MS);
      const started = await startList(this.#send, { accountId: this.#accountId, codes });
      if (!started || started.ok) return;
      if (started.problem.code !== 'another-job' || Date.now() > deadline)
        throw new Error(`The job did not start: ${JSON.stringify(started)}`);
    }
  }
}

/** The host of an extension's origin. */
const hostOf = (origin: string): string => new URL(origin).host;

async function send<Answer>(page: Page, name: string, request: unknown): Promise<Answer> {
  const message = JSON.stringify({ name, request });
  const answer = await page.evaluate<Answer | undefined>(`chrome.runtime.sendMessage(${message})`);
  if (answer === undefined) throw new Error(`The background does not answer ${name}`);
  return answer;
}
