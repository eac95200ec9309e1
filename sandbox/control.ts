import { type Context, Hono } from 'hono';
import type { DialectRegistry } from './dialect-registry.ts';
import { DIALECTS } from './dialects.ts';
import { ENVIRONMENTS } from './environment.ts';
import type { Fault } from './fault.ts';
import type { FaultRegistry } from './fault-registry.ts';
import type { QrCodeStore } from './qr-code-store.ts';
import type { RequestLog } from './request-log.ts';

/** The parts of the sandbox that the control endpoints change. */
export interface Controlled {
  qrCodes: QrCodeStore;
  requests: RequestLog;
  faults: FaultRegistry;
  dialects: DialectRegistry;
  reset(): void;
}

/** The endpoints for controlling the sandbox with curl. The request log leaves them out. */
export function controlEndpoints({ qrCodes, requests, faults, dialects, reset }: Controlled): Hono {
  const app = new Hono();
  app.get('/requests', (context) => pretty(context, requests.all()));
  app.delete('/requests', (context) => {
    requests.clear();
    return pretty(context, { cleared: true });
  });
  app.get('/faults', (context) => pretty(context, faults.list()));
  app.post('/faults', async (context) => {
    const fault = await context.req.json();
    return orComplaint(context, () => ({ id: faults.add(fault as Fault) }));
  });
  app.delete('/faults', (context) => {
    faults.clear();
    return pretty(context, { cleared: true });
  });
  app.get('/dialects', (context) => {
    const all = Object.entries(DIALECTS).map(([name, { description }]) => [name, description]);
    return pretty(context, { on: dialects.list(), all: Object.fromEntries(all) });
  });
  app.post('/dialects', async (context) => {
    const { name, ...options } = await context.req.json();
    return orComplaint(context, () => {
      dialects.use(name, options);
      return { on: dialects.list() };
    });
  });
  app.delete('/dialects', (context) => {
    dialects.clear();
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

/** Leaves out the images, which would fill a terminal. */
function listed(qrCodes: QrCodeStore, environment: (typeof ENVIRONMENTS)[number]): unknown[] {
  return qrCodes.all(environment).map(({ qrCodeBase64: _, ...code }) => ({
    ...code,
    cancelsCarriedOut: qrCodes.countCancels(environment, code.qrCodeId),
  }));
}

/** Responds with the action's result, or with HTTP 400 and the reason if it throws. */
function orComplaint(context: Context, work: () => unknown): Response {
  try {
    return pretty(context, work());
  } catch (error) {
    return context.text(`${error instanceof Error ? error.message : error}\n`, 400);
  }
}

function pretty(context: Context, value: unknown): Response {
  return context.body(`${JSON.stringify(value, null, 2)}\n`, 200, { 'content-type': 'application/json' });
}
