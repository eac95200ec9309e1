import { formatCount, t } from '../i18n/i18n.ts';
import { SEPARATOR } from './bulk.ts';
import { formatDuration } from './duration.ts';

/** A job's rate (items per second) and remaining time: `about 25 a second · about 2 minutes left`. */
export function formatThroughput(rate: number | undefined, secondsLeft: number | undefined): string {
  return [
    rate === undefined || rate <= 0 ? '' : rateText(rate),
    secondsLeft === undefined || !Number.isFinite(secondsLeft) ? '' : timeLeftText(secondsLeft),
  ]
    .filter(Boolean)
    .join(SEPARATOR);
}

function rateText(perSecond: number): string {
  if (perSecond >= 1) return t('ratePerSecond', formatCount(Math.round(perSecond)));
  return t('ratePerMinute', formatCount(Math.max(1, Math.round(perSecond * 60))));
}

/** Rounds up, so that the job rarely takes longer than the text says. */
function timeLeftText(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  if (seconds < 50) return t('timeLeftShort');
  return t('timeLeft', formatDuration(minutes));
}
