/** The two environments of the gateway, with different merchants, keys and QR codes. */
export type Environment = 'UAT' | 'LIVE';

export const ENVIRONMENTS: readonly Environment[] = ['UAT', 'LIVE'];

export const HOST_NAMES: Readonly<Record<Environment, string>> = {
  UAT: 'olympus-pg-uat.enkash.in',
  LIVE: 'olympus-pg.enkash.in',
};

/**
 * Returns the environment for the `Host` or `:authority` of a request, with or without a port. Every other name than
 * production's is UAT, so that `localhost` and an IP address work in curl.
 */
export function environmentOf(host: string): Environment {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return name === HOST_NAMES.LIVE ? 'LIVE' : 'UAT';
}
