import { createSecureServer, type Http2SecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { createApp } from './app.ts';
import { createCertificate } from './certificate.ts';
import { Connections } from './connections.ts';
import { DialectRegistry } from './dialect-registry.ts';
import type { Environment } from './environment.ts';
import { FaultRegistry } from './fault-registry.ts';
import { Gateway } from './gateway.ts';
import { MERCHANTS, type Merchant } from './merchants.ts';
import { QrCodeStore } from './qr-code-store.ts';
import { RequestLog } from './request-log.ts';
import { Responder } from './responder.ts';
import { TokenIssuer } from './token-issuer.ts';
import { trafficLine } from './traffic-line.ts';

export type { Environment } from './environment.ts';
export type { Answer } from './fault.ts';
export type { Merchant } from './merchants.ts';
export type { LoggedRequest } from './request-log.ts';

/** A running imitation of the gateway. */
export interface Sandbox {
  port: number;
  /** `https://127.0.0.1:<port>` */
  url: string;
  /** `spkiHash` is for Chromium's `--ignore-certificate-errors-spki-list`. */
  certificate: { pem: string; spkiHash: string };
  merchants: Readonly<Record<Environment, Merchant>>;
  qrCodes: QrCodeStore;
  requests: RequestLog;
  faults: FaultRegistry;
  dialects: DialectRegistry;
  /** `expire()` makes all issued tokens stale. The ready-made ones stay valid. */
  issueTokens: { expire(): void };
  /** Resets codes, faults, dialects, log and tokens, and drops delayed responses. Certificate and port stay. */
  reset(): void;
  /** Stops the server at once, even if requests are open. */
  close(): Promise<void>;
}

/**
 * Starts the gateway on 127.0.0.1, over HTTP/2 and HTTP/1.1 on one port (by default a free one). `log: 'stdout'` prints
 * one line for each request. Rejects if the port is in use.
 */
export async function startSandbox(
  options: { port?: number; log?: 'none' | 'stdout' } = {},
): Promise<Sandbox> {
  const { privateKeyPem, ...certificate } = await createCertificate();
  const qrCodes = new QrCodeStore();
  const tokens = new TokenIssuer();
  const requests = new RequestLog();
  const faults = new FaultRegistry();
  const dialects = new DialectRegistry({ qrCodes, tokens });
  const gateway = new Gateway(qrCodes, tokens);
  const responder = new Responder(gateway, faults);
  const connections = new Connections();

  const reset = (): void => {
    responder.abortPending();
    qrCodes.reset();
    gateway.reset();
    faults.clear();
    dialects.clear();
    requests.clear();
    tokens.expire();
  };
  const app = createApp({
    qrCodes,
    requests,
    faults,
    dialects,
    responder,
    connections,
    reset,
    onAnswer: (entry, delivery) => {
      if (options.log === 'stdout') console.log(trafficLine(entry, delivery));
    },
  });
  const server = createSecureServer(
    { key: privateKeyPem, cert: certificate.pem, allowHTTP1: true },
    // The extension's tests run in this process and need their own Request and Response.
    getRequestListener(app.fetch, { overrideGlobalObjects: false }),
  );
  connections.follow(server);
  const port = await listen(server, options.port ?? 0);
  return {
    port,
    url: `https://127.0.0.1:${port}`,
    certificate,
    merchants: MERCHANTS,
    qrCodes,
    requests,
    faults,
    dialects,
    issueTokens: { expire: () => tokens.expire() },
    reset,
    close: () =>
      new Promise((resolve) => {
        responder.abortPending();
        server.close(() => resolve());
        connections.destroyAll();
      }),
  };
}

/** Listens on 127.0.0.1 and returns the port. */
async function listen(server: Http2SecureServer, requestedPort: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(requestedPort, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}
