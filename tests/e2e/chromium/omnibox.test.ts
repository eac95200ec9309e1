import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clickRole } from '../../harness/act.ts';
import { byRole, textOf, waitForText } from '../../harness/find.ts';
import { screenUnavailable } from '../../harness/screen.ts';
import { until } from '../../harness/until.ts';
import { waitForSummary } from '../support/bulk-steps.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { openDisplayFixture, type ScreenKit } from '../support/display-fixture.ts';
import { choosePassphrase } from '../support/vault-steps.ts';

const reason = screenUnavailable();
if (reason) console.warn(`Nothing is really typed in the address bar here: ${reason}`);

describe.skipIf(reason)('K2 the address bar, on a screen', () => {
  let kit: ScreenKit;
  beforeAll(async () => {
    kit = await openDisplayFixture();
  });
  afterAll(() => kit?.close());
  afterEach(() => kit.settle());

  /** Types the keyword and the id until the id is read. A browser that has just started may not know the keyword yet. */
  async function typeId(id: string): Promise<void> {
    for (let tries = 1; tries <= 3; tries += 1) {
      await kit.press('ctrl+l');
      await kit.type('qr ');
      await sleep(300);
      await kit.type(id);
      const isRead = () => kit.sandbox.requests.of('get', id).length > 0;
      if (await until('the read', isRead, { timeout: 5_000 }).catch(() => false)) return;
      for (const key of ['Escape', 'Escape']) await kit.press(key);
    }
    throw new Error(`${id} was typed three times, and never read`);
  }

  it('reads the code once, suggests it, and writes nothing to the history', async () => {
    const id = kit.nextId();
    const page = await kit.openWebPage('<textarea></textarea>');
    await typeId(id);
    await sleep(1_000);
    expect(kit.sandbox.requests.of('get').map(({ qrCodeId }) => qrCodeId)).toEqual([id]);
    // Chromium does not expose the text of a suggestion, so copy it.
    await kit.press('Down');
    await kit.press('ctrl+a');
    await kit.press('ctrl+c');
    await kit.press('Escape');
    await page.focus('textarea');
    await page.bringToFront();
    await kit.press('ctrl+v');
    expect(await until('what was copied', () => page.$eval('textarea', ({ value }) => value))).toContain(
      `ID: ${id}`,
    );
    const workbench = await kit.chromium.openPage('workbench.html#history');
    await waitForText(workbench, 'Nothing has been checked or cancelled yet.');
  });

  it('opens the popup on Enter, even if the worker is stopped, and never cancels', async () => {
    const id = kit.nextId();
    await kit.openWebPage('<p>Nothing here</p>');
    await kit.chromium.killWorker();
    await typeId(id);
    await kit.press('Return');
    const popup = await kit.chromium.waitForPopup();
    expect(await textOf(popup, 'region', 'QR code details')).toContain(id);
    expect(kit.sandbox.requests.of('cancel')).toEqual([]);
    const workbench = await kit.chromium.openPage('workbench.html#history');
    expect(await waitForText(workbench, id)).toContain('Address bar');
  });
});

describe('K2 the suggestion in the address bar', () => {
  let kit: ChromiumFixture;
  beforeAll(async () => {
    kit = await openChromiumFixture();
  });
  afterAll(() => kit?.close());
  afterEach(() => kit.reset());

  async function suggested(text: string): Promise<string | undefined> {
    return (await kit.chromium.typeInAddressBar(text))?.[0]?.description;
  }

  it('shows the code’s status and the account, and is not in the history', async () => {
    const id = kit.nextId();
    kit.sandbox.qrCodes.put('UAT', { qrCodeId: id, qrName: 'Counter 4', amount: 500, status: 'ACTIVE' });
    expect(await suggested(id)).toBe(`${id}: Active. Counter 4, ₹500. – Main counter (UAT)`);
    kit.sandbox.qrCodes.put('UAT', { qrCodeId: id, status: 'CANCELLED' });
    expect(await suggested(` “${id}” `)).toBe(
      `${id}: Cancelled. No longer accepts payments. – Main counter (UAT)`,
    );
    expect(await suggested('QR00NOSUCHCODE1')).toBe(
      'QR00NOSUCHCODE1: No QR code with this ID in Main counter (UAT).',
    );
    expect(kit.callsFor(id)).toEqual(['GET 200', 'GET 200']);
  });

  it('A16 shows hostile names as text', async () => {
    const id = kit.nextId();
    kit.sandbox.qrCodes.put('UAT', { qrCodeId: id, qrName: `<url>&"%s'</url>`, status: 'ACTIVE' });
    expect(await suggested(id)).toContain('&lt;url&gt;&amp;&quot;% s&apos;&lt;/url&gt;');
  });

  it('reports a failed read without a status, a retry or a wait', async () => {
    const id = kit.nextId();
    kit.sandbox.faults.add({
      on: 'get',
      answer: { kind: 'rate-limit', retryAfter: '3' },
    });
    const failed = `${id}: Could not be checked. Press Enter to try again. – Main counter (UAT)`;
    expect(await suggested(id)).toBe(failed);
    kit.sandbox.faults.clear();
    expect(await suggested(id)).toBe(failed);
    expect(kit.callsFor(id)).toEqual(['GET 429']);
    await sleep(3_000);
    expect(await suggested(id)).toContain('Active.');
  });

  it('reports a missing response before Chromium’s time limit', async () => {
    const id = kit.nextId();
    kit.sandbox.faults.add({ on: 'get', answer: { kind: 'slow', ms: 2_500 } });
    const from = Date.now();
    expect(await suggested(id)).toBe(`${id}: No answer yet. Press Enter to check it.`);
    expect(Date.now() - from).toBeLessThan(2_400);
    await until('the read to end', () => kit.callsFor(id).length > 0);
  });

  it('is missing unless exactly one complete id is typed, and nothing is sent', async () => {
    for (const text of ['', 'QR26', 'counter', 'hello world', '../x', `${kit.nextId()} ${kit.nextId()}`])
      expect(await kit.chromium.typeInAddressBar(text)).toEqual([]);
    expect(kit.sandbox.requests.all()).toEqual([]);
  });

  it('is never for an earlier text', async () => {
    const [first, second] = [kit.nextId(), kit.nextId()];
    const before = kit.chromium.typeInAddressBar(first, 2_500);
    const after = await suggested(second);
    expect(after).toContain(second);
    expect(await before).toBeUndefined();
    expect(kit.callsFor(first)).toEqual([]);
  });

  it('opens the workbench for several ids, and the popup with an explanation for none', async () => {
    const ids = [kit.nextId(), kit.nextId()];
    await kit.chromium.enterInAddressBar(ids.join(' '));
    await waitForSummary(await kit.chromium.waitForPage('workbench.html'), '2 will be cancelled');
    await kit.reset();
    await kit.chromium.enterInAddressBar('QR26/DU7U9');
    await waitForText(await kit.chromium.waitForPopup(), '“/”');
    expect(kit.sandbox.requests.all()).toEqual([]);
  });

  it('reports the lock or a missing account, and nothing is sent', async () => {
    const id = kit.nextId();
    await kit.withOptions(async (options) => {
      await choosePassphrase(options, 'a fake passphrase for tests');
      await clickRole(options, 'button', 'Lock');
      await byRole(options, 'textbox', 'Passphrase');
    });
    kit.sandbox.requests.clear();
    expect(await suggested(id)).toBe(`${id}: Locked, so not checked. Press Enter to unlock.`);
    expect(kit.sandbox.requests.all()).toEqual([]);

    const empty = await openChromiumFixture({ account: false });
    try {
      const [suggestion] = (await empty.chromium.typeInAddressBar(id)) ?? [];
      expect(suggestion?.description).toBe(`${id}: No account yet, so not checked. Press Enter to add one.`);
      expect(empty.sandbox.requests.all()).toEqual([]);
    } finally {
      await empty.close();
    }
  });
});
