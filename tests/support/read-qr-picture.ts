import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
prepareZXingModule({ overrides: { wasmBinary: readFileSync(wasm).buffer as ArrayBuffer } });

/** Pixels in RGBA, as a canvas returns them. */
export interface Pixels {
  data: Uint8ClampedArray<ArrayBuffer>;
  width: number;
  height: number;
}

/**
 * The texts of all QR codes in a picture: a file's bytes (PNG or JPEG), its base64, a `data:` URL, or pixels. Uses another
 * decoder than the extension.
 */
export async function readQrPicture(picture: Uint8Array | string | Pixels): Promise<string[]> {
  const found = await readBarcodes(inputOf(picture), { formats: ['QRCode'], maxNumberOfSymbols: 20 });
  return found.map(({ text }) => text);
}

function inputOf(picture: Uint8Array | string | Pixels): Uint8Array | ImageData {
  if (typeof picture === 'string') return Buffer.from(picture.slice(picture.indexOf(',') + 1), 'base64');
  return picture instanceof Uint8Array ? picture : ({ ...picture, colorSpace: 'srgb' } as ImageData);
}
