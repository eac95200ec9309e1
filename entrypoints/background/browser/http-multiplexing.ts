import { GATEWAY_ORIGINS } from '../../../utils/enkash/hosts.ts';

const GATEWAYS = Object.values(GATEWAY_ORIGINS);
let multiplexed = false;

/**
 * Whether the last requests went over a connection that carries many at once (HTTP/2 or 3). Chromium tells an
 * extension's worker the protocol (measured); where a browser does not, the pace is that of HTTP/1.1.
 */
export function isHttpMultiplexed(): boolean {
  const last = (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).findLast(
    ({ name }) => GATEWAYS.some((origin) => name.startsWith(origin)),
  );
  // The browser keeps some hundred of these, and then no newer ones.
  performance.clearResourceTimings();
  if (last) multiplexed = /^h[23]/.test(last.nextHopProtocol);
  return multiplexed;
}
