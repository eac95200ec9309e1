import type { Page } from 'puppeteer-core';
import type { Merchant, Sandbox } from '../../../sandbox/server.ts';
import type { Response } from '../../../utils/messaging/protocol.ts';
import { clickRole, typeInto } from '../../harness/act.ts';
import { byRole, waitForText } from '../../harness/find.ts';
import { until } from '../../harness/until.ts';
import { tell } from './tell.ts';

export interface AccountEntry {
  name: string;
  environment?: 'UAT' | 'LIVE';
  /** The environment of the keys; by default the account's own. */
  keysOf?: 'UAT' | 'LIVE';
  /** Uses a ready-made token instead of the secret key. */
  withToken?: boolean;
}

/** Enters and saves an account on the settings page. */
export async function enterAccount(options: Page, sandbox: Sandbox, entry: AccountEntry): Promise<void> {
  const { name, environment = 'UAT', keysOf = environment, withToken = false } = entry;
  const merchant: Merchant = sandbox.merchants[keysOf];
  await typeInto(options, 'Account name', name);
  await clickRole(options, 'radio', environment === 'UAT' ? 'UAT (test)' : 'LIVE (production)');
  await typeInto(options, 'Access key', merchant.accessKey);
  await clickRole(options, 'radio', withToken ? 'Authorization token' : 'Secret key');
  if (withToken) await typeInto(options, 'Authorization token', merchant.readyMadeToken);
  else await typeInto(options, 'Secret key', merchant.secretKey);
  await clickRole(options, 'button', 'Save account');
  await waitForText(options, `Account ${name} saved.`);
  await startWithoutWait(options);
}

/** Saves an account with the settings page's message, for tests whose subject is not the page. */
export async function seedAccount(page: Page, sandbox: Sandbox, entry: AccountEntry): Promise<void> {
  const { name, environment = 'UAT', keysOf = environment, withToken = false } = entry;
  const { accessKey, secretKey, readyMadeToken } = sandbox.merchants[keysOf];
  const draft = withToken
    ? { authMethod: 'authorization-token', accessKey, secret: readyMadeToken }
    : { authMethod: 'secret-key', accessKey, secret: secretKey };
  // A worker that has just started may not listen yet, or may not have read the policy yet.
  await until('the account to be saved', async () => {
    const answer = await tell(page, 'saveAccount', { name, environment, colour: 'blue', ...draft });
    return (answer as Response<'saveAccount'> | null)?.ok;
  });
  await startWithoutWait(page);
}

/** Lets lists start at once. Tests of the wait choose it themselves. */
async function startWithoutWait(page: Page): Promise<void> {
  await tell(page, 'updateSettings', { waitBeforeCancelling: 0 });
}

/** Chooses the account on the settings page, and waits until the worker has it: a page closed sooner may not have sent it. */
export async function useAccount(options: Page, name: string): Promise<void> {
  const radio = await byRole(options, 'radio', `Use ${name}`);
  // The message that stays in view after a save may cover it.
  await radio.evaluate((node) => node.scrollIntoView({ block: 'center' }));
  await clickRole(options, 'radio', `Use ${name}`);
  await until(`the account ${name} to be in use`, async () => {
    const { accounts, currentAccountId } = (await tell(
      options,
      'getAppState',
      {},
    )) as Response<'getAppState'>;
    return accounts.find(({ id }) => id === currentAccountId)?.name === name;
  });
}

/** Types an id or a text with one into the popup, and presses one of its two buttons. */
export async function enterId(
  popup: Page,
  text: string,
  button: 'Check status' | 'Cancel QR code…',
): Promise<void> {
  await typeInto(popup, 'QR code ID', text);
  await clickRole(popup, 'button', button);
}

/** Confirms the open dialog. */
export async function confirmCancel(popup: Page): Promise<void> {
  await byRole(popup, 'alertdialog', 'Cancel this QR code?');
  await clickRole(popup, 'button', 'Cancel QR code');
}

/** Pastes a text into a field, because keys cannot type a tab or a line break into every field. */
export async function paste(page: Page, name: string, text: string): Promise<void> {
  const field = await byRole(page, 'textbox', name);
  await field.evaluate((element, value) => {
    (element as HTMLTextAreaElement).value = value;
    element.dispatchEvent(new Event('input', { bubbles: true }));
  }, text);
}
