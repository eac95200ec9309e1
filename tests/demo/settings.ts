import type { Page } from 'puppeteer-core';
import { clickRole, typeInto } from '../harness/act.ts';
import { byRole, waitForText } from '../harness/find.ts';
import type { Stage } from './setup.ts';

/** The name of the tour's account. */
export const accountName = 'Main counter';

/** Opens the settings and enters the sandbox's UAT account. */
export async function fillInSettings({ session, sandbox }: Stage): Promise<Page> {
  const { accessKey, secretKey } = sandbox.merchants.UAT;
  const page = await session.openPage('options.html');
  await typeInto(page, 'Account name', accountName);
  await clickRole(page, 'radio', 'UAT (test)');
  await typeInto(page, 'Access key', accessKey);
  await clickRole(page, 'radio', 'Secret key');
  await typeInto(page, 'Secret key', secretKey);
  await clickRole(page, 'button', 'Check connection');
  await waitForText(page, 'Connection works');
  await clickRole(page, 'button', 'Save account');
  await byRole(page, 'radio', `Use ${accountName}`);
  return page;
}
