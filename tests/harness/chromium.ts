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

/** A Chromium with the unmodified extension in it. */
export class ChromiumSession extends ChromiumProcess {
  readonly #tabs = new WeakSet<Target>();

  /** Opens a page of the extension, such as `options.html` or `workbench.html#bulk`, in a tab. */
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

  /** Waits for a page the extension opens by itself: the popup, its small window, or a tab. */
  async waitForPage(path: string, timeout = 10_000): Promise<Page> {
    const isOwn = (target: Target): boolean =>
      target.url().startsWith(this.origin + path) && !this.#tabs.has(target);
    const target = await this.browser.waitForTarget(isOwn, { timeout });
    return (await target.page()) ?? (await target.asPage());
  }

  /** Waits for the popup, or the small window that stands in for it. */
  waitForPopup(timeout?: number): Promise<Page> {
    return this.waitForPage('popup.html', timeout);
  }

  /** The live service worker; waits for one, but starts none. */
  worker(): Promise<WebWorker> {
    return this.watch.worker();
  }

  /** Evaluates a function in the live service worker. */
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

  /**
   * Clicks an item of the extension's context menu as far as the worker can tell. A dead worker is started
   * first. `page` is brought to the front and becomes the tab of the click.
   */
  async clickMenu(menuItemId: string, selectionText: string, page?: Page): Promise<void> {
    await page?.bringToFront();
    await this.watch.wake();
    await dispatchMenuClick(await this.worker(), menuItemId, selectionText);
  }

  /** Types behind the keyword in the address bar as far as the worker can tell; answers what it suggests, if anything. */
  async typeInAddressBar(text: string, waitMs = 5_000): Promise<Suggestion[] | undefined> {
    await this.watch.wake();
    return dispatchTyped(await this.worker(), text, waitMs);
  }

  /** Presses Enter in the address bar as far as the worker can tell. */
  async enterInAddressBar(text: string): Promise<void> {
    await this.watch.wake();
    await dispatchEntered(await this.worker(), text);
  }

  /** Clicks a notification as far as the worker can tell. A dead worker is started first. */
  async clickNotification(id: string): Promise<void> {
    await this.watch.wake();
    await dispatchNotificationClick(await this.worker(), id);
  }

  /** The ids of the notifications on screen now. */
  async shownNotificationIds(): Promise<string[]> {
    return shownNotificationIds(await this.worker());
  }

  /** Cuts the worker off the network, or connects it again. Pages have `page.setOfflineMode`. */
  offline(offline: boolean): Promise<void> {
    return this.watch.setOffline(offline);
  }

  /** Reloads the extension, as an update does; its pages close. */
  async reloadExtension(): Promise<void> {
    await this.watch.reload();
  }
}

/** Launches Chromium with the extension; `close` the session when done. */
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
