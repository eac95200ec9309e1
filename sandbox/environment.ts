/** The two environments the gateway keeps apart: different merchants, keys and QR codes. */
export type Environment = 'UAT' | 'LIVE';

export const ENVIRONMENTS: readonly Environment[] = ['UAT', 'LIVE'];

export const HOST_NAMES: Readonly<Record<Environment, string>> = {
  UAT: 'olympus-pg-uat.enkash.in',
  LIVE: 'olympus-pg.enkash.in',
};

/**
 * Tells the environment from the `Host` or `:authority` of a request, with or without a port.
 * Anything but the production name is UAT, so that `localhost` and a bare address work in curl.
 */
export function environmentOf(host: string): Environment {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return name === HOST_NAMES.LIVE ? 'LIVE' : 'UAT';
}
