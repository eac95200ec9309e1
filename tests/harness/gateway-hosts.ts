/** The gateway hosts, which the harness maps to a server on this machine. */
export const gatewayHosts = ['olympus-pg-uat.enkash.in', 'olympus-pg.enkash.in'] as const;

/** The address of the local gateway. */
export interface LocalGateway {
  port: number;
}

/** The local gateway, with the SHA-256 of its certificate's public key (base64), so that Chromium accepts it. */
export interface PinnedGateway extends LocalGateway {
  spkiHash: string;
}
