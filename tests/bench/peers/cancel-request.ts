import { gatewayHosts } from '../../harness/gateway-hosts.ts';
import type { GatewayDescription } from '../gateway/gateway.ts';

/** All that a peer needs to send the cancels that the extension sends. Plain JSON. */
export interface CancelRequest {
  host: string;
  port: number;
  /** Of the gateway, as PEM. */
  certificate: string;
  headers: Record<string, string>;
  body: string;
}

/** The same request as the extension's, signed in with the token that the merchant was handed. */
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

/** Throws unless an answer says that a code is cancelled now. */
export function assertCancelled(text: string): void {
  const { payload } = JSON.parse(text) as { payload?: { status?: string } };
  if (payload?.status !== 'CANCELLED') throw new Error(`Not cancelled: ${text.slice(0, 200)}`);
}

/** Does something for each id, so many at once. */
export async function forEachId(
  ids: readonly string[],
  atOnce: number,
  work: (id: string) => Promise<void>,
): Promise<void> {
  const left = ids.values();
  const lane = async (): Promise<void> => {
    for (const id of left) await work(id);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}
