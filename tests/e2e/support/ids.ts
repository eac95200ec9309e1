import type { Sandbox } from '../../../sandbox/server.ts';

/** Returns each id of a complete ACTIVE code once, so that tests do not share codes. */
export function createIdSource(sandbox: Sandbox): () => string {
  const fresh = sandbox.qrCodes
    .all('UAT')
    .filter(({ status, qrName, amount }) => status === 'ACTIVE' && qrName && amount)
    .map(({ qrCodeId }) => String(qrCodeId));
  return () => {
    const id = fresh.shift();
    if (!id) throw new Error('The sandbox has no further fresh QR code');
    return id;
  };
}
