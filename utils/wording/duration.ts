import { memoizeByLocale } from '../i18n/i18n.ts';

const HOURS = memoizeByLocale(unitOf('hour', 'long'));
const MINUTES = memoizeByLocale(unitOf('minute', 'long'));
const SHORT_HOURS = memoizeByLocale(unitOf('hour', 'short'));
const SHORT_MINUTES = memoizeByLocale(unitOf('minute', 'short'));
const SHORT_SECONDS = memoizeByLocale(unitOf('second', 'short'));

/** A duration in whole minutes: `2 hours 1 minute`. */
export function formatDuration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return [hours > 0 && HOURS().format(hours), rest > 0 && MINUTES().format(rest)].filter(Boolean).join(' ');
}

/** The duration from `at` to `finishedAt` (epoch ms): `0.4 sec`, `2 min 5 sec`, `3 hr 2 min`; empty before the end. */
export function formatElapsed({ at, finishedAt }: { at: number; finishedAt?: number }): string {
  if (finishedAt === undefined) return '';
  const ms = Math.max(0, finishedAt - at);
  if (ms < 60_000) return SHORT_SECONDS().format(Math.floor(ms / 100) / 10);
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60)
    return `${SHORT_MINUTES().format(minutes)} ${SHORT_SECONDS().format(Math.floor((ms % 60_000) / 1000))}`;
  return `${SHORT_HOURS().format(Math.floor(minutes / 60))} ${SHORT_MINUTES().format(minutes % 60)}`;
}

function unitOf(unit: 'hour' | 'minute' | 'second', unitDisplay: 'long' | 'short') {
  return (locale: string) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay });
}
