import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Send } from '../../../utils/messaging/protocol.ts';
import { startList } from '../../../utils/messaging/start-list.ts';
import { MAX_PART } from '../../../utils/model/job.ts';
import { clickRole } from '../../harness/act.ts';
import { byRole, hasRole, waitForText } from '../../harness/find.ts';
import { until } from '../../harness/until.ts';
import { said } from '../../support/said.ts';
import { activeOf, eachOnce, patchCounts, putCodes } from '../support/bulk-codes.ts';
import { readJournal } from '../support/bulk-journal.ts';
import { expectNoPatches } from '../support/bulk-runs.ts';
import {
  answerQuestion,
  inWords,
  openBulkTab,
  openQuestion,
  putBulkAway,
  reviewList,
  waitForPatches,
  waitForReport,
  waitForSummary,
} from '../support/bulk-steps.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { tell } from '../support/tell.ts';

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
});
afterAll(() => kit?.close());
afterEach(() => putBulkAway(kit));

const RUN = { timeout: 90_000 };

/** Makes the page wait before it sends a list's second part, until `releaseParts`. */
async function holdParts(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { chrome: api } = globalThis as unknown as { chrome: typeof import('webextension-polyfill') };
    const held = globalThis as unknown as { held?: Promise<void>; release?: () => void };
    held.held = new Promise((resolve) => {
      held.release = resolve;
    });
    const { runtime } = api as unknown as { runtime: { sendMessage: (...args: unknown[]) => unknown } };
    const send = runtime.sendMessage.bind(runtime);
    runtime.sendMessage = async (...args) => {
      const [message] = args as [{ name?: string; request?: { prepared?: unknown } }];
      if (message.name === 'prepareJob' && message.request?.prepared) await held.held;
      return send(...args);
    };
  });
}

function releaseParts(page: Page): Promise<void> {
  return page.evaluate(() => (globalThis as unknown as { release?: () => void }).release?.());
}

async function confirmHeld(page: Page, count: number): Promise<void> {
  await openQuestion(page, count);
  await answerQuestionField(page, count);
  await waitForText(page, said('preparedSoFar', inWords(MAX_PART), inWords(count)));
}

async function answerQuestionField(page: Page, count: number): Promise<void> {
  const field = await byRole(page, 'textbox', `Type CANCEL ${count} to confirm`);
  await field.type(`CANCEL ${count}`);
  await clickRole(page, 'button', `Cancel ${inWords(count)} QR codes`);
}

describe('a long list', () => {
  it('can be stopped while it is written, survives no worker, and then runs when confirmed again: preparedSoFar', async () => {
    const ids = putCodes(kit, 2 * MAX_PART + 100);
    const page = await openBulkTab(kit);
    await reviewList(page, ids);
    await waitForSummary(page, `${inWords(ids.length)} will be cancelled`, RUN);

    await holdParts(page);
    await confirmHeld(page, ids.length);
    await clickRole(page, 'button', 'Keep active');
    expect(await hasRole(page, 'alertdialog')).toBe(false);
    await releaseParts(page);
    await until('the part to be deleted', async () => (await readJournal(page)) === undefined);
    await expectNoPatches(kit, 1_000);

    await holdParts(page);
    await confirmHeld(page, ids.length);
    await kit.chromium.killWorker();
    await releaseParts(page);
    await waitForText(
      page,
      `${said('startInterrupted')} ${said('startNothing')} ${said('startInterruptedNext')}`,
    );
    await until('the part to be deleted', async () => (await readJournal(page)) === undefined);
    await expectNoPatches(kit, 1_000);
    expect(kit.patches()).toEqual([]);
    expect(activeOf(kit, ids)).toEqual(ids);

    await clickRole(page, 'button', `Cancel ${inWords(ids.length)} QR codes`);
    await waitForText(page, 'Bulk cancel finished', RUN);
    await waitForSummary(page, `${inWords(ids.length)} cancelled`);
    expect(patchCounts(kit, ids)).toEqual(eachOnce(ids));
  });

  it('of a page that closes before the confirmation is never sent, and the next start works', async () => {
    const ids = putCodes(kit, 25_000);
    const page = await openBulkTab(kit);
    const { accounts } = (await tell(page, 'getAppState', {})) as { accounts: { id: string }[] };
    const accountId = String(accounts[0]?.id);
    const send = (async (name: string, request: object) => {
      const { prepared } = request as { prepared?: { count: number } };
      const [answer] = await Promise.all([
        tell(page, name, request),
        prepared?.count === 4 * MAX_PART && page.close(),
      ]);
      return answer;
    }) as Send;
    const codes = ids.map((qrCodeId) => ({ qrCodeId }));
    const started = await startList(send, { accountId, codes });
    expect(started).toEqual({ ok: false, problem: { code: 'interrupted' } });

    const next = await openBulkTab(kit);
    await expectNoPatches(kit, 2_000);
    const left = await readJournal(next);
    expect(left?.job.state).toEqual({ kind: 'preparing' });
    expect(left?.items.length).toBeGreaterThanOrEqual(4 * MAX_PART);
    expect(await hasRole(next, 'button', 'Pause')).toBe(false);
    const others = putCodes(kit, 30);
    await reviewList(next, others);
    await waitForSummary(next, '30 will be cancelled');
    await openQuestion(next, 30);
    await answerQuestion(next, 30);
    await waitForReport(next, '30 cancelled');
    expect(patchCounts(kit, others)).toEqual(eachOnce(others));
    expect(activeOf(kit, ids)).toEqual(ids);
    await waitForPatches(kit, 30);

    await kit.chromium.killWorker();
    await tell(next, 'getAppState', {});
    await until('its codes to be deleted', async () => (await countItems(next)) === 30);
    await next.reload();
    await waitForText(next, 'Bulk cancel finished');
    await expectNoPatches(kit, 1_000);
    expect(kit.patches()).toHaveLength(30);
  });
});

function countItems(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('journal');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const count = opening.result.transaction(['items']).objectStore('items').count();
          count.onsuccess = () => {
            opening.result.close();
            resolve(count.result);
          };
        };
      }),
  );
}
