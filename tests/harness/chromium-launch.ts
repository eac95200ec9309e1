import puppeteer, { type Browser } from 'puppeteer-core';
import { requireChromium } from './find-browsers.ts';
import { gatewayHosts, type PinnedGateway } from './gateway-hosts.ts';

/** How to launch Chromium with the extension. */
export interface ChromiumOptions {
  extensionDir: string;
  gateway: PinnedGateway;
  /** Default true. */
  headless?: boolean;
  /** Default: a fresh folder, removed on close. A given folder is kept. */
  userDataDir?: string;
  /** Default 1280 × 800. */
  windowSize?: { width: number; height: number };
  extraArgs?: string[];
  /** Keeps the page that the extension opens on installation. Default: it is closed. */
  keepFirstRunPage?: boolean;
  /** Added to this process's environment, for example a screen's DISPLAY. */
  env?: Record<string, string>;
}

export const defaultWindowSize = { width: 1280, height: 800 };

/** Launches Chromium on a profile, with both gateway hosts mapped to the local gateway. */
export function launchBrowser(
  options: ChromiumOptions,
  userDataDir: string,
  downloadDir: string,
): Promise<Browser> {
  const { gateway, headless = true, windowSize = defaultWindowSize, extraArgs = [], env } = options;
  const rules = gatewayHosts.map((host) => `MAP ${host} 127.0.0.1:${gateway.port}`);
  return puppeteer.launch({
    executablePath: requireChromium(),
    headless,
    // Hides the bars about automation and unsupported flags, so that the window looks like the operator's.
    ignoreDefaultArgs: headless ? false : ['--enable-automation'],
    pipe: true,
    enableExtensions: true,
    // Keeps the natural size of windows and the popup.
    defaultViewport: null,
    userDataDir,
    downloadBehavior: { policy: 'allow', downloadPath: downloadDir },
    env: { ...process.env, ...env },
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-component-update',
      '--no-default-browser-check',
      '--hide-crash-restore-bubble',
      '--force-device-scale-factor=1',
      '--lang=en-US',
      `--window-size=${windowSize.width},${windowSize.height}`,
      `--host-resolver-rules=${rules.join(', ')}`,
      `--ignore-certificate-errors-spki-list=${gateway.spkiHash}`,
      ...(headless ? [] : ['--test-type']),
      ...extraArgs,
    ],
  });
}
