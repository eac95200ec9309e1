import { expect, it } from 'vitest';
import { startSandbox } from '../../../sandbox/server.ts';
import { byRole, waitForText } from '../../harness/find.ts';
import { launchFirefox } from '../../harness/firefox.ts';

it('every page opens in the language chosen in the settings', async () => {
  const sandbox = await startSandbox();
  const firefox = await launchFirefox({
    extensionDir: '.output/firefox-mv3',
    gateway: { port: sandbox.port },
  });
  try {
    const options = await firefox.openPage('options.html');
    await (await byRole(options, 'combobox', 'Language')).select('hi');
    await waitForText(options, 'खाता सहेजें');
    expect(await options.evaluate(() => document.documentElement.lang)).toBe('hi');
    const popup = await firefox.openPage('popup.html');
    await byRole(popup, 'heading', 'अपना EnKash खाता जोड़ें');
    await options.bringToFront();
    await (await byRole(options, 'combobox', 'भाषा')).select('system');
    await waitForText(options, 'Save account');
  } finally {
    await firefox.close();
    await sandbox.close();
  }
});
