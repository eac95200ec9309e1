/** A picture as the browser's `ImageData` has it: four bytes a pixel, red, green, blue and opacity. */
export interface Pixels {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

/** A position in pixels; the middle of the first pixel is 0.5, 0.5. */
export interface Point {
  x: number;
  y: number;
}

/** A rectangle with its sides parallel to those of the picture, in pixels. */
export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The part of a picture within a rectangle. What is outside of the picture is left out; at least one pixel remains. */
export function cropped(pixels: Pixels, rectangle: Rectangle): Pixels {
  const left = within(Math.floor(rectangle.x), pixels.width - 1);
  const top = within(Math.floor(rectangle.y), pixels.height - 1);
  const width = Math.max(1, within(Math.ceil(rectangle.x + rectangle.width), pixels.width) - left);
  const height = Math.max(1, within(Math.ceil(rectangle.y + rectangle.height), pixels.height) - top);
  const data = new Uint8ClampedArray(width * height * 4);
  for (let row = 0; row < height; row += 1) {
    const from = ((top + row) * pixels.width + left) * 4;
    data.set(pixels.data.subarray(from, from + width * 4), row * width * 4);
  }
  return { width, height, data };
}

function within(value: number, most: number): number {
  return Math.min(Math.max(value, 0), most);
}
