/** The id of the notification of a job that is over. */
export const BULK_NOTIFICATION = 'bulk';

const PLANNED = 'planned-';
const ATTEMPT = 'attempt-';

export function plannedNotification(jobId: number): string {
  return `${PLANNED}${jobId}`;
}

export function isPlannedNotification(notificationId: string): boolean {
  return notificationId.startsWith(PLANNED);
}

export function attemptNotification(attemptId: number): string {
  return `${ATTEMPT}${attemptId}`;
}

/** The attempt of a notification; `undefined` for another notification. */
export function attemptOf(notificationId: string): number | undefined {
  return notificationId.startsWith(ATTEMPT) ? Number(notificationId.slice(ATTEMPT.length)) : undefined;
}
