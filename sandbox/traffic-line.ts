import type { RawResponse } from './raw-response.ts';
import type { LoggedRequest } from './request-log.ts';

/** One line for a terminal about a request and its response. Contains no headers, and so no key or token. */
export function trafficLine(entry: LoggedRequest, delivery: RawResponse): string {
  const answer = 'httpStatus' in delivery ? `${delivery.httpStatus}` : delivery.mode;
  const manner = delivery.mode === 'broken-off' ? ' (broken off)' : '';
  const time = new Date(entry.at).toTimeString().slice(0, 8);
  return `${time}  ${entry.environment.padEnd(4)}  ${entry.method} ${entry.path}${entry.query}  →  ${answer}${manner}`;
}
