import { qrModules } from './qr-image.ts';

/** A block of a JPEG is eight pixels wide. With one module in each block, every block has one brightness. */
const BLOCK = 8;
/** Quantization 8 makes the first coefficient of a block its brightness less 128. */
const STEP = 8;
const WHITE = 127;
const BLACK = -128;
const END_OF_BLOCK = '0';

const drawn = new Map<string, string>();

/** Draws a text as a QR code and returns a grey JPEG in base64, without a `data:` prefix. Caches the image. */
export function qrJpegBase64(text: string): string {
  const known = drawn.get(text);
  if (known !== undefined) return known;
  const image = encodeJpeg(text).toString('base64');
  drawn.set(text, image);
  return image;
}

function encodeJpeg(text: string): Buffer {
  const { side, isDark } = qrModules(text);
  const pixels = side * BLOCK;
  let bits = '';
  let before = 0;
  for (let row = 0; row < side; row += 1) {
    for (let column = 0; column < side; column += 1) {
      const level = isDark(row, column) ? BLACK : WHITE;
      bits += coefficient(level - before) + END_OF_BLOCK;
      before = level;
    }
  }
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, [...Buffer.from('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    segment(0xdb, [0, ...Array(64).fill(STEP)]),
    segment(0xc0, [8, pixels >> 8, pixels & 255, pixels >> 8, pixels & 255, 1, 1, 0x11, 0]),
    // Differences of 0 to 8 bits have codes of four bits; the other table only has the end of a block.
    segment(0xc4, [0x00, 0, 0, 0, 9, ...Array(12).fill(0), 0, 1, 2, 3, 4, 5, 6, 7, 8]),
    segment(0xc4, [0x10, 1, ...Array(15).fill(0), 0]),
    segment(0xda, [1, 1, 0x00, 0, 63, 0]),
    packed(bits),
    Buffer.from([0xff, 0xd9]),
  ]);
}

/** A difference of two blocks: its number of bits as a code of four bits, then the bits, inverted if it is negative. */
function coefficient(difference: number): string {
  if (difference === 0) return '0000';
  const digits = Math.abs(difference).toString(2);
  const written = difference > 0 ? digits : digits.replace(/[01]/g, (bit) => (bit === '0' ? '1' : '0'));
  return digits.length.toString(2).padStart(4, '0') + written;
}

function segment(marker: number, data: readonly number[]): Buffer {
  const length = data.length + 2;
  return Buffer.from([0xff, marker, length >> 8, length & 255, ...data]);
}

/** Fills the last byte with ones, and puts a zero after each 0xFF, which would read as a marker. */
function packed(bits: string): Buffer {
  const bytes = bits.match(/.{1,8}/g) ?? [];
  return Buffer.from(
    bytes.flatMap((byte) => {
      const value = Number.parseInt(byte.padEnd(8, '1'), 2);
      return value === 0xff ? [value, 0] : value;
    }),
  );
}
