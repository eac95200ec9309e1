import { expect } from 'vitest';
import { messageSchemas } from '../../../utils/messaging/schemas.ts';
import { waitForText } from '../../harness/find.ts';
import { type ChromiumFixture, openChromiumFixture } from './chromium-fixture.ts';
import { messageExamples } from './message-examples.ts';
import { enterAccount, enterId } from './operator.ts';
import { choosePassphrase, readArea } from './vault-steps.ts';

export const PASSPHRASE = 'correct horse battery staple';

export type Runtime = typeof import('webextension-polyfill').runtime;
export interface Message {
  name: unknown;
  request?: unknown;
}

/** Chromium with an unlocked account that has a token, one attempt in the journal, and an example of each message. */
export async function openHostileFixture() {
  const kit = await openChromiumFixture();
  await kit.withOptions(async (options) => {
    await enterAccount(options, kit.sandbox, { name: 'Token qrCodes', withToken: true });
    await choosePassphrase(options, PASSPHRASE);
  });
  const { accounts } = await readArea(kit.chromium, 'local');
  const accountId = (accounts as { currentId: string }).currentId;
  const qrCodeId = kit.nextId();
  // An attempt in the journal and a token in memory, which an attacker could want.
  const popup = await kit.openPopup();
  await enterId(popup, qrCodeId, 'Check status');
  await waitForText(popup, /Active\. /);
  const examples = messageExamples(accountId, qrCodeId);
  expect(Object.keys(examples)).toEqual(Object.keys(messageSchemas));
  const messages: Message[] = Object.entries(examples).map(([name, request]) => ({ name, request }));
  return { kit, accountId, qrCodeId, messages };
}

/** The extension's storage on disk and in memory, except the progress that it shows on its pages. */
export async function storedState(kit: ChromiumFixture): Promise<unknown> {
  const { progress: _, ...session } = await readArea(kit.chromium, 'session');
  return { local: await readArea(kit.chromium, 'local'), session };
}
