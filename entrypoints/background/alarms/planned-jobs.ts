import { browser } from 'wxt/browser';
import { getSessionId } from '../../../utils/browser/session-id.ts';
import { notifyJobChanged } from '../../../utils/bulk/job-events.ts';
import {
  createJobScheduler,
  type JobScheduler,
  type JobSchedulerDeps,
} from '../../../utils/bulk/job-scheduler.ts';
import { systemClock } from '../../../utils/lib/clock.ts';
import { systemLocalTime } from '../../../utils/lib/local-time.ts';
import { notifyPlanned } from '../browser/notifications.ts';

export const PLANNED_ALARM = 'planned';

/** A scheduler that uses the browser's alarm, clocks and notifications. */
export function createBrowserJobScheduler(
  deps: Pick<JobSchedulerDeps, 'jobs' | 'controller' | 'findRefusal' | 'keepAlive'>,
  isOnScreen: () => boolean,
): JobScheduler {
  return createJobScheduler({
    ...deps,
    clock: systemClock,
    local: systemLocalTime,
    monotonic: () => performance.now(),
    browserSession: getSessionId,
    tell: (job) => notifyPlanned(isOnScreen, job),
    alarm: {
      // Periodic, in case the worker is stopped before it sets the next one.
      set: async (when) => browser.alarms.create(PLANNED_ALARM, { when, periodInMinutes: 1 }),
      async clear() {
        await browser.alarms.clear(PLANNED_ALARM);
      },
    },
    onChange: () => void notifyJobChanged(),
  });
}
