import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { type ConnectProxy, startConnectProxy } from './connect-proxy.ts';
import { requireFirefox } from './find-browsers.ts';
import { putAwayFirstRunPage } from './first-run-page.ts';
import type { LocalGateway } from './gateway-hosts.ts';
import { until } from './until.ts';

/** How to launch Firefox with the extension. */
export interface FirefoxOptions {
  extensionDir: string;
  gateway: LocalGateway;
  /** Default true. */
  headless?: boolean;
  /** Default 1280 × 800. */
  windowSize?: { width: number; height: number };
  /** The idle time in milliseconds after which Firefox stops the background page; its own default is 30 s. */
  backgroundIdleMs?: number;
  /** Added to this process's environment, for example a screen's DISPLAY. */
  env?: Record<string, string>;
  /** Keeps the page that the extension opens on installation. Default: it is closed. */
  keepFirstRunPage?: boolean;
}

interface Manifest {
  browser_specific_settings?: { gecko?: { id?: string } };
}

function geckoId(extensionDir: string): string {
  const manifest = JSON.parse(readFileSync(join(extensionDir, 'manifest.json'), 'utf8')) as Manifest;
  const id = manifest.browser_specific_settings?.gecko?.id;
  if (!id) throw new Error(`The manifest in ${extensionDir} names no browser_specific_settings.gecko.id`);
  return id;
}

/** Firefox with the unmodified extension. */
export class FirefoxSession {
  readonly browser: Browser;
  /** The extension's origin, with a slash at the end. */
  readonly origin: string;
  /** The folder for downloads; see `waitForDownload`. */
  readonly downloadDir: string;
  readonly #proxy: ConnectProxy;
  readonly #viewport: { width: number; height: number } | undefined;

  constructor(parts: {
    browser: Browser;
    origin: string;
    downloadDir: string;
    proxy: ConnectProxy;
    /** The viewport of the extension's tabs. Undefined keeps the width of the window. */
    viewport: { width: number; height: number } | undefined;
  }) {
    this.browser = parts.browser;
    this.origin = parts.origin;
    this.downloadDir = parts.downloadDir;
    this.#proxy = parts.proxy;
    this.#viewport = parts.viewport;
  }

  /** Opens a page of the extension in a tab, for example `options.html` or `workbench.html#bulk`. */
  async openPage(path: string): Promise<Page> {
    const page = await this.browser.newPage();
    if (this.#viewport) {
      await page.setViewport(path.startsWith('popup.html') ? { width: 380, height: 600 } : this.#viewport);
    }
    const url = this.origin + path;
    // Firefox reports no load events for pages of extensions, so any waitUntil would wait forever.
    await page.goto(url, { waitUntil: [] });
    await until(url, () =>
      page.evaluate(() => document.readyState === 'complete' && location.href !== 'about:blank'),
    );
    return page;
  }

  /** Closes the browser and the proxy. */
  async close(): Promise<void> {
    await this.browser.close();
    await this.#proxy.close();
    await rm(this.downloadDir, { recursive: true, force: true });
  }
}

/** Launches Firefox with the extension. The caller must `close` the session. */
export async function launchFirefox(options: FirefoxOptions): Promise<FirefoxSession> {
  const { extensionDir, gateway, headless = true, windowSize = { width: 1280, height: 800 }, env } = options;
  const downloadDir = mkdtempSync(join(tmpdir(), 'qr-cancel-downloads-'));
  const uuid = randomUUID();
  const proxy = await startConnectProxy(gateway.port);
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: requireFirefox(),
    headless,
    // Keeps the natural size of windows.
    defaultViewport: null,
    acceptInsecureCerts: true,
    env: { ...process.env, ...env },
    // Without this, Firefox refuses to open pages of extensions.
    args: ['-remote-allow-system-access'],
    extraPrefsFirefox: {
      'extensions.webextensions.uuids': JSON.stringify({ [geckoId(extensionDir)]: uuid }),
      'browser.download.folderList': 2,
      'browser.download.dir': downloadDir,
      ...(options.backgroundIdleMs && { 'extensions.background.idle.timeout': options.backgroundIdleMs }),
      'intl.accept_languages': 'en-US',
      'layout.css.devPixelsPerPx': '1.0',
      'network.proxy.type': 1,
      'network.proxy.ssl': '127.0.0.1',
      'network.proxy.ssl_port': proxy.port,
    },
  });
  await browser.installExtension(resolve(extensionDir));
  const origin = `moz-extension://${uuid}/`;
  if (!options.keepFirstRunPage) await putAwayFirstRunPage(browser, origin);
  return new FirefoxSession({
    browser,
    origin,
    downloadDir,
    proxy,
    viewport: headless ? windowSize : undefined,
  });
}
