import { browser } from 'wxt/browser';
import { type AccountService, createAccountService } from '../../utils/accounts/account-service.ts';
import { getAccounts } from '../../utils/accounts/account-store.ts';
import { createKeyProvider } from '../../utils/accounts/key-access.ts';
import { createKeyCache, invalidateOnChange } from '../../utils/accounts/key-cache.ts';
import { keepAlive } from '../../utils/browser/keep-alive.ts';
import { createSessionRecords, type SessionRecords } from '../../utils/browser/session-records.ts';
import { createBatchReader } from '../../utils/bulk/batch-reader.ts';
import type { StartRefusal } from '../../utils/bulk/job-scheduler.ts';
import { createJobStore, type JobStore } from '../../utils/bulk/job-store.ts';
import { createEnKashClient } from '../../utils/enkash/client.ts';
import { createExchangeLog } from '../../utils/enkash/exchange-log.ts';
import { GATEWAY_ORIGINS } from '../../utils/enkash/hosts.ts';
import { createSessionStore } from '../../utils/enkash/session-store.ts';
import { createAttemptStore } from '../../utils/journal/attempt-store.ts';
import { createConnectionProvider } from '../../utils/journal/database.ts';
import { createHistoryEraser } from '../../utils/journal/history-eraser.ts';
import { systemClock } from '../../utils/lib/clock.ts';
import { createKeyedMutex } from '../../utils/lib/keyed-mutex.ts';
import {
  notifyAppStateChanged,
  notifyCallFinished,
  notifyWaiting,
  resetPageEvents,
} from '../../utils/messaging/page-events.ts';
import type { ConnectedPages } from '../../utils/messaging/page-ports.ts';
import type { GatewaySession } from '../../utils/model/account.ts';
import { codeKey } from '../../utils/model/code-key.ts';
import type { Environment } from '../../utils/model/environment.ts';
import type { Job } from '../../utils/model/job.ts';
import { watchActiveCodes } from '../../utils/qr-code/active-codes.ts';
import { cancelAndResolve } from '../../utils/qr-code/cancel.ts';
import {
  createQrCodeService,
  type QrCodeService,
  type QrCodeServiceDeps,
} from '../../utils/qr-code/qr-code-service.ts';
import { createPolicyReader, type Policy, readManaged } from '../../utils/settings/policy.ts';
import { effectiveLockMinutes, getOperator, readSettings } from '../../utils/settings/settings.ts';
import { createDeviceKeyStore } from '../../utils/vault/device-key.ts';
import { recoverFirst } from '../../utils/vault/recover-first.ts';
import { createVault } from '../../utils/vault/vault.ts';
import { createVaultStores } from '../../utils/vault/vault-storage.ts';
import { createBrowserJobScheduler } from './alarms/planned-jobs.ts';
import { createBrowserJobController } from './alarms/resume-jobs.ts';
import { isHttpMultiplexed } from './browser/http-multiplexing.ts';
import { notifyCancelled, notifyChecked } from './browser/notifications.ts';
import { ensureOriginRule } from './browser/origin-header-rule.ts';
import { findStartProblem, type StartChecks } from './messages/start-problem.ts';

/** Creates the services that the background's listeners use, and discards the page events of an earlier worker. */
export function createServices(presence: ConnectedPages) {
  const readPolicy = createPolicyReader({ get: readManaged, onAnswered: () => void notifyAppStateChanged() });
  const rawVault = recoverFirst(createRawVault(readPolicy));
  const records = createSessionRecords<GatewaySession>('gateway');
  const forgetTokens = () => clearTokens(records);
  const keys = createKeyCache(
    createKeyProvider(rawVault, { readPolicy, hasHostPermission, onLocked: forgetTokens }),
    systemClock,
  );
  const vault = invalidateOnChange(rawVault, keys.clear);
  const removed = new Set<string>();
  const memory = createSessionStore({
    read: records.read,
    // If an account is removed during a call, the call must not store a token again.
    change: async (id, edit) => (removed.has(id) ? undefined : records.change(id, edit)),
  });
  const log = createExchangeLog();
  // Makes the pages reload at once. A wait of a call of this worker must not be discarded with those of earlier ones.
  const eventsReset = resetPageEvents().catch(() => undefined);
  const fetchWithoutOrigin: typeof fetch = async (...request) => {
    await Promise.all([ensureOriginRule(), eventsReset]);
    return fetch(...request);
  };
  const clientDeps = { log, clock: systemClock, isOnline: () => navigator.onLine, fetch: fetchWithoutOrigin };
  const { client, wasActive } = watchActiveCodes(
    createEnKashClient({ ...clientDeps, openKeys: keys.open, memory }),
  );
  const openJournal = createConnectionProvider();
  const attempts = createAttemptStore(openJournal, systemClock, getOperator);
  const jobs = createJobStore(openJournal, systemClock, getOperator);
  const shared = { client, wasActive, presence, singleFlight: createKeyedMutex() };
  const accounts = createAccountService({
    vault,
    readPolicy,
    hasHostPermission,
    clearGatewaySession: records.remove,
    client,
    memory,
    createTestClient: (openKeys, memory) => createEnKashClient({ ...clientDeps, openKeys, memory }),
  });
  return {
    attempts,
    ...createJobServices(shared, jobs, { accounts, readPolicy, vault }),
    client,
    qrCodes: createService(shared, attempts, accounts),
    history: createHistoryEraser(openJournal, systemClock, getOperator),
    jobs,
    log,
    accounts,
    openJournal,
    readList: createBatchReader(client, isHttpMultiplexed),
    readPolicy,
    stayAlive: keepWorkerAlive,
    vault,
    forgetTokens,
    /** Deletes an account's gateway session, and ignores later ones of that account. */
    async forgetMemory(accountId: string): Promise<void> {
      removed.add(accountId);
      await records.remove(accountId);
    },
    /** Call if an account that was removed in the meantime is saved again. */
    keepMemory: (accountId: string) => void removed.delete(accountId),
  };
}

function createRawVault(readPolicy: () => Promise<Policy>) {
  return createVault({
    stores: createVaultStores(),
    deviceKeys: createDeviceKeyStore(),
    clock: systemClock,
    lockAfterMinutes: async () => effectiveLockMinutes(await readSettings(), await readPolicy()),
    defaultProtection: async () => (await readSettings()).keyStorage,
  });
}

/** Deletes the tokens obtained with keys that are locked now, and notifies the pages. */
async function clearTokens(records: SessionRecords<GatewaySession>): Promise<void> {
  for (const { id } of (await getAccounts()).accounts)
    await records.change(id, (memory) => ({ ...memory, token: undefined, tokenExpiresAt: undefined }));
  await notifyAppStateChanged();
}

type Shared = Pick<QrCodeServiceDeps, 'client' | 'wasActive' | 'singleFlight'> & { presence: ConnectedPages };

function createService(
  shared: Shared,
  attempts: QrCodeServiceDeps['attempts'],
  accounts: AccountService,
): QrCodeService {
  return createQrCodeService({
    ...shared,
    clock: systemClock,
    attempts,
    hasAccount: async (accountId) => (await accounts.find(accountId)) !== undefined,
    progress: {
      wait: (accountId, qrCodeId, until) => notifyWaiting(codeKey(accountId, qrCodeId), until),
      end: (accountId, qrCodeId) => notifyCallFinished(codeKey(accountId, qrCodeId)),
    },
    keepAlive: keepWorkerAlive,
    onCancelled: (account, start, result) => void notifyCancelled(shared.presence, account, start, result),
    onChecked: (account, start, result) => void notifyChecked(shared.presence, account, start, result),
  });
}

/** The job that runs, and those that wait for their time. */
function createJobServices(shared: Shared, jobs: JobStore, checks: StartChecks) {
  const isOnScreen = () => shared.presence.has('workbench');
  const bulk = createBulk(shared, jobs, isOnScreen, () => void planned.startDue());
  const findRefusalOf = (job: Job) => findRefusal(checks, job);
  const planned = createBrowserJobScheduler(
    { jobs, controller: bulk, findRefusal: findRefusalOf, keepAlive: keepWorkerAlive },
    isOnScreen,
  );
  return { bulk, planned };
}

/** Why a planned job may not start now. The policy may be late when the browser starts. */
async function findRefusal(services: StartChecks, job: Job): Promise<StartRefusal | undefined> {
  const problem = await findStartProblem(services, job.account.id, job);
  if (problem && (await services.readPolicy()).unreadable === 'all') return 'not-ready';
  return problem?.code as StartRefusal | undefined;
}

function createBulk(
  { client, wasActive, singleFlight }: Shared,
  jobs: JobStore,
  isOnScreen: () => boolean,
  onStateChange: () => void,
) {
  return createBrowserJobController(
    {
      jobs,
      send: (account, { qrCodeId, sendings }, noteSentAgain) =>
        singleFlight.run(codeKey(account.id, qrCodeId), 'cancel', () =>
          cancelAndResolve(
            client,
            {
              account,
              qrCodeId,
              noteSentAgain,
              noResend: true,
              mayAlreadyBeApplied: sendings > 1,
              wasActive: wasActive(account, qrCodeId),
            },
            { failFast: true },
          ),
        ),
      read: (account, qrCodeId) => client.getQrCode(account, qrCodeId, { failFast: true }),
      keepAlive: keepWorkerAlive,
    },
    isOnScreen,
    onStateChange,
  );
}

function keepWorkerAlive<Result>(work: Promise<Result>): Promise<Result> {
  return keepAlive(work, () => browser.runtime.getPlatformInfo());
}

function hasHostPermission(environment: Environment): Promise<boolean> {
  return browser.permissions.contains({ origins: [`${GATEWAY_ORIGINS[environment]}/*`] });
}

export type Services = ReturnType<typeof createServices>;
