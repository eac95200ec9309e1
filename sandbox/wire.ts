import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { Http2Bindings, HttpBindings } from '@hono/node-server';
import type { RawResponse } from './raw-response.ts';
import type { LoggedRequest } from './request-log.ts';

/** Request and response of Node's server, over HTTP/1.1 or HTTP/2. */
export type Wire = HttpBindings | Http2Bindings;

const HUGE_START = '{"response_code":0,"response_message":"SUCCESS","payload":{"description":"';
const HUGE_END = '"}}';
const FILLER = 'Filler text of a very long description. '.repeat(1500);

/** The time for the first half of a body to be sent before the connection is closed. */
const FLUSH_MS = 50;

/**
 * Sends a response, and records it in the log entry. `destroyConnection` closes the whole connection without the
 * protocol's own close message. Ignores errors of a client that disconnects.
 */
export async function send(
  wire: Wire,
  delivery: RawResponse,
  entry: LoggedRequest,
  destroyConnection: () => void,
): Promise<void> {
  if (delivery.mode === 'silence') return;
  if (delivery.mode === 'drop') return destroyConnection();
  // HTTP/2's response is compatible with HTTP/1.1's, but TypeScript's two types do not overlap.
  const outgoing = wire.outgoing as ServerResponse;
  if (outgoing.destroyed) return;
  if (delivery.mode === 'huge') return sendHuge(outgoing, delivery, entry);

  const { httpStatus, headers } = delivery;
  const body = Buffer.from(delivery.body);
  const lengthless = httpStatus === 204 || httpStatus === 304;
  const length: Record<string, string> = lengthless ? {} : { 'content-length': String(body.length) };
  entry.answeredStatus = httpStatus;
  outgoing.writeHead(httpStatus, { ...headers, ...length });
  if (delivery.mode === 'whole') {
    entry.answeredBytes = body.length;
    outgoing.end(lengthless ? undefined : body);
    return;
  }
  const half = body.subarray(0, Math.floor(body.length / 2));
  entry.answeredBytes = half.length;
  outgoing.write(half);
  await wait(FLUSH_MS);
  destroyConnection();
}

async function sendHuge(
  outgoing: ServerResponse,
  { bytes, announced }: RawResponse & { mode: 'huge' },
  entry: LoggedRequest,
): Promise<void> {
  entry.answeredStatus = 200;
  entry.answeredBytes = 0;
  outgoing.writeHead(200, {
    'content-type': 'application/json',
    ...(announced && { 'content-length': String(bytes) }),
  });
  try {
    await pipeline(Readable.from(hugeBody(bytes, entry), { objectMode: false }), outgoing);
  } catch {
    // The client stopped reading, which is the purpose of a huge response.
  }
}

function* hugeBody(bytes: number, entry: LoggedRequest): Generator<Buffer> {
  const filler = Buffer.from(FILLER);
  let remaining = Math.max(0, bytes - HUGE_START.length - HUGE_END.length);
  const counted = (part: Buffer): Buffer => {
    entry.answeredBytes = (entry.answeredBytes ?? 0) + part.length;
    return part;
  };
  yield counted(Buffer.from(HUGE_START));
  for (; remaining > 0; remaining -= filler.length)
    yield counted(filler.subarray(0, Math.min(remaining, filler.length)));
  yield counted(Buffer.from(HUGE_END));
}
