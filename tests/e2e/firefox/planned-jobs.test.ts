import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../../sandbox/server.ts';
import { type FirefoxSession, launchFirefox } from '../../harness/firefox.ts';
import { until } from '../../harness/until.ts';
import { createIdSource } from '../support/ids.ts';
import { seedAccount } from '../support/operator.ts';
import { tell } from '../support/tell.ts';

/** Firefox stops the background page after this idle time. */
const IDLE_MS = 2_000;
const MINUTE_MS = 60_000;
/** An alarm may be up to a minute late. */
const BY_ALARM = { timeout: 4 * MINUTE_MS };

let sandbox: Sandbox;
let sessions: FirefoxSession[];

beforeAll(async () => {
  sandbox = await startSandbox();
  const settings = { extensionDir: '.output/firefox-mv3', gateway: { port: sandbox.port } };
  sessions = await Promise.all([
    launchFirefox({ ...settings, backgroundIdleMs: 10 * MINUTE_MS }),
    launchFirefox({ ...settings, backgroundIdleMs: IDLE_MS }),
  ]);
});
afterAll(async () => {
  for (const session of sessions ?? []) await session.close();
  await sandbox?.close();
});

/** Plans the cancel of one code for a moment (epoch ms, a full minute). */
async function plan(page: Page, qrCodeId: string, at: number): Promise<void> {
  const time = await page.evaluate((moment) => {
    const wall = new Date(moment - new Date(moment).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
    return { wall, zone: new Intl.DateTimeFormat().resolvedOptions().timeZone };
  }, at);
  const { currentAccountId } = (await tell(page, 'getAppState', {})) as { currentAccountId: string };
  const started = await tell(page, 'startJob', {
    accountId: currentAccountId,
    codes: [{ qrCodeId }],
    at: time,
  });
  expect(started).toMatchObject({ ok: true });
}

/** Whether the background page runs. Asking does not start it. */
function isBackgroundRunning(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const { browser } = globalThis as unknown as { browser: typeof import('webextension-polyfill') };
    return browser.extension.getBackgroundPage() !== null;
  });
}

it(
  'planned jobs start at their time in Firefox, with no page open, and after the background page was stopped',
  async () => {
    const nextId = createIdSource(sandbox);
    // More than a minute away: the background page waits for nearer times by itself.
    const at = Math.ceil((Date.now() + 75_000) / MINUTE_MS) * MINUTE_MS;
    const ids = await Promise.all(
      sessions.map(async (session, index) => {
        const id = nextId();
        const page = await session.openPage('options.html');
        await seedAccount(page, sandbox, { name: 'Main counter' });
        await plan(page, id, at);
        await page.goto('about:blank');
        if (index === 1) {
          const watch = await session.openPage('icon/icon.svg');
          await until('the background page to be stopped', async () => !(await isBackgroundRunning(watch)), {
            timeout: 30_000,
          });
          await watch.close();
        }
        return id;
      }),
    );
    expect(sandbox.requests.of('cancel')).toEqual([]);
    await until(
      'both cancels',
      () => ids.every((id) => sandbox.requests.of('cancel', id).length > 0),
      BY_ALARM,
    );
    for (const id of ids) {
      const patches = sandbox.requests.of('cancel', id);
      expect(patches).toHaveLength(1);
      expect(patches[0]?.at).toBeGreaterThanOrEqual(at);
      expect(sandbox.qrCodes.get('UAT', id)?.status).toBe('CANCELLED');
    }
  },
  6 * MINUTE_MS,
);
