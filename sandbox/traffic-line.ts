import type { RawResponse } from './raw-response.ts';
import type { LoggedRequest } from './request-log.ts';

/** One line for a terminal on a request and what is sent in answer. Bears no header, so no key or token. */
export function trafficLine(entry: LoggedRequest, delivery: RawResponse): string {
  const answer = 'httpStatus' in delivery ? `${delivery.httpStatus}` : delivery.mode;
  const manner = delivery.mode === 'broken-off' ? ' (broken off)' : '';
  const time = new Date(entry.at).toTimeString().slice(0, 8);
  return `${time}  ${entry.environment.padEnd(4)}  ${entry.method} ${entry.path}${entry.query}  →  ${answer}${manner}`;
}
