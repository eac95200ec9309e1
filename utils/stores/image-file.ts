import { isQrCodeId } from '../qr-code-id/id.ts';

/** What a code's image (a `data:` address) is called as a file; `undefined` where there is none. */
export function imageFileName(qrCodeId: string | undefined, image: string | undefined): string | undefined {
  const kind = /^data:image\/(\w+);/.exec(image ?? '')?.[1];
  if (kind === undefined || qrCodeId === undefined) return undefined;
  // An id in a form of the gateway's own may hold what a file's name must not.
  return isQrCodeId(qrCodeId) ? `qr-code-${qrCodeId}.${kind}` : `qr-code.${kind}`;
}
