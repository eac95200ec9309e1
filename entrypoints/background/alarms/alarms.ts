import type { Services } from '../services.ts';
import { AUTO_LOCK_ALARM, lockIfIdle } from './auto-lock.ts';
import { enforceRetention, RETENTION_ALARM } from './history-retention.ts';
import { PLANNED_ALARM } from './planned-jobs.ts';
import { BULK_ALARM } from './resume-jobs.ts';

/** The work of each alarm, by its name. */
export const ALARMS: Readonly<Record<string, (services: Services) => Promise<void>>> = {
  [AUTO_LOCK_ALARM]: lockIfIdle,
  [BULK_ALARM]: ({ bulk }) => bulk.resumeIfDue(),
  // Also resumes a planned job that a stopped worker had started.
  [PLANNED_ALARM]: ({ bulk, planned }) => bulk.resumeIfDue().then(planned.startDue),
  [RETENTION_ALARM]: (services) => services.stayAlive(enforceRetention(services)),
};
