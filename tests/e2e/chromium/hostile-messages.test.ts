import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AppState } from '../../../utils/messaging/protocol.ts';
import type { ChromiumFixture } from '../support/chromium-fixture.ts';
import {
  type Message,
  openHostileFixture,
  PASSPHRASE,
  type Runtime,
  storedState,
} from '../support/hostile-fixture.ts';
import { SecretSearch } from '../support/secret-search.ts';
import { readArea } from '../support/vault-steps.ts';

let kit: ChromiumFixture;
let accountId: string;
let qrCodeId: string;
let messages: Message[];
beforeAll(async () => {
  ({ kit, accountId, qrCodeId, messages } = await openHostileFixture());
});
afterAll(() => kit?.close());
beforeEach(() => kit.reset());
afterEach(() => kit.closePages());

/** Sends messages from one of our pages without its code. A missing response is `null`. */
function sendRaw(page: Page, all: unknown[]): Promise<unknown[]> {
  return page.evaluate(
    async (texts) => {
      const { chrome: api } = globalThis as unknown as { chrome: { runtime: Runtime } };
      const answers: unknown[] = [];
      for (const text of texts) {
        // Parsed in the page, because only JSON can have a field "__proto__".
        const answer: unknown = await api.runtime.sendMessage(JSON.parse(text)).catch(() => undefined);
        answers.push(answer ?? null);
      }
      return answers;
    },
    all.map((message) => (typeof message === 'string' ? message : JSON.stringify(message))),
  );
}

describe('A34 messages from our own pages', () => {
  /** Every message, made invalid in every field. */
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

  it('that are malformed get no response, send nothing and change nothing', async () => {
    const popup = await kit.openPopup();
    const before = await storedState(kit);
    const all = malformed();
    const answers = await sendRaw(popup, all);
    expect(all.filter((_, index) => answers[index] !== null)).toEqual([]);
    expect(all.length).toBeGreaterThan(200);
    expect(kit.sandbox.requests.all()).toEqual([]);
    expect(await storedState(kit)).toEqual(before);
  });

  it('whose name is not a string get no response', async () => {
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
    '%s with an invalid id sends nothing',
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

  it('get responses without secrets', async () => {
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
