import { clickRole, typeInto } from '../../../harness/act.ts';
import { byRole, waitForText } from '../../../harness/find.ts';
import { openBulkTab } from '../bulk-steps.ts';
import type { ChromiumFixture } from '../chromium-fixture.ts';
import { openFindTab } from '../find-steps.ts';
import { openSearchTab } from '../search-steps.ts';
import type { Visit } from './visit.ts';

/** The steps after the first account: the connection check, and the check of one code. */
export async function walkFirstSteps(kit: ChromiumFixture, visit: Visit, account: string): Promise<void> {
  const options = await kit.chromium.openPage('options.html');
  await clickRole(options, 'button', `Check connection of ${account}`);
  await waitForText(options, 'Connection works');
  await visit('settings-first-run-tested', options);
  await typeInto(options, 'QR code ID', kit.nextId());
  await clickRole(options, 'button', 'Check status');
  await byRole(options, 'region', 'QR code details');
  await visit('settings-first-run-done', options);
  await options.close();
}

/** Every page without an account. */
export async function walkFirstRun(kit: ChromiumFixture, visit: Visit): Promise<void> {
  const popup = await kit.openPopup();
  await byRole(popup, 'heading', 'Add your EnKash account');
  await visit('popup-first-run', popup);

  const options = await kit.chromium.openPage('options.html');
  await byRole(options, 'button', 'Save account');
  await visit('settings-first-run', options);
  await clickRole(options, 'button', 'Save account');
  await waitForText(options, 'Enter a name for the account.');
  await visit('settings-empty-fields', options);

  const bulk = await openBulkTab(kit);
  await waitForText(bulk, 'There is no account yet.');
  await visit('bulk-first-run', bulk);
  const search = await openSearchTab(kit);
  await waitForText(search, 'There is no account yet.');
  await visit('search-first-run', search);
  const find = await openFindTab(kit);
  await waitForText(find, 'There is no account yet.');
  await visit('find-first-run', find);
  const history = await kit.chromium.openPage('workbench.html#history');
  await waitForText(history, 'Nothing has been checked or cancelled yet.');
  await visit('history-first-run', history);
  await kit.closePages();
}
