import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { DialectName } from '../../../sandbox/dialects.ts';
import { clickRole } from '../../harness/act.ts';
import { byRole, textOf, waitForText } from '../../harness/find.ts';
import { freshId } from '../support/bulk-codes.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { putCode } from '../support/dialect-journeys.ts';
import { confirmCancel, enterId } from '../support/operator.ts';

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
});
afterAll(() => kit?.close());
afterEach(async () => {
  kit.sandbox.dialects.clear();
  await kit.reset();
});

const isCancelled = (id: string) => kit.sandbox.qrCodes.get('UAT', id)?.status === 'CANCELLED';

describe('A39 a cancel that took effect without a clear response', () => {
  const dialects: [DialectName, object][] = [
    ['cancelled-then-get-404-page', {}],
    ['cancelled-then-get-404-page', { cancelAnswer: 'says-active' }],
    ['cancelled-then-get-404-envelope', {}],
    ['cancelled-then-get-404-envelope', { cancelAnswer: 'says-active' }],
  ];
  it.each(dialects)('%s %j is reported only as not confirmed', async (dialect, options) => {
    const id = putCode({ kit });
    kit.sandbox.dialects.use(dialect, options);
    const popup = await kit.openPopup();
    await enterId(popup, id, 'Cancel QR code…');
    await confirmCancel(popup);
    await waitForText(popup, 'Result not confirmed');
    const alert = await textOf(popup, 'alert');
    expect(alert).toContain('It may or may not be cancelled.');
    expect(alert).not.toMatch(/not cancelled|no QR code with this ID|was not changed/i);
    expect(isCancelled(id)).toBe(true);
    const [notice] = kit.chromium.notifications.all.slice(-1);
    expect(JSON.stringify(notice)).not.toContain('QR code not cancelled');
  });

  it('is not confirmed if the worker was killed during it and EnKash then says not found', async () => {
    const id = putCode({ kit });
    kit.sandbox.dialects.use('cancelled-then-get-404-envelope');
    kit.sandbox.faults.add({ on: 'cancel', answer: { kind: 'slow', ms: 2_000 } });
    const popup = await kit.openPopup();
    await enterId(popup, id, 'Cancel QR code…');
    await confirmCancel(popup);
    await kit.sandbox.requests.waitFor('cancel', 1, 10_000);
    await kit.chromium.killWorker();
    await waitForText(popup, 'Result not confirmed', { timeout: 30_000 });
    expect(await textOf(popup, 'alert')).not.toMatch(/no QR code with this ID/i);
  });
});

describe('A40 A41 a response of an intermediary', () => {
  it.each<[DialectName, string]>([
    ['proxy-404-html', '404'],
    ['router-404-json', '404'],
    ['spring-error-404', '404'],
    ['waf-403-html', '403'],
    ['proxy-405', '405'],
    ['legal-451', '451'],
    ['captive-511', '511'],
  ])(
    '%s: a check names the intermediary, and never says that the code does not exist',
    async (dialect, httpStatus) => {
      const id = putCode({ kit });
      kit.sandbox.dialects.use(dialect);
      const popup = await kit.openPopup();
      await enterId(popup, id, 'Check status');
      await waitForText(popup, `Something between this computer and EnKash refused it (HTTP ${httpStatus})`);
      expect(await textOf(popup, 'alert')).not.toMatch(/no QR code with this ID/i);
    },
  );

  it('the confirmation still opens, and says that the details could not be loaded', async () => {
    const id = putCode({ kit });
    kit.sandbox.dialects.use('proxy-404-html', { on: ['get'] });
    const popup = await kit.openPopup();
    await enterId(popup, id, 'Cancel QR code…');
    const dialog = await byRole(popup, 'alertdialog', 'Cancel this QR code?');
    expect(await dialog.evaluate((element) => element.textContent)).toContain('could not be loaded');
    kit.sandbox.dialects.clear();
    await clickRole(popup, 'button', 'Cancel QR code');
    await waitForText(popup, 'QR code cancelled');
    expect(isCancelled(id)).toBe(true);
  });

  it("EnKash's own not found is final for a code that was never read", async () => {
    const popup = await kit.openPopup();
    await enterId(popup, freshId(), 'Check status');
    await waitForText(popup, /no QR code with this ID/i);
  });
});

describe('A42 a stale token', () => {
  it.each<DialectName>([
    'stale-117-under-200',
    'stale-117-under-403',
    'stale-403-html',
    'stale-401-empty',
    'stale-401-envelope',
  ])('%s: is renewed once, and the code cancelled by one more request', async (dialect) => {
    const id = putCode({ kit });
    kit.sandbox.dialects.use(dialect);
    const popup = await kit.openPopup();
    await enterId(popup, id, 'Cancel QR code…');
    await byRole(popup, 'alertdialog', 'Cancel this QR code?');
    kit.sandbox.issueTokens.expire();
    kit.sandbox.requests.clear();
    await clickRole(popup, 'button', 'Cancel QR code');
    await waitForText(popup, 'QR code cancelled');
    expect(kit.patches(id)).toHaveLength(2);
    expect(kit.sandbox.requests.of('token')).toHaveLength(1);
  });
});

describe('A44 a sign-in that fails', () => {
  it.each<[DialectName, string]>([
    ['token-503', 'HTTP 503'],
    ['token-html', 'HTTP 200'],
    ['token-404', 'HTTP 404'],
    ['token-405', 'HTTP 405'],
    ['token-415', 'HTTP 415'],
    ['token-missing-header', 'HTTP 400'],
  ])('%s: is told with %s, and the keys are not called refused', async (dialect, httpStatus) => {
    const id = putCode({ kit });
    kit.sandbox.issueTokens.expire();
    kit.sandbox.dialects.use(dialect);
    const popup = await kit.openPopup();
    await enterId(popup, id, 'Check status');
    const alert = await byRole(popup, 'alert');
    await waitForText(popup, 'Could not sign in');
    const text = String(await alert.evaluate((element) => element.textContent));
    expect(text).not.toContain('did not accept the keys');
    if (httpStatus !== 'HTTP 200') expect(text).toContain(httpStatus);
  });
});
