import { until } from '../harness/until.ts';
import type { BenchBrowser } from './browser.ts';

/** A request or the head of a response, as the worker's own thread reports it. Seconds of one monotonic clock. */
export interface TrafficEvent {
  at: number;
  url: string;
}

/** What a worker has sent and got. */
export interface Traffic {
  /** PATCH requests at the time at which they left the worker, with the wall time in epoch ms. */
  patches: (TrafficEvent & { wallTimeMs: number })[];
  /** Answers with status 429 at the time at which they arrived in the worker. */
  rateLimited: TrafficEvent[];
}

interface WatchedTraffic {
  traffic: Traffic;
  /** Detaches from the worker. */
  stop(): Promise<void>;
}

interface RequestSent {
  request: { method: string; url: string };
  timestamp: number;
  wallTime: number;
}

interface ResponseReceived {
  response: { status: number; url: string };
  timestamp: number;
}

/** Attaches to the running worker of an extension, and returns the session's id. */
export async function attachToWorker({ cdp }: BenchBrowser, origin: string): Promise<string> {
  const { targetId } = await until('the worker', async () => {
    const { targetInfos } = await cdp.send<{
      targetInfos: { targetId: string; type: string; url: string }[];
    }>('Target.getTargets');
    return targetInfos.find(({ type, url }) => type === 'service_worker' && url.startsWith(origin));
  });
  const { sessionId } = await cdp.send<{ sessionId: string }>('Target.attachToTarget', {
    targetId,
    flatten: true,
  });
  return sessionId;
}

/** Records a worker's traffic. It slows the worker down, but shows the order of its events without any doubt. */
export async function watchTraffic(browser: BenchBrowser, origin: string): Promise<WatchedTraffic> {
  const { cdp } = browser;
  const session = await attachToWorker(browser, origin);
  const traffic: Traffic = { patches: [], rateLimited: [] };
  const stops = [
    cdp.on('Network.requestWillBeSent', (params, sessionId) => {
      const { request, timestamp, wallTime } = params as unknown as RequestSent;
      if (sessionId !== session || request.method !== 'PATCH') return;
      traffic.patches.push({ at: timestamp, url: request.url, wallTimeMs: wallTime * 1000 });
    }),
    cdp.on('Network.responseReceived', (params, sessionId) => {
      const { response, timestamp } = params as unknown as ResponseReceived;
      if (sessionId === session && response.status === 429)
        traffic.rateLimited.push({ at: timestamp, url: response.url });
    }),
  ];
  await cdp.send('Network.enable', {}, session);
  return {
    traffic,
    async stop() {
      for (const stop of stops) stop();
      await cdp.send('Target.detachFromTarget', { sessionId: session });
    },
  };
}
