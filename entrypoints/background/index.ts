import { browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import { trackConnectedPages } from '../../utils/messaging/page-ports.ts';
import { registerAlarms } from './alarms/listener.ts';
import { registerNotificationClicks } from './browser/notification-clicks.ts';
import { registerFirstRun } from './browser/open-on-install.ts';
import { createServiceLoader } from './load-services.ts';
import { registerMessages } from './messages/listener.ts';
import { registerMenus } from './triggers/context-menu.ts';
import { registerOmnibox } from './triggers/omnibox-listener.ts';
import { registerKeyboard } from './triggers/shortcuts.ts';

/** The worker starts for an event. By then it has usually answered it. */
const START_UP_DELAY_MS = 200;

export default defineBackground({
  // Registers every listener synchronously: a browser that starts the worker for an event delivers the event only to
  // listeners registered in the first turn. All else is evaluated when an event needs it, so that the worker starts fast.
  main() {
    const loadServices = createServiceLoader(trackConnectedPages());
    registerMessages(loadServices);
    registerMenus(loadServices);
    registerKeyboard(loadServices);
    registerOmnibox(loadServices);
    registerNotificationClicks();
    registerAlarms(loadServices);
    registerFirstRun();
    // Registered only so that the browser starts the worker.
    browser.runtime.onStartup.addListener(() => undefined);
    setTimeout(async () => {
      const [services, { startUp }] = await Promise.all([loadServices(), import('./start-up.ts')]);
      await startUp(services);
    }, START_UP_DELAY_MS);
  },
});
