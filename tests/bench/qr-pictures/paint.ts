import type { Pixels, Point } from '../../../utils/qr-picture/pixels.ts';
import { type Colour, modulesOf } from '../../support/draw-qr-code.ts';

export type Corners = readonly [Point, Point, Point, Point];

/** Samples a side for each pixel, so that edges between modules are smooth as a camera or a browser makes them. */
const SAMPLES = 3;

/** The colour at a place of the unit square. */
type Surface = (x: number, y: number) => Colour;

export interface Ink {
  dark: Colour;
  light: Colour;
  /** The radius of each module as a share of its side, if modules are round; the finder patterns stay whole. */
  dots?: number;
  /** The margin in modules. */
  margin?: number;
}

/** A QR code of two colours with its margin, as a surface. */
export function qrSurface(
  text: string,
  level: 'L' | 'M' | 'Q' | 'H',
  { dark, light, dots, margin = 4 }: Ink,
): Surface {
  const { size, dark: modules } = modulesOf(text, level, margin);
  const finder = margin + 8;
  return (x, y) => {
    const column = Math.floor(x * size);
    const row = Math.floor(y * size);
    if (modules[row * size + column] !== 1) return light;
    const right = column >= size - finder;
    const isFinder = row < finder ? column < finder || right : row >= size - finder && column < finder;
    if (dots === undefined || isFinder) return dark;
    return Math.hypot(x * size - column - 0.5, y * size - row - 0.5) < dots ? dark : light;
  };
}

/** Paints a surface onto the quadrilateral with the given corners, clockwise from the surface's top left. */
export function paint(page: Pixels, corners: Corners, surface: Surface): void {
  const [m0, m1, m2, m3, m4, m5, m6, m7, m8] = mapToUnitSquare(corners);
  const [left, right] = extent(
    corners.map(({ x }) => x),
    page.width,
  );
  const [top, bottom] = extent(
    corners.map(({ y }) => y),
    page.height,
  );
  for (let row = top; row < bottom; row += 1)
    for (let column = left; column < right; column += 1) {
      const at = (row * page.width + column) * 4;
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let sample = 0; sample < SAMPLES * SAMPLES; sample += 1) {
        const x = column + ((sample % SAMPLES) + 0.5) / SAMPLES;
        const y = row + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES;
        const depth = m6 * x + m7 * y + m8;
        const across = (m0 * x + m1 * y + m2) / depth;
        const down = (m3 * x + m4 * y + m5) / depth;
        const inside = across >= 0 && down >= 0 && across < 1 && down < 1;
        const colour = inside ? surface(across, down) : undefined;
        red += colour ? colour[0] : (page.data[at] ?? 0);
        green += colour ? colour[1] : (page.data[at + 1] ?? 0);
        blue += colour ? colour[2] : (page.data[at + 2] ?? 0);
      }
      page.data[at] = red / SAMPLES ** 2;
      page.data[at + 1] = green / SAMPLES ** 2;
      page.data[at + 2] = blue / SAMPLES ** 2;
    }
}

/** Fills an upright rectangle with a colour. */
export function fill(
  page: Pixels,
  x: number,
  y: number,
  width: number,
  height: number,
  colour: Colour,
): void {
  const [left, right] = extent([x, x + width], page.width);
  const [top, bottom] = extent([y, y + height], page.height);
  for (let row = top; row < bottom; row += 1)
    for (let column = left; column < right; column += 1)
      page.data.set([...colour, 255], (row * page.width + column) * 4);
}

/** The corners of a square turned around its centre by an angle in degrees. */
export function square(centre: Point, side: number, degrees: number): Corners {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const corner = (x: number, y: number): Point => ({
    x: centre.x + (x * cos - y * sin) * side,
    y: centre.y + (x * sin + y * cos) * side,
  });
  return [corner(-0.5, -0.5), corner(0.5, -0.5), corner(0.5, 0.5), corner(-0.5, 0.5)];
}

function extent(values: readonly number[], length: number): [number, number] {
  return [Math.max(0, Math.floor(Math.min(...values))), Math.min(length, Math.ceil(Math.max(...values)))];
}

type Matrix = [number, number, number, number, number, number, number, number, number];

/** The projective map of a quadrilateral onto the unit square (Heckbert 1989, inverted by the adjugate). */
function mapToUnitSquare([a, b, c, d]: Corners): Matrix {
  const [dx1, dx2, dx3] = [b.x - c.x, d.x - c.x, a.x - b.x + c.x - d.x];
  const [dy1, dy2, dy3] = [b.y - c.y, d.y - c.y, a.y - b.y + c.y - d.y];
  const scale = dx1 * dy2 - dx2 * dy1;
  const g = (dx3 * dy2 - dx2 * dy3) / scale;
  const h = (dx1 * dy3 - dx3 * dy1) / scale;
  const [m0, m1, m2] = [b.x - a.x + g * b.x, d.x - a.x + h * d.x, a.x];
  const [m3, m4, m5] = [b.y - a.y + g * b.y, d.y - a.y + h * d.y, a.y];
  return [
    m4 - m5 * h,
    m2 * h - m1,
    m1 * m5 - m2 * m4,
    m5 * g - m3,
    m0 - m2 * g,
    m2 * m3 - m0 * m5,
    m3 * h - m4 * g,
    m1 * g - m0 * h,
    m0 * m4 - m1 * m3,
  ];
}
