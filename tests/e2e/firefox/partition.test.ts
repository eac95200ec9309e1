import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../../sandbox/server.ts';
import { clickRole } from '../../harness/act.ts';
import { byRole, waitForText } from '../../harness/find.ts';
import { type FirefoxSession, launchFirefox } from '../../harness/firefox.ts';
import { until } from '../../harness/until.ts';
import { createIdSource } from '../support/ids.ts';
import { paste, seedAccount } from '../support/operator.ts';

let sandbox: Sandbox;
let firefox: FirefoxSession;
beforeAll(async () => {
  sandbox = await startSandbox();
  firefox = await launchFirefox({ extensionDir: '.output/firefox-mv3', gateway: { port: sandbox.port } });
  const options = await firefox.openPage('options.html');
  await seedAccount(options, sandbox, { name: 'Main counter' });
  await options.close();
});
afterAll(async () => {
  await firefox?.close();
  await sandbox?.close();
});

/** Opens a page of the extension in a container tab, which has separate storage. */
async function openInContainer(path: string): Promise<Page> {
  const page = await (await firefox.browser.createBrowserContext()).newPage();
  await page.goto(firefox.origin + path, { waitUntil: [] });
  return page;
}

const textOf = (page: Page) => page.evaluate(() => document.body.innerText);

describe('A58 the workbench in a container tab during a job', () => {
  beforeAll(async () => {
    const nextId = createIdSource(sandbox);
    const ids = Array.from({ length: 12 }, () => nextId());
    sandbox.faults.add({ on: 'cancel', answer: { kind: 'slow', ms: 5_000 } });
    const workbench = await firefox.openPage('workbench.html#bulk');
    await paste(workbench, 'QR code IDs', ids.join('\n'));
    await clickRole(workbench, 'button', 'Review IDs');
    await waitForText(workbench, '12 will be cancelled');
    await clickRole(workbench, 'button', 'Cancel 12 QR codes…');
    await clickRole(workbench, 'button', 'Cancel 12 QR codes');
    await waitForText(workbench, 'Cancelling QR codes');
  });

  it.each(['bulk', 'history'])('shows at #%s only that it cannot show it here', async (tab) => {
    const page = await openInContainer(`workbench.html#${tab}`);
    await waitForText(page, 'This page is in a container tab or a private window.');
    await byRole(page, 'button', 'Open in an ordinary tab');
    expect(await textOf(page)).not.toMatch(/Nothing has been checked|lost its record|Review IDs/);
    await page.close();
  });

  it('opens the job in an ordinary tab', async () => {
    const page = await openInContainer('workbench.html#bulk');
    const before = await firefox.browser.pages();
    await clickRole(page, 'button', 'Open in an ordinary tab');
    const opened = await until('the ordinary tab', async () =>
      (await firefox.browser.pages()).find((each) => !before.includes(each)),
    );
    await waitForText(opened, '12 cancelled', { timeout: 60_000 });
    expect(sandbox.requests.of('cancel')).toHaveLength(12);
  });

  it('says so in Settings too, and exports no empty history', async () => {
    const page = await openInContainer('options.html');
    await clickRole(page, 'button', 'Export history');
    await waitForText(page, 'This page is in a container tab or a private window.');
  });
});

it('A57 the storage of the worker is not evicted', async () => {
  const page = await firefox.openPage('options.html');
  await until('the grant', () => page.evaluate(() => navigator.storage.persisted()));
});
