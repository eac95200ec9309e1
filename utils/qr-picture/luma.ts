import type { Pixels, Point } from './pixels.ts';

interface Size {
  width: number;
  height: number;
}

/** A picture in shades of grey, one byte a pixel. */
export interface Luma extends Size {
  data: Uint8ClampedArray;
}

/** The brightness of each pixel, with white behind transparent ones. */
export function lumaOf({ width, height, data: source }: Pixels): Luma {
  const data = new Uint8ClampedArray(width * height);
  for (let at = 0, from = 0; at < data.length; at += 1, from += 4) {
    const red = source[from] as number;
    const green = source[from + 1] as number;
    const blue = source[from + 2] as number;
    const opacity = source[from + 3] as number;
    const grey = (red + 2 * green + blue) >> 2;
    data[at] = opacity === 255 ? grey : 255 - ((255 - grey) * opacity) / 255;
  }
  return { width, height, data };
}

/** The picture at another size: the mean of the covered pixels if it shrinks, bilinear if it grows. */
export function resized(luma: Luma, factor: number): Luma {
  const width = Math.max(1, Math.round(luma.width * factor));
  const height = Math.max(1, Math.round(luma.height * factor));
  const columns = weightsOf(luma.width, width);
  const rows = weightsOf(luma.height, height);
  const wide = new Float32Array(width * luma.height);
  for (let y = 0; y < luma.height; y += 1) {
    const from = y * luma.width;
    for (let x = 0; x < width; x += 1) {
      const { first, weights } = columns[x] as Weights;
      let sum = 0;
      for (let i = 0; i < weights.length; i += 1)
        sum += (weights[i] as number) * (luma.data[from + first + i] as number);
      wide[y * width + x] = sum;
    }
  }
  const data = new Uint8ClampedArray(width * height);
  const line = new Float32Array(width);
  for (let y = 0; y < height; y += 1) {
    const { first, weights } = rows[y] as Weights;
    line.fill(0);
    for (let i = 0; i < weights.length; i += 1) {
      const weight = weights[i] as number;
      const from = (first + i) * width;
      for (let x = 0; x < width; x += 1) line[x] = (line[x] as number) + weight * (wide[from + x] as number);
    }
    data.set(line, y * width);
  }
  return { width, height, data };
}

/** The pixels of a line that make up one pixel of the resized line, and their shares. */
interface Weights {
  first: number;
  weights: Float32Array;
}

function weightsOf(from: number, to: number): Weights[] {
  const step = from / to;
  return Array.from({ length: to }, (_, at) =>
    step > 1 ? areaWeights(at * step, (at + 1) * step, from) : linearWeights((at + 0.5) * step - 0.5, from),
  );
}

function areaWeights(start: number, end: number, length: number): Weights {
  const first = Math.min(Math.floor(start), length - 1);
  const last = Math.max(first, Math.min(Math.ceil(end) - 1, length - 1));
  const weights = new Float32Array(last - first + 1);
  for (let i = 0; i < weights.length; i += 1) {
    const covered = Math.min(end, first + i + 1) - Math.max(start, first + i);
    weights[i] = covered / (end - start);
  }
  return { first, weights };
}

function linearWeights(position: number, length: number): Weights {
  const inside = Math.min(Math.max(position, 0), length - 1);
  const first = Math.floor(inside);
  const share = inside - first;
  return { first, weights: share === 0 ? Float32Array.of(1) : Float32Array.of(1 - share, share) };
}

/**
 * The picture turned clockwise around its centre, bilinear, on a picture large enough for all of it. What is outside has
 * the shade of the nearest pixel, so that a light margin stays light and an inverted one dark.
 */
export function turned(luma: Luma, degrees: number): Luma {
  const [cos, sin] = cosAndSin(degrees);
  const width = Math.ceil(Math.abs(luma.width * cos) + Math.abs(luma.height * sin));
  const height = Math.ceil(Math.abs(luma.width * sin) + Math.abs(luma.height * cos));
  const data = new Uint8ClampedArray(width * height);
  const lastX = luma.width - 1;
  const lastY = luma.height - 1;
  for (let row = 0; row < height; row += 1) {
    const down = row + 0.5 - height / 2;
    const startX = down * sin + luma.width / 2 - 0.5;
    const startY = down * cos + luma.height / 2 - 0.5;
    for (let column = 0; column < width; column += 1) {
      const right = column + 0.5 - width / 2;
      const x = Math.min(Math.max(startX + right * cos, 0), lastX);
      const y = Math.min(Math.max(startY - right * sin, 0), lastY);
      const left = x | 0;
      const top = y | 0;
      const at = top * luma.width + left;
      const next = left < lastX ? 1 : 0;
      const below = top < lastY ? luma.width : 0;
      const upper = mixed(luma.data[at] as number, luma.data[at + next] as number, x - left);
      const lower = mixed(luma.data[at + below] as number, luma.data[at + below + next] as number, x - left);
      data[row * width + column] = mixed(upper, lower, y - top);
    }
  }
  return { width, height, data };
}

/** The point of a picture that came to a point of the turned one. */
export function turnedBack(point: Point, from: Size, to: Size, degrees: number): Point {
  const [cos, sin] = cosAndSin(degrees);
  const [right, down] = [point.x - from.width / 2, point.y - from.height / 2];
  return { x: right * cos + down * sin + to.width / 2, y: down * cos - right * sin + to.height / 2 };
}

function cosAndSin(degrees: number): [number, number] {
  const angle = (degrees * Math.PI) / 180;
  return [Math.cos(angle), Math.sin(angle)];
}

function mixed(one: number, other: number, share: number): number {
  return one + (other - one) * share;
}
