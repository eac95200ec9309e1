import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { PROTOCOLS, type TestAnswer, TestClient } from '../../tests/fixtures/sandbox-client.ts';
import type { DialectName } from '../dialects.ts';
import { type LoggedRequest, type Sandbox, startSandbox } from '../server.ts';
import type { Dialect, DialectOptions } from './dialect.ts';

/** The context of a check: a client that signed in before the dialect was added, and an active code. */
export interface Kit {
  sandbox: Sandbox;
  client: TestClient;
  headers: Record<string, string>;
  id: string;
  read(id?: string): Promise<TestAnswer>;
  cancel(id?: string): Promise<TestAnswer>;
  search(query?: string, filters?: object): Promise<TestAnswer>;
  signIn(keys?: { accessKey: string; secretKey: string }): Promise<TestAnswer>;
  /** The newest log entry. */
  last(): LoggedRequest | undefined;
}

/** Options of a dialect, and a check that must fail without the dialect. */
export interface DialectCase {
  options?: DialectOptions;
  check(kit: Kit): Promise<void>;
}

/**
 * Tests each dialect of a group over both protocols. Each check first runs without the dialect, and must fail.
 */
export function describeDialects<Name extends DialectName>(
  group: Readonly<Record<Name, Dialect>>,
  cases: Readonly<Record<Name, DialectCase>>,
): void {
  describe.each(PROTOCOLS)('over %s', (protocol) => {
    let sandbox: Sandbox;
    let client: TestClient | undefined;

    async function freshKit(): Promise<Kit> {
      await client?.close();
      sandbox.reset();
      client = new TestClient(sandbox, protocol);
      return kitOf(sandbox, client);
    }

    beforeAll(async () => {
      sandbox = await startSandbox();
    });
    afterEach(() => client?.close());
    afterAll(() => sandbox.close());

    it.each(Object.keys(group) as Name[])('%s', async (name) => {
      const { options, check } = cases[name];
      await expect(check(await freshKit())).rejects.toThrow();
      const kit = await freshKit();
      sandbox.dialects.use(name, options);
      await check(kit);
    });
  });
}

async function kitOf(sandbox: Sandbox, client: TestClient): Promise<Kit> {
  const headers = await client.signIn();
  const id = sandbox.qrCodes.all('UAT')[0]?.qrCodeId ?? '';
  return {
    sandbox,
    client,
    headers,
    id,
    read: (which = id) => client.send('GET', `/api/v0/qr-code/${which}`, { headers }),
    cancel: (which = id) => client.cancel(which, headers),
    search: (query = 'offset=0&limit=5', body = {}) =>
      client.send('POST', `/api/v0/qr-code/search?${query}`, { headers, body }),
    signIn: ({ accessKey, secretKey } = sandbox.merchants.UAT) =>
      client.send('POST', '/api/v0/merchant/token', { body: { accessKey, secretKey } }),
    last: () => sandbox.requests.all().at(-1),
  };
}
