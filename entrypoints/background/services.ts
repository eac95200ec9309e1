import { browser } from 'wxt/browser';
import { createAccountOffice } from '../../utils/accounts/account-service.ts';
import { readAccountBook } from '../../utils/accounts/account-store.ts';
import { createKeyRing } from '../../utils/accounts/key-access.ts';
import { createHeldKeys, tellChanges } from '../../utils/accounts/key-cache.ts';
import { keepAlive } from '../../utils/browser/keep-alive.ts';
import { createSessionRecords } from '../../utils/browser/session-records.ts';
import { createListReader } from '../../utils/bulk/batch-reader.ts';
import { createJobStore } from '../../utils/bulk/job-store.ts';
import { createEnKashClient } from '../../utils/enkash/client.ts';
import { createExchangeLog } from '../../utils/enkash/exchange-log.ts';
import { GATEWAY_ORIGINS } from '../../utils/enkash/hosts.ts';
import { createMemoryStore } from '../../utils/enkash/session-store.ts';
import { createAttemptStore } from '../../utils/journal/attempt-store.ts';
import { createJournalOpener } from '../../utils/journal/database.ts';
import { createHistoryEraser } from '../../utils/journal/history-eraser.ts';
import { systemClock } from '../../utils/lib/clock.ts';
import { createOneAtATime } from '../../utils/lib/keyed-mutex.ts';
import { noteEnd, notePage, noteWait } from '../../utils/messaging/page-events.ts';
import type { Presence } from '../../utils/messaging/page-ports.ts';
import type { GatewayMemory } from '../../utils/model/account.ts';
import type { CheckOutcome } from '../../utils/model/attempt.ts';
import { codeKey } from '../../utils/model/code-key.ts';
import type { Environment } from '../../utils/model/environment.ts';
import type { CreateOutcome, Outcome } from '../../utils/model/outcome.ts';
import { watchActiveCodes } from '../../utils/qr-code/active-codes.ts';
import { sendAndSettle } from '../../utils/qr-code/cancel.ts';
import { createDesk } from '../../utils/qr-code/qr-code-service.ts';
import { createPolicyReader, readManaged } from '../../utils/settings/policy.ts';
import { lockAfter, readOperator, readSettings } from '../../utils/settings/settings.ts';
import { createDeviceKeyStore } from '../../utils/vault/device-key.ts';
import { createVault } from '../../utils/vault/vault.ts';
import { createVaultStores } from '../../utils/vault/vault-storage.ts';
import { createBrowserBulkDesk } from './alarms/resume-jobs.ts';
import { isMultiplexed } from './browser/http-multiplexing.ts';
import { notifyCancelled, notifyChecked } from './browser/notifications.ts';
import { originRule } from './browser/origin-header-rule.ts';

/** Puts together what the background's listeners work with. Touches nothing until one of them needs it. */
export function createServices(presence: Presence) {
  const readPolicy = createPolicyReader({ get: readManaged, onAnswered: () => void notePage() });
  const ownVault = createVault({
    stores: createVaultStores(),
    deviceKeys: createDeviceKeyStore(),
    clock: systemClock,
    lockAfterMinutes: async () => lockAfter(await readSettings(), await readPolicy()),
    defaultProtection: async () => (await readSettings()).keepKeys,
  });
  const keys = createHeldKeys(
    createKeyRing(ownVault, { readPolicy, mayReach, onLocked: forgetTokens }),
    systemClock,
  );
  const vault = tellChanges(ownVault, keys.drop);
  const records = createSessionRecords<GatewayMemory>('gateway');
  /** Forgets what was fetched with keys that are locked now, and lets the pages know. */
  async function forgetTokens(): Promise<void> {
    for (const { id } of (await readAccountBook()).accounts)
      await records.change(id, (memory) => ({ ...memory, token: undefined, tokenExpiresAt: undefined }));
    await notePage();
  }
  const log = createExchangeLog();
  const shared = {
    log,
    clock: systemClock,
    isOnline: () => navigator.onLine,
    fetch: async (...request: Parameters<typeof fetch>) => {
      await originRule();
      return fetch(...request);
    },
  };
  const removed = new Set<string>();
  const memory = createMemoryStore({
    read: records.read,
    // A call that was under way when its account was removed must not bring a token back.
    change: async (id, edit) => (removed.has(id) ? undefined : records.change(id, edit)),
  });
  const { client, wasActive } = watchActiveCodes(
    createEnKashClient({ ...shared, openKeys: keys.open, memory }),
  );
  const openJournal = createJournalOpener();
  const attempts = createAttemptStore<Outcome, CheckOutcome, CreateOutcome>(
    openJournal,
    systemClock,
    readOperator,
  );
  const history = createHistoryEraser(openJournal, systemClock, readOperator);
  const jobs = createJobStore(openJournal, systemClock, readOperator);
  const oneAtATime = createOneAtATime();
  const stayAlive = <Result>(work: Promise<Result>) =>
    keepAlive(work, () => browser.runtime.getPlatformInfo());
  const desk = createDesk({
    clock: systemClock,
    client,
    wasActive,
    attempts,
    hasAccount: async (accountId) => (await office.find(accountId)) !== undefined,
    oneAtATime,
    progress: {
      wait: (accountId, qrCodeId, until) => noteWait(codeKey(accountId, qrCodeId), until),
      end: (accountId, qrCodeId) => noteEnd(codeKey(accountId, qrCodeId)),
    },
    keepAlive: stayAlive,
    onCancelled: (account, start, result) => void notifyCancelled(presence, account, start, result),
    onChecked: (account, start, result) => void notifyChecked(presence, account, start, result),
  });
  const bulk = createBrowserBulkDesk(
    {
      jobs,
      send: (account, { qrCodeId, sendings }, noteSentAgain) =>
        oneAtATime.run(codeKey(account.id, qrCodeId), 'cancel', () =>
          sendAndSettle(
            client,
            {
              account,
              qrCodeId,
              noteSentAgain,
              once: true,
              unclearBefore: sendings > 1,
              wasActive: wasActive(account, qrCodeId),
            },
            { atOnce: true },
          ),
        ),
      read: (account, qrCodeId) => client.getQrCode(account, qrCodeId, { atOnce: true }),
      keepAlive: stayAlive,
    },
    () => presence.has('workbench'),
  );
  const readList = createListReader(client, isMultiplexed);
  const office = createAccountOffice({
    vault,
    readPolicy,
    mayReach,
    forgetMemory: records.remove,
    client,
    memory,
    createProbe: (openKeys, memory) => createEnKashClient({ ...shared, openKeys, memory }),
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
    stayAlive,
    vault,
    forgetTokens,
    /** Forgets what was fetched with an account's keys, and keeps nothing more of it. */
    async forgetMemory(accountId: string): Promise<void> {
      removed.add(accountId);
      await records.remove(accountId);
    },
    /** To be called when an account is saved that was removed meanwhile. */
    keepMemory: (accountId: string) => void removed.delete(accountId),
  };
}

function mayReach(environment: Environment): Promise<boolean> {
  return browser.permissions.contains({ origins: [`${GATEWAY_ORIGINS[environment]}/*`] });
}

export type Services = ReturnType<typeof createServices>;
