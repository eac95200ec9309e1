import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { HistoryRow } from '../../../utils/model/history-row.ts';
import { clickRole, typeInto } from '../../harness/act.ts';
import { byRole, textOf, waitForText } from '../../harness/find.ts';
import { until } from '../../harness/until.ts';
import { said } from '../../support/said.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { enterId } from '../support/operator.ts';
import { tell } from '../support/tell.ts';

const DAY = 24 * 3_600_000;

let kit: ChromiumFixture;
let popup: Page;
beforeAll(async () => {
  kit = await openChromiumFixture();
  popup = await kit.openPopup();
});
afterAll(() => kit?.close());

/** Moves the first `count` rows of the history `days` back, and returns all rows from before. */
function rows(count = 0, days = 0): Promise<HistoryRow[]> {
  return popup.evaluate(
    async (moved, by) => {
      const done = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      const database = await done(indexedDB.open('journal'));
      try {
        const store = database.transaction('history', 'readwrite').objectStore('history');
        const all = (await done(store.getAll())) as { at: number; finishedAt: number }[];
        for (const row of all.slice(0, moved))
          await done(store.put({ ...row, at: row.at - by, finishedAt: row.finishedAt - by }));
        return all as unknown as HistoryRow[];
      } finally {
        database.close();
      }
    },
    count,
    days * DAY,
  );
}

async function check(): Promise<string> {
  const id = kit.nextId();
  await enterId(popup, id, 'Check status');
  await waitForText(popup, /Active\./);
  return id;
}

it('stores the reason of a cancel', async () => {
  await enterId(popup, kit.nextId(), 'Cancel QR code…');
  await byRole(popup, 'alertdialog', 'Cancel this QR code?');
  await typeInto(popup, 'Reason (optional)', '  The stand was stolen ');
  await clickRole(popup, 'button', 'Cancel QR code');
  await waitForText(popup, 'EnKash confirmed it.');
  expect((await rows()).at(-1)).toMatchObject({
    action: 'cancel',
    startedBy: 'popup',
    reason: 'The stand was stolen',
    outcome: { kind: 'cancelled', evidence: 'response', code: 0, message: 'SUCCESS' },
  });
});

it('keeps every row by default; after a choice, erases older rows and records that in a row', async () => {
  const old = [await check(), await check()];
  const recentId = await check();
  const before = await rows(3, 91);
  expect(before.map((row) => 'qrCodeId' in row && row.qrCodeId)).toEqual([
    expect.any(String),
    ...old,
    recentId,
  ]);
  await tell(popup, 'updateSettings', { historyRetentionDays: 365 });
  expect(await rows()).toHaveLength(4);
  await tell(popup, 'updateSettings', { historyRetentionDays: 90 });
  const after = await rows();
  expect(after).toMatchObject([
    { row: 4, action: 'check', qrCodeId: recentId },
    { row: 5, action: 'erase', by: 'retention', count: 3, lastErasedSequence: 3, lastHash: before[2]?.hash },
  ]);
  await tell(popup, 'updateSettings', { historyRetentionDays: null });
});

it('asks before it erases older rows, and changes nothing at EnKash: retention', async () => {
  const id = await check();
  await rows(4, 91);
  kit.sandbox.requests.clear();
  const options = await kit.chromium.openPage('options.html');
  await byRole(options, 'combobox', 'Keep history');
  await options.select(await selectorOf(options, 'Keep history'), '90');
  const question = await textOf(options, 'alertdialog', said('retentionTitle', 90));
  expect(question).toMatch(/^\d+ rows? (?:is|are) older than that/m);
  expect(question).toContain('Nothing changes at EnKash.');
  await clickRole(options, 'button', said('retentionConfirm', 90));
  await waitForText(options, said('retentionChanged', 90));
  expect(kit.sandbox.requests.all()).toEqual([]);
  expect(kit.sandbox.qrCodes.get('UAT', id)?.status).toBe('ACTIVE');
  await tell(popup, 'updateSettings', { historyRetentionDays: null });
  await options.close();
});

/** A selector of the select with this label. */
function selectorOf(page: Page, name: string): Promise<string> {
  return page.evaluate((title) => {
    const label = [...document.querySelectorAll('label')].find((each) => each.innerText.startsWith(title));
    return `#${CSS.escape(label?.control?.id ?? '')}`;
  }, name);
}

it('removes erased rows from open pages at once', async () => {
  const id = await check();
  const workbench = await kit.chromium.openPage('workbench.html#history');
  await waitForText(workbench, id);
  await popup.bringToFront();
  expect(await textOf(popup, 'list', 'Recent')).toContain(id);
  await tell(popup, 'clearHistory', {});
  await waitForText(popup, 'What you check or cancel appears here.');
  await workbench.bringToFront();
  await until('the row to be gone', () =>
    workbench.evaluate((gone) => !document.body.textContent?.includes(gone), id),
  );
});
