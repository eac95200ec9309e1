/** The browser stops a worker 30 s after its last extension call. */
const HEARTBEAT_INTERVAL_MS = 20_000;

/**
 * Keeps the worker running until `work` settles, with a harmless extension call at an interval. Chrome's documentation
 * of the service worker lifecycle recommends this.
 */
export async function keepAlive<Result>(
  work: Promise<Result>,
  ping: () => Promise<unknown>,
): Promise<Result> {
  const timer = setInterval(() => void ping(), HEARTBEAT_INTERVAL_MS);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}
