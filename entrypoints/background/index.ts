import { browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import { resetPageEvents } from '../../utils/messaging/page-events.ts';
import { trackConnectedPages } from '../../utils/messaging/page-ports.ts';
import { registerLocking } from './alarms/auto-lock.ts';
import { enforceRetention, registerRetention } from './alarms/history-retention.ts';
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
  // Every listener is registered in this first turn: a browser that has just woken the worker for an event
  // delivers it to those only.
  main() {
    const services = createServices(trackConnectedPages());
    registerMessages(services);
    registerMenus(services);
    registerKeyboard(services);
    registerOmnibox(services);
    registerNotificationClicks();
    registerLocking(services);
    registerBulk(services.bulk);
    registerRetention(services);
    registerFirstRun();
    // It has nothing to do of its own but to wake the worker, whose start does the rest.
    browser.runtime.onStartup.addListener(() => undefined);
    void initialize(services);
  },
});

async function initialize(services: Services): Promise<void> {
  const { bulk, desk, vault } = services;
  void keepStorage();
  await Promise.all([restrictSessionStorage(), ensureOriginRule(), resetPageEvents(), vault.recover()]);
  await Promise.all([desk.settleUnfinished(), bulk.resumeIfDue(), enforceRetention(services)]);
}

/** Keeps `storage.session`, where keys are, from anything that runs in a web page. Not known to Firefox. */
async function restrictSessionStorage(): Promise<void> {
  await browser.storage.session.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' });
}
