import type { Page, Target, WebWorker } from 'puppeteer-core';
import { type ChromiumOptions, defaultWindowSize } from './chromium-launch.ts';
import { ChromiumProcess } from './chromium-process.ts';
import {
  dispatchEntered,
  dispatchMenuClick,
  dispatchNotificationClick,
  dispatchTyped,
  type Suggestion,
  shownNotificationIds,
} from './worker-events.ts';

export type { ChromiumOptions } from './chromium-launch.ts';

/** Chromium with the unmodified extension. */
export class ChromiumSession extends ChromiumProcess {
  readonly #tabs = new WeakSet<Target>();

  /** Opens a page of the extension in a tab, for example `options.html` or `workbench.html#bulk`. */
  async openPage(path: string): Promise<Page> {
    const page = await this.browser.newPage();
    this.#tabs.add(page.target());
    if (this.options.headless ?? true) {
      const size = path.startsWith('popup.html')
        ? { width: 380, height: 600 }
        : (this.options.windowSize ?? defaultWindowSize);
      await page.setViewport({ ...size, deviceScaleFactor: 1 });
    }
    await page.goto(this.origin + path);
    return page;
  }

  /** Waits for a page that the extension opens itself: the popup, its small window, or a tab. */
  async waitForPage(path: string, timeout = 10_000): Promise<Page> {
    const isOwn = (target: Target): boolean =>
      target.url().startsWith(this.origin + path) && !this.#tabs.has(target);
    const target = await this.browser.waitForTarget(isOwn, { timeout });
    return (await target.page()) ?? (await target.asPage());
  }

  /** Waits for the popup, or the small window that replaces it. */
  waitForPopup(timeout?: number): Promise<Page> {
    return this.waitForPage('popup.html', timeout);
  }

  /** The running service worker. Waits for one, but does not start it. */
  worker(): Promise<WebWorker> {
    return this.watch.worker();
  }

  /** Evaluates a function in the running service worker. */
  async evaluateInWorker<Args extends unknown[], Result>(
    run: (...args: Args) => Result,
    ...args: Args
  ): Promise<Awaited<Result>> {
    const worker = await this.worker();
    return (await worker.evaluate(run as (...args: unknown[]) => Result, ...args)) as Awaited<Result>;
  }

  /** Stops the service worker as the browser stops an idle one. */
  killWorker(): Promise<void> {
    return this.watch.kill();
  }

  /** Starts the worker without an event if it is stopped. */
  wakeWorker(): Promise<void> {
    return this.watch.wake();
  }

  /**
   * Simulates in the worker a click on an item of the extension's context menu. Starts the worker if it is stopped.
   * Brings `page` to the front as the tab of the click. `srcUrl` is the address of the image under the click.
   */
  async clickMenu(menuItemId: string, selectionText: string, page?: Page, srcUrl?: string): Promise<void> {
    await page?.bringToFront();
    await this.watch.wake();
    await dispatchMenuClick(await this.worker(), menuItemId, selectionText, srcUrl);
  }

  /** Simulates in the worker a text after the keyword in the address bar. Returns the suggestions, if there are any. */
  async typeInAddressBar(text: string, waitMs = 5_000): Promise<Suggestion[] | undefined> {
    await this.watch.wake();
    return dispatchTyped(await this.worker(), text, waitMs);
  }

  /** Simulates in the worker Enter in the address bar. */
  async enterInAddressBar(text: string): Promise<void> {
    await this.watch.wake();
    await dispatchEntered(await this.worker(), text);
  }

  /** Simulates in the worker a click on a notification. Starts the worker if it is stopped. */
  async clickNotification(id: string): Promise<void> {
    await this.watch.wake();
    await dispatchNotificationClick(await this.worker(), id);
  }

  /** The ids of the notifications that are on screen now. */
  async shownNotificationIds(): Promise<string[]> {
    return shownNotificationIds(await this.worker());
  }

  /** Takes the worker offline or online. Pages have `page.setOfflineMode`. */
  offline(offline: boolean): Promise<void> {
    return this.watch.setOffline(offline);
  }

  /** Reloads the extension as an update does, which closes its pages. */
  async reloadExtension(): Promise<void> {
    await this.watch.reload();
  }
}

/** Launches Chromium with the extension. The caller must `close` the session. */
export async function launchChromium(options: ChromiumOptions): Promise<ChromiumSession> {
  const session = new ChromiumSession(options);
  try {
    await session.start();
    return session;
  } catch (failure) {
    await session.close();
    throw failure;
  }
}
