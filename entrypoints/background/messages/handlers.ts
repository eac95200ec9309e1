import { readAccountBook, useAccount } from '../../../utils/accounts/account-store.ts';
import { checkProgress } from '../../../utils/accounts/connection-check-progress.ts';
import { noteBulkProgress } from '../../../utils/bulk/job-events.ts';
import { tellIdentity } from '../../../utils/journal/journal-identity.ts';
import { troubleOf } from '../../../utils/journal/journal-trouble.ts';
import { systemClock } from '../../../utils/lib/clock.ts';
import { notePage } from '../../../utils/messaging/page-events.ts';
import type { AnswerAll, Request } from '../../../utils/messaging/protocol.ts';
import type { ConnectionCheck } from '../../../utils/model/connection-check.ts';
import { isReasonGiven } from '../../../utils/model/reason.ts';
import { openReviewOf } from '../../../utils/navigation/open-page.ts';
import { takeHandOver } from '../../../utils/navigation/pending-action.ts';
import { createCheckQrCode } from '../../../utils/qr-code/check.ts';
import { changeSettings, readSettings } from '../../../utils/settings/settings.ts';
import { lockNow, watchOver } from '../alarms/auto-lock.ts';
import { changeRetention, eraseHistory } from '../alarms/history-retention.ts';
import { forgetLanguage } from '../browser/worker-language.ts';
import type { Services } from '../services.ts';
import { putMenu } from '../triggers/context-menu.ts';
import { forgetEverything } from './reset.ts';
import { startBulk } from './start-job.ts';

/** What the background does for each message. */
export function createAnswers(services: Services): AnswerAll {
  const { attempts, bulk, client, desk, jobs, log, office, readList, readPolicy, stayAlive, vault } =
    services;
  const checkQrCode = createCheckQrCode({ client, attempts, clock: systemClock });

  async function accountOf(request: { accountId: string }) {
    const account = await office.find(request.accountId);
    if (!account) throw new Error('There is no such account any more.');
    return account;
  }
  const startOf = ({ accountId: _, ...start }: Request<'cancelQrCode'>) => start;

  /** Reads codes of a job once more, for what was not known or was refused then. */
  async function checkAgain({ jobId, numbers }: Request<'checkBulkAgain'>): Promise<null> {
    const job = await jobs.get(jobId);
    if (!job) throw new Error('There is no such job any more.');
    for (const number of numbers) {
      const item = await jobs.item(jobId, number);
      if (!item) continue;
      const { result } = await checkQrCode(job.account, { qrCodeId: item.qrCodeId, startedBy: 'workbench' });
      if (result.kind !== 'answered') continue;
      await jobs.noteCheckedLater(jobId, number, result.payload.status ?? '');
      void noteBulkProgress();
    }
    return null;
  }

  return {
    async readPage() {
      const [accounts, { currentId }, settings, state, policy] = await Promise.all([
        office.list(),
        readAccountBook(),
        readSettings(),
        vault.state(),
        readPolicy(),
      ]);
      return { accounts, currentId, settings, vault: state, policy };
    },
    takeHandOver: ({ page }) => takeHandOver(page),
    readQrCode: async (request) => desk.read(await accountOf(request), request.qrCodeId),
    checkStatus: async (request) => desk.check(await accountOf(request), startOf(request)),
    async cancelQrCode(request) {
      if (!isReasonGiven(request.reason, (await readPolicy()).requireReason))
        return { outcome: { kind: 'not-sent', reason: 'no-reason' } };
      return desk.cancel(await accountOf(request), startOf(request));
    },
    readLastCancel: ({ accountId, qrCodeId }) => desk.lastCancel(accountId, qrCodeId),
    reviewIds: ({ text }) => openReviewOf(text).then(() => null),
    readAttempts: ({ limit, accountId }) => attempts.latest(limit, accountId),
    readQrCodes: async (request) => stayAlive(readList(await accountOf(request), request.qrCodeIds)),
    searchQrCodes: async ({ filters, ...request }) =>
      stayAlive(client.searchQrCodes(await accountOf(request), filters, request, { atOnce: true })),
    createQrCode: async (request) => desk.create(await accountOf(request), request),
    startBulk: (request) => startBulk(services, request),
    pauseBulk: ({ jobId }) => bulk.pause('user', (job) => job.jobId === jobId).then(() => null),
    resumeBulk: ({ jobId }) => bulk.resume(jobId).then(() => null),
    endBulk: ({ jobId }) => bulk.end(jobId).then(() => null),
    checkBulkAgain: (request) => stayAlive(checkAgain(request)),
    async saveAccount(draft) {
      const saved = await office.save(draft);
      if (saved.ok) {
        services.keepMemory(saved.account.id);
        void desk.settleUnfinished();
        await notePage();
      }
      return saved;
    },
    async checkConnection({ draft, qrCodeId, checkId }) {
      const onStep = (check: ConnectionCheck) => void checkProgress.write({ checkId, check });
      return stayAlive(office.check(draft, qrCodeId, onStep)).finally(checkProgress.remove);
    },
    readExchanges: async () => log.entries(),
    async useAccount({ accountId }) {
      await useAccount(accountId);
      await notePage();
      return null;
    },
    async removeAccount({ accountId }) {
      const removal = await office.remove(accountId);
      if (removal.account) await services.forgetMemory(accountId).catch(() => undefined);
      // A job finds no keys from here on: neither it nor the journal keeps the operator waiting.
      void bulk.pause('account', (job) => job.account.id === accountId).catch(() => undefined);
      void desk.endRemoved().catch(() => undefined);
      await notePage().catch(() => undefined);
      return removal;
    },
    async changeSettings({ theme, language, notifications, ...guarded }) {
      await vault.lockIfIdle();
      // What loosens the lock or the question takes the passphrase first.
      const locked = (await vault.state()).status === 'locked';
      const changed = await changeSettings({ theme, language, notifications, ...(locked ? {} : guarded) });
      // The setting is kept though old rows could not be erased now: the alarm tries again every day.
      if (guarded.keepHistoryDays !== undefined) await changeRetention(services).catch(() => undefined);
      if (language) {
        forgetLanguage();
        await putMenu();
      }
      await notePage();
      return changed;
    },
    async unlock({ passphrase }) {
      const unlocked = await vault.unlock(passphrase);
      if (unlocked.ok) {
        await watchOver();
        void desk.settleUnfinished();
      }
      return unlocked;
    },
    lock: () => lockNow(services).then(() => null),
    async protect({ target, presentPassphrase }) {
      if (target.kind !== 'passphrase' && (await readPolicy()).requirePassphrase)
        return { ok: false, problem: 'forbidden' };
      const { accounts } = await readAccountBook();
      const done = await vault.protect(accounts, target, presentPassphrase);
      if (!done.ok) return done;
      if (target.kind === 'passphrase') await watchOver();
      else await changeSettings({ keepKeys: target.kind });
      await notePage();
      return done;
    },
    eraseHistory: () =>
      eraseHistory(services, 'operator').then(
        () => ({ ok: true }),
        (error) => ({ ok: false, trouble: troubleOf(error) }),
      ),
    forgetEverything: () => forgetEverything(services),
    readJournalIdentity: () => tellIdentity(services.openJournal),
  };
}
