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
import { openReview } from '../../../utils/navigation/open-page.ts';
import { consumePendingAction } from '../../../utils/navigation/pending-action.ts';
import { createChecker } from '../../../utils/qr-code/check.ts';
import { readSettings, updateSettings } from '../../../utils/settings/settings.ts';
import { lockNow, scheduleAutoLock } from '../alarms/auto-lock.ts';
import { applyRetentionChange, clearHistory } from '../alarms/history-retention.ts';
import { invalidateLanguage } from '../browser/worker-language.ts';
import type { Services } from '../services.ts';
import { updateContextMenu } from '../triggers/context-menu.ts';
import { resetExtension } from './reset.ts';
import { startJob } from './start-job.ts';

/** What the background does for each message. */
export function createMessageHandlers(services: Services): MessageHandlers {
  const { attempts, bulk, client, desk, jobs, log, office, readList, readPolicy, stayAlive, vault } =
    services;
  const checkQrCode = createChecker({ client, attempts, clock: systemClock });

  async function requireAccount(request: { accountId: string }) {
    const account = await office.find(request.accountId);
    if (!account) throw new Error('There is no such account any more.');
    return account;
  }
  const toAttemptRequest = ({ accountId: _, ...start }: Request<'cancelQrCode'>) => start;

  /** Reads codes of a job once more, for what was not known or was refused then. */
  async function recheckItems({ jobId, numbers }: Request<'recheckJobItems'>): Promise<null> {
    const job = await jobs.get(jobId);
    if (!job) throw new Error('There is no such job any more.');
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

  return {
    async getAppState() {
      const [accounts, { currentId: currentAccountId }, settings, state, policy] = await Promise.all([
        office.list(),
        getAccounts(),
        readSettings(),
        vault.state(),
        readPolicy(),
      ]);
      return { accounts, currentAccountId, settings, vault: state, policy };
    },
    consumePendingAction: ({ page }) => consumePendingAction(page),
    getQrCode: async (request) => desk.read(await requireAccount(request), request.qrCodeId),
    checkStatus: async (request) => desk.check(await requireAccount(request), toAttemptRequest(request)),
    async cancelQrCode(request) {
      if (!isReasonSatisfied(request.reason, (await readPolicy()).requireReason))
        return { outcome: { kind: 'not-sent', reason: 'no-reason' } };
      return desk.cancel(await requireAccount(request), toAttemptRequest(request));
    },
    getLastCancel: ({ accountId, qrCodeId }) => desk.lastCancel(accountId, qrCodeId),
    openReview: ({ text }) => openReview(text).then(() => null),
    getRecentAttempts: ({ limit, accountId }) => attempts.findLatest(limit, accountId),
    getCodeStatuses: async (request) => stayAlive(readList(await requireAccount(request), request.qrCodeIds)),
    searchQrCodes: async ({ filters, ...request }) =>
      stayAlive(client.searchQrCodes(await requireAccount(request), filters, request, { failFast: true })),
    createQrCode: async (request) => desk.create(await requireAccount(request), request),
    startJob: (request) => startJob(services, request),
    pauseJob: ({ jobId }) => bulk.pause('user', (job) => job.jobId === jobId).then(() => null),
    resumeJob: ({ jobId }) => bulk.resume(jobId).then(() => null),
    stopJob: ({ jobId }) => bulk.stop(jobId).then(() => null),
    recheckJobItems: (request) => stayAlive(recheckItems(request)),
    async saveAccount(draft) {
      const saved = await office.save(draft);
      if (saved.ok) {
        services.keepMemory(saved.account.id);
        void desk.settleUnfinished();
        await notifyAppStateChanged();
      }
      return saved;
    },
    async checkConnection({ draft, qrCodeId, checkId }) {
      const onStep = (check: ConnectionCheck) => void checkProgress.write({ checkId, check });
      return stayAlive(office.check(draft, qrCodeId, onStep)).finally(checkProgress.remove);
    },
    readExchanges: async () => log.entries(),
    async selectAccount({ accountId }) {
      await selectAccount(accountId);
      await notifyAppStateChanged();
      return null;
    },
    async removeAccount({ accountId }) {
      const removal = await office.remove(accountId);
      if (removal.account) await services.forgetMemory(accountId).catch(() => undefined);
      // A job finds no keys from here on: neither it nor the journal keeps the operator waiting.
      void bulk.pause('account', (job) => job.account.id === accountId).catch(() => undefined);
      void desk.endRemoved().catch(() => undefined);
      await notifyAppStateChanged().catch(() => undefined);
      return removal;
    },
    async updateSettings({ theme, language, notifications, ...guarded }) {
      await vault.lockIfIdle();
      // What loosens the lock or the question takes the passphrase first.
      const locked = (await vault.state()).status === 'locked';
      const changed = await updateSettings({ theme, language, notifications, ...(locked ? {} : guarded) });
      // The setting is kept though old rows could not be erased now: the alarm tries again every day.
      if (guarded.historyRetentionDays !== undefined)
        await applyRetentionChange(services).catch(() => undefined);
      if (language) {
        invalidateLanguage();
        await updateContextMenu();
      }
      await notifyAppStateChanged();
      return changed;
    },
    async unlock({ passphrase }) {
      const unlocked = await vault.unlock(passphrase);
      if (unlocked.ok) {
        await scheduleAutoLock();
        void desk.settleUnfinished();
      }
      return unlocked;
    },
    lock: () => lockNow(services).then(() => null),
    async setProtection({ target, presentPassphrase }) {
      if (target.kind !== 'passphrase' && (await readPolicy()).requirePassphrase)
        return { ok: false, problem: 'forbidden' };
      const { accounts } = await getAccounts();
      const done = await vault.changeProtection(accounts, target, presentPassphrase);
      if (!done.ok) return done;
      if (target.kind === 'passphrase') await scheduleAutoLock();
      else await updateSettings({ keyStorage: target.kind });
      await notifyAppStateChanged();
      return done;
    },
    clearHistory: () =>
      clearHistory(services, 'operator').then(
        () => ({ ok: true }),
        (error) => ({ ok: false, trouble: troubleOf(error) }),
      ),
    resetExtension: () => resetExtension(services),
    readJournalIdentity: () => tellIdentity(services.openJournal),
  };
}
