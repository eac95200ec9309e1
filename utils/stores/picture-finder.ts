import { pixelsOfBlob, pixelsOfDataUrl } from '../browser/picture-pixels.ts';
import { readPage, readPicture } from '../find/read-page.ts';
import { systemClock } from '../lib/clock.ts';
import type { Send } from '../messaging/protocol.ts';
import { decodeQrCode } from '../qr-picture/decode.ts';
import { createFindStore } from './find.ts';
import type { FindStore, FindStoreDeps } from './find-state.ts';

/** Builds the store of pictures with this browser's own means to capture pages and to decode pictures. */
export function createPictureFinder(
  deps: { send: Send } & Pick<FindStoreDeps, 'findsAll' | 'onProven'>,
): FindStore {
  return createFindStore({
    ...deps,
    clock: systemClock,
    decode: async (dataUrl) => decodeQrCode(await pixelsOfDataUrl(dataUrl)),
    readPage,
    readPixels: readPicture,
    readPictureFile: async (file, signal) => readPicture(await pixelsOfBlob(file), signal),
  });
}
