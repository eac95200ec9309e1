import { browser } from 'wxt/browser';
import { getSessionId } from '../../../utils/browser/session-id.ts';
import {
  createJobController,
  type JobController,
  type JobControllerDeps,
} from '../../../utils/bulk/job-controller.ts';
import { notifyJobChanged } from '../../../utils/bulk/job-events.ts';
import { systemClock } from '../../../utils/lib/clock.ts';
import type { Job } from '../../../utils/model/job.ts';
import { percentBadge, stateBadge } from '../../../utils/wording/bulk-badge.ts';
import { isHttpMultiplexed } from '../browser/http-multiplexing.ts';
import { notifyBulkOver } from '../browser/notifications.ts';

export const BULK_ALARM = 'bulk';
/** The shortest period that browsers allow. */
const ALARM_EVERY_MINUTES = 0.5;

/** A job controller that uses the browser's lock, alarm, badge and notifications. */
export function createBrowserJobController(
  deps: Pick<JobControllerDeps, 'jobs' | 'send' | 'read' | 'keepAlive'>,
  isOnScreen: () => boolean,
  onStateChange: () => void,
): JobController & { clearBadge(): void } {
  const badge = createBadge();
  const controller = createJobController({
    ...deps,
    clock: systemClock,
    isMultiplexed: isHttpMultiplexed,
    browserSession: getSessionId,
    withExclusiveLock: (work) => navigator.locks.request('bulk', work),
    alarm: {
      async set() {
        if (!(await browser.alarms.get(BULK_ALARM)))
          browser.alarms.create(BULK_ALARM, { periodInMinutes: ALARM_EVERY_MINUTES });
      },
      async clear() {
        await browser.alarms.clear(BULK_ALARM);
      },
    },
    onProgress(done, total) {
      badge(percentBadge(done, total));
      void notifyJobChanged();
    },
    onChange({ state }: Job) {
      badge(stateBadge(state));
      void notifyJobChanged();
      onStateChange();
    },
    onFinished(job, counts) {
      const isSingle = job.total === 1 && job.startedBy !== undefined && job.startedBy !== 'workbench';
      const only = isSingle ? deps.jobs.item(job.jobId, 1) : Promise.resolve(undefined);
      void only.then((item) => notifyBulkOver(isOnScreen, job, counts, item));
    },
  });
  return { ...controller, clearBadge: () => badge('') };
}

/** Returns a function that sets the badge on the toolbar icon; `undefined` leaves the badge as it is. */
function createBadge(): (text: string | undefined) => void {
  let shown: string | undefined;
  return (text) => {
    if (text === undefined || text === shown) return;
    shown = text;
    void browser.action.setBadgeText({ text });
  };
}
