/** The gateways' hosts, which the harness leads to a server on this machine. */
export const gatewayHosts = ['olympus-pg-uat.enkash.in', 'olympus-pg.enkash.in'] as const;

/** Where the local gateway listens. */
export interface LocalGateway {
  port: number;
}

/** The local gateway with the SHA-256 of its certificate's public key (base64), by which Chromium accepts it. */
export interface PinnedGateway extends LocalGateway {
  spkiHash: string;
}
