import { create, type QRCodeErrorCorrectionLevel, type QRCodeSegment } from 'qrcode';
import type { Pixels } from '../../utils/qr-picture/pixels.ts';

export type Colour = readonly [red: number, green: number, blue: number];

/** A text, or the segments of a symbol. */
type Contents = string | QRCodeSegment[];

/** A QR code to draw, with a margin of four modules. */
export interface Drawn {
  text: Contents;
  left: number;
  top: number;
  /** The side with the margin, in pixels. */
  side: number;
  level?: QRCodeErrorCorrectionLevel;
}

/** A page of one colour. */
export function blankPage(
  width: number,
  height: number,
  [red, green, blue]: Colour = [255, 255, 255],
): Pixels {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < data.length; at += 4) data.set([red, green, blue, 255], at);
  return { width, height, data };
}

/** The modules of a QR code with its margin, row by row: 1 is dark. */
export function modulesOf(
  text: Contents,
  level: QRCodeErrorCorrectionLevel = 'M',
  margin = 4,
): { size: number; dark: Uint8Array } {
  const { modules } = create(text, { errorCorrectionLevel: level });
  const size = modules.size + 2 * margin;
  const dark = new Uint8Array(size * size);
  for (let y = 0; y < modules.size; y += 1)
    for (let x = 0; x < modules.size; x += 1)
      dark[(y + margin) * size + x + margin] = modules.get(y, x) === 1 ? 1 : 0;
  return { size, dark };
}

/** Draws a QR code in black and white without smoothing. */
export function drawQrCode(page: Pixels, { text, left, top, side, level }: Drawn): void {
  const { size, dark } = modulesOf(text, level);
  for (let y = 0; y < side; y += 1)
    for (let x = 0; x < side; x += 1) {
      const module = Math.floor((y * size) / side) * size + Math.floor((x * size) / side);
      const shade = dark[module] ? 0 : 255;
      page.data.set([shade, shade, shade, 255], ((top + y) * page.width + left + x) * 4);
    }
}

/** A picture of one QR code alone. */
export function qrPicture(text: Contents, side: number, level?: QRCodeErrorCorrectionLevel): Pixels {
  const page = blankPage(side, side);
  drawQrCode(page, { text, left: 0, top: 0, side, ...(level && { level }) });
  return page;
}
