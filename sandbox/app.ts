import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import type { Connections } from './connections.ts';
import { type Controlled, controlEndpoints } from './control.ts';
import { picturePages } from './demo/picture-pages.ts';
import { demoPage } from './demo.ts';
import { parseRequest, toGatewayCall } from './parse-request.ts';
import type { RawResponse } from './raw-response.ts';
import type { LoggedRequest } from './request-log.ts';
import type { Responder } from './responder.ts';
import { send, type Wire } from './wire.ts';

/** The parts of the sandbox that serve the paths. */
export interface Served extends Controlled {
  responder: Responder;
  connections: Connections;
  /** Called for each gateway request as soon as its response is decided. */
  onAnswer(entry: LoggedRequest, delivery: RawResponse): void;
}

/** Builds the routes: the control endpoints, the demo page, the pages with pictures, and the gateway on all other paths. */
export function createApp(served: Served): Hono<{ Bindings: Wire }> {
  const app = new Hono<{ Bindings: Wire }>();
  app.route('/__sandbox', controlEndpoints(served));
  app.get('/demo', async (context) => context.html(await demoPage(served.qrCodes.all('UAT'))));
  app.route('/pictures', picturePages(served));
  app.all('*', async (context) => {
    const entry = await parseRequest(context);
    served.requests.add(entry);
    const delivery =
      entry.origin === undefined
        ? await served.dialects.answer(toGatewayCall(entry), (call) => served.responder.answer(call, entry))
        : UNKNOWN_ORIGIN;
    const remotePort = context.env.incoming.socket.remotePort;
    served.onAnswer(entry, delivery);
    await send(context.env, delivery, entry, () => served.connections.destroy(remotePort));
    return RESPONSE_ALREADY_SENT;
  });
  return app;
}

/** The gateway has a list of allowed origins, which is empty here. Its server refuses all others in plain text. */
const UNKNOWN_ORIGIN: RawResponse = {
  mode: 'whole',
  httpStatus: 403,
  headers: { 'content-type': 'text/plain;charset=UTF-8' },
  body: 'Invalid CORS request',
};
