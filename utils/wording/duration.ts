import { inLanguage } from '../i18n.ts';

const HOURS = inLanguage(unitOf('hour'));
const MINUTES = inLanguage(unitOf('minute'));

/** Whole minutes in words: `2 hours 1 minute`. */
export function durationText(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return [hours > 0 && HOURS().format(hours), rest > 0 && MINUTES().format(rest)].filter(Boolean).join(' ');
}

function unitOf(unit: 'hour' | 'minute') {
  return (locale: string) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' });
}
