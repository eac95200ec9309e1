import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import type { Pixels } from '../../../utils/qr-picture/pixels.ts';

/** Loads zxing's reader from the installed package; by itself it would ask the network for it. */
export async function loadZxing(): Promise<(pixels: Pixels) => Promise<string[]>> {
  const path = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const bytes = await readFile(path);
  const wasmBinary = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
  return async ({ width, height, data }) => {
    const image = { width, height, data, colorSpace: 'srgb' } as ImageData;
    const results = await readBarcodes(image, { formats: ['QRCode'], tryDenoise: true });
    return results.filter(({ isValid }) => isValid).map(({ text }) => text);
  };
}
