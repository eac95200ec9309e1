import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
prepareZXingModule({ overrides: { wasmBinary: readFileSync(wasm).buffer as ArrayBuffer } });

/**
 * The texts of all QR codes in a picture (PNG or JPEG), which is a file's bytes, base64 or a `data:` URL. Uses another
 * decoder than the extension.
 */
export async function readQrPicture(picture: Uint8Array | string): Promise<string[]> {
  const bytes =
    typeof picture === 'string' ? Buffer.from(picture.slice(picture.indexOf(',') + 1), 'base64') : picture;
  const found = await readBarcodes(new Uint8Array(bytes), { formats: ['QRCode'], maxNumberOfSymbols: 20 });
  return found.map(({ text }) => text);
}
