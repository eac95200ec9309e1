import type { Context } from 'hono';
import type { Call } from './call.ts';
import { environmentOf } from './environment.ts';
import { operationOf } from './operation.ts';
import type { LoggedRequest } from './request-log.ts';
import type { Wire } from './wire.ts';

/** Reads and logs a whole request. If the client disconnects early, the body is empty. */
export async function parseRequest(context: Context<{ Bindings: Wire }>): Promise<LoggedRequest> {
  const at = Date.now();
  const { incoming } = context.env;
  const body = await context.req.text().catch(() => '');
  const headers = plainHeaders(incoming.headers);
  const authority = 'authority' in incoming ? incoming.authority : undefined;
  const host = authority ?? headers.host ?? '';
  const [path = '', ...query] = (incoming.url ?? '').split('?');
  return {
    at,
    method: incoming.method ?? '',
    path,
    query: query.length === 0 ? '' : `?${query.join('?')}`,
    host,
    environment: environmentOf(host),
    reachedGateway: false,
    carriedOut: false,
    httpVersion: incoming.httpVersion,
    headers,
    body,
    // The path as a server resolves it: `/a/../b` is `/b`. The log's `path` stays as received.
    ...operationOf(incoming.method ?? '', context.req.path),
    ...(headers.origin !== undefined && { origin: headers.origin }),
  };
}

/** Parses a request for the gateway. */
export function toGatewayCall(entry: LoggedRequest): Call {
  const { headers, qrCodeId, method, path } = entry;
  return {
    operation: entry.operation,
    environment: entry.environment,
    method,
    path,
    headers,
    query: new URLSearchParams(entry.query),
    body: entry.body,
    ...(qrCodeId !== undefined && { qrCodeId }),
    ...(headers.authorization !== undefined && { authorization: headers.authorization }),
    ...(headers.merchantaccesskey !== undefined && { merchantAccessKey: headers.merchantaccesskey }),
    ...(headers['content-type'] !== undefined && { contentType: headers['content-type'] }),
  };
}

function plainHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const pairs = Object.entries(headers)
    .filter(([name, value]) => !name.startsWith(':') && value !== undefined)
    .map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : String(value)]);
  return Object.fromEntries(pairs);
}
