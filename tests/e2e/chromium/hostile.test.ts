import type { Page, WebWorker } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChromiumFixture } from '../support/chromium-fixture.ts';
import { type Message, openHostileFixture, type Runtime, storedState } from '../support/hostile-fixture.ts';
import { serveHostilePage } from '../support/hostile-page.ts';

const HOSTILE_EXTENSION = 'tests/e2e/fixtures/hostile-extension';

let kit: ChromiumFixture;
let messages: Message[];
beforeAll(async () => {
  ({ kit, messages } = await openHostileFixture());
});
afterAll(() => kit?.close());
beforeEach(() => kit.reset());
afterEach(() => kit.closePages());

/** Runs in a foreign page or worker: sends every message in both ways, and returns the responses. */
async function tryMessages(id: string, all: Message[]): Promise<{ answers: unknown[]; tries: number }> {
  const runtime = (globalThis as unknown as { chrome?: { runtime?: Runtime } }).chrome?.runtime;
  const answers: unknown[] = [];
  // A web page has this function only if some extension accepts messages from pages.
  if (!runtime?.sendMessage) return { answers, tries: 0 };
  for (const message of all) {
    const answer = await runtime.sendMessage(id, message).catch(() => undefined);
    if (answer !== undefined) answers.push(answer);
    await new Promise<void>((resolve) => {
      const port = runtime.connect(id, { name: String(message.name) });
      port.onMessage.addListener((given: unknown) => answers.push(given));
      port.onDisconnect.addListener(() => resolve());
      try {
        port.postMessage(message);
      } catch {
        // The port is disconnected already.
      }
    });
  }
  return { answers, tries: all.length };
}

describe('A34 a web page', () => {
  let hostile: Awaited<ReturnType<typeof serveHostilePage>>;
  beforeAll(async () => {
    const pages = ['popup.html', 'options.html', 'workbench.html'];
    hostile = await serveHostilePage(pages.map((path) => kit.chromium.origin + path));
  });
  afterAll(() => hostile?.close());

  async function openHostilePage(): Promise<Page> {
    const page = await kit.chromium.browser.newPage();
    await page.goto(hostile.url);
    return page;
  }

  it('gets no response to any message, and changes nothing', async () => {
    const before = await storedState(kit);
    const page = await openHostilePage();
    const { answers } = await page.evaluate(tryMessages, kit.chromium.extensionId, messages);
    expect(answers).toEqual([]);
    expect(kit.sandbox.requests.all()).toEqual([]);
    expect(await storedState(kit)).toEqual(before);
  });

  it('cannot fetch or frame our pages', async () => {
    const page = await openHostilePage();
    for (const path of ['popup.html', 'manifest.json', 'background.js']) {
      const fetched = await page.evaluate(
        (url) =>
          fetch(url).then(
            (response) => response.text(),
            () => 'refused',
          ),
        kit.chromium.origin + path,
      );
      expect(fetched).toBe('refused');
    }
    const frames = page.frames().filter((frame) => frame !== page.mainFrame());
    expect(frames).toHaveLength(3);
    for (const frame of frames) expect(frame.url()).toMatch(/^chrome-error:/);
    expect(await frameTargets()).toEqual([]);
  });

  it('cannot open a window with our pages', async () => {
    const page = await openHostilePage();
    for (const path of ['popup.html', 'options.html', 'workbench.html']) {
      const opening = new Promise<Page | null>((resolve) => page.once('popup', resolve));
      await page.evaluate((url) => void open(url), kit.chromium.origin + path);
      const opened = await opening;
      if (!opened) throw new Error('No window was opened');
      await opened.waitForFunction(() => document.readyState === 'complete');
      expect(await opened.evaluate(() => document.querySelector('#root'))).toBeNull();
      await opened.close();
    }
    expect(await frameTargets()).toEqual([]);
  });

  /** All tabs and frames that the browser has loaded from our origin. */
  async function frameTargets(): Promise<string[]> {
    const session = await kit.chromium.browser.target().createCDPSession();
    const { targetInfos } = await session.send('Target.getTargets');
    await session.detach();
    const { origin } = kit.chromium;
    return targetInfos
      .filter(({ type, url }) => type !== 'service_worker' && url.startsWith(origin))
      .map(({ url }) => url);
  }
});

describe('A34 another extension', () => {
  async function startOther(): Promise<WebWorker> {
    const id = await kit.chromium.browser.installExtension(HOSTILE_EXTENSION);
    expect(id).not.toBe(kit.chromium.extensionId);
    const target = await kit.chromium.browser.waitForTarget(
      (candidate) =>
        candidate.type() === 'service_worker' && candidate.url().startsWith(`chrome-extension://${id}/`),
    );
    const worker = await target.worker();
    if (!worker) throw new Error('The other extension has no worker');
    return worker;
  }

  it('gets no response and no connection, and changes nothing', async () => {
    const before = await storedState(kit);
    const other = await startOther();
    const { answers, tries } = await other.evaluate(tryMessages, kit.chromium.extensionId, messages);
    expect(tries).toBe(messages.length);
    expect(answers).toEqual([]);
    expect(kit.sandbox.requests.all()).toEqual([]);
    expect(await storedState(kit)).toEqual(before);
    const fetched = await other.evaluate(
      (url) =>
        fetch(url).then(
          (response) => response.text(),
          () => 'refused',
        ),
      `${kit.chromium.origin}popup.html`,
    );
    expect(fetched).toBe('refused');
  });
});
