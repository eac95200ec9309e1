import { browser } from 'wxt/browser';
import { getAccounts } from '../../../utils/accounts/account-store.ts';
import { troubleOf } from '../../../utils/journal/journal-trouble.ts';
import { resetJournal } from '../../../utils/journal/reset-journal.ts';
import { systemClock } from '../../../utils/lib/clock.ts';
import { resetPageEvents } from '../../../utils/messaging/page-events.ts';
import type { ForgetReport } from '../../../utils/messaging/protocol.ts';
import { applyRetentionChange } from '../alarms/history-retention.ts';
import { invalidateLanguage } from '../browser/worker-language.ts';
import type { Services } from '../services.ts';
import { updateContextMenu } from '../triggers/menu-items.ts';

/**
 * Deletes every key first, then settings, accounts, drafts and the journal. Each step runs even if the previous one
 * failed. A running job is stopped without waiting for its open requests: its next request finds no keys. Never rejects.
 */
export async function resetExtension(services: Services): Promise<ForgetReport> {
  const { bulk, forgetMemory, log, openJournal, vault } = services;
  const deleting = vault.destroy();
  bulk.lock();
  const accounts = await getAccounts().then(
    (book) => book.accounts,
    () => [],
  );
  const forgotten = await deleting;
  const [settings, session, journal] = await Promise.all([
    isDone(browser.storage.local.clear()),
    isDone(
      Promise.all(accounts.map(({ id }) => forgetMemory(id))).then(() => browser.storage.session.clear()),
    ),
    resetJournal(openJournal, systemClock).then(() => 'gone' as const, troubleOf),
  ]);
  bulk.clearBadge();
  log.clear();
  invalidateLanguage();
  await Promise.allSettled([applyRetentionChange(services), resetPageEvents(), updateContextMenu()]);
  return { ...forgotten, settings, session, journal };
}

function isDone(step: Promise<unknown>): Promise<boolean> {
  return step.then(
    () => true,
    () => false,
  );
}
