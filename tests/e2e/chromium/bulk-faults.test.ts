import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../../sandbox/server.ts';
import { clickRole } from '../../harness/act.ts';
import { byRole, waitForText } from '../../harness/find.ts';
import { until } from '../../harness/until.ts';
import { activeOf, patchCounts, putCodes } from '../support/bulk-codes.ts';
import { expectInvariants } from '../support/bulk-invariants.ts';
import { journalOf, kindsOf } from '../support/bulk-journal.ts';
import { expectNoPatches } from '../support/bulk-runs.ts';
import {
  answerQuestion,
  openBulkTab,
  openQuestion,
  putBulkAway,
  reviewList,
  waitForReport,
  waitForSummary,
} from '../support/bulk-steps.ts';
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

interface Mishap {
  answer: Answer;
  carryOut?: boolean;
  times?: number;
}

const FAILURE: Answer = { kind: 'status', httpStatus: 503 };

/** Lets a cancel of just this code go wrong. */
function mishap(
  qrCodeId: string | undefined,
  { answer, carryOut: applyEffect = false, times = 1 }: Mishap,
): void {
  kit.sandbox.faults.add({ on: 'cancel', qrCodeId: String(qrCodeId), times, applyEffect, answer });
}

/** Reviews as many new codes, then switches faults on, then starts. */
async function startWith(count: number, addFaults: (ids: string[]) => void) {
  const ids = putCodes(kit, count);
  const page = await openBulkTab(kit);
  await reviewList(page, ids);
  await waitForSummary(page, `${count} will be cancelled`);
  kit.sandbox.requests.clear();
  addFaults(ids);
  await openQuestion(page, count);
  await answerQuestion(page, count);
  return { page, ids };
}

async function finishUndisturbed(page: Page, ids: readonly string[]): Promise<void> {
  kit.sandbox.faults.clear();
  await clickRole(page, 'button', 'Resume');
  await waitForReport(page, `${ids.length} cancelled`);
  const journal = await journalOf(page);
  expect(kindsOf(journal)).toEqual({ cancelled: ids.length });
  expectInvariants(kit, journal, ids);
}

describe('A19 A20 A21 A23 faults on the way', () => {
  it.each<[string, Mishap[], number]>([
    ['a 503 that was not carried out: sent again', [{ answer: FAILURE }], 2],
    ['a 503 that was carried out: settled by a read', [{ answer: FAILURE, carryOut: true }], 1],
    ['117 once: a new token', [{ answer: { kind: 'token-stale' } }], 2],
    ['429 for a second: sent again after it', [{ answer: { kind: 'rate-limit', retryAfter: '1' } }], 2],
    [
      'HTML in place of an answer, carried out: settled by a read',
      [{ answer: { kind: 'html' }, carryOut: true }],
      1,
    ],
    [
      'all of these one after the other',
      [
        { answer: FAILURE },
        { answer: { kind: 'token-stale' } },
        { answer: { kind: 'rate-limit', retryAfter: '0' } },
        { answer: FAILURE, carryOut: true },
      ],
      4,
    ],
  ])('%s', async (_, mishaps, sendings) => {
    const { page, ids } = await startWith(30, (codes) => {
      for (const one of mishaps) mishap(codes[12], one);
    });
    await waitForReport(page, '30 cancelled');
    const struck = String(ids[12]);
    expect(patchCounts(kit, ids)).toEqual({
      ...Object.fromEntries(ids.map((id) => [id, 1])),
      [struck]: sendings,
    });
    const journal = await journalOf(page);
    expect(kindsOf(journal)).toEqual({ cancelled: 30 });
    expect(journal.items[12]?.sendings).toBe(sendings);
    expectInvariants(kit, journal, ids);
  });

  it('a connection that drops after it was carried out: each is cancelled once, and told so', async () => {
    const { page, ids } = await startWith(30, (codes) => {
      mishap(codes[12], { answer: { kind: 'drop' }, carryOut: true, times: 2 });
    });
    const summary = await waitForReport(page);
    const journal = await journalOf(page);
    // Whatever was under way on that connection may be repeated by the browser, unseen by the extension; then all
    // that EnKash says to it is that the code is cancelled already.
    const { cancelled = 0, 'already-cancelled': already = 0, ...others } = kindsOf(journal);
    expect({ sum: cancelled + already, others }).toEqual({ sum: 30, others: {} });
    expect(summary).toMatch(
      already > 0 ? `${cancelled} cancelled · ${already} already cancelled` : '30 cancelled',
    );
    expect(ids.map((id) => kit.sandbox.qrCodes.countCancels('UAT', id))).toEqual(ids.map(() => 1));
    expectInvariants(kit, journal, ids, { repeatedByBrowser: true });
  });
});

describe('EnKash fails again and again', () => {
  it('the job is paused, and one read at a time shows whether to go on', async () => {
    const { page, ids } = await startWith(40, () => {
      for (const on of ['cancel', 'get'] as const) kit.sandbox.faults.add({ on, answer: FAILURE });
    });
    await waitForText(
      page,
      /EnKash answered with errors 5 times in a row\. Nothing is being sent\. It goes on by itself: the next try is at/,
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

  it('it goes on by itself once a read works', async () => {
    const { page, ids } = await startWith(40, () => {
      kit.sandbox.faults.add({ on: 'cancel', answer: FAILURE });
    });
    await waitForText(page, 'EnKash answered with errors 5 times in a row.');
    kit.sandbox.faults.clear();
    await waitForReport(page, '40 cancelled');
    expectInvariants(kit, await journalOf(page), ids);
  });
});

describe('A40 A41 an intermediary refuses every request', () => {
  it('the job is paused, loses no code, and goes on by itself once EnKash answers', async () => {
    const { page, ids } = await startWith(60, () => {
      kit.sandbox.dialects.use('proxy-404-html', { after: 20 });
    });
    await waitForText(
      page,
      /Something between this computer and EnKash, such as a proxy or a firewall, refused 5 requests in a row \(HTTP 404\)\. Nothing is being sent\. It goes on by itself: the next try is at .* No QR code is sent until EnKash itself answers\./,
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
    'told by %s: it is renewed once, and nothing is lost',
    async (name) => {
      const { page, ids } = await startWith(60, () => kit.sandbox.dialects.use(name, { after: 20 }));
      await waitForReport(page, '60 cancelled');
      expect(kit.sandbox.requests.of('token')).toHaveLength(1);
      const journal = await journalOf(page);
      expect(kindsOf(journal)).toEqual({ cancelled: 60 });
      expectInvariants(kit, journal, ids);
    },
  );
});

describe('A52 EnKash refuses each code with the same words', () => {
  it('the job is paused after five, shows them, and can be resumed and ended', async () => {
    const { page, ids } = await startWith(60, () => {
      kit.sandbox.dialects.use('any-code-under-200', { on: ['cancel'], after: 20 });
    });
    await waitForText(
      page,
      'EnKash refused 5 QR codes in a row in the same way. EnKash said: “Invalid merchantAccessKey” (code 118). Nothing is being sent. Press “Resume” to go on, or “End run” to leave the rest as it is.',
    );
    await byRole(page, 'button', 'Resume');
    const journal = await journalOf(page);
    expectInvariants(kit, journal, ids);
    const { cancelled, rejected = 0, pending = 0, ...others } = kindsOf(journal);
    expect([cancelled, others]).toEqual([20, {}]);
    expect(rejected).toBeGreaterThanOrEqual(5);
    expect(kit.patches()).toHaveLength(20 + rejected);
    await expectNoPatches(kit);
    await clickRole(page, 'button', 'End run');
    await waitForText(page, 'Bulk cancel ended');
    await waitForSummary(page, `20 cancelled · ${rejected} rejected · ${pending} not started (still active)`);
    expect(kit.patches()).toHaveLength(20 + rejected);
  });
});

describe('A23 keys that are not taken any more', () => {
  it('the job is paused after few calls, and finishes when they are', async () => {
    const { page, ids } = await startWith(40, () => {
      kit.sandbox.faults.add({ on: 'cancel', answer: { kind: 'token-stale' } });
    });
    await waitForText(
      page,
      'EnKash did not accept the keys of Main counter (UAT). EnKash said: “Invalid token” (code 117). Nothing is being sent. Check the keys in Settings, then press “Resume”.',
    );
    // Six at once and two more before the third failure shows, each with a new token and in both ways to write it.
    expect(kit.patches().length).toBeLessThanOrEqual(24);
    expect(kit.sandbox.requests.of('token').length).toBeLessThanOrEqual(8);
    await expectNoPatches(kit);
    expect(activeOf(kit, ids)).toEqual(ids);
    expectInvariants(kit, await journalOf(page), ids);
    await finishUndisturbed(page, ids);
  });
});

describe('A21 EnKash asks to wait for long', () => {
  it('the job is paused and says until when; nothing is sent before', async () => {
    const { page, ids } = await startWith(40, (codes) => {
      mishap(codes[8], { answer: { kind: 'rate-limit', retryAfter: '8' } });
    });
    await waitForText(
      page,
      /EnKash asked to wait\. Nothing is being sent\. It goes on by itself: the next try is at/,
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

describe('what EnKash rejects', () => {
  it('is told with code and message; “Retry” opens a review of just these', async () => {
    const message = 'Settlement is under way';
    const { page, ids } = await startWith(25, (codes) => {
      for (const id of [codes[3], codes[20]])
        mishap(id, { answer: { kind: 'reject', code: 2041, message }, times: 5 });
    });
    const rejected = [String(ids[3]), String(ids[20])];
    await waitForReport(page, '23 cancelled · 2 rejected');
    expect(activeOf(kit, ids)).toEqual(rejected);
    expect(rejected.map((id) => kit.patches(id).length)).toEqual([1, 1]);
    await waitForText(page, `EnKash said: “${message}” (code 2041). The QR code is still active.`);
    const journal = await journalOf(page);
    expect(kindsOf(journal)).toEqual({ cancelled: 23, rejected: 2 });
    expectInvariants(kit, journal, ids);
    kit.sandbox.faults.clear();
    kit.sandbox.requests.clear();
    await clickRole(page, 'button', 'Retry 2 rejected');
    await waitForSummary(page, '2 will be cancelled');
    await openQuestion(page, 2);
    await answerQuestion(page, 2);
    await waitForReport(page, '2 cancelled');
    expectInvariants(kit, await journalOf(page), rejected);
  });

  it('or does not confirm is told as such; “Check again” says what it is now', async () => {
    const { page, ids } = await startWith(25, (codes) => {
      for (const id of [codes[3], codes[20]]) mishap(id, { answer: { kind: 'says-active' } });
    });
    await waitForReport(page, '23 cancelled · 2 not confirmed');
    expectInvariants(kit, await journalOf(page), ids);
    kit.sandbox.qrCodes.setStatus('UAT', String(ids[20]), 'CANCELLED');
    const sent = kit.patches().length;
    kit.sandbox.requests.clear();
    await clickRole(page, 'button', 'Check 2 again');
    await until('what the check says', async () => {
      const { items } = await journalOf(page);
      return items[3]?.recheck?.status === 'ACTIVE' && items[20]?.recheck?.status === 'CANCELLED';
    });
    await waitForText(page, 'Checked again since: 1 Active · 1 Cancelled');
    expect(sent).toBe(25);
    expect(kit.sandbox.requests.all().map(({ operation, qrCodeId }) => `${operation} ${qrCodeId}`)).toEqual([
      `get ${ids[3]}`,
      `get ${ids[20]}`,
    ]);
    await waitForSummary(page, '23 cancelled · 2 not confirmed');
  });
});
