import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import type { DialectName } from '../../../sandbox/dialects.ts';
import { pictureTextOf } from '../../../sandbox/picture-text.ts';
import { qrImageBase64 } from '../../../sandbox/qr-image.ts';
import { byRole } from '../../harness/find.ts';
import { until } from '../../harness/until.ts';
import type { ChromiumFixture } from './chromium-fixture.ts';

type Kit = Pick<ChromiumFixture, 'sandbox'>;

/** A folder of picture files, removed at the end. */
export class PictureFiles {
  readonly #directory = mkdtempSync(join(tmpdir(), 'qr-cancel-pictures-'));

  /** Writes a file and returns its path. */
  write(name: string, content: Buffer | string): string {
    const path = join(this.#directory, name);
    writeFileSync(path, content);
    return path;
  }

  /** Writes a PNG of the QR code of a text. */
  picture(name: string, text: string): string {
    return this.write(name, pngOf(text));
  }

  remove(): void {
    rmSync(this.#directory, { recursive: true, force: true });
  }
}

/** A PNG of the QR code of a text. */
export function pngOf(text: string): Buffer {
  return Buffer.from(qrImageBase64(text), 'base64');
}

/** The text of a UAT code's own picture. */
export function textOfCode(
  { sandbox }: Kit,
  qrCodeId: string,
  dialects: readonly DialectName[] = [],
): string {
  const code = sandbox.qrCodes.get('UAT', qrCodeId);
  if (!code) throw new Error(`There is no code ${qrCodeId}`);
  return pictureTextOf(code, 'UAT', dialects);
}

/** Opens the tab that finds codes by their pictures. */
export async function openFindTab(kit: ChromiumFixture): Promise<Page> {
  const page = await kit.chromium.openPage('workbench.html#find');
  await byRole(page, 'button', 'Choose pictures');
  return page;
}

/** A picture in the list, as an operator reads it. */
export interface ShownPicture {
  /** What it says, with the file's name. */
  says: string;
  /** The finding: sentences, and the codes with their buttons. */
  found: string;
}

/** The pictures in the list. */
export function shownPictures(page: Page): Promise<ShownPicture[]> {
  return page.$$eval('.pictures > li', (items) =>
    items.map((item) => {
      const [content, ...rest] = [...item.children] as HTMLElement[];
      const text = (element?: HTMLElement) => element?.innerText.replace(/\s+/g, ' ').trim() ?? '';
      return { says: text(content), found: rest.map(text).join(' ') };
    }),
  );
}

const IN_WORK = /Comparing…|Waiting/;

/** Waits until the list has as many pictures, each with its finding. */
export function waitForFindings(page: Page, count: number): Promise<ShownPicture[]> {
  let last: ShownPicture[] = [];
  const areDone = async () => {
    last = await shownPictures(page);
    const isDone = last.length === count && last.every(({ found }) => found !== '' && !IN_WORK.test(found));
    return isDone ? last : undefined;
  };
  return until(`${count} findings`, areDone, { timeout: 30_000 }).catch((cause: Error) => {
    throw new Error(`${cause.message}; the page shows ${JSON.stringify(last)}`);
  });
}

/** The requests of the gateway since the last `clear`, as `get ID` or `search`; without those for tokens. */
export function readsOf({ sandbox }: Kit): string[] {
  return sandbox.requests
    .all()
    .filter(({ operation }) => operation !== 'token')
    .map(({ operation, qrCodeId }) => (qrCodeId ? `${operation} ${qrCodeId}` : operation));
}

/** Drops files in the middle of an element, as from the computer's file manager. */
export async function dropFiles(page: Page, selector: string, ...paths: string[]): Promise<void> {
  const { x, y } = await page.$eval(selector, (element) => {
    const box = element.getBoundingClientRect();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  });
  const session = await page.createCDPSession();
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x, y, data });
  await session.detach();
}

/** Puts a PNG on the browser's clipboard, as a screenshot does. */
export async function copyPicture(page: Page, png: Buffer): Promise<void> {
  await page.bringToFront();
  await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const picture = new Blob([bytes], { type: 'image/png' });
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
  }, png.toString('base64'));
}

/** Puts a PNG on Chromium's clipboard, and presses Ctrl+V. */
export async function pasteScreenshot(page: Page, png: Buffer): Promise<void> {
  await copyPicture(page, png);
  await page.keyboard.down('Control');
  await page.keyboard.press('KeyV', { commands: ['Paste'] });
  await page.keyboard.up('Control');
}
