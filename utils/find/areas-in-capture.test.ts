import { describe, expect, it } from 'vitest';
import { areasInCapture, withMargin } from './areas-in-capture.ts';

const area = { x: 100, y: 50, width: 200, height: 200 };
const viewportOf = (width: number, height: number, change = {}) => ({
  viewport: { width, height, scale: 1, left: 0, top: 0, ...change },
});

describe('a place on a page in its captured picture', () => {
  it.each([
    ['100 %', viewportOf(1000, 800), { width: 1000, height: 800 }, 1],
    ['two pixels for each of the page', viewportOf(1000, 800), { width: 2000, height: 1600 }, 2],
    ['50 % zoom', viewportOf(2000, 1600), { width: 1000, height: 800 }, 0.5],
    ['200 % zoom and two pixels each', viewportOf(500, 400), { width: 2000, height: 1600 }, 4],
  ])('follows the ratio of both at %s', (_, page, capture, ratio) => {
    const [found] = areasInCapture([{ ...area, width: 50, height: 50 }], page, capture);
    expect(found).toEqual({
      x: 100 * ratio,
      y: 50 * ratio,
      width: 50 * ratio,
      height: 50 * ratio,
      isWhole: true,
    });
  });

  it('follows a pinch zoom, which shows a part of the page larger', () => {
    const page = viewportOf(1000, 800, { scale: 2, left: 100, top: 50 });
    const [found] = areasInCapture([area], page, { width: 1000, height: 800 });
    expect(found).toEqual({ x: 0, y: 0, width: 400, height: 400, isWhole: true });
  });

  it('is cut at the edge, and known to be cut', () => {
    const [found] = areasInCapture([{ ...area, y: -50 }], viewportOf(1000, 800), {
      width: 1000,
      height: 800,
    });
    expect(found).toEqual({ x: 100, y: 0, width: 200, height: 150, isWhole: false });
  });

  it('is left out if it is out of view', () => {
    expect(
      areasInCapture([{ ...area, y: 900 }], viewportOf(1000, 800), { width: 1000, height: 800 }),
    ).toEqual([]);
  });
});

it('gets a margin of at most 24 pixels', () => {
  expect(withMargin({ x: 100, y: 100, width: 100, height: 50 })).toEqual({
    x: 92,
    y: 92,
    width: 116,
    height: 66,
  });
  expect(withMargin({ x: 100, y: 100, width: 1000, height: 50 }).x).toBe(76);
});
