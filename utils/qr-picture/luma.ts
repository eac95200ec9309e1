import type { Pixels } from './pixels.ts';

/** A picture in shades of grey, one byte a pixel. */
export interface Luma {
  width: number;
  height: number;
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
