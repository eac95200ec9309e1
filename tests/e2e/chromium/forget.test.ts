import type { Page } from 'puppeteer-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { clickRole } from '../../harness/act.ts';
import { byRole, waitForText } from '../../harness/find.ts';
import { until } from '../../harness/until.ts';
import { startSlowJob } from '../support/bulk-runs.ts';
import { waitForPatches } from '../support/bulk-steps.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { confirmCancel, enterId } from '../support/operator.ts';

/** More than the five seconds after which opening the journal fails. */
const BLOCKED = { timeout: 30_000 };

let kit: ChromiumFixture;
beforeEach(async () => {
  kit = await openChromiumFixture();
});
afterEach(() => kit?.close());

async function forgetEverything(options: Page): Promise<void> {
  await options.bringToFront();
  await clickRole(options, 'button', 'Delete everything');
  await byRole(options, 'alertdialog', 'Delete everything?');
  await clickRole(options, 'button', 'Delete everything');
}

/** The extension's whole storage on disk. */
function stored(page: Page): Promise<Record<string, unknown>> {
  return page.evaluate(() => {
    const { chrome: api } = globalThis as unknown as { chrome: typeof import('webextension-polyfill') };
    return api.storage.local.get(null);
  });
}

/** Opens the journal in a page and blocks upgrades. Version `9` makes it a newer journal. */
async function holdJournal(page: Page, version: number): Promise<void> {
  await page.evaluate(
    (as) =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.open('journal', as);
        request.onupgradeneeded = () =>
          request.result.createObjectStore('of-a-newer-version').put('QR26OLD', 1);
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
          Object.assign(globalThis, { held: request.result });
          resolve();
        };
      }),
    version,
  );
}

/** The number of records in each store of the journal that a page has open. */
function countHeld(page: Page): Promise<Record<string, number>> {
  return page.evaluate(async () => {
    const { held } = globalThis as unknown as { held: IDBDatabase };
    const counts: Record<string, number> = {};
    for (const name of held.objectStoreNames)
      counts[name] = await new Promise((resolve, reject) => {
        const request = held.transaction(name).objectStore(name).count();
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    return counts;
  });
}

it('A53 Delete everything during a job deletes all data and the job at once, and nothing more is sent', async () => {
  await startSlowJob(kit, 200, 2_000);
  await waitForPatches(kit, 1);
  const options = await kit.chromium.openPage('options.html');
  await forgetEverything(options);
  await waitForText(options, 'Everything was deleted.');
  expect(await stored(options)).toEqual({});
  const whenTold = kit.patches().length;
  await until('the calls under way to end', () =>
    kit.patches().every(({ answeredStatus }) => answeredStatus),
  );
  await kit.chromium.killWorker();
  const popup = await kit.openPopup();
  await byRole(popup, 'heading', 'Add your EnKash account');
  expect(kit.patches().length).toBe(whenTold);
  expect(whenTold).toBeLessThan(200);
  await holdJournal(popup, 1);
  expect(await countHeld(popup)).toMatchObject({ attempts: 0, items: 0, jobs: 0 });
});

it('A53 A57 a journal of a newer version: nothing is sent, the page explains it, and everything can be forgotten', async () => {
  const newer = await kit.openPopup();
  await holdJournal(newer, 9);
  const popup = await kit.openPopup();
  const id = kit.nextId();
  await enterId(popup, id, 'Cancel QR code…');
  await confirmCancel(popup);
  await waitForText(popup, 'written by a newer version of this extension');
  await waitForText(popup, 'The QR code was not changed.');
  expect(kit.patches()).toEqual([]);
  const history = await kit.chromium.openPage('workbench.html#history');
  await waitForText(history, 'written by a newer version of this extension');
  const options = await kit.chromium.openPage('options.html');
  await forgetEverything(options);
  await waitForText(options, 'Everything was deleted.');
  expect(await stored(options)).toEqual({});
  expect(await countHeld(newer)).toMatchObject({ 'of-a-newer-version': 0, history: 0 });
});

it('A53 a journal that another page blocks: the keys are still deleted, and the page lists the rest', async () => {
  const holder = await kit.openPopup();
  await holdJournal(holder, 1);
  const deleter = await kit.openPopup();
  await deleter.evaluate(() => void indexedDB.deleteDatabase('journal'));
  const options = await kit.chromium.openPage('options.html');
  expect(Object.keys(await stored(options))).toContain('vault');
  await forgetEverything(options);
  await waitForText(options, 'Not everything could be deleted.', BLOCKED);
  await waitForText(options, 'The keys are deleted from this browser.');
  await waitForText(options, 'could not be deleted. Another page of this extension keeps');
  expect(await stored(options)).toEqual({});
  await holder.close();
  await forgetEverything(options);
  await waitForText(options, 'Everything was deleted.', BLOCKED);
});

it('A53 removing an account during its job deletes its keys at once and stops the job', async () => {
  await startSlowJob(kit, 200, 2_000);
  await waitForPatches(kit, 1);
  const options = await kit.chromium.openPage('options.html');
  await clickRole(options, 'button', 'Remove Main counter');
  await byRole(options, 'alertdialog', 'Remove Main counter?');
  await clickRole(options, 'button', 'Remove Main counter');
  await waitForText(options, 'Its keys are gone from this browser.');
  const { vault } = (await stored(options)) as { vault: { secrets: object } };
  expect(vault.secrets).toEqual({});
  const whenTold = kit.patches().length;
  const workbench = await kit.chromium.openPage('workbench.html#bulk');
  await waitForText(workbench, 'Bulk cancel paused');
  await until('the calls under way to end', () =>
    kit.patches().every(({ answeredStatus }) => answeredStatus),
  );
  expect(kit.patches().length).toBe(whenTold);
  expect(whenTold).toBeLessThan(200);
});
