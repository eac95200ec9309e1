import { GATEWAY_ORIGINS } from '../../../utils/enkash/hosts.ts';

const GATEWAYS = Object.values(GATEWAY_ORIGINS);
let multiplexed = false;

/**
 * Whether the last request used a multiplexed connection (HTTP/2 or HTTP/3). Chromium reports the protocol to an
 * extension's worker (measured). If a browser does not report it, assume HTTP/1.1.
 */
export function isHttpMultiplexed(): boolean {
  const last = (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).findLast(
    ({ name }) => GATEWAYS.some((origin) => name.startsWith(origin)),
  );
  // The buffer holds some hundred entries. Once it is full, the browser adds no newer ones.
  performance.clearResourceTimings();
  if (last) multiplexed = /^h[23]/.test(last.nextHopProtocol);
  return multiplexed;
}
