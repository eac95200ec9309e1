import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** The maximum number of colours in a PNG's palette. */
const MAX_COLOURS = 48;
/** The part of the palette for the most frequent colours: surfaces, lines, letters. */
const EXACT_COLOURS = 24;

interface Pixels {
  width: number;
  height: number;
  /** Three bytes a pixel, row by row. */
  rgb: Buffer;
}

/**
 * Writes a screenshot with a palette, which reduces it to a third: a page has few colours, and the mixed colours at the
 * edges of letters become the nearest frequent ones. Accepts PNGs with 8 bits a channel and without interlacing, as from
 * a browser; throws otherwise.
 */
export function shrinkPng(png: Buffer): Buffer {
  const { width, height, rgb } = readPixels(png);
  const { palette, indexes } = toPalette(rgb);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) indexes.copy(rows, y * (width + 1) + 1, y * width, (y + 1) * width);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

function readPixels(png: Buffer): Pixels {
  const parts: Buffer[] = [];
  for (let at = SIGNATURE.length; at < png.length; at += png.readUInt32BE(at) + 12)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const [depth, type, , , interlaced] = png.subarray(24, 29);
  const channels = type === 2 ? 3 : type === 6 ? 4 : 0;
  if (depth !== 8 || channels === 0 || interlaced !== 0)
    throw new Error('Unsupported PNG: expected 8 bits a channel, not interlaced');
  const bytes = unfilter(inflateSync(Buffer.concat(parts)), width * channels, height, channels);
  const rgb = Buffer.alloc(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel += 1)
    bytes.copy(rgb, pixel * 3, pixel * channels, pixel * channels + 3);
  return { width, height, rgb };
}

/** Reverses the filter of each row (PNG specification, “Filtering”). */
function unfilter(rows: Buffer, rowLength: number, height: number, step: number): Buffer {
  const bytes = Buffer.alloc(rowLength * height);
  for (let y = 0; y < height; y += 1) {
    const filter = rows[y * (rowLength + 1)] ?? 0;
    for (let x = 0; x < rowLength; x += 1) {
      const at = y * rowLength + x;
      const left = x < step ? 0 : (bytes[at - step] ?? 0);
      const above = y === 0 ? 0 : (bytes[at - rowLength] ?? 0);
      const corner = x < step || y === 0 ? 0 : (bytes[at - rowLength - step] ?? 0);
      bytes[at] = (rows[y * (rowLength + 1) + 1 + x] ?? 0) + predicted(filter, left, above, corner);
    }
  }
  return bytes;
}

function predicted(filter: number, left: number, above: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return above;
  if (filter === 3) return (left + above) >> 1;
  if (filter !== 4) return 0;
  const [a, b, c] = [Math.abs(above - corner), Math.abs(left - corner), Math.abs(left + above - 2 * corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? above : corner;
}

function toPalette(rgb: Buffer): { palette: Buffer; indexes: Buffer } {
  const counts = new Map<number, number>();
  for (let at = 0; at < rgb.length; at += 3) {
    const colour = rgb.readUIntBE(at, 3);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const colours = frequentColours(counts);
  const nearest = new Map<number, number>();
  const indexes = Buffer.alloc(rgb.length / 3);
  for (let at = 0; at < rgb.length; at += 3) {
    const colour = rgb.readUIntBE(at, 3);
    let index = nearest.get(colour);
    if (index === undefined) {
      index = indexOfNearest(colours, colour);
      nearest.set(colour, index);
    }
    indexes[at / 3] = index;
  }
  const palette = Buffer.alloc(colours.length * 3);
  for (const [index, colour] of colours.entries()) palette.writeUIntBE(colour, index * 3, 3);
  return { palette, indexes };
}

/** The palette: the most frequent colours, then the most frequent one of each group of similar colours. */
function frequentColours(counts: ReadonlyMap<number, number>): number[] {
  const byCount = [...counts].sort(([, one], [, other]) => other - one).map(([colour]) => colour);
  const exact = byCount.slice(0, EXACT_COLOURS);
  const rest = byCount.slice(EXACT_COLOURS);
  let colours = rest;
  // Similar colours differ only in this number of low bits of each channel.
  for (let bits = 1; exact.length + colours.length > MAX_COLOURS; bits += 1) {
    const mask = ((0xff << bits) & 0xff) * 0x010101;
    const chosen = new Map<number, number>();
    for (const colour of rest) if (!chosen.has(colour & mask)) chosen.set(colour & mask, colour);
    colours = [...chosen.values()];
  }
  return [...exact, ...colours];
}

function indexOfNearest(colours: readonly number[], colour: number): number {
  let best = 0;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const [index, candidate] of colours.entries()) {
    const distance =
      ((candidate >> 16) - (colour >> 16)) ** 2 +
      (((candidate >> 8) & 0xff) - ((colour >> 8) & 0xff)) ** 2 +
      ((candidate & 0xff) - (colour & 0xff)) ** 2;
    if (distance < bestDistance) [best, bestDistance] = [index, distance];
  }
  return best;
}
