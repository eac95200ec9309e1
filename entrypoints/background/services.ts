import { browser } from 'wxt/browser';
import { createAccountOffice } from '../../utils/account-office.ts';
import { systemClock } from '../../utils/clock.ts';
import type { GatewayMemory } from '../../utils/enkash/account.ts';
import { createEnKashClient } from '../../utils/enkash/client.ts';
import { createMemoryStore, createPassingMemory } from '../../utils/enkash/memory.ts';
import { createAttemptStore } from '../../utils/journal/attempts.ts';
import { openJournal } from '../../utils/journal/database.ts';
import { keepAlive } from '../../utils/keep-alive.ts';
import { createKeyRing } from '../../utils/key-ring.ts';
import { readPolicy } from '../../utils/policy.ts';
import type { Presence } from '../../utils/presence.ts';
import { noteEnd, noteVault, noteWait, waitKey } from '../../utils/progress.ts';
import type { CheckOutcome } from '../../utils/qr-code/attempt.ts';
import { createDesk } from '../../utils/qr-code/desk.ts';
import type { Outcome } from '../../utils/qr-code/outcome.ts';
import { lockAfter, readSettings } from '../../utils/settings.ts';
import { readAccountBook } from '../../utils/vault/accounts.ts';
import { createDeviceKeyStore } from '../../utils/vault/device-key.ts';
import { createSessionRecords } from '../../utils/vault/session-records.ts';
import { createVaultStores } from '../../utils/vault/stores.ts';
import { createVault } from '../../utils/vault/vault.ts';
import { notifyCancelled, notifyChecked } from './notifications.ts';
import { originRule } from './origin-rule.ts';

/** Puts together what the background's listeners work with. Touches nothing until one of them needs it. */
export function createServices(presence: Presence) {
  const vault = createVault({
    stores: createVaultStores(),
    deviceKeys: createDeviceKeyStore(),
    clock: systemClock,
    lockAfterMinutes: async () => lockAfter(await readSettings(), await readPolicy()),
    defaultProtection: async () => (await readSettings()).keepKeys,
  });
  const records = createSessionRecords<GatewayMemory>('gateway');
  /** Forgets what was fetched with keys that are locked now, and lets the pages know. */
  async function forgetTokens(): Promise<void> {
    for (const { id } of (await readAccountBook()).accounts)
      await records.change(id, (memory) => ({ ...memory, token: undefined, tokenExpiresAt: undefined }));
    await noteVault();
  }
  const shared = {
    clock: systemClock,
    isOnline: () => navigator.onLine,
    fetch: async (...request: Parameters<typeof fetch>) => {
      await originRule();
      return fetch(...request);
    },
  };
  const client = createEnKashClient({
    ...shared,
    openKeys: createKeyRing(vault, readPolicy, forgetTokens),
    memory: createMemoryStore(records),
  });
  let journal: ReturnType<typeof openJournal> | undefined;
  const attempts = createAttemptStore<Outcome, CheckOutcome>(() => {
    journal ??= openJournal();
    return journal;
  }, systemClock);
  const desk = createDesk({
    client,
    attempts,
    progress: {
      wait: (accountId, qrCodeId, until) => noteWait(waitKey(accountId, qrCodeId), until),
      end: (accountId, qrCodeId) => noteEnd(waitKey(accountId, qrCodeId)),
    },
    keepAlive: (work) => keepAlive(work, () => browser.runtime.getPlatformInfo()),
    onCancelled: (account, start, result) => void notifyCancelled(presence, account, start, result),
    onChecked: (account, start, result) => void notifyChecked(presence, account, start, result),
  });
  const office = createAccountOffice({
    vault,
    readPolicy,
    forgetMemory: records.remove,
    createProbe: (openKeys) => createEnKashClient({ ...shared, openKeys, memory: createPassingMemory() }),
  });
  return { attempts, desk, office, vault, forgetTokens };
}

export type Services = ReturnType<typeof createServices>;
