import { crc32, deflateSync } from 'node:zlib';
import QRCode from 'qrcode';

const PIXELS_PER_MODULE = 6;
const QUIET_ZONE_MODULES = 4;
const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** PNG's filter for a row that is written as the difference to the row above. */
const FILTER_UP = 2;

const imageOf = new Map<string, string>();
const textIn = new Map<string, string>();

/** The modules of a QR code with its quiet zone. */
export interface QrModules {
  /** Modules on each side. */
  side: number;
  isDark(row: number, column: number): boolean;
}

/** The modules of a text's QR code, with four modules of quiet zone on each side. */
export function qrModules(text: string): QrModules {
  const { size, data } = QRCode.create(text, { errorCorrectionLevel: 'M' }).modules;
  return {
    side: size + 2 * QUIET_ZONE_MODULES,
    isDark(row, column) {
      const y = row - QUIET_ZONE_MODULES;
      const x = column - QUIET_ZONE_MODULES;
      return y >= 0 && x >= 0 && y < size && x < size && data[y * size + x] === 1;
    },
  };
}

/**
 * Draws a text as a QR code and returns the PNG in base64, without a `data:` prefix. Caches the image. Writes one bit per
 * pixel itself, because qrcode's own PNG writer is asynchronous and its images are several times larger.
 */
export function qrImageBase64(text: string): string {
  const known = imageOf.get(text);
  if (known !== undefined) return known;
  const image = encodePng(qrModules(text)).toString('base64');
  imageOf.set(text, image);
  textIn.set(image, text);
  return image;
}

/** The same as a `data:` URL. */
export function qrImageUrl(text: string): string {
  return `data:image/png;base64,${qrImageBase64(text)}`;
}

/** The text of an image that `qrImageBase64` returned, with or without a `data:` prefix; undefined for any other. */
export function textOfQrImage(image: string): string | undefined {
  return textIn.get(image.slice(image.indexOf(',') + 1));
}

function encodePng(modules: QrModules): Buffer {
  const side = modules.side * PIXELS_PER_MODULE;
  const rowBytes = 1 + Math.ceil(side / 8);
  const pixels = Buffer.alloc(rowBytes * side);
  for (let row = 0; row < modules.side; row += 1) {
    const start = row * PIXELS_PER_MODULE * rowBytes;
    pixels.fill(0xff, start + 1, start + rowBytes);
    for (let x = 0; x < side; x += 1) {
      if (modules.isDark(row, Math.floor(x / PIXELS_PER_MODULE)))
        clearBit(pixels, start + 1 + (x >> 3), 7 - (x & 7));
    }
    // The module's further rows of pixels equal the first one.
    for (let below = 1; below < PIXELS_PER_MODULE; below += 1) pixels[start + below * rowBytes] = FILTER_UP;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 1;
  return Buffer.concat([
    PNG_SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function clearBit(bytes: Buffer, index: number, bit: number): void {
  bytes[index] = (bytes[index] ?? 0) & ~(1 << bit);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
