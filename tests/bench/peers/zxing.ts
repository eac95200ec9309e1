import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader';
import type { Pixels } from '../../../utils/qr-picture/pixels.ts';

/** Beside its defaults (try harder, turned and inverted), the options with which it reads the most of our pictures. */
const OPTIONS: ReaderOptions = {
  formats: ['QRCode'],
  tryDenoise: true,
  downscaleThreshold: 200,
  downscaleFactor: 2,
};

/** Loads zxing's reader from the installed package; by itself it would ask the network for it. */
export async function loadZxing(): Promise<(pixels: Pixels) => Promise<string[]>> {
  const path = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const bytes = await readFile(path);
  const wasmBinary = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
  return async ({ width, height, data }) => {
    const image = { width, height, data, colorSpace: 'srgb' } as ImageData;
    const results = await readBarcodes(image, OPTIONS);
    return results.filter(({ isValid }) => isValid).map(({ text }) => text);
  };
}
