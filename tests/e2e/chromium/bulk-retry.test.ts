import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clickRole } from '../../harness/act.ts';
import { waitForText } from '../../harness/find.ts';
import { until } from '../../harness/until.ts';
import { activeOf } from '../support/bulk-codes.ts';
import { failCancel, startWithFaults } from '../support/bulk-faults.ts';
import { expectInvariants } from '../support/bulk-invariants.ts';
import { journalOf, kindsOf } from '../support/bulk-journal.ts';
import {
  answerQuestion,
  openQuestion,
  putBulkAway,
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

describe('a report with failures', () => {
  it('shows code and message of rejections; “Review 2 rejected again” reviews only these codes', async () => {
    const message = 'Settlement is under way';
    const { page, ids } = await startWithFaults(kit, 25, (codes) => {
      for (const id of [codes[3], codes[20]])
        failCancel(kit, id, { answer: { kind: 'reject', code: 2041, message }, times: 5 });
    });
    const rejected = [String(ids[3]), String(ids[20])];
    await waitForReport(page, '23 cancelled · 2 rejected');
    expect(activeOf(kit, ids)).toEqual(rejected);
    expect(rejected.map((id) => kit.patches(id).length)).toEqual([1, 1]);
    await waitForText(
      page,
      `EnKash said: “${message}” (code 2041). The QR code was still active after that.`,
    );
    const journal = await journalOf(page);
    expect(kindsOf(journal)).toEqual({ cancelled: 23, rejected: 2 });
    expectInvariants(kit, journal, ids);
    kit.sandbox.faults.clear();
    kit.sandbox.requests.clear();
    await clickRole(page, 'button', 'Review 2 rejected again');
    await waitForSummary(page, '2 will be cancelled');
    await openQuestion(page, 2);
    await answerQuestion(page, 2);
    await waitForReport(page, '2 cancelled');
    expectInvariants(kit, await journalOf(page), rejected);
  });

  it('shows unconfirmed cancels; “Check again” shows their current status', async () => {
    const { page, ids } = await startWithFaults(kit, 25, (codes) => {
      for (const id of [codes[3], codes[20]]) failCancel(kit, id, { answer: { kind: 'says-active' } });
    });
    await waitForReport(page, '23 cancelled · 2 not confirmed');
    expectInvariants(kit, await journalOf(page), ids);
    kit.sandbox.qrCodes.setStatus('UAT', String(ids[20]), 'CANCELLED');
    const sent = kit.patches().length;
    kit.sandbox.requests.clear();
    await clickRole(page, 'button', 'Check 2 again');
    await until('the result of the check', async () => {
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
