import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseFile, typeInto } from '../../harness/act.ts';
import { byRole, waitForText, waitUntilGone } from '../../harness/find.ts';
import { openBulkTab } from '../support/bulk-steps.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { EXCEPTIONS, HARMLESS, IN_STATE, STAYING } from '../support/focus-presses.ts';
import { FocusWatch } from '../support/focus-watch.ts';
import { WALKS } from '../support/page-states/index.ts';
import { tryPassphrase } from '../support/vault-steps.ts';

const WALK_MS = 120_000;
const SPREADSHEET = 'tests/spreadsheets/codes.xlsx';
const PASSPHRASE = 'correct horse battery staple';

let kit: ChromiumFixture;
const watch = new FocusWatch();
beforeAll(async () => {
  kit = await openChromiumFixture({ account: false });
  watch.watch(kit);
});
afterAll(() => kit?.close());

const nameIn = (key: string) => /“(.*)”$/.exec(key)?.[1] ?? '';
const isOneOf = (key: string, names: readonly RegExp[]) => names.some((name) => name.test(nameIn(key)));

/** Presses every button of a state that the walk can do without. */
async function pressButtons(state: string, page: Page): Promise<void> {
  // Nothing but the printout is displayed.
  if (state.endsWith('-print')) return;
  await page.bringToFront();
  for (;;) {
    const fresh = (await watch.look(state, page)).filter((key) => !watch.pressed.has(key));
    const staying = fresh.find((key) => isOneOf(key, STAYING));
    const key = staying ?? fresh.find((each) => isOneOf(each, HARMLESS));
    if (key === undefined) break;
    await watch.press(state, page, key, { stays: staying !== undefined });
  }
  for (const name of IN_STATE[state] ?? []) await pressNamed(state, page, name);
}

async function pressNamed(state: string, page: Page, name: string): Promise<void> {
  const key = (await watch.look(state, page)).find((each) => nameIn(each) === name);
  if (key === undefined) throw new Error(`${state} has no button ${name}`);
  await watch.press(state, page, key);
}

describe('the focus after a button', () => {
  it.each(Object.entries(WALKS))(
    '%s: no button loses it',
    async (_, walk) => {
      await walk(kit, pressButtons);
      expect(watch.takeLost()).toEqual([]);
    },
    WALK_MS,
  );

  it('the lock and the passphrase: no button loses it', async () => {
    const popup = await kit.openPopup();
    await byRole(popup, 'button', 'Lock');
    await pressNamed('popup, last', popup, 'Lock');
    await byRole(popup, 'heading', 'Locked');
    const options = await kit.chromium.openPage('options.html');
    await tryPassphrase(options, PASSPHRASE);
    await byRole(options, 'button', 'Change passphrase');
    await typeInto(options, 'Current passphrase', PASSPHRASE);
    await typeInto(options, 'New passphrase', `${PASSPHRASE}.`);
    await typeInto(options, 'Repeat passphrase', `${PASSPHRASE}.`);
    await pressNamed('settings, last', options, 'Change passphrase');
    await waitForText(options, 'Passphrase changed.');
    await typeInto(options, 'Current passphrase', `${PASSPHRASE}.`);
    await pressNamed('settings, last', options, 'Remove passphrase');
    await waitForText(options, 'Passphrase removed.');
    await watch.expectFocus('settings, last', options);
    expect(watch.takeLost()).toEqual([]);
  });

  it('a file that is left out: no button loses it', async () => {
    const page = await openBulkTab(kit);
    await chooseFile(page, 'Choose a CSV or text file', SPREADSHEET);
    await byRole(page, 'button', 'Leave this file out');
    await pressNamed('bulk, last', page, 'Leave this file out');
    expect(watch.takeLost()).toEqual([]);
  });

  it('the confirmations of the settings: no button loses it', async () => {
    const options = await kit.chromium.openPage('options.html');
    for (const name of ['Remove ACCOUNT', 'Erase history', 'Delete everything']) {
      await byRole(options, 'heading', 'Settings');
      await pressNamed('settings', options, name);
      await byRole(options, 'alertdialog');
      await pressNamed('settings, dialog', options, name);
      await waitUntilGone(options, 'alertdialog');
      await watch.expectFocus(`settings, ${name}`, options);
    }
    expect(watch.takeLost()).toEqual([]);
  });

  it('is known of every button', () => {
    const isExcepted = (key: string) => EXCEPTIONS.some(([button]) => button.test(key));
    const unpressed = [...watch.seen].filter(([key]) => !watch.pressed.has(key) && !isExcepted(key));
    expect(unpressed).toEqual([]);
  });
});
