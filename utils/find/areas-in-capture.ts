import type { Area, ImageAreas } from '../browser/image-areas.ts';
import type { Rectangle } from '../qr-picture/pixels.ts';

/** A part of a captured picture, and whether it is all of what was looked for. */
export interface CapturedArea extends Rectangle {
  isWhole: boolean;
}

/**
 * Converts places on a page into places in its captured picture, which shows what is visible. Considers the page's zoom, the
 * screen's pixels and a pinch zoom, all of which only change the ratio between both. Places out of view are left out.
 */
export function areasInCapture(
  areas: readonly Area[],
  { viewport }: Pick<ImageAreas, 'viewport'>,
  capture: { width: number; height: number },
): CapturedArea[] {
  const ratio = (capture.width / viewport.width) * viewport.scale;
  return areas.flatMap((area) => {
    const left = (area.x - viewport.left) * ratio;
    const top = (area.y - viewport.top) * ratio;
    const right = left + area.width * ratio;
    const bottom = top + area.height * ratio;
    const seen = {
      x: Math.max(0, left),
      y: Math.max(0, top),
      width: Math.min(capture.width, right) - Math.max(0, left),
      height: Math.min(capture.height, bottom) - Math.max(0, top),
    };
    if (seen.width < 1 || seen.height < 1) return [];
    // Half a pixel is lost to rounding.
    const isWhole = left >= -1 && top >= -1 && right <= capture.width + 1 && bottom <= capture.height + 1;
    return [{ ...seen, isWhole }];
  });
}

/** A rectangle with a margin, so that the white border of a code that fills its image is in the picture. */
export function withMargin({ x, y, width, height }: Rectangle): Rectangle {
  const margin = Math.min(24, Math.max(width, height) * 0.08);
  return { x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin };
}
