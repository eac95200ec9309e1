import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clickRole } from '../../harness/act.ts';
import { type CameraClip, writeCameraClip } from '../../harness/camera-clip.ts';
import { byRole, hasRole, textOf, waitForText, waitUntilGone } from '../../harness/find.ts';
import { until } from '../../harness/until.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { openFindTab, readsOf, shownPictures, textOfCode, waitForFindings } from '../support/find-steps.ts';

const USE = 'Use the camera';
const STOP = 'Stop the camera';

/** Records each camera that the page opens, and returns a function that counts those that are on. */
async function watchCameras(page: Page): Promise<() => Promise<{ opened: number; on: number }>> {
  await page.evaluate(() => {
    const { mediaDevices } = navigator;
    const open = mediaDevices.getUserMedia.bind(mediaDevices);
    const streams: MediaStream[] = [];
    Object.assign(globalThis, { streams });
    mediaDevices.getUserMedia = async (constraints) => {
      const stream = await open(constraints);
      streams.push(stream);
      return stream;
    };
  });
  return () =>
    page.evaluate(() => {
      const { streams } = globalThis as unknown as { streams: MediaStream[] };
      const on = streams.filter((stream) =>
        stream.getTracks().some(({ readyState }) => readyState === 'live'),
      );
      return { opened: streams.length, on: on.length };
    });
}

/** Forbids the camera in the browser’s settings. */
async function forbidCamera({ chromium }: ChromiumFixture): Promise<void> {
  const session = await chromium.browser.target().createCDPSession();
  const origin = chromium.origin.slice(0, -1);
  await session.send('Browser.setPermission', { permission: { name: 'camera' }, setting: 'denied', origin });
  await session.detach();
}

describe('a camera that shows a code', () => {
  let clip: CameraClip;
  let kit: ChromiumFixture;
  let id: string;
  beforeAll(async () => {
    // The sandbox makes the same codes each time, so another one knows the text of the first code's picture.
    const first = await openChromiumFixture({ account: false });
    id = first.nextId();
    const text = textOfCode(first, id);
    await first.close();
    clip = await writeCameraClip(text);
    kit = await openChromiumFixture({ extraArgs: clip.args });
  });
  afterAll(async () => {
    await kit?.close();
    await clip?.remove();
  });
  afterEach(() => kit.reset());

  it('is asked for by the button only, reads the code, and is off then', async () => {
    const page = await openFindTab(kit);
    const cameras = await watchCameras(page);
    expect(await cameras()).toEqual({ opened: 0, on: 0 });
    await clickRole(page, 'button', USE);
    const [shown] = await waitForFindings(page, 1);
    expect(shown?.found).toContain(`This is the QR code: its own picture says the same. ${id}`);
    await waitUntilGone(page, 'button', STOP);
    await until('the camera to be off', async () => (await cameras()).on === 0);
    expect((await cameras()).opened).toBe(1);
    await byRole(page, 'button', USE);
    expect(readsOf(kit)).toEqual([`get ${id}`]);
  });
});

describe('a camera that shows no code', () => {
  let clip: CameraClip;
  let kit: ChromiumFixture;
  beforeAll(async () => {
    clip = await writeCameraClip(undefined);
    kit = await openChromiumFixture({ extraArgs: clip.args });
  });
  afterAll(async () => {
    await kit?.close();
    await clip?.remove();
  });
  afterEach(() => kit.reset());

  async function openOn(): Promise<{ page: Page; cameras: Awaited<ReturnType<typeof watchCameras>> }> {
    const page = await openFindTab(kit);
    const cameras = await watchCameras(page);
    await clickRole(page, 'button', USE);
    await byRole(page, 'button', STOP);
    await until('the camera to be on', async () => (await cameras()).on === 1);
    return { page, cameras };
  }

  it('is off after the button, on leaving the tab, and if the page is hidden', async () => {
    const { page, cameras } = await openOn();
    await clickRole(page, 'button', STOP);
    await until('the camera to be off', async () => (await cameras()).on === 0);
    await clickRole(page, 'button', USE);
    await until('the camera to be on', async () => (await cameras()).on === 1);
    await clickRole(page, 'tab', 'History');
    await until('the camera to be off', async () => (await cameras()).on === 0);
    await clickRole(page, 'tab', 'Find');
    expect(await hasRole(page, 'button', STOP)).toBe(false);
    await clickRole(page, 'button', USE);
    await until('the camera to be on', async () => (await cameras()).on === 1);
    await page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { get: () => true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await until('the camera to be off', async () => (await cameras()).on === 0);
    expect(await cameras()).toEqual({ opened: 3, on: 0 });
  });

  it('is off after a minute', async () => {
    const page = await openFindTab(kit);
    const cameras = await watchCameras(page);
    await page.evaluate(() => {
      const { now } = Date;
      const shift = globalThis as { later?: number };
      Date.now = () => now() + (shift.later ?? 0);
    });
    await clickRole(page, 'button', USE);
    await until('the camera to be on', async () => (await cameras()).on === 1);
    await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 0.5);
    await page.evaluate(() => Object.assign(globalThis, { later: 61_000 }));
    await waitForText(page, 'No QR code was read within a minute, so the camera was stopped.');
    expect(await cameras()).toEqual({ opened: 1, on: 0 });
  });

  it('is reported if it is unplugged', async () => {
    const { page, cameras } = await openOn();
    await page.evaluate(() => {
      const { streams } = globalThis as unknown as { streams: MediaStream[] };
      for (const track of streams.flatMap((stream) => stream.getTracks())) track.stop();
    });
    await waitForText(page, 'No camera could be used.');
    expect(await cameras()).toEqual({ opened: 1, on: 0 });
    expect(await page.$('video')).toBeNull();
  });
});

it('a camera that the operator refuses is not used', async () => {
  const clip = await writeCameraClip(undefined);
  // The other flag allows the camera in place of the operator.
  const extraArgs = clip.args.filter((arg) => arg !== '--use-fake-ui-for-media-stream');
  const kit = await openChromiumFixture({ extraArgs });
  try {
    const page = await openFindTab(kit);
    await forbidCamera(kit);
    await clickRole(page, 'button', USE);
    expect(await textOf(page, 'alert')).toContain('The camera is not allowed.');
    await byRole(page, 'button', USE);
    expect(await shownPictures(page)).toEqual([]);
  } finally {
    await kit.close();
    await clip.remove();
  }
});

it('a computer without a camera says so', async () => {
  const kit = await openChromiumFixture();
  try {
    const page = await openFindTab(kit);
    await clickRole(page, 'button', USE);
    expect(await textOf(page, 'alert')).toContain('No camera could be used.');
  } finally {
    await kit.close();
  }
});
