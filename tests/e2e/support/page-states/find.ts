import type { Page } from 'puppeteer-core';
import { OTHER_TEXTS } from '../../../../sandbox/demo/picture-pages.ts';
import { chooseFile, clickRole } from '../../../harness/act.ts';
import { byRole, waitForText } from '../../../harness/find.ts';
import type { ChromiumFixture } from '../chromium-fixture.ts';
import { openFindTab, PictureFiles, textOfCode, waitForFindings } from '../find-steps.ts';
import { LONG, type Visit } from './visit.ts';

const CHOOSE = 'Choose pictures';
const SCAN = 'Scan this page';
const PAGES = 'https://olympus-pg-uat.enkash.in/pictures';

/** The workbench's tab that finds codes by their pictures, and the popup's scan of a page. */
export async function walkFind(kit: ChromiumFixture, visit: Visit): Promise<void> {
  const files = new PictureFiles();
  try {
    await walkFindings(kit, visit, files);
    await walkUnlikeFindings(kit, visit, files);
  } finally {
    files.remove();
  }
  await walkCamera(kit, visit);
  await walkScans(kit, visit);
}

async function walkFindings(kit: ChromiumFixture, visit: Visit, files: PictureFiles): Promise<void> {
  const page = await openFindTab(kit);
  await visit('find-empty', page);
  const [one, other] = [kit.nextId(), kit.nextId()];
  await chooseFile(page, CHOOSE, files.picture('counter 4.png', textOfCode(kit, one)));
  await waitForFindings(page, 1);
  await visit('find-found', page);

  kit.sandbox.faults.add({ on: 'search', answer: { kind: 'slow', ms: 6_000 } });
  const long = `upi://pay?pa=${LONG.unbroken}@upi&pn=${encodeURIComponent(LONG.name)}&tn=${LONG.unbroken}&am=1`;
  await chooseFile(
    page,
    CHOOSE,
    files.picture('poster.png', textOfCode(kit, other)),
    files.picture(`${LONG.unbroken}.png`, long),
    files.picture('menu.png', OTHER_TEXTS.address),
    files.write('photo.heic', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0')),
    files.write('notes.txt', 'QR26'),
  );
  await waitForText(page, /QR codes? compared/);
  await visit('find-comparing', page);
  kit.sandbox.faults.clear();
  await clickRole(page, 'button', 'Stop');
  await waitForText(page, 'Reading stopped; the other QR codes were not compared.');
  await visit('find-stopped', page);
  await clickRole(page, 'button', 'Continue searching');
  await waitForFindings(page, 4);
  await byRole(page, 'button', 'Review 2 QR codes found…');
  await visit('find-list', page);
  await page.close();
}

/** Findings other than one proven code, and a failure. */
async function walkUnlikeFindings(kit: ChromiumFixture, visit: Visit, files: PictureFiles): Promise<void> {
  const { dialects, faults } = kit.sandbox;
  const page = await openFindTab(kit);
  await chooseFile(page, CHOOSE, files.picture('sticker.png', OTHER_TEXTS.forged));
  await waitForText(page, 'payments may go to someone else');
  await visit('find-sticker', page);

  dialects.use('picture-without-id');
  await clickRole(page, 'button', 'Clear the list');
  const { qrCodeId = '' } =
    kit.sandbox.qrCodes.all('UAT').find(({ fixedAmount }) => fixedAmount === false) ?? {};
  const text = textOfCode(kit, qrCodeId, ['picture-without-id']);
  await chooseFile(page, CHOOSE, files.picture('any amount.png', text));
  await waitForText(page, 'QR codes have this same picture. None is chosen.');
  await visit('find-several', page);

  dialects.clear();
  dialects.use('records-without-pictures');
  await clickRole(page, 'button', 'Clear the list');
  await chooseFile(page, CHOOSE, files.picture('invoice.png', textOfCode(kit, kit.nextId())));
  await waitForText(page, 'its own picture could not be compared.');
  await visit('find-not-compared', page);
  dialects.clear();

  faults.add({ on: 'search', answer: { kind: 'status', httpStatus: 500 } });
  await clickRole(page, 'button', 'Clear the list');
  await chooseFile(page, CHOOSE, files.picture('chai.png', OTHER_TEXTS.foreign));
  await byRole(page, 'button', 'Continue searching');
  await visit('find-failed', page);
  faults.clear();
  await page.close();
}

/** The camera's view. A drawn picture stands in for the camera, which this browser does not have. */
async function walkCamera(kit: ChromiumFixture, visit: Visit): Promise<void> {
  const page = await openFindTab(kit);
  await clickRole(page, 'button', 'Use the camera');
  await waitForText(page, 'No camera could be used.');
  await visit('find-camera-missing', page);
  await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width: 1280, height: 720 });
    const context = canvas.getContext('2d');
    context?.fillText('Counter', 600, 360);
    navigator.mediaDevices.getUserMedia = async () => canvas.captureStream();
  });
  await clickRole(page, 'button', 'Use the camera');
  await byRole(page, 'button', 'Stop the camera');
  await visit('find-camera', page);
  await page.close();
}

/** The popup with the codes of a page. A picture of the page stands in for the browser's capture. */
async function walkScans(kit: ChromiumFixture, visit: Visit): Promise<void> {
  const first = kit.nextId();
  const scan = async (path: string) => {
    const popup = await openPopupOver(kit, path);
    await clickRole(popup, 'button', SCAN);
    return popup;
  };
  const none = await scan('zoom?side=40');
  await waitForText(none, 'No QR code found on this page.');
  await visit('popup-scan-none', none);
  await none.close();

  const one = await scan(`zoom?code=${first}`);
  await waitForText(one, 'its own picture says the same.');
  await waitForText(one, /Active\. /);
  await visit('popup-scan-found', one);
  await one.close();

  const three = await scan(`three?code=${first}&other=forged&other=address`);
  await byRole(three, 'list', 'QR codes on this page');
  await visit('popup-scan-several', three);
  await three.$$eval('[aria-pressed]', (buttons) => (buttons[1] as HTMLElement).click());
  await waitForText(three, 'payments may go to someone else');
  await waitForText(three, 'Not among');
  await visit('popup-scan-sticker', three);
  await three.close();
  await kit.closePages();
}

/** Opens the popup in a tab. The browser's capture gives a picture of one of the sandbox's pages. */
export async function openPopupOver(kit: ChromiumFixture, path: string): Promise<Page> {
  const page = await kit.chromium.browser.newPage();
  await page.goto(`${PAGES}/${path}`);
  const capture = `data:image/png;base64,${await page.screenshot({ encoding: 'base64' })}`;
  await page.close();
  const popup = await kit.openPopup();
  await popup.evaluate((picture) => {
    const { chrome: api } = globalThis as unknown as { chrome: { tabs: Record<string, unknown> } };
    api.tabs.captureVisibleTab = (...args: unknown[]) => {
      const answer = args.at(-1);
      if (typeof answer === 'function') answer(picture);
      return Promise.resolve(picture);
    };
  }, capture);
  return popup;
}
