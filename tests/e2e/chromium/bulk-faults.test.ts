import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../../sandbox/server.ts';
import { clickRole } from '../../harness/act.ts';
import { byRole, waitForText } from '../../harness/find.ts';
import { activeOf, patchCounts } from '../support/bulk-codes.ts';
import { type CancelFault, failCancel, startWithFaults } from '../support/bulk-faults.ts';
import { expectInvariants } from '../support/bulk-invariants.ts';
import { journalOf, kindsOf } from '../support/bulk-journal.ts';
import { expectNoPatches } from '../support/bulk-runs.ts';
import { putBulkAway, waitForReport, waitForSummary } from '../support/bulk-steps.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
});
afterAll(() => kit?.close());
afterEach(async () => {
  kit.sandbox.dialects.clear();
  await putBulkAway(kit);
});

const FAILURE: Answer = { kind: 'status', httpStatus: 503 };

async function finishUndisturbed(page: Page, ids: readonly string[]): Promise<void> {
  kit.sandbox.faults.clear();
  await clickRole(page, 'button', 'Resume');
  await waitForReport(page, `${ids.length} cancelled`);
  const journal = await journalOf(page);
  expect(kindsOf(journal)).toEqual({ cancelled: ids.length });
  expectInvariants(kit, journal, ids);
}

describe('A19 A20 A21 A23 faults during a job', () => {
  it.each<[string, CancelFault[], number]>([
    ['a 503 that was not carried out: sent again', [{ answer: FAILURE }], 2],
    ['a 503 that was carried out: settled by a read', [{ answer: FAILURE, applyEffect: true }], 1],
    ['117 once: a new token', [{ answer: { kind: 'token-stale' } }], 2],
    ['429 for a second: sent again after it', [{ answer: { kind: 'rate-limit', retryAfter: '1' } }], 2],
    [
      'HTML in place of an answer, carried out: settled by a read',
      [{ answer: { kind: 'html' }, applyEffect: true }],
      1,
    ],
    [
      'all of these in a row',
      [
        { answer: FAILURE },
        { answer: { kind: 'token-stale' } },
        { answer: { kind: 'rate-limit', retryAfter: '0' } },
        { answer: FAILURE, applyEffect: true },
      ],
      4,
    ],
  ])('%s', async (_, faults, sendings) => {
    const { page, ids } = await startWithFaults(kit, 30, (codes) => {
      for (const fault of faults) failCancel(kit, codes[12], fault);
    });
    await waitForReport(page, '30 cancelled');
    const faultyId = String(ids[12]);
    expect(patchCounts(kit, ids)).toEqual({
      ...Object.fromEntries(ids.map((id) => [id, 1])),
      [faultyId]: sendings,
    });
    const journal = await journalOf(page);
    expect(kindsOf(journal)).toEqual({ cancelled: 30 });
    expect(journal.items[12]?.sendings).toBe(sendings);
    expectInvariants(kit, journal, ids);
  });

  it('a connection dropped after the effect: each code is cancelled once, and reported as cancelled', async () => {
    const { page, ids } = await startWithFaults(kit, 30, (codes) => {
      failCancel(kit, codes[12], { answer: { kind: 'drop' }, applyEffect: true, times: 2 });
    });
    const summary = await waitForReport(page);
    const journal = await journalOf(page);
    // The browser may repeat the requests of that connection, unnoticed by the extension. EnKash answers a repetition
    // with "already cancelled".
    const { cancelled = 0, 'already-cancelled': already = 0, ...others } = kindsOf(journal);
    expect({ sum: cancelled + already, others }).toEqual({ sum: 30, others: {} });
    expect(summary).toMatch(
      already > 0 ? `${cancelled} cancelled · ${already} already cancelled` : '30 cancelled',
    );
    expect(ids.map((id) => kit.sandbox.qrCodes.countCancels('UAT', id))).toEqual(ids.map(() => 1));
    expectInvariants(kit, journal, ids, { repeatedByBrowser: true });
  });
});

describe('repeated failures of EnKash', () => {
  it('pause the job, and one read at a time decides whether to resume', async () => {
    const { page, ids } = await startWithFaults(kit, 40, () => {
      for (const on of ['cancel', 'get'] as const) kit.sandbox.faults.add({ on, answer: FAILURE });
    });
    await waitForText(
      page,
      /EnKash answered with errors 5 times in a row\. Nothing is being sent\. It continues by itself: the next try is at/,
    );
    expect(kit.patches().length).toBeLessThanOrEqual(12);
    expectInvariants(kit, await journalOf(page), ids);
    kit.sandbox.requests.clear();
    const probe = await kit.sandbox.requests.waitFor('get', 1, 20_000);
    await expectNoPatches(kit);
    expect(kit.sandbox.requests.all()).toEqual(probe);
    await byRole(page, 'button', 'Pause');
    kit.sandbox.faults.clear();
    await clickRole(page, 'button', 'Resume');
    await waitForReport(page, '40 cancelled');
    expect(kindsOf(await journalOf(page))).toEqual({ cancelled: 40 });
  });

  it('end with a resume by itself once a read works', async () => {
    const { page, ids } = await startWithFaults(kit, 40, () => {
      kit.sandbox.faults.add({ on: 'cancel', answer: FAILURE });
    });
    await waitForText(page, 'EnKash answered with errors 5 times in a row.');
    kit.sandbox.faults.clear();
    await waitForReport(page, '40 cancelled');
    expectInvariants(kit, await journalOf(page), ids);
  });
});

describe('A40 A41 an intermediary refuses every request', () => {
  it('the job pauses, loses no code, and resumes by itself once EnKash answers', async () => {
    const { page, ids } = await startWithFaults(kit, 60, () => {
      kit.sandbox.dialects.use('proxy-404-html', { after: 20 });
    });
    await waitForText(
      page,
      /Something between this computer and EnKash, such as a proxy or a firewall, refused 5 requests in a row \(HTTP 404\)\. Nothing is being sent\. It continues by itself: the next try is at .* No QR code is sent until EnKash itself answers\./,
    );
    const journal = await journalOf(page);
    expectInvariants(kit, journal, ids);
    const { cancelled, ...open } = kindsOf(journal);
    expect(cancelled).toBe(60 - activeOf(kit, ids).length);
    expect(
      Object.keys(open).filter((kind) => !['pending', 'retry-scheduled', 'unresolved'].includes(kind)),
    ).toEqual([]);
    kit.sandbox.requests.clear();
    const probe = await kit.sandbox.requests.waitFor('get', 1, 20_000);
    await expectNoPatches(kit);
    expect(kit.sandbox.requests.all()).toEqual(probe);
    kit.sandbox.dialects.clear();
    await waitForReport(page, '60 cancelled');
    expect(ids.map((id) => kit.sandbox.qrCodes.countCancels('UAT', id))).toEqual(ids.map(() => 1));
  });
});

describe('A42 a token goes stale in the middle of a job', () => {
  it.each(['stale-403-html', 'stale-401-empty', 'stale-117-under-403'] as const)(
    'reported by %s: the token is renewed once, and no code is lost',
    async (name) => {
      const { page, ids } = await startWithFaults(kit, 60, () =>
        kit.sandbox.dialects.use(name, { after: 20 }),
      );
      await waitForReport(page, '60 cancelled');
      expect(kit.sandbox.requests.of('token')).toHaveLength(1);
      const journal = await journalOf(page);
      expect(kindsOf(journal)).toEqual({ cancelled: 60 });
      expectInvariants(kit, journal, ids);
    },
  );
});

describe('A52 EnKash refuses each code with the same words', () => {
  it('the job pauses after five, shows them, and can be resumed and ended', async () => {
    const { page, ids } = await startWithFaults(kit, 60, () => {
      kit.sandbox.dialects.use('any-code-under-200', { on: ['cancel'], after: 20 });
    });
    await waitForText(
      page,
      'EnKash refused 5 QR codes in a row in the same way. EnKash said: “Invalid merchantAccessKey” (code 118). Nothing is being sent. Press “Resume” to go on, or “Stop for good” to leave the rest as it is.',
    );
    await byRole(page, 'button', 'Resume');
    const journal = await journalOf(page);
    expectInvariants(kit, journal, ids);
    const { cancelled, rejected = 0, pending = 0, ...others } = kindsOf(journal);
    expect([cancelled, others]).toEqual([20, {}]);
    expect(rejected).toBeGreaterThanOrEqual(5);
    expect(kit.patches()).toHaveLength(20 + rejected);
    await expectNoPatches(kit);
    await clickRole(page, 'button', 'Stop for good');
    await waitForText(page, 'Bulk cancel stopped early');
    await waitForSummary(page, `20 cancelled · ${rejected} rejected · ${pending} not started (nothing sent)`);
    expect(kit.patches()).toHaveLength(20 + rejected);
  });
});

describe('A23 keys that EnKash no longer accepts', () => {
  it('the job pauses after a few calls, and finishes once they are accepted again', async () => {
    const { page, ids } = await startWithFaults(kit, 40, () => {
      kit.sandbox.faults.add({ on: 'cancel', answer: { kind: 'token-stale' } });
    });
    await waitForText(
      page,
      'EnKash did not accept the keys of Main counter (UAT). EnKash said: “Invalid token” (code 117). Nothing is being sent. Check the keys in Settings, then press “Resume”.',
    );
    // Six at once and two more until the third failure, each with a new token, and with and without Bearer.
    expect(kit.patches().length).toBeLessThanOrEqual(24);
    expect(kit.sandbox.requests.of('token').length).toBeLessThanOrEqual(8);
    await expectNoPatches(kit);
    expect(activeOf(kit, ids)).toEqual(ids);
    expectInvariants(kit, await journalOf(page), ids);
    await finishUndisturbed(page, ids);
  });
});

describe('A21 EnKash requests a long wait', () => {
  it('the job pauses, shows until when, and sends nothing before', async () => {
    const { page, ids } = await startWithFaults(kit, 40, (codes) => {
      failCancel(kit, codes[8], { answer: { kind: 'rate-limit', retryAfter: '8' } });
    });
    await waitForText(
      page,
      /EnKash asked us to wait\. Nothing is being sent\. It continues by itself: the next try is at/,
    );
    const refused = kit.patches().find(({ answeredStatus }) => answeredStatus === 429)?.at ?? 0;
    const sent = kit.patches().length;
    expect(sent).toBeLessThan(40);
    await expectNoPatches(kit);
    await waitForReport(page, '40 cancelled');
    const later = kit.patches().slice(sent);
    expect(Math.min(...later.map(({ at }) => at)) - refused).toBeGreaterThanOrEqual(8_000);
    expectInvariants(kit, await journalOf(page), ids);
  });
});
