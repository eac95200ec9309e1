import { browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import { resetPageEvents } from '../../utils/messaging/page-events.ts';
import { trackConnectedPages } from '../../utils/messaging/page-ports.ts';
import { registerLocking } from './alarms/auto-lock.ts';
import { enforceRetention, registerRetention } from './alarms/history-retention.ts';
import { registerPlanned } from './alarms/planned-jobs.ts';
import { registerBulk } from './alarms/resume-jobs.ts';
import { registerNotificationClicks } from './browser/notifications.ts';
import { registerFirstRun } from './browser/open-on-install.ts';
import { ensureOriginRule } from './browser/origin-header-rule.ts';
import { keepStorage } from './browser/persistent-storage.ts';
import { registerMessages } from './messages/listener.ts';
import { createServices, type Services } from './services.ts';
import { registerMenus } from './triggers/context-menu.ts';
import { registerOmnibox } from './triggers/omnibox.ts';
import { registerKeyboard } from './triggers/shortcuts.ts';

export default defineBackground({
  // Registers every listener synchronously: a browser that starts the worker for an event delivers the event only to
  // listeners registered in the first turn.
  main() {
    const services = createServices(trackConnectedPages());
    registerMessages(services);
    registerMenus(services);
    registerKeyboard(services);
    registerOmnibox(services);
    registerNotificationClicks();
    registerLocking(services);
    registerBulk(services.bulk);
    registerPlanned(services.planned, services.bulk);
    registerRetention(services);
    registerFirstRun();
    // Registered only so that the browser starts the worker.
    browser.runtime.onStartup.addListener(() => undefined);
    void initialize(services);
  },
});

async function initialize(services: Services): Promise<void> {
  const { bulk, planned, qrCodes, vault } = services;
  void keepStorage();
  await Promise.all([restrictSessionStorage(), ensureOriginRule(), resetPageEvents(), vault.recover()]);
  await Promise.all([qrCodes.settleUnfinished(), bulk.resumeIfDue(), enforceRetention(services)]);
  await planned.startDue();
}

/** Denies content scripts access to `storage.session`, which holds keys. Firefox does not have this method. */
async function restrictSessionStorage(): Promise<void> {
  await browser.storage.session.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' });
}
