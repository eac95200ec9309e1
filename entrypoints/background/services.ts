import { browser } from 'wxt/browser';
import { createAccountService } from '../../utils/accounts/account-service.ts';
import { getAccounts } from '../../utils/accounts/account-store.ts';
import { createKeyProvider } from '../../utils/accounts/key-access.ts';
import { createKeyCache, invalidateOnChange } from '../../utils/accounts/key-cache.ts';
import { keepAlive } from '../../utils/browser/keep-alive.ts';
import { createSessionRecords } from '../../utils/browser/session-records.ts';
import { createBatchReader } from '../../utils/bulk/batch-reader.ts';
import { createJobStore } from '../../utils/bulk/job-store.ts';
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
} from '../../utils/messaging/page-events.ts';
import type { ConnectedPages } from '../../utils/messaging/page-ports.ts';
import type { GatewaySession } from '../../utils/model/account.ts';
import { codeKey } from '../../utils/model/code-key.ts';
import type { Environment } from '../../utils/model/environment.ts';
import { watchActiveCodes } from '../../utils/qr-code/active-codes.ts';
import { cancelAndResolve } from '../../utils/qr-code/cancel.ts';
import { createQrCodeService } from '../../utils/qr-code/qr-code-service.ts';
import { createPolicyReader, readManaged } from '../../utils/settings/policy.ts';
import { effectiveLockMinutes, getOperator, readSettings } from '../../utils/settings/settings.ts';
import { createDeviceKeyStore } from '../../utils/vault/device-key.ts';
import { createVault } from '../../utils/vault/vault.ts';
import { createVaultStores } from '../../utils/vault/vault-storage.ts';
import { createBrowserJobController } from './alarms/resume-jobs.ts';
import { isHttpMultiplexed } from './browser/http-multiplexing.ts';
import { notifyCancelled, notifyChecked } from './browser/notifications.ts';
import { ensureOriginRule } from './browser/origin-header-rule.ts';

/** Puts together what the background's listeners work with. Touches nothing until one of them needs it. */
export function createServices(presence: ConnectedPages) {
  const readPolicy = createPolicyReader({ get: readManaged, onAnswered: () => void notifyAppStateChanged() });
  const rawVault = createVault({
    stores: createVaultStores(),
    deviceKeys: createDeviceKeyStore(),
    clock: systemClock,
    lockAfterMinutes: async () => effectiveLockMinutes(await readSettings(), await readPolicy()),
    defaultProtection: async () => (await readSettings()).keyStorage,
  });
  const keys = createKeyCache(
    createKeyProvider(rawVault, { readPolicy, hasHostPermission, onLocked: clearTokens }),
    systemClock,
  );
  const vault = invalidateOnChange(rawVault, keys.clear);
  const records = createSessionRecords<GatewaySession>('gateway');
  /** Forgets what was fetched with keys that are locked now, and lets the pages know. */
  async function clearTokens(): Promise<void> {
    for (const { id } of (await getAccounts()).accounts)
      await records.change(id, (memory) => ({ ...memory, token: undefined, tokenExpiresAt: undefined }));
    await notifyAppStateChanged();
  }
  const log = createExchangeLog();
  const clientDeps = {
    log,
    clock: systemClock,
    isOnline: () => navigator.onLine,
    fetch: async (...request: Parameters<typeof fetch>) => {
      await ensureOriginRule();
      return fetch(...request);
    },
  };
  const removed = new Set<string>();
  const memory = createSessionStore({
    read: records.read,
    // A call that was under way when its account was removed must not bring a token back.
    change: async (id, edit) => (removed.has(id) ? undefined : records.change(id, edit)),
  });
  const { client, wasActive } = watchActiveCodes(
    createEnKashClient({ ...clientDeps, openKeys: keys.open, memory }),
  );
  const openJournal = createConnectionProvider();
  const attempts = createAttemptStore(openJournal, systemClock, getOperator);
  const history = createHistoryEraser(openJournal, systemClock, getOperator);
  const jobs = createJobStore(openJournal, systemClock, getOperator);
  const singleFlight = createKeyedMutex();
  const keepWorkerAlive = <Result>(work: Promise<Result>) =>
    keepAlive(work, () => browser.runtime.getPlatformInfo());
  const desk = createQrCodeService({
    clock: systemClock,
    client,
    wasActive,
    attempts,
    hasAccount: async (accountId) => (await office.find(accountId)) !== undefined,
    singleFlight,
    progress: {
      wait: (accountId, qrCodeId, until) => notifyWaiting(codeKey(accountId, qrCodeId), until),
      end: (accountId, qrCodeId) => notifyCallFinished(codeKey(accountId, qrCodeId)),
    },
    keepAlive: keepWorkerAlive,
    onCancelled: (account, start, result) => void notifyCancelled(presence, account, start, result),
    onChecked: (account, start, result) => void notifyChecked(presence, account, start, result),
  });
  const bulk = createBrowserJobController(
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
    () => presence.has('workbench'),
  );
  const readList = createBatchReader(client, isHttpMultiplexed);
  const office = createAccountService({
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
    bulk,
    client,
    desk,
    history,
    jobs,
    log,
    office,
    openJournal,
    readList,
    readPolicy,
    stayAlive: keepWorkerAlive,
    vault,
    forgetTokens: clearTokens,
    /** Forgets what was fetched with an account's keys, and keeps nothing more of it. */
    async forgetMemory(accountId: string): Promise<void> {
      removed.add(accountId);
      await records.remove(accountId);
    },
    /** To be called when an account is saved that was removed meanwhile. */
    keepMemory: (accountId: string) => void removed.delete(accountId),
  };
}

function hasHostPermission(environment: Environment): Promise<boolean> {
  return browser.permissions.contains({ origins: [`${GATEWAY_ORIGINS[environment]}/*`] });
}

export type Services = ReturnType<typeof createServices>;
