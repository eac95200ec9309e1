import { isQrCodeId } from '../qr-code-id/id.ts';

/** The file name for a code's image (a `data:` URL); `undefined` if the code has none. */
export function imageFileName(qrCodeId: string | undefined, image: string | undefined): string | undefined {
  const kind = /^data:image\/(\w+);/.exec(image ?? '')?.[1];
  if (kind === undefined || qrCodeId === undefined) return undefined;
  // An id of another form may hold characters that a file name must not.
  return isQrCodeId(qrCodeId) ? `qr-code-${qrCodeId}.${kind}` : `qr-code.${kind}`;
}
