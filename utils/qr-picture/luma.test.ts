import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blankPage } from '../../tests/support/draw-qr-code.ts';
import { type Luma, lumaOf, resized, turned, turnedBack } from './luma.ts';

function grey(width: number, height: number, shadeAt: (x: number, y: number) => number): Luma {
  const data = Uint8ClampedArray.from({ length: width * height }, (_, at) =>
    shadeAt(at % width, Math.floor(at / width)),
  );
  return { width, height, data };
}

const mean = ({ data }: Luma) => data.reduce((sum, shade) => sum + shade, 0) / data.length;

/** The centre of the dark pixels. */
function darkCentre({ width, data }: Luma) {
  let [x, y, weight] = [0, 0, 0];
  for (const [at, shade] of data.entries()) {
    x += (255 - shade) * ((at % width) + 0.5);
    y += (255 - shade) * (Math.floor(at / width) + 0.5);
    weight += 255 - shade;
  }
  return { x: x / weight, y: y / weight };
}

describe('the brightness of a picture', () => {
  it('has white behind transparent pixels', () => {
    const page = blankPage(3, 1, [0, 0, 0]);
    page.data[7] = 128;
    page.data[11] = 0;
    expect([...lumaOf(page).data]).toEqual([0, 127, 255]);
  });
});

describe('a resized picture', () => {
  it('keeps one shade, and the mean of a ramp', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 60 }),
        fc.integer({ min: 2, max: 60 }),
        fc.double({ min: 0.3, max: 3, noNaN: true }),
        (width, height, factor) => {
          const even = resized(
            grey(width, height, () => 97),
            factor,
          );
          expect(even.width).toBe(Math.max(1, Math.round(width * factor)));
          expect(even.height).toBe(Math.max(1, Math.round(height * factor)));
          expect(new Set(even.data)).toEqual(new Set([97]));
          const ramp = grey(width, height, (x) => 20 + 3 * x);
          expect(Math.abs(mean(resized(ramp, factor)) - mean(ramp))).toBeLessThan(1.5);
        },
      ),
    );
  });

  it('has the mean of the covered pixels if it is half as large', () => {
    const checked = grey(4, 2, (x, y) => ((x + y) % 2 === 0 ? 0 : 200));
    expect([...resized(checked, 0.5).data]).toEqual([100, 100]);
  });
});

describe('a turned picture', () => {
  it('has each point at the place that is turned back to it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 40 }),
        fc.integer({ min: 5, max: 25 }),
        fc.integer({ min: 0, max: 359 }),
        (x, y, degrees) => {
          const spot = grey(50, 35, (column, row) =>
            Math.abs(column - x) < 3 && Math.abs(row - y) < 3 ? 0 : 255,
          );
          const image = turned(spot, degrees);
          const back = turnedBack(darkCentre(image), image, spot, degrees);
          expect(Math.hypot(back.x - x - 0.5, back.y - y - 0.5)).toBeLessThan(0.4);
        },
      ),
    );
  });

  it('turns clockwise, and is the same if it is not turned', () => {
    const corner = grey(20, 20, (x, y) => (x < 4 && y < 4 ? 0 : 255));
    const centre = darkCentre(turned(corner, 90));
    expect(centre.x).toBeGreaterThan(15);
    expect(centre.y).toBeLessThan(5);
    expect(turned(corner, 0)).toEqual(corner);
  });
});
