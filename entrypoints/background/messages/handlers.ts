import { getAccounts, selectAccount } from '../../../utils/accounts/account-store.ts';
import { checkProgress } from '../../../utils/accounts/connection-check-progress.ts';
import { notifyJobChanged } from '../../../utils/bulk/job-events.ts';
import { tellIdentity } from '../../../utils/journal/journal-identity.ts';
import { troubleOf } from '../../../utils/journal/journal-trouble.ts';
import { systemClock } from '../../../utils/lib/clock.ts';
import { notifyAppStateChanged } from '../../../utils/messaging/page-events.ts';
import type { MessageHandlers, Request } from '../../../utils/messaging/protocol.ts';
import type { ConnectionCheck } from '../../../utils/model/connection-check.ts';
import { isReasonSatisfied } from '../../../utils/model/reason.ts';
import { createChecker } from '../../../utils/qr-code/check.ts';
import { readSettings, type Settings, updateSettings } from '../../../utils/settings/settings.ts';
import { lockNow, scheduleAutoLock } from '../alarms/auto-lock.ts';
import { applyRetentionChange, clearHistory } from '../alarms/history-retention.ts';
import { invalidateLanguage } from '../browser/worker-language.ts';
import type { Services } from '../services.ts';
import { updateContextMenu } from '../triggers/menu-items.ts';
import type { pageHandlers } from './page-handlers.ts';
import { createPlannedJobHandlers } from './planned-jobs.ts';
import { resetExtension } from './reset.ts';
import { prepareJob, startJob } from './start-job.ts';

/** The handler of each message that needs the services. */
export function createMessageHandlers(services: Services): Omit<MessageHandlers, keyof typeof pageHandlers> {
  return {
    ...createQrCodeHandlers(services),
    ...createAccountHandlers(services),
    ...createPlannedJobHandlers(services),
  };
}

/** Messages about QR codes, jobs and the history. */
function createQrCodeHandlers(services: Services) {
  const toAttemptRequest = ({ accountId: _, ...start }: Request<'cancelQrCode'>) => start;

  async function requireAccount(request: { accountId: string }) {
    const account = await services.accounts.find(request.accountId);
    if (!account) throw new Error('Unknown account');
    return account;
  }

  return {
    async getAppState() {
      const [accounts, { currentId: currentAccountId }, settings, state, policy] = await Promise.all([
        services.accounts.list(),
        getAccounts(),
        readSettings(),
        services.vault.state(),
        services.readPolicy(),
      ]);
      return { accounts, currentAccountId, settings, vault: state, policy };
    },
    getQrCode: async (request) => services.qrCodes.read(await requireAccount(request), request.qrCodeId),
    checkStatus: async (request) =>
      services.qrCodes.check(await requireAccount(request), toAttemptRequest(request)),
    async cancelQrCode(request) {
      if (!isReasonSatisfied(request.reason, (await services.readPolicy()).requireReason))
        return { outcome: { kind: 'not-sent', reason: 'no-reason' } };
      return services.qrCodes.cancel(await requireAccount(request), toAttemptRequest(request));
    },
    getLastCancel: ({ accountId, qrCodeId }) => services.qrCodes.lastCancel(accountId, qrCodeId),
    getCodeStatuses: async (request) =>
      services.stayAlive(services.readList(await requireAccount(request), request.qrCodeIds)),
    searchQrCodes: async ({ filters, ...request }) =>
      services.stayAlive(
        services.client.searchQrCodes(await requireAccount(request), filters, request, { failFast: true }),
      ),
    createQrCode: async (request) => services.qrCodes.create(await requireAccount(request), request),
    getRecentAttempts: ({ limit, accountId }) => services.attempts.findLatest(limit, accountId),
    prepareJob: (request) => prepareJob(services, request),
    startJob: (request) => startJob(services, request),
    pauseJob: ({ jobId }) => services.bulk.pause('user', (job) => job.jobId === jobId).then(() => null),
    resumeJob: ({ jobId }) => services.bulk.resume(jobId).then(() => null),
    stopJob: ({ jobId }) => services.bulk.stop(jobId).then(() => null),
    recheckJobItems: (request) => services.stayAlive(recheckItems(services, request)),
    clearHistory: () =>
      clearHistory(services, 'operator').then(
        () => ({ ok: true }),
        (error) => ({ ok: false, trouble: troubleOf(error) }),
      ),
    readJournalIdentity: () => tellIdentity(services.openJournal),
  } satisfies Partial<MessageHandlers>;
}

/** Reads refused or unconfirmed codes of a job again, and records each status. */
async function recheckItems(
  { attempts, client, jobs }: Services,
  { jobId, numbers }: Request<'recheckJobItems'>,
): Promise<null> {
  const checkQrCode = createChecker({ client, attempts, clock: systemClock });
  const job = await jobs.get(jobId);
  if (!job) throw new Error('Unknown job');
  for (const number of numbers) {
    const item = await jobs.item(jobId, number);
    if (!item) continue;
    const { result } = await checkQrCode(job.account, { qrCodeId: item.qrCodeId, startedBy: 'workbench' });
    if (result.kind !== 'answered') continue;
    await jobs.recordRecheck(jobId, number, result.payload.status ?? '');
    void notifyJobChanged();
  }
  return null;
}

/** Messages about accounts, the vault and the settings. */
function createAccountHandlers(services: Services) {
  return {
    async saveAccount(draft) {
      const saved = await services.accounts.save(draft);
      if (saved.ok) {
        services.keepMemory(saved.account.id);
        void services.qrCodes.settleUnfinished();
        await notifyAppStateChanged();
      }
      return saved;
    },
    async checkConnection({ draft, qrCodeId, checkId }) {
      const onStep = (check: ConnectionCheck) => void checkProgress.write({ checkId, check });
      return services
        .stayAlive(services.accounts.check(draft, qrCodeId, onStep))
        .finally(checkProgress.remove);
    },
    readExchanges: async () => services.log.entries(),
    async selectAccount({ accountId }) {
      await selectAccount(accountId);
      await notifyAppStateChanged();
      return null;
    },
    async removeAccount({ accountId }) {
      const removal = await services.accounts.remove(accountId);
      if (removal.account) await services.forgetMemory(accountId).catch(() => undefined);
      // The keys are gone, so a job can send nothing more. The operator need not wait for it or for the journal.
      void services.bulk.pause('account', (job) => job.account.id === accountId).catch(() => undefined);
      void services.qrCodes.endRemoved().catch(() => undefined);
      await notifyAppStateChanged().catch(() => undefined);
      return removal;
    },
    async unlock({ passphrase }) {
      const unlocked = await services.vault.unlock(passphrase);
      if (unlocked.ok) {
        await scheduleAutoLock();
        void services.qrCodes.settleUnfinished();
        void services.planned.onUnlocked();
      }
      return unlocked;
    },
    lock: () => lockNow(services).then(() => null),
    async setProtection({ target, presentPassphrase }) {
      if (target.kind !== 'passphrase' && (await services.readPolicy()).requirePassphrase)
        return { ok: false, problem: 'forbidden' };
      const { accounts } = await getAccounts();
      const done = await services.vault.changeProtection(accounts, target, presentPassphrase);
      if (!done.ok) return done;
      if (target.kind === 'passphrase') await scheduleAutoLock();
      else await updateSettings({ keyStorage: target.kind });
      await notifyAppStateChanged();
      return done;
    },
    resetExtension: () => resetExtension(services),
    updateSettings: (request) => changeSettings(services, request),
  } satisfies Partial<MessageHandlers>;
}

/** Saves settings, and applies those that other parts of the background depend on. */
async function changeSettings(
  services: Services,
  { theme, language, notifications, ...guarded }: Request<'updateSettings'>,
): Promise<Settings> {
  const { vault } = services;
  await vault.lockIfIdle();
  // While the vault is locked, settings that weaken the lock or the confirmation stay as they are.
  const locked = (await vault.state()).status === 'locked';
  const changed = await updateSettings({ theme, language, notifications, ...(locked ? {} : guarded) });
  // If the erasure fails now, the setting stays and the alarm retries every day.
  if (guarded.historyRetentionDays !== undefined) await applyRetentionChange(services).catch(() => undefined);
  if (language) {
    invalidateLanguage();
    await updateContextMenu();
  }
  await notifyAppStateChanged();
  return changed;
}
