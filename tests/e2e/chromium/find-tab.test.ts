import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { OTHER_TEXTS } from '../../../sandbox/demo/picture-pages.ts';
import { qrJpegBase64 } from '../../../sandbox/qr-jpeg.ts';
import { chooseFile, clickRole } from '../../harness/act.ts';
import { byRole, hasRole, textOf, waitForText, waitUntilGone } from '../../harness/find.ts';
import { until } from '../../harness/until.ts';
import { drawnRows, putBulkAway, waitForSummary } from '../support/bulk-steps.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import {
  dropFiles,
  openFindTab,
  PictureFiles,
  pasteScreenshot,
  pngOf,
  readsOf,
  shownPictures,
  textOfCode,
  waitForFindings,
} from '../support/find-steps.ts';
import { Keyboard, listen } from '../support/keyboard.ts';
import { seedAccount, useAccount } from '../support/operator.ts';
import { choosePassphrase, removePassphrase, tryPassphrase } from '../support/vault-steps.ts';

const CHOOSE = 'Choose pictures';
const PASSPHRASE = 'correct horse battery staple';
const FOUND = 'This is the QR code: its own picture says the same.';

let kit: ChromiumFixture;
const files = new PictureFiles();
beforeAll(async () => {
  kit = await openChromiumFixture();
});
afterAll(async () => {
  files.remove();
  await kit?.close();
});
afterEach(async () => {
  kit.sandbox.dialects.clear();
  await putBulkAway(kit);
});

/** A file with the own picture of a fresh code. */
function freshPicture(extension = 'png') {
  const id = kit.nextId();
  const text = textOfCode(kit, id);
  const content = extension === 'jpg' ? Buffer.from(qrJpegBase64(text), 'base64') : pngOf(text);
  return { id, text, path: files.write(`${id}.${extension}`, content) };
}

describe('chosen pictures', () => {
  it('show what they say, and one is found by a single read', async () => {
    const { id, path } = freshPicture();
    const page = await openFindTab(kit);
    await chooseFile(page, CHOOSE, path);
    const [shown] = await waitForFindings(page, 1);
    expect(shown?.says).toContain('What the picture says');
    expect(shown?.says).toContain(`${id}.png`);
    expect(shown?.says).toContain('Saffron Lane Retail (test)');
    expect(shown?.says).toContain('saffronlane.test@sandbox');
    expect(shown?.found).toContain(FOUND);
    expect(shown?.found).toContain(id);
    expect(readsOf(kit)).toEqual([`get ${id}`]);
    await clickRole(page, 'button', `Review 1 QR code found…: ${id}`);
    await waitForSummary(page, '1 will be cancelled');
    expect(kit.patches()).toEqual([]);
  });

  it('are a list, and exactly the found codes go to the review', async () => {
    const pictures = [freshPicture(), freshPicture('jpg'), freshPicture()];
    const forged = files.picture('counter.png', OTHER_TEXTS.forged);
    const menu = files.picture('menu.png', OTHER_TEXTS.address);
    const page = await openFindTab(kit);
    await chooseFile(page, CHOOSE, ...pictures.map(({ path }) => path), forged, menu);
    const shown = await waitForFindings(page, 5);
    for (const [index, { id }] of pictures.entries()) {
      expect(shown[index]?.says).toContain(id);
      expect(shown[index]?.found).toContain(`${FOUND} ${id}`);
    }
    expect(shown[3]?.found).toContain('payments may go to someone else');
    expect(shown[3]?.found).toMatch(/Not among the \d+ QR codes that were read\./);
    expect(shown[4]?.says).toContain(`This is no UPI QR code: ${OTHER_TEXTS.address}`);
    expect(await page.$$eval('.pictures a', (links) => links.length)).toBe(0);

    await clickRole(page, 'button', 'Review 3 QR codes found…');
    await waitForSummary(page, '3 will be cancelled');
    const [, ...rows] = await drawnRows(page);
    expect(rows).toHaveLength(pictures.length);
    for (const [index, { id }] of pictures.entries()) expect(rows[index]).toContain(id);
    expect(kit.patches()).toEqual([]);
  });

  it('of unread kinds are refused by name, and the others are read', async () => {
    const good = freshPicture();
    const large = files.write('large.png', Buffer.concat([pngOf(good.text), Buffer.alloc(50_000_001)]));
    const refused = {
      'photo.heic': [Buffer.from('\0\0\0\x18ftypheic\0\0\0\0'), 'HEIC pictures can’t be read here.'],
      'broken.png': [pngOf(good.text).subarray(0, 60), 'This file can’t be read as a picture.'],
      'bill.pdf': ['%PDF-1.7\n', 'Open it in the browser, and press “Scan this page” there.'],
      'logo.svg': ['<svg xmlns="http://www.w3.org/2000/svg"/>', 'Open it in the browser, and press'],
      'notes.txt': [good.id, 'This file can’t be read as a picture.'],
      'empty.png': ['', 'This file can’t be read as a picture.'],
    } as const;
    const paths = Object.entries(refused).map(([name, [content]]) => files.write(name, content));
    const page = await openFindTab(kit);
    await chooseFile(page, CHOOSE, ...paths, large, good.path);
    await waitForFindings(page, 1);
    const alert = await textOf(page, 'alert');
    for (const [name, [, why]] of Object.entries(refused)) {
      const line = alert.split('\n').find((each) => each.startsWith(`${name}: `));
      expect(line).toContain(why);
    }
    expect(alert).toContain('large.png: This picture is too large to be read here.');
    expect(readsOf(kit)).toEqual([`get ${good.id}`]);
  });

  it('without a code, or twice the same, are no further pictures', async () => {
    const { id, path, text } = freshPicture();
    const copy = files.picture('copy.png', text);
    const page = await openFindTab(kit);
    const blank = await page.evaluate(async () => {
      const canvas = new OffscreenCanvas(6_000, 6_000);
      const context = canvas.getContext('2d');
      if (context) context.fillStyle = '#ddd';
      context?.fillRect(0, 0, 6_000, 6_000);
      const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
      return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
    });
    const none = files.write('holiday.png', Buffer.from(blank, 'latin1'));
    await chooseFile(page, CHOOSE, path, none, copy, path);
    await waitForFindings(page, 1);
    expect(await textOf(page, 'alert')).toContain('holiday.png: No QR code found in this picture.');
    expect(readsOf(kit)).toEqual([`get ${id}`]);
    await clickRole(page, 'button', 'Clear the list');
    expect(await shownPictures(page)).toEqual([]);
    expect(await hasRole(page, 'alert')).toBe(false);
  });

  it('whose codes have the same picture are all shown, and none is chosen', async () => {
    kit.sandbox.dialects.use('picture-without-id');
    const codes = kit.sandbox.qrCodes.all('UAT');
    const text = (id: string) => textOfCode(kit, id, ['picture-without-id']);
    const [first, second] = codes.flatMap(({ qrCodeId, qrCodeBase64 }) => {
      if (!qrCodeBase64) return [];
      const equal = codes.filter((other) => other.qrCodeBase64 && text(other.qrCodeId) === text(qrCodeId));
      return equal.length > 1 ? [equal.map((code) => code.qrCodeId)] : [];
    })[0] as string[];
    const page = await openFindTab(kit);
    await chooseFile(page, CHOOSE, files.picture('same.png', text(String(first))));
    const [shown] = await waitForFindings(page, 1);
    expect(shown?.found).toMatch(/\d+ QR codes have this same picture\. None is chosen\./);
    expect(shown?.found).toContain(first);
    expect(shown?.found).toContain(second);
    expect(await hasRole(page, 'button', 'Review 2 QR codes found…')).toBe(false);
  });

  it('can be stopped, and compared again', async () => {
    kit.sandbox.faults.add({ on: 'search', answer: { kind: 'slow', ms: 3_000 } });
    const page = await openFindTab(kit);
    await chooseFile(page, CHOOSE, files.picture('other.png', OTHER_TEXTS.foreign));
    await waitForText(page, 'Comparing…');
    await clickRole(page, 'button', 'Stop');
    await waitForText(page, 'Reading stopped; the other QR codes were not compared.');
    kit.sandbox.faults.clear();
    await clickRole(page, 'button', 'Continue searching');
    const count = kit.sandbox.qrCodes.all('UAT').filter(({ qrCodeBase64 }) => qrCodeBase64).length;
    await waitForText(page, `Not among the ${count} QR codes that were read.`);
    expect(await hasRole(page, 'button', 'Continue searching')).toBe(false);
  });
});

describe('a picture', () => {
  it('is pasted from the clipboard, wherever the focus is', async () => {
    const { id, text } = freshPicture();
    const page = await openFindTab(kit);
    await pasteScreenshot(page, pngOf(text));
    const [shown] = await waitForFindings(page, 1);
    expect(shown?.found).toContain(`${FOUND} ${id}`);
  });

  it('is dropped on the tab, or beside it, without leaving the page', async () => {
    const [first, second] = [freshPicture(), freshPicture()];
    const page = await openFindTab(kit);
    await dropFiles(page, '#tab-panel', first.path);
    await waitForFindings(page, 1);
    await dropFiles(page, 'h1', second.path);
    const shown = await waitForFindings(page, 2);
    expect(shown[1]?.found).toContain(second.id);
    expect(page.url()).toContain('workbench.html#find');
  });

  it('needs no mouse', async () => {
    const { id, text } = freshPicture();
    const page = await openFindTab(kit);
    const keyboard = new Keyboard(page);
    const announcements = await listen(page);
    await keyboard.tabTo(CHOOSE);
    await pasteScreenshot(page, pngOf(text));
    await waitForFindings(page, 1);
    await until('the announcement', async () => (await announcements()).some((said) => said === FOUND));
    await keyboard.tabTo(`Review 1 QR code found…: ${id}`);
    await keyboard.press('Enter');
    await waitForSummary(page, '1 will be cancelled');
    await keyboard.expectFocus();
  });
});

describe('findings', () => {
  it('go with another account; the pictures stay, and can be compared there', async () => {
    await kit.withOptions(async (options) => {
      await seedAccount(options, kit.sandbox, { name: 'Second counter', environment: 'LIVE' });
    });
    const { path, id } = freshPicture();
    const page = await openFindTab(kit);
    await chooseFile(page, CHOOSE, path);
    await waitForFindings(page, 1);
    kit.sandbox.requests.clear();
    await kit.withOptions((options) => useAccount(options, 'Second counter'));
    await waitForText(page, 'Waiting');
    const [shown] = await shownPictures(page);
    expect(shown?.says).toContain(id);
    expect(shown?.found).toBe('Waiting');
    expect(readsOf(kit)).toEqual([]);
    await clickRole(page, 'button', 'Continue searching');
    await waitForText(page, /Not among the \d+ QR codes that were read\./);
    await kit.withOptions((options) => useAccount(options, 'Main counter'));
    await waitForText(page, 'Waiting');
  });

  it('go with a lock, and nothing is read until the keys are unlocked', async () => {
    await kit.withOptions((options) => choosePassphrase(options, PASSPHRASE));
    const [first, second] = [freshPicture(), freshPicture()];
    const page = await openFindTab(kit);
    await chooseFile(page, CHOOSE, first.path);
    await waitForFindings(page, 1);
    kit.sandbox.requests.clear();
    await clickRole(page, 'button', 'Lock');
    await byRole(page, 'textbox', 'Passphrase');
    await chooseFile(page, CHOOSE, second.path);
    await until('both pictures', async () => (await shownPictures(page)).length === 2);
    expect((await shownPictures(page)).map(({ found }) => found)).toEqual(['Waiting', 'Waiting']);
    expect(await hasRole(page, 'button', 'Continue searching')).toBe(false);
    expect(kit.sandbox.requests.all()).toEqual([]);
    await tryPassphrase(page, PASSPHRASE);
    await waitUntilGone(page, 'textbox', 'Passphrase');
    await clickRole(page, 'button', 'Continue searching');
    await waitForFindings(page, 2);
    await byRole(page, 'button', 'Review 2 QR codes found…');
    await kit.withOptions((options) => removePassphrase(options, PASSPHRASE));
  });
});
