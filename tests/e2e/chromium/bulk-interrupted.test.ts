import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clickRole } from '../../harness/act.ts';
import { byRole, textOf, waitForText } from '../../harness/find.ts';
import { activeOf } from '../support/bulk-codes.ts';
import { expectInvariants } from '../support/bulk-invariants.ts';
import { journalOf, kindsOf, readJournal } from '../support/bulk-journal.ts';
import { expectAllCancelledOnce, expectNoPatches, startSlowJob } from '../support/bulk-runs.ts';
import { badgeText, putBulkAway, waitForReport } from '../support/bulk-steps.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { seedAccount, useAccount } from '../support/operator.ts';
import {
  choosePassphrase,
  confirmQuestion,
  dispatchInWorker,
  removePassphrase,
  tryPassphrase,
} from '../support/vault-steps.ts';

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
});
afterAll(() => kit?.close());
afterEach(() => putBulkAway(kit));

describe('A37 another account is selected', () => {
  it('the job stays with its account', async () => {
    await kit.withOptions((options) =>
      seedAccount(options, kit.sandbox, { name: 'Real shop', environment: 'LIVE' }),
    );
    await kit.withOptions((options) => useAccount(options, 'Main counter'));
    const { page, ids } = await startSlowJob(kit, 60);
    const options = await kit.chromium.openPage('options.html');
    await useAccount(options, 'Real shop');
    const popup = await kit.openPopup();
    await waitForText(popup, 'LIVE');
    const before = kit.patches().length;
    expect(before).toBeLessThan(60);
    await page.bringToFront();
    await expectAllCancelledOnce(kit, page, ids);
    const { accessKey } = kit.sandbox.merchants.UAT;
    const requests = kit.sandbox.requests.all().filter(({ operation }) => operation !== 'token');
    expect(new Set(requests.map(({ host }) => host.split(':')[0]))).toEqual(
      new Set(['olympus-pg-uat.enkash.in']),
    );
    expect(new Set(requests.map(({ headers }) => headers.merchantaccesskey))).toEqual(new Set([accessKey]));
    expect(await textOf(page, 'heading', 'Bulk cancel finished Main counter UAT')).toContain('Main counter');
    await options.bringToFront();
    await clickRole(options, 'button', 'Remove Real shop');
    await confirmQuestion(options, 'Remove Real shop?');
    await waitForText(options, 'Account Real shop removed.');
  });
});

describe('A37 the job’s account', () => {
  async function openOptions(): Promise<Page> {
    const options = await kit.chromium.openPage('options.html');
    await options.bringToFront();
    return options;
  }

  it('removed during the job: the job pauses, sends nothing, and can only be ended', async () => {
    const { page, ids } = await startSlowJob(kit, 80);
    const options = await openOptions();
    await clickRole(options, 'button', 'Remove Main counter');
    await confirmQuestion(options, 'Remove Main counter?');
    await waitForText(options, 'Account Main counter removed.');
    await expectNoPatches(kit);
    await page.bringToFront();
    await waitForText(page, 'Main counter (UAT) was removed, has no keys, or is no longer allowed.');
    await waitForText(page, 'Nothing is being sent.');
    expect(activeOf(kit, ids).length).toBeGreaterThan(0);
    expectInvariants(kit, await journalOf(page), ids);
    await clickRole(page, 'button', 'Resume');
    await expectNoPatches(kit, 1_000);
    await clickRole(page, 'button', 'Stop for good');
    await waitForText(page, 'Bulk cancel stopped early');
    expectInvariants(kit, await journalOf(page), ids);
    await options.bringToFront();
    await seedAccount(options, kit.sandbox, { name: 'Main counter' });
  });

  it('deleted by Delete everything during the job: nothing more is sent, and no data is left', async () => {
    const { ids } = await startSlowJob(kit, 80);
    const options = await openOptions();
    await clickRole(options, 'button', 'Delete everything');
    await confirmQuestion(options, 'Delete everything?');
    await waitForText(options, 'Everything was deleted.');
    await expectNoPatches(kit);
    expect(activeOf(kit, ids).length).toBeGreaterThan(0);
    expect(await readJournal(options)).toBeUndefined();
    expect(await badgeText(kit)).toBe('');
    await seedAccount(options, kit.sandbox, { name: 'Main counter' });
  });
});

describe('the screen locked without a passphrase', () => {
  it('the job continues', async () => {
    const { page, ids } = await startSlowJob(kit, 80);
    await dispatchInWorker(kit.chromium, 'idle', 'onStateChanged', 'locked');
    expect(activeOf(kit, ids).length).toBeGreaterThan(0);
    await expectAllCancelledOnce(kit, page, ids);
  });
});

describe('A32 A37 locked', () => {
  const PASSPHRASE = 'correct horse battery staple';
  beforeAll(() => kit.withOptions((options) => choosePassphrase(options, PASSPHRASE)));

  it('by the screen lock: the job pauses and sends nothing', async () => {
    const { page, ids } = await startSlowJob(kit, 80);
    await dispatchInWorker(kit.chromium, 'idle', 'onStateChanged', 'locked');
    await waitForText(page, 'The keys are locked. Nothing is being sent. Unlock, then press “Resume”.');
    await expectNoPatches(kit);
    expect(activeOf(kit, ids).length).toBeGreaterThan(0);
    await tryPassphrase(page, PASSPHRASE);
    await clickRole(page, 'button', 'Resume');
    await expectAllCancelledOnce(kit, page, ids);
  });

  it('by the button: the job pauses and sends nothing; unlocked and resumed, it finishes', async () => {
    const { page, ids } = await startSlowJob(kit, 80);
    const popup = await kit.openPopup();
    await clickRole(popup, 'button', 'Lock');
    await byRole(popup, 'button', 'Unlock');
    await page.bringToFront();
    await waitForText(page, 'The keys are locked. Nothing is being sent. Unlock, then press “Resume”.');
    expect(activeOf(kit, ids).length).toBeGreaterThan(0);
    await expectNoPatches(kit);
    expectInvariants(kit, await journalOf(page), ids);
    await clickRole(page, 'button', 'Resume');
    await expectNoPatches(kit, 1_000);
    await waitForText(page, 'The keys are locked. Nothing is being sent.');
    kit.sandbox.faults.clear();
    await tryPassphrase(page, PASSPHRASE);
    await expectNoPatches(kit, 1_000);
    await clickRole(page, 'button', 'Resume');
    await expectAllCancelledOnce(kit, page, ids);
  });

  afterAll(() => kit.withOptions((options) => removePassphrase(options, PASSPHRASE)));
});

describe('A18 A37 offline', () => {
  it('the job pauses, and resumes by itself when the connection is back', async () => {
    const { page, ids } = await startSlowJob(kit, 80);
    await kit.chromium.offline(true);
    await waitForText(page, /offline.* Nothing is being sent\. It continues by itself: the next try is at/);
    const unsent = activeOf(kit, ids);
    expect(unsent.length).toBeGreaterThan(0);
    await expectNoPatches(kit);
    expectInvariants(kit, await journalOf(page), ids);
    kit.sandbox.faults.clear();
    await kit.chromium.offline(false);
    await waitForReport(page, '80 cancelled');
    const journal = await journalOf(page);
    expect(kindsOf(journal)).toEqual({ cancelled: 80 });
    expectInvariants(kit, journal, ids);
  });
});
