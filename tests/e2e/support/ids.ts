import type { Sandbox } from '../../../sandbox/server.ts';

/** Hands out ids of ACTIVE codes with all their fields, each once, so that no test meets another's traces. */
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
