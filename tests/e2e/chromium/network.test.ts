import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clickRole } from '../../harness/act.ts';
import { byRole, textOf, waitForText } from '../../harness/find.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { confirmCancel, enterAccount, enterId, useAccount } from '../support/operator.ts';

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
});
afterAll(() => kit?.close());
afterEach(() => kit.reset());

async function cancelInPopup(id: string) {
  const popup = await kit.openPopup();
  await enterId(popup, id, 'Cancel QR code…');
  await confirmCancel(popup);
  return popup;
}

describe('A18 offline', () => {
  it('is reported, and nothing is sent', async () => {
    const id = kit.nextId();
    const popup = await kit.openPopup();
    await enterId(popup, id, 'Cancel QR code…');
    await byRole(popup, 'alertdialog', 'Cancel this QR code?');
    await kit.chromium.offline(true);
    try {
      await clickRole(popup, 'button', 'Cancel QR code');
      await waitForText(popup, 'This computer is offline.');
      expect(await textOf(popup, 'alert')).toContain('Nothing was sent. The QR code was not changed.');
    } finally {
      await kit.chromium.offline(false);
    }
    expect(kit.patches()).toEqual([]);
  });
});

describe('A19 a dropped connection', () => {
  it('after the effect: cancelled, confirmed by a check', async () => {
    const id = kit.nextId();
    kit.sandbox.faults.add({ on: 'cancel', applyEffect: true, answer: { kind: 'drop' } });
    const popup = await cancelInPopup(id);
    await waitForText(popup, 'Cancelled (confirmed by a check).');
    expect(kit.sandbox.qrCodes.countCancels('UAT', id)).toBe(1);
  });

  it('before the effect: read, then sent again', async () => {
    const id = kit.nextId();
    // Chromium repeats a request once if its connection was in use before, so drop both.
    kit.sandbox.faults.add({ on: 'cancel', times: 2, answer: { kind: 'drop' } });
    const popup = await cancelInPopup(id);
    await waitForText(popup, 'QR code cancelled');
    expect(kit.sandbox.qrCodes.countCancels('UAT', id)).toBe(1);
  });
});

describe('A20 no response, or a failing server', () => {
  it('times out after 20 s, and a check decides', async () => {
    const id = kit.nextId();
    kit.sandbox.faults.add({ on: 'cancel', applyEffect: true, answer: { kind: 'silence' } });
    const popup = await cancelInPopup(id);
    await waitForText(popup, 'Cancelling…');
    await waitForText(popup, 'Cancelled (confirmed by a check).', { timeout: 40_000 });
    expect(kit.patches(id)).toHaveLength(1);
  });

  it('is not confirmed if the check fails too, and Check again shows the status', async () => {
    const id = kit.nextId();
    kit.sandbox.faults.add({ on: 'cancel', applyEffect: true, answer: { kind: 'status', httpStatus: 503 } });
    const popup = await kit.openPopup();
    await enterId(popup, id, 'Cancel QR code…');
    await byRole(popup, 'alertdialog', 'Cancel this QR code?');
    kit.sandbox.faults.add({ on: 'get', answer: { kind: 'status', httpStatus: 503 } });
    await clickRole(popup, 'button', 'Cancel QR code');
    await waitForText(popup, 'Result not confirmed');
    expect(await textOf(popup, 'alert')).toContain('It may or may not be cancelled.');
    kit.sandbox.faults.clear();
    await clickRole(popup, 'button', 'Check again');
    await waitForText(popup, 'Cancelled. No longer accepts payments.');
  });
});

describe('A21 a gateway that requests a wait', () => {
  it('gets no request in that time, and the page shows a countdown', async () => {
    const id = kit.nextId();
    kit.sandbox.faults.add({ on: 'cancel', times: 1, answer: { kind: 'rate-limit', retryAfter: '2' } });
    const popup = await cancelInPopup(id);
    await waitForText(popup, /EnKash asked us to wait\. Continuing in \d s…/);
    await waitForText(popup, 'EnKash confirmed it.');
    const [first, second] = kit.patches(id);
    expect(Number(second?.at) - Number(first?.at)).toBeGreaterThanOrEqual(1900);
  });
});

describe('A22 a redirect', () => {
  it('is reported and not followed', async () => {
    const id = kit.nextId();
    const location = `https://olympus-pg.enkash.in/api/v0/qr-code/${id}/cancel`;
    kit.sandbox.faults.add({
      on: 'cancel',
      environment: 'UAT',
      answer: { kind: 'redirect', httpStatus: 307, location },
    });
    const popup = await cancelInPopup(id);
    await waitForText(
      popup,
      'EnKash answered with a redirect to another address. The extension did not follow it.',
    );
    expect(kit.sandbox.requests.all().filter(({ environment }) => environment === 'LIVE')).toEqual([]);
  });
});

describe('A23 a refused token', () => {
  it('is renewed once, and the cancel succeeds', async () => {
    const id = kit.nextId();
    const popup = await kit.openPopup();
    await enterId(popup, id, 'Cancel QR code…');
    await byRole(popup, 'alertdialog', 'Cancel this QR code?');
    kit.sandbox.requests.clear();
    kit.sandbox.issueTokens.expire();
    await clickRole(popup, 'button', 'Cancel QR code');
    await waitForText(popup, 'EnKash confirmed it.');
    expect(kit.sandbox.requests.all().map(({ operation }) => operation)).toEqual([
      'cancel',
      'token',
      'cancel',
    ]);
  });

  it('again and again is reported as keys that EnKash did not accept', async () => {
    const id = kit.nextId();
    kit.sandbox.faults.add({ on: 'cancel', answer: { kind: 'token-stale' } });
    const popup = await cancelInPopup(id);
    await waitForText(popup, 'EnKash did not accept the keys of Main counter (UAT).');
    await byRole(popup, 'button', 'Open settings');
    expect(kit.sandbox.requests.of('token')).toHaveLength(1);
  });
});

describe('A25 the Origin', () => {
  it('is missing from all requests, and the sandbox refuses requests with one', async () => {
    const id = kit.nextId();
    await waitForText(await cancelInPopup(id), 'EnKash confirmed it.');
    expect(kit.sandbox.requests.all().length).toBeGreaterThanOrEqual(2);
    expect(kit.sandbox.requests.all().filter(({ origin }) => origin !== undefined)).toEqual([]);
    // Without the rule the same request has an Origin and is refused, so the rule is necessary.
    const status = await kit.chromium.evaluateInWorker(async () => {
      const api = (globalThis as unknown as { chrome: typeof import('webextension-polyfill') }).chrome;
      const rules = await api.declarativeNetRequest.getSessionRules();
      await api.declarativeNetRequest.updateSessionRules({ removeRuleIds: rules.map(({ id }) => id) });
      const address = 'https://olympus-pg-uat.enkash.in/api/v0/qr-code/search';
      const { status } = await fetch(address, { method: 'POST', body: '{}' });
      await api.declarativeNetRequest.updateSessionRules({ addRules: rules });
      return status;
    });
    expect(status).toBe(403);
  });
});

describe('A26 keys of the wrong environment', () => {
  it('are refused with the environment named', async () => {
    await kit.withOptions(async (options) => {
      await enterAccount(options, kit.sandbox, { name: 'Wrong place', environment: 'LIVE', keysOf: 'UAT' });
      await useAccount(options, 'Wrong place');
    });
    const popup = await kit.openPopup();
    await enterId(popup, kit.nextId(), 'Check status');
    await waitForText(popup, 'EnKash did not accept the keys of Wrong place (LIVE).');
    await popup.close();
    await kit.withOptions(async (options) => {
      await useAccount(options, 'Main counter');
    });
  });
});
