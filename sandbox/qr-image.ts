import { crc32, deflateSync } from 'node:zlib';
import QRCode from 'qrcode';

const PIXELS_PER_MODULE = 6;
const QUIET_ZONE_MODULES = 4;
const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

const drawn = new Map<string, string>();

/**
 * Draws a text as a QR code and returns the PNG in base64, without a `data:` prefix. Caches the image. Writes one bit per
 * pixel itself, because qrcode's own PNG writer is asynchronous and its images are several times larger.
 */
export function qrImageBase64(text: string): string {
  const known = drawn.get(text);
  if (known !== undefined) return known;
  const image = encodePng(QRCode.create(text, { errorCorrectionLevel: 'M' }).modules).toString('base64');
  drawn.set(text, image);
  return image;
}

function encodePng(modules: { size: number; get(row: number, column: number): number }): Buffer {
  const side = (modules.size + 2 * QUIET_ZONE_MODULES) * PIXELS_PER_MODULE;
  const rowBytes = 1 + Math.ceil(side / 8);
  const pixels = Buffer.alloc(rowBytes * side, 0xff);
  for (let y = 0; y < side; y += 1) {
    pixels[y * rowBytes] = 0;
    for (let x = 0; x < side; x += 1) {
      if (isDark(modules, y, x)) clearBit(pixels, y * rowBytes + 1 + (x >> 3), 7 - (x & 7));
    }
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

function isDark(modules: { size: number; get(row: number, column: number): number }, y: number, x: number) {
  const row = Math.floor(y / PIXELS_PER_MODULE) - QUIET_ZONE_MODULES;
  const column = Math.floor(x / PIXELS_PER_MODULE) - QUIET_ZONE_MODULES;
  const inside = row >= 0 && column >= 0 && row < modules.size && column < modules.size;
  return inside && modules.get(row, column) === 1;
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
