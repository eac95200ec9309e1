import { browser } from 'wxt/browser';
import { browserSession } from '../../../utils/browser/session-id.ts';
import { type BulkDesk, type BulkDeskDeps, createBulkDesk } from '../../../utils/bulk/job-controller.ts';
import { noteBulkProgress } from '../../../utils/bulk/job-events.ts';
import { systemClock } from '../../../utils/lib/clock.ts';
import type { Job } from '../../../utils/model/job.ts';
import { percentBadge, stateBadge } from '../../../utils/wording/bulk-badge.ts';
import { isMultiplexed } from '../browser/http-multiplexing.ts';
import { notifyBulkOver } from '../browser/notifications.ts';

const ALARM = 'bulk';
/** The shortest that browsers allow. */
const ALARM_EVERY_MINUTES = 0.5;

/** Puts the desk for lists of codes into this browser: its lock, its alarm, its badge, its notifications. */
export function createBrowserBulkDesk(
  deps: Pick<BulkDeskDeps, 'jobs' | 'send' | 'read' | 'keepAlive'>,
  isOnScreen: () => boolean,
): BulkDesk & { clearBadge(): void } {
  const badge = createBadge();
  const desk = createBulkDesk({
    ...deps,
    clock: systemClock,
    isMultiplexed,
    browserSession,
    alone: (work) => navigator.locks.request('bulk', work),
    alarm: {
      async set() {
        if (!(await browser.alarms.get(ALARM)))
          browser.alarms.create(ALARM, { periodInMinutes: ALARM_EVERY_MINUTES });
      },
      async clear() {
        await browser.alarms.clear(ALARM);
      },
    },
    onProgress(done, total) {
      badge(percentBadge(done, total));
      void noteBulkProgress();
    },
    onChange({ state }: Job) {
      badge(stateBadge(state));
      void noteBulkProgress();
    },
    onOver: (job, counts) => void notifyBulkOver(isOnScreen, job, counts),
  });
  return { ...desk, clearBadge: () => badge('') };
}

/** Takes up what goes on by itself when the alarm comes and when there is a connection again. */
export function registerBulk(bulk: BulkDesk): void {
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === ALARM) void bulk.goOn();
  });
  addEventListener('online', () => void bulk.goOn());
}

/** Writes on the toolbar's icon; `undefined` leaves what is there. */
function createBadge(): (text: string | undefined) => void {
  let shown: string | undefined;
  return (text) => {
    if (text === undefined || text === shown) return;
    shown = text;
    void browser.action.setBadgeText({ text });
  };
}
