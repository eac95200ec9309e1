import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clickRole } from '../../harness/act.ts';
import { byRole, hasRole, textOf, waitForText } from '../../harness/find.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { enterId } from '../support/operator.ts';
import { openSearchTab, watchClipboard } from '../support/search-steps.ts';

const COPY = 'Copy details for support';
const CUSTOMER = {
  customerName: 'Asha Rao',
  customerMobile: '9876543210',
  customerEmail: 'asha@example.com',
};

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
});
afterAll(() => kit?.close());
afterEach(async () => {
  kit.sandbox.dialects.clear();
  await kit.reset();
});

async function copyOn(page: Page): Promise<string> {
  const copied = await watchClipboard(page);
  await clickRole(page, 'button', COPY);
  await waitForText(page, 'Copied.');
  return String((await copied()).at(-1));
}

describe('A50 Copy details for support', () => {
  it('copies the exchanges of a failed check, without secrets and customer data', async () => {
    const id = kit.nextId();
    kit.sandbox.qrCodes.put('UAT', { qrCodeId: id, qrName: 'Saffron Lane', ...CUSTOMER });
    const popup = await kit.openPopup();
    await enterId(popup, id, 'Check status');
    await waitForText(popup, /Active\. /);
    expect(await hasRole(popup, 'button', COPY)).toBe(false);
    kit.sandbox.dialects.use('echo-secrets-html', { on: ['get'] });
    await enterId(popup, id, 'Check status');
    await textOf(popup, 'alert');
    const text = await copyOn(popup);
    const button = await byRole(popup, 'button', COPY);
    expect(await button.evaluate((node) => node === document.activeElement)).toBe(true);
    for (const part of [
      'QR Cancel for EnKash 0.',
      'Account: Main counter (UAT)',
      `GET olympus-pg-uat.enkash.in`,
      id,
    ])
      expect(text).toContain(part);
    expect(text).toMatch(/HTTP 200, application\/json.*\n.*"customerName":"<8 characters>"/);
    expect(text).toMatch(/HTTP 403, text\/html/);
    const { accessKey, secretKey } = kit.sandbox.merchants.UAT;
    for (const secret of [
      accessKey,
      secretKey,
      secretKey.slice(0, 16),
      ...Object.values(CUSTOMER),
      'Saffron',
    ])
      expect(text).not.toContain(secret);
  });

  it('is offered after a failed search, and in the settings', async () => {
    kit.sandbox.dialects.use('proxy-502-html', { on: ['search'] });
    const search = await openSearchTab(kit);
    await clickRole(search, 'button', 'Search QR codes');
    await textOf(search, 'alert');
    expect(await copyOn(search)).toMatch(/POST .*\/api\/v0\/qr-code\/search\?offset=0.*HTTP 502/);
    const options = await kit.chromium.openPage('options.html');
    expect(await copyOn(options)).toContain('HTTP 502');
  });

  it('says that there are no calls after a restart of the worker', async () => {
    await kit.closePages();
    await kit.chromium.killWorker();
    const options = await kit.chromium.openPage('options.html');
    expect(await copyOn(options)).toContain('No exchange with EnKash is known');
  });
});
