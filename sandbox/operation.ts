/** The gateway's operations; `other` is every unknown request. */
export type Operation = 'token' | 'get' | 'search' | 'create' | 'cancel' | 'other';

const QR_CODES = '/api/v0/qr-code';

/** Returns the operation for a method and a path (without the query), and the QR code id if the path has one. */
export function operationOf(method: string, path: string): { operation: Operation; qrCodeId?: string } {
  if (method === 'POST') {
    if (path === '/api/v0/merchant/token') return { operation: 'token' };
    if (path === `${QR_CODES}/search`) return { operation: 'search' };
    if (path === QR_CODES) return { operation: 'create' };
  }
  const [, rawId, tail] = /^\/api\/v0\/qr-code\/([^/]+)(\/cancel)?$/.exec(path) ?? [];
  if (rawId === undefined) return { operation: 'other' };
  if (method === 'GET' && tail === undefined) return { operation: 'get', qrCodeId: decode(rawId) };
  if (method === 'PATCH' && tail !== undefined) return { operation: 'cancel', qrCodeId: decode(rawId) };
  return { operation: 'other' };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
