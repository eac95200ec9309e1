import { leaveFor, takeHandOver } from '../../utils/hand-over.ts';
import type { AnswerAll, Request } from '../../utils/messages.ts';
import { openPopupWindow, openReviewOf } from '../../utils/open-page.ts';
import { readPolicy } from '../../utils/policy.ts';
import { noteVault } from '../../utils/progress.ts';
import { changeSettings, readSettings } from '../../utils/settings.ts';
import { readAccountBook, useAccount } from '../../utils/vault/accounts.ts';
import { forgetEverything } from './forget.ts';
import { lockNow, watchOver } from './locking.ts';
import type { Services } from './services.ts';

/** What the background does for each message. */
export function createAnswers(services: Services): AnswerAll {
  const { attempts, desk, office, vault } = services;

  async function accountOf(request: { accountId: string }) {
    const account = await office.find(request.accountId);
    if (!account) throw new Error('There is no such account any more.');
    return account;
  }
  const startOf = ({ qrCodeId, startedBy }: Request<'cancelQrCode'>) => ({ qrCodeId, startedBy });

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
    cancelQrCode: async (request) => desk.cancel(await accountOf(request), startOf(request)),
    readLastCancel: ({ accountId, qrCodeId }) => desk.lastCancel(accountId, qrCodeId),
    reviewIds: ({ ids }) => openReviewOf(ids).then(() => null),
    async openQrCode({ qrCodeId }) {
      await leaveFor('popup', { action: 'check', qrCodeId });
      await openPopupWindow();
      return null;
    },
    readAttempts: ({ limit }) => attempts.latest(limit),
    async saveAccount(draft) {
      const saved = await office.save(draft);
      if (saved.ok) void desk.settleUnfinished();
      return saved;
    },
    testConnection: (draft) => office.test(draft),
    useAccount: ({ accountId }) => useAccount(accountId).then(() => null),
    removeAccount: ({ accountId }) => office.remove(accountId).then(() => null),
    async changeSettings({ theme, notifications, ...guarded }) {
      await vault.lockIfIdle();
      // What loosens the lock or the question takes the passphrase first.
      const locked = (await vault.state()).status === 'locked';
      return changeSettings({ theme, notifications, ...(locked ? {} : guarded) });
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
      await noteVault();
      return done;
    },
    eraseHistory: () => attempts.erase().then(() => null),
    forgetEverything: () => forgetEverything(services).then(() => null),
  };
}
