import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Answer } from '../../../sandbox/fault.ts';
import { clickRole, typeInto } from '../../harness/act.ts';
import { waitForDownload } from '../../harness/downloads.ts';
import { byRole, hasRole, textOf, waitForText, waitUntilGone } from '../../harness/find.ts';
import { until } from '../../harness/until.ts';
import { waitForSummary } from '../support/bulk-steps.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { paste, seedAccount } from '../support/operator.ts';
import { openSearchTab, watchClipboard } from '../support/search-steps.ts';
import {
  choosePassphrase,
  dispatchInWorker,
  removePassphrase,
  tryPassphrase,
} from '../support/vault-steps.ts';

/** A search of everything, and giving up after 20 s, take their time. */
const LONG = { timeout: 40_000 };

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
});
afterAll(() => kit?.close());
afterEach(() => kit.reset());

/** A code of this environment that is cancelled, with a name of its own. */
function cancelledCode(of: ChromiumFixture = kit, environment: 'UAT' | 'LIVE' = 'UAT') {
  const { qrCodes } = of.sandbox;
  const number = qrCodes.all(environment).length;
  const qrCodeId = `QR26OLD${String(number).padStart(6, '0')}`;
  const code = {
    qrCodeId,
    qrName: `Saffron Lane – चाय ${number}`,
    multipleUse: true,
    fixedAmount: true,
    amount: 125_000.5,
    description: 'Counter by the door',
    expiry: '2031-12-31T23:59:00.000',
    customerName: 'Asha Rao',
    customParams: { store: 'Pune' },
    status: 'CANCELLED',
    createdOn: '2026-01-01T10:00:00.000',
  };
  qrCodes.put(environment, code);
  return code;
}

/** Finds the code in the search tab, and opens the form from its details. */
async function openForm(id: string, of: ChromiumFixture = kit): Promise<Page> {
  const page = await openSearchTab(of, `?text=${id}`);
  await waitForSummary(page, '1 QR code found.', LONG);
  await clickRole(page, 'button', id);
  await clickRole(page, 'button', 'Create a replacement…');
  await byRole(page, 'button', 'Create QR code…');
  return page;
}

async function create(page: Page): Promise<void> {
  await clickRole(page, 'button', 'Create QR code…');
  await byRole(page, 'alertdialog', 'Create a QR code?');
  await clickRole(page, 'button', 'Create QR code');
}

const creates = (of: ChromiumFixture = kit) => of.sandbox.requests.of('create');
const named = (name: string, environment: 'UAT' | 'LIVE' = 'UAT') =>
  kit.sandbox.qrCodes.all(environment).filter(({ qrName }) => qrName === name);
const fault = (answer: Answer, more: { times?: number; applyEffect?: boolean } = {}) =>
  kit.sandbox.faults.add({ on: 'create', answer, ...more });

describe('a replacement', () => {
  it('is filled from the cancelled code, asked about, created once, and shown', async () => {
    const old = cancelledCode();
    const page = await openForm(old.qrCodeId);
    expect(await textOf(page, 'textbox', 'Name')).toBe(old.qrName);
    expect(await textOf(page, 'textbox', 'Amount in ₹')).toBe('125000.5');
    expect(await textOf(page, 'textbox', 'Description')).toBe(old.description);
    expect(await textOf(page, 'textbox', 'Customer’s name')).toBe('Asha Rao');
    expect(await textOf(page, 'textbox', 'Value of param 1')).toBe('Pune');
    await typeInto(page, 'Amount in ₹', '499.99');
    await clickRole(page, 'button', 'Create QR code…');
    const question = await textOf(page, 'alertdialog', 'Create a QR code?');
    for (const part of ['Main counter', 'UAT', old.qrName, '₹499.99', 'Multiple', old.qrCodeId])
      expect(question).toContain(part);
    expect(creates()).toEqual([]);
    await clickRole(page, 'button', 'Create QR code');
    await waitForText(page, 'EnKash said: “SUCCESS” (code 0).');

    const [made] = named(old.qrName).filter(({ status }) => status === 'ACTIVE');
    expect(creates()).toHaveLength(1);
    expect(creates()[0]?.origin).toBeUndefined();
    expect(JSON.parse(creates()[0]?.body ?? '')).toEqual({
      qrName: old.qrName,
      multipleUse: true,
      fixedAmount: true,
      amount: 499.99,
      description: old.description,
      expiry: old.expiry,
      customerName: 'Asha Rao',
      customParams: { store: 'Pune' },
    });
    const id = String(made?.qrCodeId);
    await byRole(page, 'image', `QR code ${id}`);
    expect(await hasRole(page, 'alert')).toBe(false);
    expect(kit.sandbox.qrCodes.get('UAT', old.qrCodeId)).toMatchObject({ status: 'CANCELLED' });

    const clipboard = await watchClipboard(page);
    await clickRole(page, 'button', 'Copy QR code ID');
    await until('the id', async () => (await clipboard())[0] === id);
    await clickRole(page, 'button', 'Download image');
    expect((await waitForDownload(kit.chromium.downloadDir, /\.png$/)).name).toBe(`qr-code-${id}.png`);
    expect(await printed(page)).toBe(
      ['TEST (UAT) – no real payment', old.qrName, '₹499.99', `QR code ${id}`, id].join(' | '),
    );
    await clickRole(page, 'button', 'Read the new code');
    await until('a read', () => kit.callsFor(id).length === 1);
    expect(kit.callsFor(id)).toEqual(['GET 200']);
  });

  /** Presses `Print` and answers what is on the sheet then. */
  async function printed(page: Page): Promise<string> {
    await page.emulateMediaType('print');
    await page.evaluate(() => {
      window.print = () => {
        const shown = [...document.querySelectorAll<HTMLElement>('body *')].filter(
          (part) => part.children.length === 0 && part.checkVisibility(),
        );
        // A picture that is not there yet would be missing on paper.
        const textOfImage = ({ complete, naturalWidth, alt }: HTMLImageElement) =>
          complete && naturalWidth > 0 ? alt : 'no picture';
        const sheet = shown.map((part) =>
          part instanceof HTMLImageElement ? textOfImage(part) : part.innerText,
        );
        Object.assign(globalThis, { sheet });
      };
    });
    await clickRole(page, 'button', 'Print');
    const sheet = await until('the sheet', () =>
      page.evaluate(() => (globalThis as unknown as { sheet?: string[] }).sheet),
    );
    await page.emulateMediaType('screen');
    return sheet.join(' | ');
  }

  it('is created in LIVE only once the word is typed', async () => {
    await kit.withOptions((options) =>
      seedAccount(options, kit.sandbox, { name: 'Shop floor', environment: 'LIVE' }),
    );
    await kit.withOptions((options) => clickRole(options, 'radio', 'Use Shop floor'));
    onTestFinished(() => kit.withOptions((options) => clickRole(options, 'radio', 'Use Main counter')));
    const old = cancelledCode(kit, 'LIVE');
    const page = await openForm(old.qrCodeId);
    await clickRole(page, 'button', 'Create QR code…');
    const question = await textOf(page, 'alertdialog', 'Create a QR code?');
    expect(question).toContain('This is your LIVE account.');
    expect(question).toContain('Shop floor');
    const button = await byRole(page, 'button', 'Create QR code');
    const isDisabled = () => button.evaluate((node) => (node as HTMLButtonElement).disabled);
    expect(await isDisabled()).toBe(true);
    await typeInto(page, 'Type CREATE to confirm', 'creat');
    expect(await isDisabled()).toBe(true);
    expect(creates()).toEqual([]);
    await typeInto(page, 'Type CREATE to confirm', 'CREATE');
    await clickRole(page, 'button', 'Create QR code');
    await waitForText(page, 'QR code created');
    expect(creates()).toMatchObject([{ environment: 'LIVE' }]);
  });

  it('is offered for no code that is active', async () => {
    const page = await openSearchTab(kit, `?text=${kit.nextId()}`);
    await waitForSummary(page, '1 QR code found.', LONG);
    await clickRole(page, 'button', new URL(page.url()).searchParams.get('text') ?? '');
    await byRole(page, 'region', 'QR code details');
    expect(await hasRole(page, 'button', 'Create a replacement…')).toBe(false);
  });

  it('that is filled in wrongly is not asked about, and says why', async () => {
    const old = cancelledCode();
    const page = await openForm(old.qrCodeId);
    await paste(page, 'Name', 'a\u202eb');
    await typeInto(page, 'Amount in ₹', '1,250');
    await clickRole(page, 'button', 'Add a param');
    await typeInto(page, 'Name of param 2', 'store');
    await clickRole(page, 'button', 'Create QR code…');
    await waitForText(page, 'RIGHT-TO-LEFT OVERRIDE');
    await waitForText(page, 'Enter rupees in digits without commas');
    await waitForText(page, 'There is already a param with this name.');
    expect(await hasRole(page, 'alertdialog')).toBe(false);
    expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).value)).toBe('a\u202eb');
    await page.keyboard.press('Escape');
    await waitUntilGone(page, 'button', 'Create QR code…');
    expect(creates()).toEqual([]);
  });

  it('that is not confirmed is not sent', async () => {
    const page = await openForm(cancelledCode().qrCodeId);
    await clickRole(page, 'button', 'Create QR code…');
    await clickRole(page, 'button', 'Don’t create');
    await waitUntilGone(page, 'alertdialog');
    await clickRole(page, 'button', 'Create QR code…');
    await byRole(page, 'alertdialog');
    await page.keyboard.press('Escape');
    await waitUntilGone(page, 'alertdialog');
    expect(creates()).toEqual([]);
  });

  it.each([
    { width: 1280, height: 800, under: /^Create a QR code\?/ },
    { width: 640, height: 400, under: /^Create QR code$/ },
    { width: 320, height: 400, under: /^Don’t create$/ },
  ])(
    'is asked about, and not sent, by a double click in a window of $width × $height',
    async ({ under, ...size }) => {
      const page = await openForm(cancelledCode().qrCodeId);
      await page.setViewport(size);
      const button = await byRole(page, 'button', 'Create QR code…');
      const { x, y } = await button.clickablePoint();
      await page.mouse.click(x, y);
      await byRole(page, 'alertdialog', 'Create a QR code?');
      // What the second click goes to: the question, or one of its buttons.
      expect(await page.evaluate((...at) => document.elementFromPoint(...at)?.textContent, x, y)).toMatch(
        under,
      );
      const devtools = await page.createCDPSession();
      for (const type of ['mousePressed', 'mouseReleased'] as const)
        await devtools.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount: 2 });
      await sleep(500);
      expect(creates()).toEqual([]);
      await clickRole(page, 'button', 'Create QR code');
      await waitForText(page, 'QR code created');
    },
  );

  it('with an expiry that was begun and not finished is not asked about', async () => {
    const page = await openForm(cancelledCode().qrCodeId);
    const expiry = (await page.$('input[type=datetime-local]')) as NonNullable<
      Awaited<ReturnType<typeof page.$>>
    >;
    await expiry.focus();
    await page.keyboard.press('Backspace');
    await clickRole(page, 'button', 'Create QR code…');
    await waitForText(page, 'Enter a day and a time');
    expect(await hasRole(page, 'alertdialog')).toBe(false);
    expect(await expiry.evaluate((node) => node === document.activeElement)).toBe(true);
    expect(creates()).toEqual([]);
  });

  it('is sent once, however often it is confirmed while that takes its time', async () => {
    const old = cancelledCode();
    fault({ kind: 'slow', ms: 1_500 });
    const page = await openForm(old.qrCodeId);
    await clickRole(page, 'button', 'Create QR code…');
    const button = await byRole(page, 'button', 'Create QR code');
    await button.evaluate((node) => {
      for (let times = 0; times < 3; times += 1) (node as HTMLButtonElement).click();
    });
    await waitForText(page, 'Creating…');
    for (const key of ['Escape', 'Escape', 'Enter'] as const) await page.keyboard.press(key);
    await waitForText(page, 'QR code created', LONG);
    expect(creates()).toHaveLength(1);
    expect(named(old.qrName)).toHaveLength(2);
  });
});

describe('what EnKash makes of it', () => {
  it('is said where it is not what was asked for', async () => {
    const old = cancelledCode();
    fault({ kind: 'merge', fields: { amount: 999, status: 'PENDING', customParams: { store: 'Goa' } } });
    fault({ kind: 'leave-out', fields: ['expiry', 'qrCodeBase64'] });
    const page = await openForm(old.qrCodeId);
    await create(page);
    const alert = await textOf(page, 'alert');
    expect(alert).toContain('It is not as you asked for:');
    expect(alert).toContain('Amount: you asked for ₹1,25,000.50, EnKash says ₹999.');
    expect(alert).toContain('Status: you asked for Active, EnKash says PENDING.');
    expect(alert).toContain('store: you asked for “Pune”, EnKash says “Goa”.');
    await waitForText(page, 'EnKash’s answer does not say: Expiry.');
    await waitForText(page, 'EnKash’s answer has no image of it.');
    const print = await byRole(page, 'button', 'Print');
    const isOffered = () => print.evaluate((button) => !(button as HTMLButtonElement).disabled);
    expect(await isOffered()).toBe(false);
    kit.sandbox.faults.clear();
    await clickRole(page, 'button', 'Read the new code');
    await until('the image to be there', isOffered);
    await waitUntilGone(page, 'alert');
    expect(creates()).toHaveLength(1);
  });

  it('is a refusal: its message and code are told, and the form is still there', async () => {
    const old = cancelledCode();
    fault({ kind: 'reject', code: 431, message: 'Name is taken' });
    const page = await openForm(old.qrCodeId);
    await typeInto(page, 'Amount in ₹', '77');
    await create(page);
    const alert = await textOf(page, 'alert');
    expect(alert).toContain('No QR code created');
    expect(alert).toContain('EnKash said: “Name is taken” (code 431).');
    expect(named(old.qrName)).toHaveLength(1);
    kit.sandbox.faults.clear();
    await clickRole(page, 'button', 'Back to the form');
    expect(await textOf(page, 'textbox', 'Amount in ₹')).toBe('77');
    await create(page);
    await waitForText(page, 'QR code created');
    expect(creates()).toHaveLength(2);
  });

  it('is a refusal of its token: a new one is fetched, and one code created', async () => {
    const old = cancelledCode();
    fault({ kind: 'token-stale' }, { times: 1 });
    const page = await openForm(old.qrCodeId);
    await create(page);
    await waitForText(page, 'QR code created');
    expect(creates()).toHaveLength(2);
    expect(named(old.qrName)).toHaveLength(2);
  });

  it('is a wish to be left alone: it is not sent again by itself', async () => {
    fault({ kind: 'rate-limit', retryAfter: '1' });
    const page = await openForm(cancelledCode().qrCodeId);
    await create(page);
    expect(await textOf(page, 'alert')).toContain('No QR code was created.');
    await sleep(3_000);
    expect(creates()).toHaveLength(1);
  });

  it.each<[string, Answer, string]>([
    ['a lost connection', { kind: 'drop' }, 'The connection to EnKash was lost'],
    ['an error of the server', { kind: 'status', httpStatus: 502 }, 'EnKash had a problem (HTTP 502)'],
    ['no answer', { kind: 'silence' }, 'EnKash did not answer in time.'],
    ['another shape', { kind: 'wrong-shape', shape: 'nested' }, 'could not be understood'],
    ['no id', { kind: 'leave-out', fields: ['qrCodeId'] }, 'gave no ID of a new QR code'],
  ])('is not known after %s: one request, and a search leads to what there is', async (_, answer, why) => {
    const old = cancelledCode();
    const page = await openForm(old.qrCodeId);
    // The connection is one that was used before, on which browsers like to send things twice.
    expect(kit.sandbox.requests.of('search').length).toBeGreaterThan(0);
    fault(answer, { applyEffect: true });
    await create(page);
    const alert = await textOf(page, 'alert', undefined, LONG);
    expect(alert).toContain('Not known whether a QR code was created');
    expect(alert).toContain(why);
    expect(await hasRole(page, 'button', 'Back to the form')).toBe(false);
    await sleep(1_000);
    expect(creates()).toHaveLength(1);
    kit.sandbox.faults.clear();
    await clickRole(page, 'button', 'Search for it');
    await waitForSummary(page, '2 QR codes found.', LONG);
    expect(named(old.qrName)).toHaveLength(2);

    await clickRole(page, 'button', old.qrCodeId);
    await clickRole(page, 'button', 'Create a replacement…');
    await waitForText(page, 'It is not known whether an earlier try created a QR code.');
    expect(creates()).toHaveLength(1);
  });

  it('is not known after the worker was killed, and is not sent by the next one', async () => {
    const old = cancelledCode();
    fault({ kind: 'slow', ms: 1_500 });
    const page = await openForm(old.qrCodeId);
    await create(page);
    await kit.sandbox.requests.waitFor('create', 1, 10_000);
    await kit.chromium.killWorker();
    expect(await textOf(page, 'alert')).toContain('Not known whether a QR code was created');
    await clickRole(page, 'button', 'Search for it');
    await waitForSummary(page, /QR codes? found\.$/, LONG);
    await sleep(2_000);
    expect(creates()).toHaveLength(1);
  });
});

describe('an earlier create for the same code', () => {
  it('is told after the page was reloaded', async () => {
    const old = cancelledCode();
    const page = await openForm(old.qrCodeId);
    await create(page);
    await waitForText(page, 'QR code created');
    const made = named(old.qrName).find(({ status }) => status === 'ACTIVE');
    await page.reload();
    await waitForSummary(page, '1 QR code found.', LONG);
    await clickRole(page, 'button', old.qrCodeId);
    await clickRole(page, 'button', 'Create a replacement…');
    await waitForText(page, `A replacement was created already: ${made?.qrCodeId}.`);
  });

  it('is told where its page was closed while it was under way, and once it is known to have ended', async () => {
    const old = cancelledCode();
    fault({ kind: 'slow', ms: 15_000 });
    const first = await openForm(old.qrCodeId);
    await create(first);
    await kit.sandbox.requests.waitFor('create', 1, 10_000);
    await first.close();
    const page = await openForm(old.qrCodeId);
    await waitForText(page, 'It is not known whether an earlier try created a QR code.');
    await until('the new code', () => named(old.qrName).length === 2, LONG);
    const isTold = async () => {
      await clickRole(page, 'button', 'Create QR code…');
      const told = await textOf(page, 'alertdialog');
      await clickRole(page, 'button', 'Don’t create');
      await waitUntilGone(page, 'alertdialog');
      return told.includes('A replacement was created already: ');
    };
    await until('its end', isTold, LONG);
    expect(creates()).toHaveLength(1);
  });

  it('whose result is not known is told on a form that another page has open, and after a reload', async () => {
    const old = cancelledCode();
    const page = await openForm(old.qrCodeId);
    const other = await openForm(old.qrCodeId);
    fault({ kind: 'status', httpStatus: 502 }, { applyEffect: true });
    await create(other);
    await waitForText(other, 'Not known whether a QR code was created');
    kit.sandbox.faults.clear();
    await waitForText(page, 'It is not known whether an earlier try created a QR code.');
    await other.reload();
    await waitForSummary(other, '1 QR code found.', LONG);
    await clickRole(other, 'button', old.qrCodeId);
    await clickRole(other, 'button', 'Create a replacement…');
    await waitForText(other, 'It is not known whether an earlier try created a QR code.');
    await clickRole(other, 'button', 'Create QR code…');
    expect(await textOf(other, 'alertdialog')).toContain('It is not known whether an earlier try');
    expect(creates()).toHaveLength(1);
  });

  it('by another page keeps this one from being sent until it has been read of', async () => {
    const old = cancelledCode();
    const page = await openForm(old.qrCodeId);
    await clickRole(page, 'button', 'Create QR code…');
    await byRole(page, 'alertdialog');
    const other = await openForm(old.qrCodeId);
    await create(other);
    await waitForText(other, 'QR code created');
    await page.bringToFront();
    await clickRole(page, 'button', 'Create QR code');
    await waitForText(page, 'A replacement was created already: ');
    await byRole(page, 'alertdialog', 'Create a QR code?');
    expect(creates()).toHaveLength(1);
    await clickRole(page, 'button', 'Create QR code');
    await waitForText(page, 'QR code created');
    expect(creates()).toHaveLength(2);
  });
});

describe('A32 locked', () => {
  const PASSPHRASE = 'correct horse battery staple';
  beforeAll(() => kit.withOptions((options) => choosePassphrase(options, PASSPHRASE)));
  afterAll(() => kit.withOptions((options) => removePassphrase(options, PASSPHRASE)));

  it('the new code is not on screen, and is again once it is unlocked', async () => {
    const page = await openForm(cancelledCode().qrCodeId);
    await create(page);
    await waitForText(page, 'Asha Rao');
    await dispatchInWorker(kit.chromium, 'idle', 'onStateChanged', 'locked');
    await byRole(page, 'button', 'Unlock');
    const text = await page.evaluate(() => document.body.textContent);
    expect(text).not.toContain('Asha Rao');
    expect(text).not.toContain('Saffron Lane');
    await tryPassphrase(page, PASSPHRASE);
    await waitForText(page, 'EnKash said: “SUCCESS” (code 0).');
    expect(creates()).toHaveLength(1);
  });

  it('what was read of a list goes, the list stays, and is read on once it is unlocked', async () => {
    const { qrCodeId, qrName } = cancelledCode();
    const page = await kit.chromium.openPage('workbench.html#bulk');
    await paste(page, 'QR code IDs', qrCodeId);
    await clickRole(page, 'button', 'Review IDs');
    await waitForText(page, qrName);
    await dispatchInWorker(kit.chromium, 'idle', 'onStateChanged', 'locked');
    await waitForText(page, 'Reading has stopped.');
    expect(await page.evaluate(() => document.body.textContent)).not.toContain(qrName);
    expect(await textOf(page, 'textbox', 'QR code IDs')).toBe(qrCodeId);
    await tryPassphrase(page, PASSPHRASE);
    await clickRole(page, 'button', 'Read on');
    await waitForText(page, qrName);
  });
});

describe('over HTTP/1.1', () => {
  it('where Chromium would send it twice by itself, it is not sent at all', async () => {
    const plain = await openChromiumFixture({ extraArgs: ['--disable-http2'] });
    try {
      const page = await openForm(cancelledCode(plain).qrCodeId, plain);
      expect(plain.sandbox.requests.all().every(({ httpVersion }) => httpVersion === '1.1')).toBe(true);
      await create(page);
      const alert = await textOf(page, 'alert');
      expect(alert).toContain('sends nothing twice by itself');
      expect(alert).toContain('Nothing was sent. No QR code was created.');
      expect(creates(plain)).toEqual([]);
    } finally {
      await plain.close();
    }
  });
});
