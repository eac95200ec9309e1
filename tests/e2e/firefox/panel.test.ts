import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../../sandbox/server.ts';
import { clickRole } from '../../harness/act.ts';
import { type FirefoxSession, launchFirefox } from '../../harness/firefox.ts';
import { until } from '../../harness/until.ts';
import { seedAccount } from '../support/operator.ts';

interface SidebarApi {
  extension: { getViews(filter: { type: 'sidebar' }): Window[] };
}

let sandbox: Sandbox;
let firefox: FirefoxSession;

beforeAll(async () => {
  sandbox = await startSandbox();
  firefox = await launchFirefox({ extensionDir: '.output/firefox-mv3', gateway: { port: sandbox.port } });
});
afterAll(async () => {
  await firefox?.close();
  await sandbox?.close();
});

describe('the sidebar', () => {
  it('opens from the popup and not by itself, and shows the current account', async () => {
    const options = await firefox.openPage('options.html');
    await seedAccount(options, sandbox, { name: 'Main counter' });
    const sidebars = () =>
      options.evaluate(() => {
        const { browser: api } = globalThis as unknown as { browser: SidebarApi };
        return api.extension.getViews({ type: 'sidebar' }).map((view) => view.document.body.innerText);
      });
    expect(await sidebars()).toEqual([]);
    const popup = await firefox.openPage('popup.html');
    await clickRole(popup, 'button', 'Open in sidebar');
    await until('the sidebar', async () => (await sidebars())[0]?.includes('Main counter'));
  });
});
