import { browser } from 'wxt/browser';
import { enforceRetention } from './alarms/history-retention.ts';
import { ensureOriginRule } from './browser/origin-header-rule.ts';
import { keepStorage } from './browser/persistent-storage.ts';
import type { Services } from './services.ts';
import { updateContextMenu } from './triggers/menu-items.ts';

/** Continues the work of an earlier worker, and brings menu and storage up to date. */
export async function startUp(services: Services): Promise<void> {
  const { bulk, planned, qrCodes, vault } = services;
  void keepStorage();
  void updateContextMenu();
  await Promise.all([restrictSessionStorage(), ensureOriginRule(), vault.recover()]);
  await Promise.all([qrCodes.settleUnfinished(), bulk.resumeIfDue(), enforceRetention(services)]);
  await planned.startDue();
}

/** Denies content scripts access to `storage.session`, which holds keys. Firefox does not have this method. */
async function restrictSessionStorage(): Promise<void> {
  await browser.storage.session.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' });
}
