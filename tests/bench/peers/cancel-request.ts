import { gatewayHosts } from '../../harness/gateway-hosts.ts';
import type { GatewayDescription } from '../gateway/gateway.ts';

/** The data with which a peer sends the same cancels as the extension. Plain JSON. */
export interface CancelRequest {
  host: string;
  port: number;
  /** The gateway's certificate, as PEM. */
  certificate: string;
  headers: Record<string, string>;
  body: string;
}

/** The same request as the extension's, with the merchant's ready-made token. */
export function cancelRequest({ port, certificate, merchant }: GatewayDescription): CancelRequest {
  return {
    host: gatewayHosts[0],
    port,
    certificate: certificate.pem,
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      merchantaccesskey: merchant.accessKey,
      authorization: `Bearer ${merchant.readyMadeToken}`,
    },
    body: '{}',
  };
}

export function cancelPath(id: string): string {
  return `/api/v0/qr-code/${id}/cancel`;
}

/** Throws unless a response confirms the cancel. */
export function assertCancelled(text: string): void {
  const { payload } = JSON.parse(text) as { payload?: { status?: string } };
  if (payload?.status !== 'CANCELLED') throw new Error(`Not cancelled: ${text.slice(0, 200)}`);
}

/** Calls a function for each id, with at most `limit` calls at once. */
export async function forEachId(
  ids: readonly string[],
  atOnce: number,
  work: (id: string) => Promise<void>,
): Promise<void> {
  const remaining = ids.values();
  const lane = async (): Promise<void> => {
    for (const id of remaining) await work(id);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}
