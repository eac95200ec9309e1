import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { requireChromium } from '../harness/find-browsers.ts';
import { gatewayHosts, type PinnedGateway } from '../harness/gateway-hosts.ts';
import { killProcessGroup } from '../harness/kill-process-group.ts';
import { until } from '../harness/until.ts';
import { Cdp } from './cdp.ts';

const CLOSE_TIMEOUT_MS = 5000;

export interface BrowserOptions {
  /** The folders of the extensions to load. */
  extensions: readonly string[];
  /** The server for both gateway hosts; without it they resolve as usual. */
  gateway?: PinnedGateway;
  extraArgs?: readonly string[];
}

/** A running Chromium with a fresh profile. */
export interface BenchBrowser {
  cdp: Cdp;
  /** `chrome-extension://<id>/` of each extension, in the given order. */
  origins: string[];
  close(): Promise<void>;
}

/** Launches headless Chromium with unmodified, unpacked extensions. */
export async function launchBrowser(options: BrowserOptions): Promise<BenchBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'qr-cancel-bench-'));
  const child = spawn(requireChromium(), argsFor(options, profile), {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    // Leads a process group, so that its child processes end with it.
    detached: process.platform !== 'win32',
  });
  const cdp = new Cdp(child.stdio[3] as Writable, child.stdio[4] as Readable);
  const close = async (): Promise<void> => {
    await end(child, cdp);
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const origins: string[] = [];
    for (const path of options.extensions) {
      const { id } = await cdp.send<{ id: string }>('Extensions.loadUnpacked', { path });
      const origin = `chrome-extension://${id}/`;
      origins.push(origin);
      if (hasSettings(path)) await putAwayFirstRunPage(cdp, origin);
    }
    return { cdp, origins, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function hasSettings(extension: string): boolean {
  return 'options_ui' in JSON.parse(readFileSync(join(extension, 'manifest.json'), 'utf8'));
}

/** Closes the settings page that opens on installation, so that it does not affect the measurement. */
async function putAwayFirstRunPage(cdp: Cdp, origin: string): Promise<void> {
  const { targetId } = await until('the settings to open', async () => {
    const { targetInfos } = await cdp.send<{ targetInfos: { targetId: string; url: string }[] }>(
      'Target.getTargets',
    );
    return targetInfos.find(({ url }) => url.startsWith(`${origin}options.html`));
  });
  // Closing the last tab would end the browser.
  await cdp.send('Target.createTarget', { url: 'about:blank' });
  await cdp.send('Target.closeTarget', { targetId });
}

function argsFor({ gateway, extraArgs = [] }: BrowserOptions, profile: string): string[] {
  const rules = gatewayHosts.map((host) => `MAP ${host} 127.0.0.1:${gateway?.port}`);
  return [
    '--headless=new',
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-quic',
    '--disable-renderer-backgrounding',
    '--disable-backgrounding-occluded-windows',
    '--disable-background-timer-throttling',
    '--enable-unsafe-extension-debugging',
    '--remote-debugging-pipe',
    `--user-data-dir=${profile}`,
    ...(gateway
      ? [
          `--host-resolver-rules=${rules.join(', ')}`,
          `--ignore-certificate-errors-spki-list=${gateway.spkiHash}`,
        ]
      : []),
    ...extraArgs,
    'about:blank',
  ];
}

async function end(child: ChildProcess, cdp: Cdp): Promise<void> {
  const exited = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
  await cdp.send('Browser.close').catch(() => undefined);
  await Promise.race([exited, wait(CLOSE_TIMEOUT_MS, undefined, { ref: false })]);
  await killProcessGroup(child);
}
