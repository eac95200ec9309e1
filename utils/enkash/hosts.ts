import type { Environment } from '../model/environment.ts';

/** EnKash's two gateways. Source: EnKash's developer portal (UAT), its checkout script (LIVE). */
export const GATEWAY_ORIGINS: Readonly<Record<Environment, string>> = {
  UAT: 'https://olympus-pg-uat.enkash.in',
  LIVE: 'https://olympus-pg.enkash.in',
};

const TOKEN_PATH = '/api/v0/merchant/token';
const QR_CODE_PATH = '/api/v0/qr-code';

/** The URL of the token call. */
export function tokenUrl(environment: Environment): string {
  return exactUrl(environment, TOKEN_PATH);
}

/**
 * The URL of a call for one QR code. Throws a RangeError if the id would change the path: an id of `..` survives
 * encoding, and would turn a cancel into a call of another resource.
 */
export function qrCodeUrl(environment: Environment, qrCodeId: string, action?: 'cancel'): string {
  const path = `${QR_CODE_PATH}/${encodeURIComponent(qrCodeId)}${action ? `/${action}` : ''}`;
  return exactUrl(environment, path);
}

/** The URL of the create call. */
export function createUrl(environment: Environment): string {
  return exactUrl(environment, QR_CODE_PATH);
}

/** The URL of one page of a search; `offset` and `limit` count codes. */
export function searchUrl(environment: Environment, offset: number, limit: number): string {
  return `${exactUrl(environment, `${QR_CODE_PATH}/search`)}?offset=${offset}&limit=${limit}`;
}

function exactUrl(environment: Environment, path: string): string {
  const origin = GATEWAY_ORIGINS[environment];
  const url = new URL(path, origin);
  if (url.origin !== origin || url.pathname !== path || url.href !== origin + path)
    throw new RangeError('This is not an address of the gateway; nothing was sent.');
  return url.href;
}
