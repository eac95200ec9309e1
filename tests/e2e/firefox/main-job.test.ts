import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../../sandbox/server.ts';
import { clickRole } from '../../harness/act.ts';
import { byRole, textOf, waitForText, waitUntilGone } from '../../harness/find.ts';
import { type FirefoxSession, launchFirefox } from '../../harness/firefox.ts';
import { createIdSource } from '../support/ids.ts';
import { confirmCancel, enterAccount, enterId } from '../support/operator.ts';

let sandbox: Sandbox;
let firefox: FirefoxSession;
let nextId: () => string;

beforeAll(async () => {
  sandbox = await startSandbox();
  nextId = createIdSource(sandbox);
  firefox = await launchFirefox({
    extensionDir: '.output/firefox-mv3',
    gateway: { port: sandbox.port },
  });
  const options = await firefox.openPage('options.html');
  await enterAccount(options, sandbox, { name: 'Main counter' });
  await options.close();
});
afterAll(async () => {
  await firefox?.close();
  await sandbox?.close();
});
afterEach(() => {
  sandbox.faults.clear();
  sandbox.requests.clear();
});

describe('Firefox', () => {
  it('A8 checks a code and cancels it from the popup, by one PATCH', async () => {
    const id = nextId();
    const popup = await firefox.openPage('popup.html');
    await enterId(popup, id, 'Check status');
    expect(await textOf(popup, 'region', 'QR code details')).toContain(id);
    await enterId(popup, id, 'Cancel QR code…');
    await confirmCancel(popup);
    await waitForText(popup, 'EnKash confirmed it.');
    expect(sandbox.requests.of('cancel', id)).toHaveLength(1);
    expect(sandbox.qrCodes.countCancels('UAT', id)).toBe(1);
    await popup.close();
  });

  it('A9 shows code and message of a rejection, and that the code is still active', async () => {
    const id = nextId();
    sandbox.faults.add({ on: 'cancel', answer: { kind: 'reject', code: 512, message: 'Approval pending' } });
    const popup = await firefox.openPage('popup.html');
    await enterId(popup, id, 'Cancel QR code…');
    await confirmCancel(popup);
    await waitForText(popup, 'EnKash said: “Approval pending” (code 512).');
    expect(await textOf(popup, 'alert')).toContain('The QR code was still active after that.');
    await popup.close();
  });

  it('creates a replacement for a cancelled code, by one POST', async () => {
    const id = nextId();
    sandbox.qrCodes.setStatus('UAT', id, 'CANCELLED');
    const name = `Replaced ${id}`;
    sandbox.qrCodes.put('UAT', { qrCodeId: id, qrName: name, expiry: undefined });
    const page = await firefox.openPage(`workbench.html?text=${id}#search`);
    await clickRole(page, 'button', id, { timeout: 30_000 });
    await clickRole(page, 'button', 'Create a replacement…');
    await clickRole(page, 'button', 'Create QR code…');
    await byRole(page, 'alertdialog', 'Create a QR code?');
    await clickRole(page, 'button', 'Create QR code');
    await waitForText(page, 'EnKash said: “SUCCESS” (code 0).');
    expect(sandbox.requests.of('create')).toHaveLength(1);
    expect(sandbox.requests.of('create')[0]?.origin).toBeUndefined();
    expect(sandbox.qrCodes.all('UAT').filter(({ qrName }) => qrName === name)).toHaveLength(2);
    await page.close();
  });

  it('A15 dismisses the dialog by Esc without a PATCH', async () => {
    const id = nextId();
    const popup = await firefox.openPage('popup.html');
    await enterId(popup, id, 'Cancel QR code…');
    await byRole(popup, 'alertdialog', 'Cancel this QR code?');
    await popup.keyboard.press('Escape');
    await waitUntilGone(popup, 'alertdialog');
    expect(sandbox.requests.of('cancel')).toEqual([]);
    await popup.close();
  });

  it('A22 reports a redirect and does not follow it', async () => {
    const id = nextId();
    const location = `https://olympus-pg.enkash.in/api/v0/qr-code/${id}/cancel`;
    sandbox.faults.add({
      on: 'cancel',
      environment: 'UAT',
      answer: { kind: 'redirect', httpStatus: 307, location },
    });
    const popup = await firefox.openPage('popup.html');
    await enterId(popup, id, 'Cancel QR code…');
    await confirmCancel(popup);
    await waitForText(
      popup,
      'EnKash answered with a redirect to another address. The extension did not follow it.',
    );
    expect(sandbox.requests.all().filter(({ environment }) => environment === 'LIVE')).toEqual([]);
    await popup.close();
  });

  it('A23 renews a refused token once', async () => {
    const id = nextId();
    const popup = await firefox.openPage('popup.html');
    await enterId(popup, id, 'Cancel QR code…');
    await byRole(popup, 'alertdialog', 'Cancel this QR code?');
    sandbox.requests.clear();
    sandbox.issueTokens.expire();
    await clickRole(popup, 'button', 'Cancel QR code');
    await waitForText(popup, 'EnKash confirmed it.');
    expect(sandbox.requests.all().map(({ operation }) => operation)).toEqual(['cancel', 'token', 'cancel']);
    await popup.close();
  });

  it('A25 sends no Origin, which the sandbox would refuse', async () => {
    const id = nextId();
    sandbox.issueTokens.expire();
    const popup = await firefox.openPage('popup.html');
    await enterId(popup, id, 'Cancel QR code…');
    await confirmCancel(popup);
    await waitForText(popup, 'EnKash confirmed it.');
    const requests = sandbox.requests.all();
    expect(new Set(requests.map(({ method }) => method))).toEqual(new Set(['GET', 'POST', 'PATCH']));
    expect(requests.filter(({ origin }) => origin !== undefined)).toEqual([]);
    await popup.close();
  });

  it('reports that the browser blocks EnKash if the operator has revoked the host permission', async () => {
    const popup = await firefox.openPage('popup.html');
    await popup.evaluate(async () => {
      const { permissions } = (
        globalThis as unknown as { browser: { permissions: { remove(which: object): Promise<boolean> } } }
      ).browser;
      return permissions.remove({ origins: ['https://olympus-pg-uat.enkash.in/*'] });
    });
    await enterId(popup, nextId(), 'Check status');
    expect(await textOf(popup, 'alert')).toContain(
      'The browser does not let this extension reach EnKash (UAT).',
    );
    expect(sandbox.requests.all()).toEqual([]);
    await popup.close();
  });
});
