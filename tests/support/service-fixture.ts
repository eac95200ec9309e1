import { IDBFactory } from 'fake-indexeddb';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { createEnKashClient } from '../../utils/enkash/client.ts';
import { createExchangeLog, type ExchangeLog } from '../../utils/enkash/exchange-log.ts';
import { createInMemorySessionStore } from '../../utils/enkash/session-store.ts';
import { createAttemptStore } from '../../utils/journal/attempt-store.ts';
import { openJournal } from '../../utils/journal/database.ts';
import type { Clock } from '../../utils/lib/clock.ts';
import { createKeyedMutex } from '../../utils/lib/keyed-mutex.ts';
import type { AccountRef, Credentials, GatewaySession } from '../../utils/model/account.ts';
import { watchActiveCodes } from '../../utils/qr-code/active-codes.ts';
import { createQrCodeService, type QrCodeServiceDeps } from '../../utils/qr-code/qr-code-service.ts';
import { createFastClock } from './clocks.ts';
import { createGatewayFetch } from './gateway-fetch.ts';

/** How many times faster than real time the fixture's clock runs. */
const CLOCK_SPEED = 40;

/** The state of the browser and the vault that a test changes. */
function initialState(sandbox: Sandbox) {
  return {
    connected: true,
    online: true,
    keys: secretKeysOf(sandbox, 'UAT') as Credentials | undefined,
    locked: false,
    removed: false,
    memory: createInMemorySessionStore(),
    journal: openEmptyJournal(),
  };
}
type State = ReturnType<typeof initialState>;

function openEmptyJournal() {
  globalThis.indexedDB = new IDBFactory();
  return openJournal();
}

function secretKeysOf({ merchants }: Sandbox, environment: 'UAT' | 'LIVE'): Credentials {
  const { accessKey, secretKey } = merchants[environment];
  return { authMethod: 'secret-key', accessKey, secretKey };
}

/** The client over real HTTPS to the sandbox, with the state's keys and connection. */
function createClient(state: State, fetch: typeof globalThis.fetch, clock: Clock, log: ExchangeLog) {
  return watchActiveCodes(
    createEnKashClient({
      fetch: (...request) =>
        state.connected ? fetch(...request) : Promise.reject(new TypeError('Failed to fetch')),
      log,
      clock,
      isOnline: () => state.online,
      openKeys: async () => {
        const { keys, locked } = state;
        return keys && !locked ? { ok: true, keys } : { ok: false, reason: locked ? 'locked' : 'no-keys' };
      },
      memory: {
        read: (accountId) => state.memory.read(accountId),
        write: (accountId, change) => state.memory.write(accountId, change),
      },
    }),
  );
}

/** Changes of the state, for tests. */
function changesOf(state: State) {
  return {
    /** Closes or restores the connection; the browser reports it. */
    setOnline: (is: boolean) => {
      state.online = is;
      state.connected = is;
    },
    /** Sets only the online state that the browser reports. */
    setOnlineHint: (is: boolean) => {
      state.online = is;
    },
    setKeys: (keys: Credentials | undefined) => {
      state.keys = keys;
    },
    /** Removes the account and its keys. */
    removeAccount: () => {
      state.removed = true;
      state.keys = undefined;
    },
    lock: () => {
      state.locked = true;
    },
  };
}

/** The service without a browser: the sandbox, the client over real HTTPS, and a journal. */
export async function createServiceFixture(clockSpeed = CLOCK_SPEED) {
  const sandbox = await startSandbox();
  const { fetch, close } = createGatewayFetch(sandbox);
  const clock = createFastClock(clockSpeed);
  const notifications: unknown[] = [];
  const waits: number[] = [];
  const log = createExchangeLog();
  const state = initialState(sandbox);
  const { client, wasActive } = createClient(state, fetch, clock, log);
  const attempts = createAttemptStore(() => state.journal, clock);
  const deps: Omit<QrCodeServiceDeps, 'singleFlight'> = {
    client,
    wasActive,
    clock,
    attempts,
    hasAccount: async () => !state.removed,
    progress: { wait: async (_account, _id, until) => void waits.push(until), end: async () => undefined },
    keepAlive: (task) => task,
    onCancelled: (account, start, result) => void notifications.push({ account, start, result }),
    onChecked: () => undefined,
  };
  const account: AccountRef = { id: 'a1', name: 'Chandni Chowk', environment: 'UAT' };

  return {
    sandbox,
    client,
    log,
    clock,
    attempts,
    account,
    live: { ...account, id: 'a2', environment: 'LIVE' } satisfies AccountRef,
    told: notifications,
    waits,
    ...changesOf(state),
    /** A new service over the same journal, as in a restarted worker. */
    createService: (change: Partial<QrCodeServiceDeps> = {}) =>
      createQrCodeService({ ...deps, singleFlight: createKeyedMutex(), ...change }),
    secretKeysOf: (environment: 'UAT' | 'LIVE') => secretKeysOf(sandbox, environment),
    remembered: (): Promise<GatewaySession> => state.memory.read(account.id),
    remember: (change: GatewaySession) => state.memory.write(account.id, change),
    patches: (qrCodeId?: string) => sandbox.requests.of('cancel', qrCodeId),
    /** An ACTIVE code from the seed. */
    activeId: (index = 0): string => {
      const active = sandbox.qrCodes.all('UAT').filter(({ status }) => status === 'ACTIVE');
      return String(active[index]?.qrCodeId);
    },
    reset() {
      sandbox.reset();
      Object.assign(state, initialState(sandbox));
      log.clear();
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
