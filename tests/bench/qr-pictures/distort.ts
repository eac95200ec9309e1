import { decode, encode } from 'jpeg-js';
import type { Pixels } from '../../../utils/qr-picture/pixels.ts';
import type { Random } from '../random.ts';

/** Blurs a picture by a Gauss function of the given standard deviation in pixels. */
export function blur(page: Pixels, deviation: number): void {
  const radius = Math.ceil(deviation * 3);
  const raw = Array.from({ length: 2 * radius + 1 }, (_, at) =>
    Math.exp(-((at - radius) ** 2) / (2 * deviation ** 2)),
  );
  const total = raw.reduce((sum, weight) => sum + weight, 0);
  const weights = Float64Array.from(raw, (weight) => weight / total);
  blurLines(page, weights, radius, page.width, page.height, 4, page.width * 4);
  blurLines(page, weights, radius, page.height, page.width, page.width * 4, 4);
}

function blurLines(
  { data }: Pixels,
  weights: Float64Array,
  radius: number,
  length: number,
  lines: number,
  step: number,
  lineStep: number,
): void {
  const line = new Float64Array(length + 2 * radius);
  for (let number = 0; number < lines; number += 1)
    for (let channel = 0; channel < 3; channel += 1) {
      const start = number * lineStep + channel;
      for (let at = 0; at < line.length; at += 1)
        line[at] = data[start + Math.min(Math.max(at - radius, 0), length - 1) * step] ?? 0;
      for (let at = 0; at < length; at += 1) {
        let sum = 0;
        for (let i = 0; i < weights.length; i += 1) sum += (weights[i] ?? 0) * (line[at + i] ?? 0);
        data[start + at * step] = sum;
      }
    }
}

/** Adds noise of the given standard deviation, independent for each pixel, equal in its three colours. */
export function addNoise(page: Pixels, deviation: number, random: Random): void {
  for (let at = 0; at < page.data.length; at += 4) {
    // The sum of three uniform numbers is nearly normal, with a variance of a quarter.
    const sum = 2 * (random() + random() + random() - 1.5);
    for (let channel = 0; channel < 3; channel += 1)
      page.data[at + channel] = (page.data[at + channel] ?? 0) + sum * deviation;
  }
}

/** Darkens a picture along a direction, to the given share of its light at the far end. */
export function shade(page: Pixels, darkest: number, random: Random): void {
  const angle = random() * 2 * Math.PI;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  scaleLight(page, (x, y) => {
    const along = 0.5 + ((x - 0.5) * cos + (y - 0.5) * sin) / Math.SQRT2;
    return 1 - (1 - darkest) * along;
  });
}

/** Puts a shadow with a soft edge over one side of a picture. */
export function shadow(page: Pixels, darkness: number, random: Random): void {
  const angle = random() * 2 * Math.PI;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const softness = 0.02 + random() * 0.1;
  scaleLight(page, (x, y) => {
    const beyond = ((x - 0.5) * cos + (y - 0.5) * sin) / softness;
    return 1 - (1 - darkness) / (1 + Math.exp(-beyond));
  });
}

function scaleLight({ width, height, data }: Pixels, lightAt: (x: number, y: number) => number): void {
  for (let row = 0; row < height; row += 1)
    for (let column = 0; column < width; column += 1) {
      const light = lightAt(column / width, row / height);
      const at = (row * width + column) * 4;
      for (let channel = 0; channel < 3; channel += 1) data[at + channel] = (data[at + channel] ?? 0) * light;
    }
}

/** The picture after it was saved as JPEG of a quality from 1 to 100. */
export function throughJpeg({ width, height, data }: Pixels, quality: number): Pixels {
  const file = encode({ width, height, data }, quality);
  const decoded = decode(file.data, { useTArray: true });
  return { width, height, data: new Uint8ClampedArray(decoded.data) };
}
