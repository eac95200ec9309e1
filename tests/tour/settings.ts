import type { Page } from 'puppeteer-core';
import type { Environment } from '../../sandbox/environment.ts';
import type { Merchant } from '../../sandbox/server.ts';
import { clickRole, typeInto } from '../harness/act.ts';
import { byRole, waitForText } from '../harness/find.ts';
import type { Stage } from './stage.ts';

/** The name under which the tour enters the sandbox's merchant. */
export const accountName = 'Main counter';

/** Opens the settings and enters the sandbox's UAT account, as an operator does. */
export async function fillInSettings({ session, sandbox }: Stage): Promise<Page> {
  const page = await session.openPage('options.html');
  await enterAccount(page, sandbox.merchants.UAT);
  await clickRole(page, 'button', 'Test connection');
  await waitForText(page, 'Connection works');
  await clickRole(page, 'button', 'Save account');
  await byRole(page, 'radio', `Use ${accountName}`);
  return page;
}

/** Types an account into the settings, as an operator does; saves nothing. */
export async function enterAccount(
  page: Page,
  { accessKey, secretKey }: Pick<Merchant, 'accessKey' | 'secretKey'>,
  { name, environment }: { name: string; environment: Environment } = {
    name: accountName,
    environment: 'UAT',
  },
): Promise<void> {
  await typeInto(page, 'Account name', name);
  await clickRole(page, 'radio', environment === 'UAT' ? 'UAT (test)' : 'LIVE (production)');
  await typeInto(page, 'Access key', accessKey);
  await clickRole(page, 'radio', 'Secret key');
  await typeInto(page, 'Secret key', secretKey);
}
