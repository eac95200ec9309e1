import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingHttpHeaders, ServerHttp2Session, ServerHttp2Stream } from 'node:http2';

/** One request on the wire, from its headers to its end, observed in Node's server. */
export interface Exchange {
  method: string;
  path: string;
  /** Epoch milliseconds. */
  from: number;
  /** Epoch milliseconds of the response, the abort by the browser, or the loss of the connection. */
  to?: number;
  /** Missing if no response was started. */
  status?: number;
  /** Whether its connection ended before the response, or so soon after it that the response may not have arrived. */
  lost?: boolean;
}

/** All requests to the HTTP/2 servers of this process, in order of arrival. */
export interface Traffic {
  readonly exchanges: readonly Exchange[];
  /** Removes all exchanges so far. */
  clear(): void;
  stop(): void;
}

interface StreamMessage {
  stream: ServerHttp2Stream;
  headers: IncomingHttpHeaders;
}

/** A response written less than this before the end of its connection may be lost too. */
const UNDELIVERED_MS = 100;

/** Starts recording. The request log has no durations; only the streams have them. */
export function recordTraffic(): Traffic {
  const exchanges: Exchange[] = [];
  const ofStream = new WeakMap<ServerHttp2Stream, Exchange>();
  const ofSession = new WeakMap<ServerHttp2Session, Exchange[]>();

  function follow(session: ServerHttp2Session): Exchange[] {
    const own: Exchange[] = [];
    ofSession.set(session, own);
    session.once('close', () => {
      const now = Date.now();
      for (const exchange of own) {
        if (now - (exchange.to ?? now) < UNDELIVERED_MS) exchange.lost = true;
      }
    });
    return own;
  }
  const began = (message: unknown): void => {
    const { stream, headers } = message as StreamMessage;
    const exchange: Exchange = {
      method: String(headers[':method']),
      path: String(headers[':path']),
      from: Date.now(),
    };
    exchanges.push(exchange);
    ofStream.set(stream, exchange);
    const session = stream.session as ServerHttp2Session | undefined;
    if (session) (ofSession.get(session) ?? follow(session)).push(exchange);
  };
  const ended = (message: unknown): void => {
    const { stream } = message as StreamMessage;
    const exchange = ofStream.get(stream);
    if (!exchange || exchange.to !== undefined) return;
    exchange.to = Date.now();
    const status = stream.sentHeaders?.[':status'];
    if (status !== undefined) exchange.status = Number(status);
  };
  const channels = [
    ['http2.server.stream.created', began],
    ['http2.server.stream.finish', ended],
    ['http2.server.stream.close', ended],
  ] as const;
  for (const [name, listener] of channels) subscribe(name, listener);
  return {
    exchanges,
    clear() {
      exchanges.length = 0;
    },
    stop() {
      for (const [name, listener] of channels) unsubscribe(name, listener);
    },
  };
}
