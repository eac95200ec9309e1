import type { ElementHandle, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clickRole } from '../../harness/act.ts';
import { openContextMenuOn, pickFromEnd } from '../../harness/context-menu.ts';
import { hasRole, textOf, waitForText } from '../../harness/find.ts';
import { screenUnavailable } from '../../harness/screen.ts';
import { openDisplayFixture, type ScreenKit } from '../support/display-fixture.ts';
import { confirmCancel } from '../support/operator.ts';
import { FOUND, LIST, listedPictures, openPicturePage, reads } from '../support/scan-steps.ts';

const reason = screenUnavailable();
if (reason) console.warn(`The real right click is not tested here: ${reason}`);

/** Items of the browser's menu below ours: “Inspect”; on a page “View page source” too, in a frame also two of the frame. */
const BELOW = { image: 1, page: 2, frame: 4 };

let kit: ScreenKit;

/** Picks `Find this QR code…` in the browser's own menu over an element, and waits for the popup. */
async function findAt(page: Page, selector: string, over: keyof typeof BELOW = 'image'): Promise<Page> {
  await openContextMenuOn(kit.screen, (await page.$(selector)) as ElementHandle, kit.scale);
  await pickFromEnd(kit.screen, BELOW[over] + 1);
  return kit.chromium.waitForPopup();
}

async function expectFound(popup: Page, id: string): Promise<void> {
  await waitForText(popup, FOUND);
  expect(await textOf(popup, 'region', 'QR code details')).toContain(id);
}

/** The addresses of a code's image. */
interface Images {
  /** At the page's own site. */
  own: string;
  /** At another site. */
  other: string;
  /** With the image's bytes in it. */
  data: string;
}

/** Opens a page with this body, which shows the code with this id. */
async function openBody(id: string, body: (images: Images) => string): Promise<Page> {
  const page = await openPicturePage(kit, 'three');
  const image = (host: string) => `https://${host}:${kit.sandbox.port}/pictures/image.png?code=${id}`;
  const code = kit.sandbox.qrCodes.get('UAT', id);
  const data = `data:image/png;base64,${String(code?.qrCodeBase64).replace(/^.*,/, '')}`;
  await page.setContent(body({ own: image('localhost'), other: image('127.0.0.1'), data }));
  await page.waitForFunction(() => [...document.images].every(({ complete }) => complete));
  return page;
}

const frameOf = (path: string, host = '127.0.0.1') =>
  `<iframe id="frame" width="560" height="420" style="border: 9px solid; padding: 7px"
    src="https://${host}:${kit.sandbox.port}/pictures/${path}"></iframe>`;

const img = (source: string, style = '') =>
  `<img id="code" src="${source}" width="240" height="240" style="${style}">`;

describe.skipIf(reason)('“Find this QR code…” in the browser’s own menu, on a screen', () => {
  beforeAll(async () => {
    kit = await openDisplayFixture();
  });
  afterAll(() => kit?.close());
  afterEach(() => kit.settle());

  it('finds the code of an image, shows what its picture says, and cancels it', async () => {
    const id = kit.nextId();
    const page = await openPicturePage(kit, `zoom?code=${id}`);
    await kit.chromium.killWorker();
    const popup = await findAt(page, '#code');
    await expectFound(popup, id);
    expect(await textOf(popup, 'region', 'What the picture says')).toContain(kit.sandbox.merchants.UAT.upiId);
    expect(new Set(reads(kit))).toEqual(new Set([`get ${id}`]));
    await clickRole(popup, 'button', 'Cancel QR code…');
    await confirmCancel(popup);
    await waitForText(popup, 'EnKash confirmed it.');
    expect(kit.sandbox.requests.of('cancel', id)).toHaveLength(1);
  });

  it('reads only the image of the click, although the page shows other codes', async () => {
    const ids = [kit.nextId(), kit.nextId(), kit.nextId()];
    const page = await openPicturePage(kit, `three?${ids.map((id) => `code=${id}`).join('&')}`);
    const popup = await findAt(page, '#code-2');
    await expectFound(popup, ids[1] ?? '');
    expect(await hasRole(popup, 'list', LIST)).toBe(false);
  });

  it.each(['#code-1', '#code-2'])('finds the code of two equal images by %s', async (selector) => {
    const [id, other] = [kit.nextId(), kit.nextId()];
    const page = await openPicturePage(kit, `twice?code=${id}&code=${other}`);
    await expectFound(await findAt(page, selector), id);
  });

  it('finds a CSS background, which is no image to the browser', async () => {
    const id = kit.nextId();
    const page = await openPicturePage(kit, `background?code=${id}`);
    await expectFound(await findAt(page, '#code', 'page'), id);
  });

  it('finds an image that is a link, or whose address holds its bytes or names them', async () => {
    const bodies = [
      ({ own }: Images) => `<a href="https://example.in/">${img(own)}</a>`,
      ({ data }: Images) => img(data),
      ({ data }: Images) =>
        `<img id="code" width="240"><script>
          fetch('${data}').then((answer) => answer.blob()).then((blob) => {
            document.querySelector('#code').src = URL.createObjectURL(blob);
          });
        </script>`,
    ];
    for (const body of bodies) {
      const [id, beside] = [kit.nextId(), kit.nextId()];
      const page = await openBody(
        id,
        (images) => `${body(images)}<img src="/pictures/image.png?code=${beside}" width="240">`,
      );
      await page.waitForFunction(() => document.querySelector('img')?.naturalWidth);
      await expectFound(await findAt(page, '#code'), id);
      await kit.settle();
    }
  });

  it('finds an image in a frame of another site', async () => {
    const id = kit.nextId();
    const page = await openPicturePage(kit, `frame?code=${id}`);
    const frame = await (await page.waitForSelector('#frame'))?.contentFrame();
    await frame?.waitForSelector('#code');
    await expectFound(await findAt(page, '#frame', 'image'), id);
  });

  it.each(['localhost', '127.0.0.1'])('reads only the frame of the click, at %s', async (host) => {
    const [id, beside] = [kit.nextId(), kit.nextId()];
    const page = await openBody(
      beside,
      ({ own }) => `<div style="margin: 20px 60px">${img(own)}${frameOf(`zoom?code=${id}`, host)}</div>`,
    );
    const frame = await (await page.waitForSelector('#frame'))?.contentFrame();
    await (await frame?.waitForSelector('#code'))?.evaluate((code) => code.scrollIntoView());
    await expectFound(await findAt(page, '#frame'), id);
  });

  it('offers the codes of a frame of another site that the extension may not look into', async () => {
    const [id, other, beside] = [kit.nextId(), kit.nextId(), kit.nextId()];
    const page = await openBody(
      beside,
      ({ own }) => `${img(own)}${frameOf(`three?code=${id}&code=${other}`)}`,
    );
    await page.$eval('#frame', (frame) => frame.setAttribute('height', '200'));
    const frame = await (await page.waitForSelector('#frame'))?.contentFrame();
    await frame?.waitForFunction(() => document.images.length === 2 && document.images[1]?.complete);
    const popup = await findAt(page, '#frame');
    expect(await listedPictures(popup)).toEqual(['Picture 1', 'Picture 2']);
    await clickRole(popup, 'button', 'Picture 2');
    await expectFound(popup, other);
  });

  it('finds a CSS background in a frame of another site', async () => {
    const [id, beside] = [kit.nextId(), kit.nextId()];
    const page = await openBody(beside, ({ own }) => `${img(own)}${frameOf(`background?code=${id}`)}`);
    const frame = await (await page.waitForSelector('#frame'))?.contentFrame();
    await frame?.waitForSelector('#code');
    await expectFound(await findAt(page, '#frame', 'frame'), id);
  });

  it.each([0.5, 1.25, 2])('finds an image at a zoom of %d', async (zoom) => {
    const id = kit.nextId();
    const page = await openPicturePage(kit, `zoom?code=${id}`);
    await setZoom(zoom);
    await page.waitForFunction((wanted) => devicePixelRatio === wanted, {}, zoom);
    try {
      await expectFound(await findAt(page, '#code'), id);
    } finally {
      await setZoom(1);
    }
  });

  it('reads the own pixels of an image of the same site that is partly out of view or covered', async () => {
    const bodies = [
      ({ own }: Images) => `<div style="height: 3000px">${img(own, 'margin-top: -120px')}</div>`,
      ({ own }: Images) => `<div style="width: 320px; height: 120px; overflow: auto">${img(own)}</div>`,
      ({ own }: Images) =>
        `${img(own)}<div style="position: fixed; inset: 0 auto auto 0; width: 400px; height: 100px;
          background: #fff">We use cookies</div>`,
    ];
    for (const body of bodies) {
      const id = kit.nextId();
      await expectFound(await findAt(await openBody(id, body), '#code'), id);
      await kit.settle();
    }
  });

  it('reads the own pixels of an image that was scrolled away, if its site is the page’s', async () => {
    const tall = (image: string) => `${image}<div style="height: 5000px"></div>`;
    const findScrolledAway = async (page: Page) => {
      await openContextMenuOn(kit.screen, (await page.$('#code')) as ElementHandle);
      await page.evaluate(() => scrollTo(0, 2000));
      await pickFromEnd(kit.screen, BELOW.image + 1);
      return kit.chromium.waitForPopup();
    };
    const id = kit.nextId();
    await expectFound(await findScrolledAway(await openBody(id, ({ own }) => tall(img(own)))), id);
    await kit.settle();
    const popup = await findScrolledAway(await openBody(kit.nextId(), ({ other }) => tall(img(other))));
    await waitForText(popup, 'All or part of the picture is out of view.');
    expect(kit.sandbox.requests.all()).toEqual([]);
  });

  it('says what to do if an image of another site is partly out of view', async () => {
    const page = await openBody(
      kit.nextId(),
      ({ other }) => `<div style="height: 3000px">${img(other, 'margin-top: -120px')}</div>`,
    );
    const popup = await findAt(page, '#code');
    await waitForText(popup, 'All or part of the picture is out of view. Scroll until all of it is visible');
    expect(kit.sandbox.requests.all()).toEqual([]);
  });

  it('says what to do if a box or another element hides a part of an image of another site', async () => {
    const hidden = [
      ({ other }: Images) => `<div style="width: 320px; height: 120px; overflow: auto">${img(other)}</div>`,
      ({ other }: Images) =>
        `${img(other)}<div style="position: fixed; inset: 0 auto auto 0; width: 400px; height: 100px;
          background: #fff">We use cookies</div>`,
    ];
    for (const body of hidden) {
      const popup = await findAt(await openBody(kit.nextId(), body), '#code');
      await waitForText(popup, 'No QR code found on this page. Make the QR code fully visible');
      expect(kit.sandbox.requests.all()).toEqual([]);
      await kit.settle();
    }
  });

  it('offers all codes in view if the click was on no image', async () => {
    const ids = [kit.nextId(), kit.nextId()];
    const page = await openPicturePage(kit, `three?${ids.map((id) => `code=${id}`).join('&')}`);
    await page.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<p id="text">Pay here</p>'));
    const popup = await findAt(page, '#text', 'page');
    expect(await listedPictures(popup)).toEqual(['Picture 1', 'Picture 2']);
    expect(kit.sandbox.requests.all()).toEqual([]);
  });
});

describe.skipIf(reason)('“Find this QR code…” on a screen with two pixels for one', () => {
  beforeAll(async () => {
    kit = await openDisplayFixture({ scale: 2 });
  });
  afterAll(() => kit?.close());
  afterEach(() => kit.settle());

  it('finds the image of the click, also at another zoom', async () => {
    for (const zoom of [1, 1.25]) {
      const ids = [kit.nextId(), kit.nextId(), kit.nextId()];
      const page = await openPicturePage(kit, `three?${ids.map((id) => `code=${id}`).join('&')}`);
      await setZoom(zoom);
      await page.waitForFunction((wanted) => devicePixelRatio === wanted, {}, zoom * 2);
      await expectFound(await findAt(page, '#code-3'), ids[2] ?? '');
      await setZoom(1);
      await kit.settle();
    }
  });
});

/** Zooms the tab in front, as the browser's menu does. */
function setZoom(zoom: number): Promise<void> {
  return kit.chromium.evaluateInWorker(async (factor: number) => {
    const { chrome: api } = globalThis as unknown as {
      chrome: { tabs: { setZoom(factor: number): Promise<void> } };
    };
    await api.tabs.setZoom(factor);
  }, zoom);
}
