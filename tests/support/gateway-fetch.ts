import { Agent, buildConnector, fetch as undiciFetch } from 'undici';
import type { Sandbox } from '../../sandbox/server.ts';

/** A `fetch` that maps the gateway's host names to the sandbox and validates its certificate. */
export function createGatewayFetch(sandbox: Sandbox): { fetch: typeof fetch; close(): Promise<void> } {
  const connect = buildConnector({ ca: sandbox.certificate.pem });
  const dispatcher = new Agent({
    connect: (options, callback) =>
      connect(
        {
          ...options,
          hostname: '127.0.0.1',
          host: '127.0.0.1',
          port: String(sandbox.port),
          servername: options.hostname,
        },
        callback,
      ),
  });
  return {
    fetch: ((url: string, init: object) =>
      undiciFetch(url, { ...init, dispatcher })) as unknown as typeof fetch,
    close: () => dispatcher.destroy(),
  };
}
