import { IDBFactory } from 'fake-indexeddb';
import { startSandbox } from '../../sandbox/server.ts';
import { createEnKashClient } from '../../utils/enkash/client.ts';
import { createExchangeLog } from '../../utils/enkash/exchange-log.ts';
import { createInMemorySessionStore } from '../../utils/enkash/session-store.ts';
import { createAttemptStore } from '../../utils/journal/attempt-store.ts';
import { openJournal } from '../../utils/journal/database.ts';
import { createKeyedMutex } from '../../utils/lib/keyed-mutex.ts';
import type { Account, Credentials, GatewaySession } from '../../utils/model/account.ts';
import { watchActiveCodes } from '../../utils/qr-code/active-codes.ts';
import { createQrCodeService, type QrCodeServiceDeps } from '../../utils/qr-code/qr-code-service.ts';
import { createFastClock } from './clocks.ts';
import { createGatewayFetch } from './gateway-fetch.ts';

/** How many times faster than real the kit's clock runs. */
const CLOCK_SPEED = 40;

/** Everything but a browser: the sandbox, the client over real HTTPS, a journal and the desk. */
export async function createServiceFixture(clockSpeed = CLOCK_SPEED) {
  const sandbox = await startSandbox();
  const { fetch, close } = createGatewayFetch(sandbox);
  const clock = createFastClock(clockSpeed);
  const notifications: unknown[] = [];
  const waits: number[] = [];
  const log = createExchangeLog();
  let connected = true;
  let online = true;
  let keys: Credentials | undefined = secretKeysOf('UAT');
  let locked = false;
  let removed = false;
  let memory = createInMemorySessionStore();

  function secretKeysOf(environment: 'UAT' | 'LIVE'): Credentials {
    const { accessKey, secretKey } = sandbox.merchants[environment];
    return { authMethod: 'secret-key', accessKey, secretKey };
  }

  const { client, wasActive } = watchActiveCodes(
    createEnKashClient({
      fetch: (...request) =>
        connected ? fetch(...request) : Promise.reject(new TypeError('Failed to fetch')),
      log,
      clock,
      isOnline: () => online,
      openKeys: async () =>
        keys && !locked ? { ok: true, keys } : { ok: false, reason: locked ? 'locked' : 'no-keys' },
      memory: {
        read: (accountId) => memory.read(accountId),
        write: (accountId, change) => memory.write(accountId, change),
      },
    }),
  );

  let journal = openFresh();
  function openFresh() {
    globalThis.indexedDB = new IDBFactory();
    return openJournal();
  }
  const attempts = createAttemptStore(() => journal, clock);
  const deps: Omit<QrCodeServiceDeps, 'singleFlight'> = {
    client,
    wasActive,
    clock,
    attempts,
    hasAccount: async () => !removed,
    progress: { wait: async (_account, _id, until) => void waits.push(until), end: async () => undefined },
    keepAlive: (work) => work,
    onCancelled: (account, start, result) => void notifications.push({ account, start, result }),
    onChecked: () => undefined,
  };
  const account: Account = { id: 'a1', name: 'Chandni Chowk', environment: 'UAT' };

  return {
    sandbox,
    client,
    log,
    clock,
    attempts,
    account,
    live: { ...account, id: 'a2', environment: 'LIVE' } satisfies Account,
    told: notifications,
    waits,
    /** A desk as a worker that has just started would have one, over the same journal. */
    createDesk: (change: Partial<QrCodeServiceDeps> = {}) =>
      createQrCodeService({ ...deps, singleFlight: createKeyedMutex(), ...change }),
    /** Cuts the connection, or restores it; the browser knows. */
    setOnline: (is: boolean) => {
      online = is;
      connected = is;
    },
    /** What the browser believes, whether it is so or not. */
    setOnlineHint: (is: boolean) => {
      online = is;
    },
    setKeys: (changed: Credentials | undefined) => {
      keys = changed;
    },
    /** As when the account has been removed: there are no keys any more. */
    removeAccount: () => {
      removed = true;
      keys = undefined;
    },
    lock: () => {
      locked = true;
    },
    secretKeysOf,
    remembered: (): Promise<GatewaySession> => memory.read(account.id),
    remember: (change: GatewaySession) => memory.write(account.id, change),
    patches: (qrCodeId?: string) => sandbox.requests.of('cancel', qrCodeId),
    /** An id of the seed that takes payments. */
    activeId: (index = 0): string => {
      const active = sandbox.qrCodes.all('UAT').filter(({ status }) => status === 'ACTIVE');
      return String(active[index]?.qrCodeId);
    },
    reset() {
      sandbox.reset();
      journal = openFresh();
      memory = createInMemorySessionStore();
      online = true;
      connected = true;
      log.clear();
      keys = secretKeysOf('UAT');
      locked = false;
      removed = false;
      notifications.length = 0;
      waits.length = 0;
    },
    async close() {
      await close();
      await sandbox.close();
    },
  };
}

export type ServiceFixture = Awaited<ReturnType<typeof createServiceFixture>>;
