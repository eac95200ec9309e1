import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clickRole, typeInto } from '../../harness/act.ts';
import { byRole, textOf, waitForText } from '../../harness/find.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { enterId } from '../support/operator.ts';

const NAME = 'Main counter';

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
});
afterAll(() => kit?.close());
afterEach(async () => {
  kit.sandbox.dialects.clear();
  await kit.reset();
});

async function editSaved(): Promise<Page> {
  const options = await kit.chromium.openPage('options.html');
  await clickRole(options, 'button', `Edit ${NAME}`);
  await byRole(options, 'heading', `Edit ${NAME}`);
  return options;
}
const line = (page: Page, name: string) => textOf(page, 'status', name);

describe('A45 Check connection', () => {
  it('tries sign-in, one QR code and search, and shows each result', async () => {
    const options = await editSaved();
    await typeInto(options, 'QR code ID to try (optional)', kit.nextId());
    await clickRole(options, 'button', 'Check connection');
    await waitForText(options, 'Connection works. EnKash accepted the keys for UAT.');
    expect(await line(options, 'Sign-in')).toContain('OK');
    expect(await line(options, 'One QR code')).toContain('Status: Active');
    expect(await line(options, 'Search')).toContain('OK');
    expect(kit.sandbox.requests.all().map(({ operation }) => operation)).toEqual(['token', 'get', 'search']);
  });

  it('does not accept a router’s 404 as a response of EnKash, and continues with the search', async () => {
    const options = await editSaved();
    kit.sandbox.dialects.use('router-404-json', { on: ['get'] });
    await clickRole(options, 'button', 'Check connection');
    await waitForText(options, 'Searching works. Checking one QR code does not');
    expect(await line(options, 'One QR code')).toMatch(/Failed.*between this computer and EnKash.*HTTP 404/s);
  });

  it('does not report success if EnKash answers "Invalid merchantAccessKey" under HTTP 200', async () => {
    const options = await editSaved();
    kit.sandbox.dialects.use('any-code-under-200', { on: ['get', 'search'] });
    await clickRole(options, 'button', 'Check connection');
    await waitForText(options, 'Connection failed.');
    expect(await line(options, 'Sign-in')).toContain('OK');
    expect(await line(options, 'One QR code')).toMatch(/Failed.*EnKash said/s);
    expect(await options.evaluate(() => document.body.innerText)).not.toContain('Connection works');
  });
});

describe('A43 a check and the real calls', () => {
  it('share the wait that EnKash requested', async () => {
    const options = await editSaved();
    kit.sandbox.faults.add({ on: 'get', times: 1, answer: { kind: 'rate-limit', retryAfter: '600' } });
    await clickRole(options, 'button', 'Check connection');
    await waitForText(options, 'EnKash asked us to wait until');
    const before = kit.sandbox.requests.all().length;
    const popup = await kit.openPopup();
    await enterId(popup, kit.nextId(), 'Check status');
    await waitForText(popup, 'EnKash asked us to wait until');
    expect(kit.sandbox.requests.all()).toHaveLength(before);

    await options.bringToFront();
    const { accessKey, secretKey } = kit.sandbox.merchants.UAT;
    await clickRole(options, 'button', `Edit ${NAME}`);
    await typeInto(options, 'Access key', accessKey);
    await typeInto(options, 'Secret key', `${secretKey}-NEW`);
    await clickRole(options, 'button', 'Check connection');
    await waitForText(options, 'EnKash asked us to wait until');
    expect(kit.sandbox.requests.all()).toHaveLength(before);
  });
});
