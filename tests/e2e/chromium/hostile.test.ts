import type { Page, WebWorker } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AppState } from '../../../utils/messaging/protocol.ts';
import { messageSchemas } from '../../../utils/messaging/schemas.ts';
import { waitForText } from '../../harness/find.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { serveHostilePage } from '../support/hostile-page.ts';
import { messageExamples } from '../support/message-examples.ts';
import { enterAccount, enterId } from '../support/operator.ts';
import { SecretSearch } from '../support/secret-search.ts';
import { choosePassphrase, readArea } from '../support/vault-steps.ts';

const PASSPHRASE = 'correct horse battery staple';
const HOSTILE_EXTENSION = 'tests/e2e/fixtures/hostile-extension';

type Runtime = typeof import('webextension-polyfill').runtime;
interface Message {
  name: unknown;
  request?: unknown;
}

let kit: ChromiumFixture;
let accountId: string;
let qrCodeId: string;
let messages: Message[];
beforeAll(async () => {
  kit = await openChromiumFixture();
  await kit.withOptions(async (options) => {
    await enterAccount(options, kit.sandbox, { name: 'Token desk', withToken: true });
    await choosePassphrase(options, PASSPHRASE);
  });
  const { accounts } = await readArea(kit.chromium, 'local');
  accountId = (accounts as { currentId: string }).currentId;
  qrCodeId = kit.nextId();
  // An attempt in the journal, and a token in memory, that somebody could be after.
  const popup = await kit.openPopup();
  await enterId(popup, qrCodeId, 'Check status');
  await waitForText(popup, /Active\. /);
  const examples = messageExamples(accountId, qrCodeId);
  expect(Object.keys(examples)).toEqual(Object.keys(messageSchemas));
  messages = Object.entries(examples).map(([name, request]) => ({ name, request }));
});
afterAll(() => kit?.close());
beforeEach(() => kit.reset());
afterEach(() => kit.closePages());

/** All that the extension keeps, on disk and in memory, but for the moments it notes for its pages. */
async function kept(): Promise<unknown> {
  const { progress: _, ...session } = await readArea(kit.chromium, 'session');
  return { local: await readArea(kit.chromium, 'local'), session };
}

/** Runs in a page or worker of somebody else: tries every message both ways, and tells what came back. */
async function tryMessages(id: string, all: Message[]): Promise<{ answers: unknown[]; tries: number }> {
  const runtime = (globalThis as unknown as { chrome?: { runtime?: Runtime } }).chrome?.runtime;
  const answers: unknown[] = [];
  // A web page has no such function at all where no extension lets pages in.
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
        // It was cut off already.
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

  it('gets no answer to any message, and changes nothing', async () => {
    const before = await kept();
    const page = await openHostilePage();
    const { answers } = await page.evaluate(tryMessages, kit.chromium.extensionId, messages);
    expect(answers).toEqual([]);
    expect(kit.sandbox.requests.all()).toEqual([]);
    expect(await kept()).toEqual(before);
  });

  it('can neither fetch nor frame our pages', async () => {
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

  it('can open no window on our pages', async () => {
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

  /** Whatever the browser has loaded from our origin, in a tab or a frame. */
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

  it('gets no answer to any message and no connection, and changes nothing', async () => {
    const before = await kept();
    const other = await startOther();
    const { answers, tries } = await other.evaluate(tryMessages, kit.chromium.extensionId, messages);
    expect(tries).toBe(messages.length);
    expect(answers).toEqual([]);
    expect(kit.sandbox.requests.all()).toEqual([]);
    expect(await kept()).toEqual(before);
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

/** Sends messages from a page of ours, past its own code; those that got no answer are `null`. */
function sendRaw(page: Page, all: unknown[]): Promise<unknown[]> {
  return page.evaluate(
    async (texts) => {
      const { chrome: api } = globalThis as unknown as { chrome: { runtime: Runtime } };
      const answers: unknown[] = [];
      for (const text of texts) {
        // Parsed here, as "__proto__" is a field of its own in JSON only.
        const answer: unknown = await api.runtime.sendMessage(JSON.parse(text)).catch(() => undefined);
        answers.push(answer ?? null);
      }
      return answers;
    },
    all.map((message) => (typeof message === 'string' ? message : JSON.stringify(message))),
  );
}

describe('A34 messages of our own pages', () => {
  /** Every message, spoiled in every place. */
  function malformed(): unknown[] {
    const spoiled = messages.flatMap(({ name, request }) => {
      const fields = Object.entries(request as object);
      const others = [7, null, true, { nested: 1 }, [['nested']]];
      return [
        { name, request: { ...(request as object), extra: 1 } },
        { name, request: { ...(request as object), url: 'https://evil.example/' } },
        { name, request, extra: 1 },
        { name },
        { name, request: null },
        { name, request: [request] },
        { name, request: JSON.stringify(request) },
        { name: `${name} `, request },
        `{"name":${JSON.stringify(name)},"request":{"__proto__":{},"constructor":1}}`,
        ...fields.flatMap(([field, good]) => [
          ...others
            .filter((value) => typeof value !== typeof good || value === null)
            .map((value) => ({ name, request: { ...(request as object), [field]: value } })),
          ...(typeof good === 'string'
            ? [{ name, request: { ...(request as object), [field]: 'x'.repeat(20_000) } }]
            : []),
        ]),
      ];
    });
    const required = messages.flatMap(({ name, request }) =>
      name === 'updateSettings'
        ? []
        : Object.keys(request as object)
            .filter((field) => field !== 'id')
            .map((field) => {
              const { [field]: _, ...rest } = request as Record<string, unknown>;
              return { name, request: rest };
            }),
    );
    const unknown = ['', 'constructor', 'toString', '__proto__', 'readKeys', 'READPAGE'].flatMap((name) => [
      { name, request: {} },
      { name, request: { accountId } },
    ]);
    return [
      ...spoiled,
      ...required,
      ...unknown,
      '{"__proto__":{"name":"getAppState","request":{}}}',
      '7',
      '"lock"',
      '[]',
      'null',
    ];
  }

  it('that are malformed get no answer, send nothing and change nothing', async () => {
    const popup = await kit.openPopup();
    const before = await kept();
    const all = malformed();
    const answers = await sendRaw(popup, all);
    expect(all.filter((_, index) => answers[index] !== null)).toEqual([]);
    expect(all.length).toBeGreaterThan(200);
    expect(kit.sandbox.requests.all()).toEqual([]);
    expect(await kept()).toEqual(before);
  });

  it('whose name is no text get no answer', async () => {
    const popup = await kit.openPopup();
    const request = {};
    const names: unknown[] = [
      ['getAppState'],
      [['getAppState']],
      { 0: 'getAppState' },
      { toString: 'getAppState' },
      7,
      null,
      true,
    ];
    expect(
      await sendRaw(
        popup,
        names.map((name) => ({ name, request })),
      ),
    ).toEqual(names.map(() => null));
  });

  it.each(['getQrCode', 'checkStatus', 'cancelQrCode'])(
    '%s with no id for an id sends nothing',
    async (name) => {
      const popup = await kit.openPopup();
      const addresses = ['https://evil.example/', '//evil.example', '%2e%2e', `${qrCodeId}?x=1`];
      const paths = ['', '..', '../../cancel', `${qrCodeId}/cancel`, `${qrCodeId} `];
      const startedBy = name === 'getQrCode' ? {} : { startedBy: 'popup' };
      const ofIds = [...addresses, ...paths].map((id) => ({ accountId, qrCodeId: id, ...startedBy }));
      const ofAccounts = ['https://evil.example/', '__proto__', 'constructor', ''].map((stranger) => ({
        accountId: stranger,
        qrCodeId,
        ...startedBy,
      }));
      await sendRaw(
        popup,
        [...ofIds, ...ofAccounts].map((request) => ({ name, request })),
      );
      expect(kit.sandbox.requests.all().map(({ method, path }) => `${method} ${path}`)).toEqual([]);
    },
  );

  it('get answers without any secret in them', async () => {
    const { accessKey, secretKey, readyMadeToken } = kit.sandbox.merchants.UAT;
    const { vault } = await readArea(kit.chromium, 'local');
    const session = await readArea(kit.chromium, 'session');
    const { token } = session[`gateway:${accountId}`] as { token: string };
    const secrets = new SecretSearch({
      accessKey,
      secretKey,
      readyMadeToken,
      token,
      PASSPHRASE,
      dataKey: (session.unlocked as { dataKey: string }).dataKey,
      wrappedKey: (vault as { protection: { wrappedKey: string } }).protection.wrappedKey,
    });
    const popup = await kit.openPopup();
    const [page] = (await sendRaw(popup, [{ name: 'getAppState', request: {} }])) as [AppState];
    expect(page.accounts.map((account) => Object.keys(account).sort())).toEqual(
      page.accounts.map(() => ['authMethod', 'colour', 'environment', 'hasKeys', 'id', 'name']),
    );
    expect(page.vault).toEqual({ status: 'open', protection: 'passphrase' });

    const last = ['lock', 'removeAccount', 'clearHistory', 'resetExtension'];
    const inOrder = [
      ...messages.filter(({ name }) => !last.includes(String(name))),
      { name: 'unlock', request: { passphrase: PASSPHRASE } },
      { name: 'setProtection', request: { target: { kind: 'device' }, presentPassphrase: PASSPHRASE } },
      ...last.map((wanted) => messages.find(({ name }) => name === wanted)),
    ];
    const answers = await sendRaw(popup, inOrder);
    expect(answers.filter((answer) => answer !== null).length).toBeGreaterThan(8);
    expect(secrets.find(JSON.stringify([page, answers]))).toEqual([]);
    expect(secrets.find(`"${token}"`)).not.toEqual([]);
  });
});
