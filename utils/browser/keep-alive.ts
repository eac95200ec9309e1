/** A worker is stopped after 30 s without an extension call; this is asked for well before that. */
const HEARTBEAT_MS = 20_000;

/**
 * Keeps the worker running while a piece of work is under way, by a harmless extension call now and then
 * (the way that Chrome's documentation of the service worker's life names).
 */
export async function keepAlive<Result>(
  work: Promise<Result>,
  ping: () => Promise<unknown>,
): Promise<Result> {
  const timer = setInterval(() => void ping(), HEARTBEAT_MS);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}
