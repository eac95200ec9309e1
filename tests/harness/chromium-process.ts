import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import { type ChromiumOptions, launchBrowser } from './chromium-launch.ts';
import { isPrepared, prepareProfile } from './chromium-profile.ts';
import { putAwayFirstRunPage } from './first-run-page.ts';
import { killProcessGroup } from './kill-process-group.ts';
import { NotificationRecorder } from './notification-recorder.ts';
import { until } from './until.ts';
import { WorkerWatch } from './worker-watch.ts';

/** Starts, ends and restarts the browser on its profile. */
export class ChromiumProcess {
  readonly extensionId: string;
  readonly userDataDir: string;
  /** The extension's notifications, including those of earlier workers and before restarts. */
  readonly notifications = new NotificationRecorder();
  protected readonly options: ChromiumOptions;
  /** Whether the next start has to install the extension. */
  #isNew: boolean;
  #running: { browser: Browser; watch: WorkerWatch } | undefined;

  constructor(options: ChromiumOptions) {
    this.options = options;
    this.userDataDir = options.userDataDir ?? mkdtempSync(join(tmpdir(), 'qr-cancel-chromium-'));
    this.#isNew = !isPrepared(this.userDataDir);
    this.extensionId = prepareProfile(this.userDataDir, options.extensionDir);
  }

  /** The folder for downloads; see `waitForDownload`. */
  get downloadDir(): string {
    return join(this.userDataDir, 'downloads');
  }

  get origin(): string {
    return `chrome-extension://${this.extensionId}/`;
  }

  get browser(): Browser {
    return this.#now.browser;
  }

  get workerAlive(): boolean {
    return this.watch.alive;
  }

  protected get watch(): WorkerWatch {
    return this.#now.watch;
  }

  get #now(): { browser: Browser; watch: WorkerWatch } {
    if (!this.#running) throw new Error('Chromium is not running');
    return this.#running;
  }

  /** Starts the browser on this session's profile. `launchChromium` calls it the first time. */
  async start(): Promise<void> {
    const browser = await launchBrowser(this.options, this.userDataDir, this.downloadDir);
    const watch = new WorkerWatch(browser, this.origin, this.notifications);
    this.#running = { browser, watch };
    await watch.start();
    await this.#ensureInstalled();
    if (this.#isNew && !this.options.keepFirstRunPage) await putAwayFirstRunPage(browser, this.origin);
    this.#isNew = false;
  }

  // If Chromium ignores the prepared profile, the debugging protocol can still install the extension.
  async #ensureInstalled(): Promise<void> {
    const installed = async (): Promise<boolean> => (await this.browser.extensions()).has(this.extensionId);
    const found = await until('the extension', installed, { timeout: 3000 }).catch(() => false);
    if (!found) await this.browser.installExtension(this.options.extensionDir);
  }

  /** Kills the browser without warning, like a power cut. `restart` starts it again. */
  async killBrowser(): Promise<void> {
    const { browser } = this.#now;
    this.#running = undefined;
    await killProcessGroup(browser.process());
  }

  /** Closes the browser if it still runs, and starts it again on the same profile. */
  async restart(): Promise<void> {
    await this.#stop();
    await this.start();
  }

  async #stop(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    await running?.browser.close();
  }

  /** Closes the browser and removes the profile, unless the caller supplied its folder. */
  async close(): Promise<void> {
    await this.#stop();
    if (this.options.userDataDir === undefined) {
      await rm(this.userDataDir, { recursive: true, force: true, maxRetries: 5 });
    }
  }
}
