import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { OTHER_TEXTS } from '../../../sandbox/demo/picture-pages.ts';
import { clickRole } from '../../harness/act.ts';
import { allByRole, byRole, hasRole, textOf, waitForText, waitUntilGone } from '../../harness/find.ts';
import { until } from '../../harness/until.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { confirmCancel } from '../support/operator.ts';
import {
  FOUND,
  LIST,
  listedPictures,
  openPicturePage,
  openPopupOver,
  ordinaryCodes,
  reads,
  scanPicturePage,
} from '../support/scan-steps.ts';

type Dialect = Parameters<ChromiumFixture['sandbox']['dialects']['use']>[0];

let kit: ChromiumFixture;
let codes: ReturnType<typeof ordinaryCodes>;

beforeAll(async () => {
  kit = await openChromiumFixture();
  codes = ordinaryCodes(kit);
});
afterAll(() => kit?.close());
afterEach(async () => {
  await kit.reset();
  kit.sandbox.dialects.clear();
});

/** The id of a code that no other test uses. */
function nextId(): string {
  const code = codes.shift();
  if (!code) throw new Error('The sandbox has no further code');
  return code.qrCodeId;
}

async function expectFound(popup: Page, id: string): Promise<void> {
  await waitForText(popup, FOUND);
  expect(await textOf(popup, 'region', 'QR code details')).toContain(id);
}

/** The number of the account's codes that have a picture. */
const withPicture = () =>
  kit.sandbox.qrCodes.all('UAT').filter(({ qrCodeBase64 }) => qrCodeBase64 !== undefined).length;

describe('“Scan this page” in the popup', () => {
  it('finds the only code of a page at once, by the id in its text, and cancels it', async () => {
    const id = nextId();
    const popup = await scanPicturePage(kit, `zoom?code=${id}`);
    await expectFound(popup, id);
    const says = await textOf(popup, 'region', 'What the picture says');
    expect(says).toContain(kit.sandbox.merchants.UAT.name);
    expect(says).toContain(kit.sandbox.merchants.UAT.upiId);
    expect(says).toContain(id);
    expect(await hasRole(popup, 'list', LIST)).toBe(false);
    // The search reads the code's picture, and the check its status.
    expect(new Set(reads(kit))).toEqual(new Set([`get ${id}`]));
    await clickRole(popup, 'button', 'Cancel QR code…');
    await confirmCancel(popup);
    await waitForText(popup, 'EnKash confirmed it.');
    expect(kit.patches(id)).toHaveLength(1);
  });

  it('lists several codes in reading order, and asks the gateway only for the chosen one', async () => {
    const ids = [nextId(), nextId(), nextId()];
    const popup = await scanPicturePage(kit, `three?${ids.map((id) => `code=${id}`).join('&')}`);
    expect(await listedPictures(popup)).toEqual(['Picture 1', 'Picture 2', 'Picture 3']);
    expect(await hasRole(popup, 'region', 'What the picture says')).toBe(false);
    expect(kit.sandbox.requests.all()).toEqual([]);

    await clickRole(popup, 'button', 'Picture 2');
    await expectFound(popup, ids[1] ?? '');
    await clickRole(popup, 'button', 'Picture 3');
    await until('the third code', async () =>
      (await textOf(popup, 'region', 'QR code details')).includes(ids[2] ?? ''),
    );
    await waitForText(popup, FOUND);
    expect(new Set(reads(kit))).toEqual(new Set([`get ${ids[1]}`, `get ${ids[2]}`]));
  });

  it('lists equal codes each at its place, and finds the same code by each', async () => {
    const [id, other] = [nextId(), nextId()];
    const popup = await scanPicturePage(kit, `twice?code=${id}&code=${other}`);
    expect(await listedPictures(popup)).toEqual(['Picture 1', 'Picture 2', 'Picture 3']);
    for (const [picture, expected] of [
      ['Picture 2', id],
      ['Picture 3', other],
      ['Picture 1', id],
    ] as const) {
      await clickRole(popup, 'button', picture);
      await waitForText(popup, FOUND);
      await until(`the code of ${picture}`, async () =>
        (await textOf(popup, 'region', 'QR code details')).includes(expected),
      );
    }
  });

  it('removes the result of a code as soon as another picture is chosen', async () => {
    const id = nextId();
    const popup = await scanPicturePage(kit, `three?code=${id}&other=foreign`);
    await clickRole(popup, 'button', 'Picture 1');
    await expectFound(popup, id);
    await clickRole(popup, 'button', 'Picture 2');
    await waitForText(popup, 'Not among the');
    expect(await hasRole(popup, 'region', 'QR code details')).toBe(false);
    expect(await textOf(popup, 'textbox', 'QR code ID')).toBe('');
  });

  it.each(['canvas', 'background'])('reads a code on a page with a %s', async (page) => {
    const id = nextId();
    await expectFound(await scanPicturePage(kit, `${page}?code=${id}`), id);
  });

  it('reads a code in a frame of another site', async () => {
    const id = nextId();
    const popup = await scanPicturePage(kit, `frame?code=${id}`);
    await expectFound(popup, id);
  });

  it('says that a page shows no code, and asks the gateway nothing', async () => {
    const page = await openPicturePage(kit, 'three');
    await page.setContent('<h1>Opening hours</h1><p>10 to 6</p>');
    const popup = await openPopupOver(kit, page);
    await clickRole(popup, 'button', 'Scan this page');
    await waitForText(popup, 'No QR code found on this page. Make the QR code fully visible, zoom in');
    expect(kit.sandbox.requests.all()).toEqual([]);
  });

  it('works on a page of the browser itself', async () => {
    const page = await kit.chromium.browser.newPage();
    await page.goto('chrome://version');
    const popup = await openPopupOver(kit, page);
    await clickRole(popup, 'button', 'Scan this page');
    await waitForText(popup, 'No QR code found on this page.');
  });

  it('says what to do on a page that the browser shows to no extension', async () => {
    const page = await kit.chromium.browser.newPage();
    await page.setContent('<p>A page without an address</p>');
    const popup = await openPopupOver(kit, page);
    await clickRole(popup, 'button', 'Scan this page');
    await waitForText(popup, 'The browser lets no extension see this page. Take a screenshot and paste it');
    expect(kit.sandbox.requests.all()).toEqual([]);
  });

  it('needs a click on the page from the side panel, and says so', async () => {
    const id = nextId();
    await clickRole(await kit.openPopup(), 'button', 'Open in side panel');
    const panel = await kit.chromium.waitForPage('popup.html?panel');
    const page = await openPicturePage(kit, `zoom?code=${id}`);
    await clickRole(panel, 'button', 'Scan this page');
    await waitForText(panel, 'Click the extension’s icon on the page, and press “Scan this page” again.');
    await openPopupOver(kit, page);
    await clickRole(panel, 'button', 'Scan this page');
    await expectFound(panel, id);
  });
});

describe('the text of a scanned picture', () => {
  it('of another payee is not among the codes, and warns of a sticker', async () => {
    const popup = await scanPicturePage(kit, 'zoom?other=forged');
    await waitForText(popup, `Not among the ${withPicture()} QR codes that were read.`);
    await waitForText(popup, 'The payee in this picture is not that of the account’s other QR codes');
    await waitForText(popup, 'it may be a sticker put over yours');
    expect(await hasRole(popup, 'region', 'QR code details')).toBe(false);
    expect(await textOf(popup, 'region', 'What the picture says')).toContain('saffronlane.pay@otherbank');
  });

  it('of the own name with another UPI ID warns too', async () => {
    const { name } = kit.sandbox.merchants.UAT;
    const text = `upi://pay?pa=saffronlane.pay@otherbank&pn=${encodeURIComponent(name)}`;
    const popup = await scanPicturePage(kit, `zoom?text=${encodeURIComponent(text)}`);
    await waitForText(popup, 'The UPI ID in this picture is not one of the account’s other QR codes');
  });

  it('gives no warning if the payee is the account’s own and the code is not in the account', async () => {
    const { name, upiId } = kit.sandbox.merchants.UAT;
    const text = `upi://pay?pa=${upiId}&pn=${encodeURIComponent(name)}&am=123.45`;
    const popup = await scanPicturePage(kit, `zoom?text=${encodeURIComponent(text)}`);
    const shown = await waitForText(popup, `Not among the ${withPicture()} QR codes that were read.`);
    expect(shown).toContain('If you have another account here, choose it and try again.');
    expect(shown).not.toContain('sticker');
  });

  it('that is a web address is plain text, not a link', async () => {
    const popup = await scanPicturePage(kit, 'zoom?other=address');
    await waitForText(popup, `This is no UPI QR code: ${OTHER_TEXTS.address}`);
    await waitForText(popup, 'Not among the');
    expect(await allByRole(popup, 'link', OTHER_TEXTS.address)).toEqual([]);
    expect(await popup.$$eval('a[href^="http"]', (links) => links.length)).toBe(0);
    expect(JSON.stringify(kit.sandbox.requests.all())).not.toContain('example.in');
  });

  it('of a password is shown and sent nowhere', async () => {
    const text = 'WIFI:S:Counter;T:WPA;P:Marigold-77812345;;';
    const popup = await scanPicturePage(kit, `zoom?text=${encodeURIComponent(text)}`);
    await waitForText(popup, `This is no UPI QR code: ${text}`);
    await waitForText(popup, 'Not among the');
    expect(JSON.stringify(kit.sandbox.requests.all())).not.toContain('77812345');
    // Only codes of the account are read, for the pictures that the list lacks.
    const own = kit.sandbox.qrCodes.all('UAT').map(({ qrCodeId }) => qrCodeId);
    for (const { qrCodeId } of kit.sandbox.requests.of('get')) expect(own).toContain(qrCodeId);
  });
});

describe('pictures of other gateways', () => {
  const scan = (dialects: Dialect[], query: string) => {
    for (const dialect of dialects) kit.sandbox.dialects.use(dialect);
    return scanPicturePage(kit, `zoom?${query}`);
  };

  it('with the id in the UPI ID are found by one read', async () => {
    const id = nextId();
    await expectFound(await scan(['picture-id-in-pa'], `code=${id}`), id);
    expect(kit.sandbox.requests.of('search')).toEqual([]);
  });

  it('with a reference of the merchant are found among the account’s codes', async () => {
    const id = nextId();
    await expectFound(await scan(['picture-reference-in-tr'], `code=${id}`), id);
    expect(kit.sandbox.requests.of('search')).not.toEqual([]);
  });

  it('with a BharatQR text are found, and the text is read', async () => {
    const id = nextId();
    const popup = await scan(['picture-emv'], `code=${id}`);
    await expectFound(popup, id);
    expect(await textOf(popup, 'region', 'What the picture says')).toMatch(/Payee\s+Saffron Lane Retail/i);
  });

  it('as JPEG are found', async () => {
    const id = nextId();
    await expectFound(await scan(['picture-reference-in-tr', 'pictures-as-jpeg'], `code=${id}`), id);
  });

  it('that are absent from lists are read code by code', async () => {
    const id = nextId();
    await expectFound(await scan(['lists-without-pictures', 'picture-reference-in-tr'], `code=${id}`), id);
    expect(kit.sandbox.requests.of('get', id)).not.toEqual([]);
  });

  it('that several codes share choose none of them', async () => {
    const amounts = codes.map(({ amount }) => amount);
    const shared = codes.find(({ amount }) => amounts.filter((other) => other === amount).length > 1);
    if (!shared) throw new Error('The sandbox has no two codes of one amount');
    const popup = await scan(['picture-without-id'], `code=${shared.qrCodeId}`);
    await waitForText(popup, /\d+ QR codes have this same picture\. None is chosen\./);
    expect(await hasRole(popup, 'region', 'QR code details')).toBe(false);
    expect(kit.sandbox.requests.of('get')).toEqual([]);
    await clickRole(popup, 'button', `Check status: ${shared.qrCodeId}`);
    expect(await textOf(popup, 'region', 'QR code details')).toContain(shared.qrCodeId);
    expect(kit.sandbox.requests.of('get').map(({ qrCodeId }) => qrCodeId)).toEqual([shared.qrCodeId]);
  });

  it('that no record has are named by the id, and not chosen', async () => {
    const id = nextId();
    const popup = await scan(['records-without-pictures'], `code=${id}`);
    await waitForText(popup, 'Has the ID that stands in the picture; its own picture could not be compared.');
    await waitForText(popup, 'had no picture to compare.');
    expect(await hasRole(popup, 'region', 'QR code details')).toBe(false);
    await byRole(popup, 'button', `Check status: ${id}`);
  });
});

describe('a long comparison', () => {
  it('stops at once, sends nothing more, and says that it is incomplete', async () => {
    kit.sandbox.dialects.use('lists-without-pictures');
    kit.sandbox.faults.add({ on: 'get', answer: { kind: 'slow', ms: 1_000 } });
    const popup = await scanPicturePage(kit, 'zoom?other=foreign');
    await kit.sandbox.requests.waitFor('get', 6, 10_000);
    await waitForText(popup, /\d+ QR codes? compared/);
    await clickRole(popup, 'button', 'Stop');
    await waitUntilGone(popup, 'button', 'Stop');
    const sent = kit.sandbox.requests.of('get').length;
    await waitForText(popup, 'Reading stopped; the other QR codes were not compared. It may be one of them.');
    expect(kit.sandbox.requests.of('get').length).toBe(sent);
    expect(sent).toBeLessThan(withPicture());
  });
});

describe('Chromium’s PDF viewer', () => {
  it('shows a code that is found', async () => {
    const id = nextId();
    const page = await kit.chromium.browser.newPage();
    await page.goto(`https://localhost:${kit.sandbox.port}/pictures/code.pdf?code=${id}`);
    const popup = await openPopupOver(kit, page);
    await until('the PDF on screen', async () => {
      await clickRole(popup, 'button', 'Scan this page');
      return (await waitForText(popup, /What the picture says|No QR code found/)).includes(
        'What the picture',
      );
    });
    await expectFound(popup, id);
  });
});
