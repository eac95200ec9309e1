import { type Context, Hono } from 'hono';
import { ENVIRONMENTS } from './environment.ts';
import type { Fault } from './fault.ts';
import type { FaultBook } from './fault-book.ts';
import type { QrCodeStore } from './qr-code-store.ts';
import type { RequestLog } from './request-log.ts';

/** What the control endpoints act on. */
export interface Controlled {
  qrCodes: QrCodeStore;
  requests: RequestLog;
  faults: FaultBook;
  reset(): void;
}

/** The endpoints by which a person steers the sandbox with curl. None of them shows up in the log. */
export function controlEndpoints({ qrCodes, requests, faults, reset }: Controlled): Hono {
  const app = new Hono();
  app.get('/requests', (context) => pretty(context, requests.all()));
  app.delete('/requests', (context) => {
    requests.clear();
    return pretty(context, { cleared: true });
  });
  app.get('/faults', (context) => pretty(context, faults.list()));
  app.post('/faults', async (context) => {
    try {
      const id = faults.add((await context.req.json()) as Fault);
      return pretty(context, { id });
    } catch (error) {
      return context.text(`${error instanceof Error ? error.message : error}\n`, 400);
    }
  });
  app.delete('/faults', (context) => {
    faults.clear();
    return pretty(context, { cleared: true });
  });
  app.get('/qr-codes', (context) =>
    pretty(
      context,
      Object.fromEntries(ENVIRONMENTS.map((environment) => [environment, listed(qrCodes, environment)])),
    ),
  );
  app.post('/reset', (context) => {
    reset();
    return pretty(context, { reset: true });
  });
  app.all('*', (context) => context.text('No such control endpoint\n', 404));
  return app;
}

/** The images are left out: they would bury the rest in a terminal. */
function listed(qrCodes: QrCodeStore, environment: (typeof ENVIRONMENTS)[number]): unknown[] {
  return qrCodes.all(environment).map(({ qrCodeBase64: _, ...code }) => ({
    ...code,
    cancelsCarriedOut: qrCodes.countCancels(environment, code.qrCodeId),
  }));
}

function pretty(context: Context, value: unknown): Response {
  return context.body(`${JSON.stringify(value, null, 2)}\n`, 200, { 'content-type': 'application/json' });
}
